// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// α of two raters of a million units, all values distinct, against three sorts of the values.

#include <credence/agreement/krippendorff_alpha.hpp>

#include <algorithm>
#include <cstddef>
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

}  // namespace
