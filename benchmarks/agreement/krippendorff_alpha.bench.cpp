// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// α of two raters of a million units, all values distinct, against three sorts of the values. And of five raters of
// 200,000 units on five points with a fifth missing, which benchmarks/peers/krippendorff_numpy.py does in numpy; the
// floor there is to count units and points.

#include <credence/agreement/krippendorff_alpha.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"

namespace {

constexpr std::size_t units = 1'000'000;

struct rating {
  int unit;
  int rater;
  double value;
};

std::vector<rating> const& ratings() {
  static std::vector<rating> const kept = [] {
    std::vector<rating> made;
    for (std::size_t at = 0; at < 2 * units; ++at) {
      double const truth = inputs::fmix32(static_cast<std::uint32_t>(at / 2)) / 0x1p32;
      double const noise = inputs::fmix32(static_cast<std::uint32_t>(at) ^ 0x51ed'270bU) / 0x1p33;
      made.push_back({static_cast<int>(at / 2), static_cast<int>(at % 2), 1 + truth + noise});
    }
    return made;
  }();
  return kept;
}
void agreement(credence::measurement scale) {
  auto const found =
      credence::krippendorff_alpha(ratings(), &rating::unit, &rating::rater, &rating::value, {.scale = scale});
  bench::expect(found.units == units && found.value > .6 && found.value < .9, "the agreement");
}
void three_sorts() {
  for (int times = 0; times < 3; ++times) {
    std::vector<double> values;
    values.reserve(2 * units);
    for (rating const& each : ratings()) values.push_back(each.value);
    std::sort(values.begin(), values.end());
    bench::expect(values.front() < values.back(), "the order");
  }
}
std::size_t all_ratings() { return 2 * units; }

bench::enter const interval{{.name = "krippendorff/interval_to_three_sorts",
                             .credence = [] { agreement(credence::measurement::interval); },
                             .floor = three_sorts,
                             .at_most = 1,
                             .items = all_ratings}};
bench::enter const ratio{{.name = "krippendorff/ratio_to_three_sorts",
                          .credence = [] { agreement(credence::measurement::ratio); },
                          .floor = three_sorts,
                          .items = all_ratings}};

struct point {
  std::int32_t unit;
  std::int16_t rater;
  std::int16_t value;
};
std::vector<point> const& points() {
  static std::vector<point> const kept = [] {
    std::vector<point> made;
    for (std::uint32_t at = 0; at < 1'000'000; ++at) {
      std::uint32_t const truth = inputs::fmix32(at / 5 + 1) % 5;
      std::uint32_t const draw = inputs::fmix32(at + 0x9e37'79b9U);
      std::uint32_t const value = (draw % 10 < 7 ? truth : (draw >> 8) % 5) + 1;
      if ((draw >> 16) % 5 != 0)
        made.push_back(
            {static_cast<std::int32_t>(at / 5), static_cast<std::int16_t>(at % 5), static_cast<std::int16_t>(value)});
    }
    return made;
  }();
  return kept;
}
void agreement_of_points(credence::measurement scale, double expected) {
  auto const found =
      credence::krippendorff_alpha(points(), &point::unit, &point::rater, &point::value, {.scale = scale});
  bench::expect(found.count == 798'311 && found.value > expected - 1e-11 && found.value < expected + 1e-11,
                "the agreement");
}
void count_points() {
  std::vector<std::uint8_t> counts(200'000 * 5);
  for (point const& each : points())
    ++counts[static_cast<std::size_t>(each.unit) * 5 + static_cast<std::size_t>(each.value - 1)];
  bench::expect(counts[0] < 6, "the counts");
}
std::size_t all_points() { return points().size(); }

// The answers are those of the script.
bench::enter const nominal{{.name = "krippendorff/five_points_nominal_to_counting",
                            .credence = [] { agreement_of_points(credence::measurement::nominal, .490794682564); },
                            .floor = count_points,
                            .items = all_points}};
bench::enter const ordinal{{.name = "krippendorff/five_points_ordinal_to_counting",
                            .credence = [] { agreement_of_points(credence::measurement::ordinal, .491094220502); },
                            .floor = count_points,
                            .items = all_points}};
bench::enter const of_intervals{
    {.name = "krippendorff/five_points_interval_to_counting",
     .credence = [] { agreement_of_points(credence::measurement::interval, .491092960690); },
     .floor = count_points,
     .items = all_points}};

}  // namespace
