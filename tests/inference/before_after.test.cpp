// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/over_time.hpp>
#include <credence/inference/before_after.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>
#include <limits>
#include <vector>

namespace test_before_after {

using credence::before_after;
using credence::before_after_result;
using credence::period_value;

namespace {

doctest::Approx about(double value, double within = 1e-11) { return doctest::Approx(value).epsilon(within); }

std::vector<period_value> series() {
  std::vector<period_value> periods;
  for (double const value : {30., 31.5, 29., 32., 33., 31., 34.,  33.5, 35., 34., 36., 35.5,
                             41., 43.,  42., 45., 44., 47., 46.5, 49.,  48., 51., 50., 52.5})
    periods.push_back({static_cast<double>(periods.size()), value, 1});
  return periods;
}

}  // namespace

TEST_CASE("before_after: segmented regression with Newey–West errors, against statsmodels 0.13.5") {
  // OLS(…).fit(cov_type="HAC", use_correction=True, use_t=True); tests/reference/trend_oracle.py
  before_after_result const found = before_after(series(), 12);
  REQUIRE(found);
  CHECK(found.before == 12);
  CHECK(found.after == 12);
  CHECK(found.lags == 2);
  CHECK(found.expected_level == about(36.409090909090885));
  CHECK(found.slope_before == about(0.5437062937062936));
  CHECK(found.slope_after == about(0.5437062937062936 + 0.4423076923076956));
  CHECK(found.level_change.value == about(4.751165501165532));
  CHECK(found.level_change.standard_error == about(0.37962968682544596));
  CHECK(found.level_change.p_value == about(6.444885906011858e-11, 1e-9));
  CHECK(found.slope_change.value == about(0.4423076923076956));
  CHECK(found.slope_change.standard_error == about(0.049223783713971285));
  CHECK(found.slope_change.p_value == about(1.851318838640379e-08, 1e-9));
  double const half = (found.slope_change.interval.upper - found.slope_change.interval.lower) / 2;
  CHECK(half == about(2.0859634472658364 * 0.049223783713971285));  // t, 20 degrees of freedom
  CHECK(before_after(series(), 12, {.lags = 0}).level_change.standard_error == about(0.6533750434469777));
  CHECK(before_after(series(), 12, {.lags = 5}).slope_change.standard_error == about(0.039712927314342714));
  // Neither the order nor where time begins matters; a huge lag is all there is.
  std::vector<period_value> shifted = series();
  for (period_value& each : shifted) each.time += 24'000;
  std::vector<period_value> const backwards(shifted.rbegin(), shifted.rend());
  CHECK(before_after(backwards, 24'012).level_change.standard_error == about(0.37962968682544596, 1e-9));
  CHECK(before_after(series(), 12, {.lags = 1'000'000}).lags == 1'000'000);
}

TEST_CASE("before_after: too little to say, and what is left out") {
  CHECK_FALSE(before_after(std::vector<period_value>{}, 3));
  CHECK_FALSE(before_after(series(), 2));
  CHECK(before_after(series(), 2).before == 2);
  CHECK(before_after(series(), 3));
  CHECK(before_after(series(), 21));
  CHECK_FALSE(before_after(series(), 22));
  CHECK_FALSE(before_after(series(), 100));
  std::vector<period_value> dirty = series();
  dirty.push_back({24, std::numeric_limits<double>::quiet_NaN(), 1});
  dirty.push_back({25, 90, 1, 0});
  CHECK(before_after(dirty, 12).left_out == 2);
  CHECK(before_after(dirty, 12).level_change == before_after(series(), 12).level_change);
  // Times on one side that are all the same have no slope.
  std::vector<period_value> const flat{{0, 1}, {1, 2}, {2, 1}, {3, 5}, {3, 6}, {3, 7}};
  CHECK_FALSE(before_after(flat, 3));
  std::vector<period_value> equal = series();
  for (period_value& each : equal) each.value = 5;
  CHECK(before_after(equal, 12).level_change.value == doctest::Approx(0));
  CHECK_THROWS_AS(static_cast<void>(before_after(series(), 12, {.lags = -1})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(before_after(series(), 12, {.minimum_count = -1})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(before_after(series(), 12, {.confidence = 0})), credence::error);
}

TEST_CASE("before_after: a change at a time, within a period or between two") {
  using namespace std::chrono;
  struct survey {
    int score;
    sys_days when;
  };
  std::vector<survey> rows;
  for (int day = 0; day < 730; ++day)
    rows.push_back({day % 10 < (day < 380 ? 3 : 6) + day % 3 ? 9 : 3, sys_days{2024y / 1 / 1} + days{day}});
  auto const monthly =
      credence::over_time(rows, &survey::when, credence::calendar_month{}, credence::nps_accumulator{}, &survey::score);
  before_after_result const within = before_after(monthly, sys_days{2025y / 1 / 15});
  CHECK(within.straddling == 1);
  CHECK(within.before == 12);
  CHECK(within.after == 11);
  CHECK(within.level_change.value > 20);
  CHECK(within.level_change.p_value < .001);
  before_after_result const between = before_after(monthly, 2025y / 1);
  CHECK(between.straddling == 0);
  CHECK(between == before_after(monthly, 2025 * 12));
}

}  // namespace test_before_after
