// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/agreement/krippendorff_alpha.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace test_krippendorff_alpha {

using credence::krippendorff_alpha;
using credence::krippendorff_alpha_result;
using credence::measurement;
using credence::no_variation;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

struct rating {
  int unit;
  std::string rater;
  std::optional<double> value;
};

/// Rows are raters; 0 is a rating that was not given.
std::vector<rating> table(std::vector<std::vector<double>> const& raters) {
  std::vector<rating> ratings;
  for (std::size_t rater = 0; rater < raters.size(); ++rater)
    for (std::size_t unit = 0; unit < raters[rater].size(); ++unit)
      ratings.push_back({static_cast<int>(unit), "rater " + std::to_string(rater),
                         raters[rater][unit] > 0 ? std::optional(raters[rater][unit]) : std::nullopt});
  return ratings;
}
krippendorff_alpha_result alpha(std::vector<rating> const& ratings, credence::krippendorff_alpha_options options = {}) {
  return krippendorff_alpha(ratings, &rating::unit, &rating::rater, &rating::value, options);
}

std::vector<rating> const wikipedia = table({{0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3},
                                             {1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0},
                                             {0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4}});
std::vector<rating> const codings = table({{1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
                                           {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
                                           {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
                                           {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}});

/// The definition, pair by pair.
double by_pairs(std::vector<rating> const& ratings, measurement scale) {
  std::vector<rating> paired;
  for (rating const& one : ratings) {
    int others = 0;
    for (rating const& other : ratings) others += other.value && other.unit == one.unit && other.rater != one.rater;
    if (one.value && others > 0) paired.push_back(one);
  }
  auto const difference = [&](double one, double other) {
    double const low = std::fmin(one, other);
    double const high = std::fmax(one, other);
    if (scale == measurement::nominal) return one == other ? 0.0 : 1.0;
    if (scale == measurement::interval) return (one - other) * (one - other);
    if (scale == measurement::ratio) return one + other > 0 ? std::pow((one - other) / (one + other), 2) : 0;
    double between = 0;
    for (rating const& each : paired) {
      if (*each.value >= low && *each.value <= high) between += 1;
      if (*each.value == low) between -= .5;
      if (*each.value == high) between -= .5;
    }
    return one == other ? 0 : between * between;
  };
  double observed = 0;
  double expected = 0;
  double const count = static_cast<double>(paired.size());
  for (rating const& one : paired) {
    double size = 0;
    for (rating const& other : paired) size += other.unit == one.unit;
    for (rating const& other : paired) {
      double const apart = difference(*one.value, *other.value);
      if (one.unit == other.unit) observed += apart / (size - 1) / count;
      expected += apart / (count * (count - 1));
    }
  }
  return 1 - observed / expected;
}

}  // namespace

TEST_CASE("krippendorff_alpha: the published tables, on all four scales") {
  CHECK(alpha(wikipedia).value == about(.691358024691358));
  CHECK(alpha(wikipedia, {.scale = measurement::ordinal}).value == about(.8067214199413153));
  CHECK(alpha(wikipedia, {.scale = measurement::interval}).value == about(.8108448928121059));
  CHECK(alpha(wikipedia, {.scale = measurement::ratio}).value == about(.8089436707842471));
  CHECK(alpha(codings).value == about(.743421052631579));
  CHECK(alpha(codings, {.scale = measurement::ordinal}).value == about(.815387503754881));
  CHECK(alpha(codings, {.scale = measurement::interval}).value == about(.849107142857143));
  CHECK(alpha(codings, {.scale = measurement::ratio}).value == about(.797402774711612));
  krippendorff_alpha_result const found = alpha(wikipedia);
  CHECK(found.units == 12);
  CHECK(found.count == 26);
  CHECK(found.unpaired == 1);
  CHECK(found.rejections.missing == 45 - 27);
  // Two observers, ten binary units: .0952.
  std::vector<rating> binary;
  std::string const first = "0100000010";
  std::string const second = "1110010000";
  for (int unit = 0; unit < 10; ++unit) {
    binary.push_back({unit, "first", static_cast<double>(first[static_cast<std::size_t>(unit)] - '0')});
    binary.push_back({unit, "second", static_cast<double>(second[static_cast<std::size_t>(unit)] - '0')});
  }
  CHECK(alpha(binary).value == doctest::Approx(.0952).epsilon(1e-3));
  CHECK(alpha(binary).value == about(by_pairs(binary, measurement::nominal)));
}

TEST_CASE("krippendorff_alpha: as its definition, pair by pair") {
  std::uint64_t seed = 11;
  std::vector<rating> ratings;
  for (int unit = 0; unit < 60; ++unit)
    for (int rater = 0; rater < 5; ++rater) {
      seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
      double const value = static_cast<double>((seed >> 33) % 9) + (unit % 3);
      ratings.push_back(
          {unit - 30, std::to_string(rater), (seed >> 50) % 4 == 0 ? std::nullopt : std::optional(value)});
    }
  for (measurement const scale :
       {measurement::nominal, measurement::ordinal, measurement::interval, measurement::ratio})
    CHECK(alpha(ratings, {.scale = scale}).value == about(by_pairs(ratings, scale), 1e-11));
}

TEST_CASE("krippendorff_alpha: many reals on the ratio scale, by cells and pair by pair") {
  std::uint64_t seed = 3;
  auto const next = [&seed] {
    seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return static_cast<double>(seed >> 11) * 0x1p-53;
  };
  for (double const spread : {1e-9, 1e-3, .5, 3., 30., 300., 690.}) {
    std::vector<double> values;
    for (int at = 0; at < 3'000; ++at) values.push_back(std::exp(spread * (next() - .5)));
    for (int at = 0; at < 5; ++at) values.push_back(0);
    values.push_back(values[7]);
    long double pairs = 0;  // as doubles, four million terms lose three digits more than the cells do
    for (std::size_t one = 1; one < values.size(); ++one)
      for (std::size_t other = 0; other < one; ++other) {
        long double const low = values[one];
        long double const high = values[other];
        if (low + high > 0) pairs += 2 * (low - high) * (low - high) / ((low + high) * (low + high));
      }
    CHECK(credence::detail::ratio_pairs_by_cells(values) == about(static_cast<double>(pairs), 1e-14));
    CHECK(credence::detail::ratio_pairs_one_by_one(values) == about(static_cast<double>(pairs), 1e-11));
  }
  std::vector<double> const zeros(1'000, 0.0);
  CHECK(credence::detail::ratio_pairs_by_cells(zeros) == 0);
  std::vector<double> const same(1'000, 4.0);
  CHECK(credence::detail::ratio_pairs_by_cells(same) == 0);
}

TEST_CASE("krippendorff_alpha: nothing to say") {
  CHECK_FALSE(alpha({}));
  CHECK_FALSE(alpha(table({{1, 2, 3}})));  // one rater
  CHECK(alpha(table({{1, 2, 3}})).unpaired == 3);
  std::vector<rating> const alike = table({{2, 2, 2}, {2, 2, 2}});
  CHECK_FALSE(alpha(alike));
  CHECK(alpha(alike, {.no_variation = no_variation::perfect}).value == 1);
  CHECK(alpha(table({{1, 2, 3}, {1, 2, 3}})).value == 1);
  krippendorff_alpha_result const one_unit = alpha(table({{1}, {2}, {2}}));
  CHECK(one_unit.value == about(0));
  CHECK(credence::is_nan(one_unit.standard_error));
}

TEST_CASE("krippendorff_alpha: dirty ratings, duplicates, names") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<rating> dirty = wikipedia;
  dirty.push_back({5, "rater 0", 9});  // rated before: the first counts
  dirty.push_back({3, "rater 9", nan});
  dirty.push_back({3, "rater 8", std::numeric_limits<double>::infinity()});
  krippendorff_alpha_result const found = alpha(dirty, {.scale = measurement::interval});
  CHECK(found.value == about(.8108448928121059));
  CHECK(found.duplicates == 1);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 1);
  dirty.push_back({3, "rater 7", -1});
  CHECK(alpha(dirty, {.scale = measurement::ratio}).rejections.off_scale == 2);
  CHECK_THROWS_AS(static_cast<void>(alpha(dirty, {.on_invalid = credence::on_invalid::raise})),
                  credence::invalid_sample);
  CHECK_THROWS_AS(static_cast<void>(alpha(dirty, {.confidence = 0})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(alpha(dirty, {.replicates = -1})), credence::error);
  // Ratings that are names.
  auto const name = [](rating const& each) -> std::optional<std::string> {
    if (!each.value) return std::nullopt;
    return "colour " + std::to_string(*each.value);
  };
  CHECK(krippendorff_alpha(wikipedia, &rating::unit, &rating::rater, name).value == about(.691358024691358));
  CHECK_THROWS_AS(static_cast<void>(krippendorff_alpha(wikipedia, &rating::unit, &rating::rater, name,
                                                       {.scale = measurement::ordinal})),
                  credence::error);
  // Units that are names, or far apart.
  auto const named_unit = [](rating const& each) { return "unit " + std::to_string(each.unit); };
  CHECK(krippendorff_alpha(wikipedia, named_unit, &rating::rater, &rating::value).value == about(.691358024691358));
  auto const unit_beyond = [](rating const& each) { return std::int64_t{each.unit} << 50; };
  CHECK(krippendorff_alpha(wikipedia, unit_beyond, &rating::rater, &rating::value).value == about(.691358024691358));
}

TEST_CASE("krippendorff_alpha: intervals") {
  krippendorff_alpha_result const by_error = alpha(codings, {.scale = measurement::interval});
  CHECK(by_error.standard_error > 0);
  CHECK(by_error.interval.lower < by_error.value);
  CHECK(by_error.interval.upper <= 1);
  krippendorff_alpha_result const drawn = alpha(codings, {.scale = measurement::interval, .replicates = 4'000});
  CHECK(drawn.value == by_error.value);
  CHECK(drawn.interval.lower < drawn.value);
  CHECK(drawn.interval.upper > drawn.value);
  CHECK(alpha(codings, {.scale = measurement::interval, .replicates = 4'000}) == drawn);
  CHECK_FALSE(alpha(codings, {.scale = measurement::interval, .replicates = 4'000, .seed = 7}) == drawn);
  // Of many units, both say the same.
  std::vector<rating> many;
  std::uint64_t seed = 5;
  for (int unit = 0; unit < 2'000; ++unit)
    for (int rater = 0; rater < 3; ++rater) {
      seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
      many.push_back(
          {unit, std::to_string(rater), static_cast<double>(unit % 7) + static_cast<double>((seed >> 33) % 5)});
    }
  krippendorff_alpha_result const wide = alpha(many, {.scale = measurement::interval});
  krippendorff_alpha_result const again = alpha(many, {.scale = measurement::interval, .replicates = 2'000});
  CHECK(again.interval.lower == doctest::Approx(wide.interval.lower).epsilon(.01));
  CHECK(again.interval.upper == doctest::Approx(wide.interval.upper).epsilon(.01));
}

TEST_CASE("krippendorff_alpha: short scales are counted, and the answer is that of any ratings") {
  struct point {
    int unit;
    signed char rater;
    std::optional<short> value;
  };
  for (int shape = 0; shape < 6; ++shape) {
    std::vector<point> rows;
    int const from = shape == 1 ? -3 : 1;
    for (int at = 0; at < 900; ++at) {
      int const mixed = at * at * 31 % 97 + at * 7 % 13;
      if (mixed % 6 == 0) continue;
      int const unit = shape == 2 ? at / 5 * 11 - 500 : at % 180;
      // Raters of 0 to 4, 63 apart, or now and then the same one twice.
      int const rater = shape == 3 ? at / 180 % 5 * 15 : shape == 4 ? at % 7 % 3 : shape == 2 ? at % 5 : at / 180 % 5;
      int const value = from + (unit * unit + mixed / 3) % (shape == 5 ? 16 : 5);
      rows.push_back({unit, static_cast<signed char>(rater),
                      mixed % 17 == 0 ? std::nullopt : std::optional(static_cast<short>(value))});
    }
    for (credence::measurement const scale : {credence::measurement::nominal, credence::measurement::ordinal,
                                              credence::measurement::interval, credence::measurement::ratio}) {
      CAPTURE(shape);
      CAPTURE(name_of(scale));
      auto const counted = krippendorff_alpha(rows, &point::unit, &point::rater, &point::value, {.scale = scale});
      auto const as_reals = krippendorff_alpha(
          rows, &point::unit, &point::rater,
          [](point const& row) { return row.value ? std::optional<double>(*row.value) : std::nullopt; },
          {.scale = scale});
      REQUIRE(counted);
      CHECK(counted.value == about(as_reals.value));
      CHECK(counted.standard_error == about(as_reals.standard_error));
      CHECK(counted.interval.lower == about(as_reals.interval.lower));
      CHECK(counted.observed_disagreement == about(as_reals.observed_disagreement));
      CHECK(counted.count == as_reals.count);
      CHECK(counted.units == as_reals.units);
      CHECK(counted.duplicates == as_reals.duplicates);
      CHECK((shape == 4) == (counted.duplicates > 0));
      CHECK(counted.unpaired == as_reals.unpaired);
      CHECK(counted.rejections == as_reals.rejections);
    }
  }
}

}  // namespace test_krippendorff_alpha
