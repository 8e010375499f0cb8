// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/reviews/incentive_effect.hpp>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_incentive_effect {

using credence::incentive_effect;
using credence::incentive_effect_accumulator;
using credence::incentive_effect_result;
using credence::is_nan;

namespace {

struct review {
  std::optional<int> stars;
  std::optional<bool> incentivised;
};
doctest::Approx about(double value) { return doctest::Approx(value).epsilon(1e-12); }
incentive_effect_result of(std::vector<review> const& rows) {
  return incentive_effect(rows, &review::stars, &review::incentivised);
}
bool silent(credence::interval const& bounds) { return is_nan(bounds.lower) && is_nan(bounds.upper); }

}  // namespace

TEST_CASE("incentive_effect: both means, their difference by Welch, and the shift") {
  std::vector<review> const rows{{5, true},  {4, true},  {5, true},  {4, true},  {5, true},  {3, false},
                                 {1, false}, {4, false}, {2, false}, {5, false}, {3, false}, {2, false}};
  incentive_effect_result const found = of(rows);
  CHECK(found.all.value == about(43.0 / 12));
  CHECK(found.with_incentive.value == about(4.6));
  CHECK(found.without_incentive.value == about(20.0 / 7));
  CHECK(found.with_incentive.count == 5);
  // R 4.2: t.test(c(5,4,5,4,5), c(3,1,4,2,5,3,2))
  CHECK(found.difference.difference == about(1.74285714285714));
  CHECK(found.difference.z == about(3.0881952693050985));
  CHECK(found.difference.p_value == about(0.0140203106858593));
  CHECK(found.difference.interval.lower == about(0.4528398109420083));
  CHECK(found.difference.interval.upper == about(3.0328744747722762));
  CHECK(found.difference.interval.confidence == .95);
  CHECK(found.shift == about(43.0 / 12 - 20.0 / 7));
  CHECK(found.shift == about(5.0 / 12 * found.difference.difference));
  CHECK(found.shift_interval.lower == about(5.0 / 12 * found.difference.interval.lower));
  CHECK(found.shift_interval.upper == about(5.0 / 12 * found.difference.interval.upper));
  CHECK(found.count == 12);
  CHECK(found);
  CHECK(found.difference ==
        compare(found.with_incentive, found.without_incentive, credence::mean_comparison_options{}));
}

TEST_CASE("incentive_effect: where the data do not tell") {
  CHECK_FALSE(of({}));
  CHECK(is_nan(of({}).shift));
  incentive_effect_result const none = of({{3, false}, {4, false}});
  CHECK_FALSE(none);
  CHECK(none.shift == 0);
  CHECK(is_nan(none.with_incentive.value));
  CHECK_FALSE(silent(none.all.interval));
  incentive_effect_result const only = of({{3, true}, {4, true}});
  CHECK_FALSE(only);
  CHECK(is_nan(only.shift));
  incentive_effect_result const equal = of({{5, true}, {5, true}, {3, false}, {4, false}});
  CHECK(equal);
  CHECK(equal.difference.difference == 1.5);
  CHECK(silent(equal.with_incentive.interval));
  CHECK_FALSE(silent(equal.without_incentive.interval));
  CHECK(silent(equal.difference.interval));
  CHECK(is_nan(equal.difference.p_value));
  CHECK(silent(equal.shift_interval));
  CHECK(of({{5, true}, {3, false}, {4, false}}).difference.difference == 1.5);
}

TEST_CASE("incentive_effect: merged, retracted, and left out by reason") {
  incentive_effect_accumulator seen({.scale_min = 1, .scale_max = 5});
  incentive_effect_accumulator other({.scale_min = 1, .scale_max = 5});
  static_assert(incentive_effect_accumulator::exact<int, bool> && !incentive_effect_accumulator::exact<double, bool>);
  seen(5, true);
  other(2, false);
  incentive_effect_accumulator const before = seen;
  seen += other;
  seen(6, true);
  seen(std::optional<int>{}, false);
  seen(4, std::optional<bool>{});
  seen(4, 2);
  seen(4, .5);
  seen(9, 2);
  incentive_effect_result const found = seen.result();
  CHECK(found.count == 2);
  CHECK(found.rejections == credence::rejections{.missing = 2, .off_scale = 4});
  CHECK(found.rejected == 6);
  CHECK(found.with_incentive.rejected == 1);
  CHECK(seen.valid());
  CHECK(credence::from_bytes<incentive_effect_accumulator>(credence::to_bytes(seen)) == seen);
  seen.retract(2, false);
  seen.retract(6, true);
  seen.retract(std::optional<int>{}, false);
  seen.retract(4, std::optional<bool>{});
  for (int again = 0; again < 3; ++again) seen.retract(4, 2);
  CHECK(seen == before);
  CHECK(error_of([&] { seen.retract(4, 2); }).find("does not hold") != std::string::npos);
  CHECK(error_of([&] { seen.retract(2, false); }).find("does not hold") != std::string::npos);
  CHECK(seen == before);

  incentive_effect_accumulator strict({.scale_max = 5, .on_invalid = credence::on_invalid::raise});
  strict(3, true);
  strict(3, false);
  CHECK(error_of([&] { strict(6, false); }) == "credence: sample 2 is 6, which is off the scale");
  CHECK(error_of([&] { strict(3, std::optional<bool>{}); }) == "credence: sample 2 is missing");
  std::vector<review> const rows{{3, true}, {3, true}, {3, false}, {{}, false}};
  CHECK(error_of([&] {
          static_cast<void>(incentive_effect(rows, &review::stars, &review::incentivised,
                                             {.on_invalid = credence::on_invalid::raise}));
        }) == "credence: sample 3 is missing");
  CHECK(error_of([&] { static_cast<void>(strict.result({.confidence = 2})); }).find("confidence") != std::string::npos);
}

}  // namespace test_incentive_effect
