// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/over_time.hpp>
#include <credence/inference/trend.hpp>
#include <credence/survey/nps.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace test_trend {

using credence::period_value;
using credence::trend;
using credence::trend_result;

namespace {

doctest::Approx about(double value) { return doctest::Approx(value).epsilon(1e-12); }

std::vector<period_value> const ten{{0, 30, 2},   {1, 33.5, 1.5}, {2, 31, 2.5}, {3, 36, 1},   {4, 38, 2},
                                    {6, 37, 1.2}, {7, 41, 3},     {8, 40.5, 2}, {9, 44, 1.5}, {10, 41, 2}};

}  // namespace

TEST_CASE("trend: weighted least squares, Mann–Kendall and Theil–Sen, against statsmodels 0.13.5 and scipy") {
  trend_result const found = trend(ten);
  REQUIRE(found);
  CHECK(found.count == 10);
  CHECK(found.slope == about(1.1455252086437893));
  CHECK(found.standard_error == about(0.1748402877223467));
  CHECK(found.p_value == about(0.00017813099102116168));
  // By mpmath: scipy's quantile of t has ten digits.
  CHECK(found.interval.lower == about(0.7423427821557715));
  CHECK(found.interval.upper == about(1.548707635131807));
  CHECK(found.sampling_error == about(0.16781791383754782));
  CHECK(found.mean_time == about(4.724127990775439));
  CHECK(found.mean_value == about(37.10766791582588));
  CHECK(found.mann_kendall.score == 36);
  CHECK(found.mann_kendall.tau == about(.8));
  CHECK(found.mann_kendall.z == about(3.143092785468561));
  CHECK(found.mann_kendall.p_value == about(0.0016717283964848024));
  CHECK(found.theil_sen.slope == about(1.25));
  CHECK(found.theil_sen.interval.lower == about(0.7142857142857143));
  CHECK(found.theil_sen.interval.upper == about(1.75));
  // The order in which periods are given does not matter.
  std::vector<period_value> const backwards(ten.rbegin(), ten.rend());
  CHECK(trend(backwards).slope == about(found.slope));
  CHECK(trend(backwards).mann_kendall == found.mann_kendall);
  CHECK(trend(backwards).theil_sen == found.theil_sen);
}

TEST_CASE("trend: ties, and values without errors weigh alike") {
  std::vector<period_value> periods;
  for (double const value : {5., 5., 6., 7., 7., 7., 8., 2., 9., 9., 10., 4.})
    periods.push_back({static_cast<double>(periods.size()), value});
  trend_result const found = trend(periods, {.confidence = .9});
  CHECK(found.slope == about(0.1783216783216784));
  CHECK(found.standard_error == about(0.19498872814734752));
  CHECK(found.p_value == about(0.3819642040208049));
  CHECK(credence::is_nan(found.sampling_error));
  CHECK(found.pooled_error == 0);
  CHECK(found.mann_kendall.score == 27);
  CHECK(found.mann_kendall.z == about(1.8071249218279812));
  CHECK(found.mann_kendall.p_value == about(0.07074280365843483));
  CHECK(found.theil_sen.slope == .5);
  CHECK(found.theil_sen.interval.lower == 0);
  CHECK(found.theil_sen.interval.upper == .5);
}

TEST_CASE("trend: nothing, one, two, all equal") {
  std::vector<period_value> periods;
  CHECK_FALSE(trend(periods));
  periods.push_back({0, 30, 2});
  CHECK_FALSE(trend(periods));
  CHECK(trend(periods).count == 1);
  CHECK(credence::is_nan(trend(periods).interval.lower));
  periods.push_back({3, 36, 2});
  trend_result const two = trend(periods);
  CHECK(two.slope == about(2));
  CHECK(credence::is_nan(two.standard_error));
  CHECK(credence::is_nan(two.p_value));
  CHECK(two.sampling_error == about(2 * std::sqrt(2.) / 3));
  for (period_value& each : periods) each.value = 7;
  periods.push_back({5, 7, 1});
  trend_result const flat = trend(periods);
  CHECK(flat.slope == 0);
  CHECK(flat.p_value == 1);
  CHECK(flat.mann_kendall.p_value == 1);
  CHECK(flat.theil_sen.interval.lower == 0);
  // On a line without any scatter.
  for (period_value& each : periods) each.value = 2 * each.time;
  CHECK(trend(periods).slope == 2);
  CHECK(trend(periods).p_value == 0);
  // All at one time.
  for (period_value& each : periods) each.time = 1;
  CHECK_FALSE(trend(periods));
}

TEST_CASE("trend: what is left out is said") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const infinite = std::numeric_limits<double>::infinity();
  std::vector<period_value> dirty = ten;
  dirty.push_back({11, nan, 2});
  dirty.push_back({12, infinite, 2});
  dirty.push_back({nan, 3, 2});
  dirty.push_back({13, 99, 2, 4, false});
  trend_result const found = trend(dirty, {.complete_only = true});
  CHECK(found.slope == about(trend(ten).slope));
  CHECK(found.too_few == 3);
  CHECK(found.incomplete == 1);
  CHECK(trend(dirty).count == 11);
  CHECK(trend(dirty, {.minimum_count = 2}).count == 1);
  CHECK_THROWS_AS(static_cast<void>(trend(ten, {.minimum_count = -1})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(trend(ten, {.confidence = 1})), credence::error);
}

TEST_CASE("trend: a period whose answers are all alike keeps its place") {
  // One sample's variance is 16·4 = 64 in the first, 100·1 = 100 in the third: pooled (16·64 + 100·100)/116.
  std::vector<period_value> const periods{{0, 30, 2, 16}, {1, 100, 0, 4}, {2, 33, 1, 100}};
  trend_result const found = trend(periods);
  CHECK(found.pooled_error == 1);
  double const pooled = (16. * 64 + 100. * 100) / 116;
  CHECK(found == [&] {
    trend_result explicitly =
        trend(std::vector<period_value>{{0, 30, 2, 16}, {1, 100, std::sqrt(pooled / 4), 4}, {2, 33, 1, 100}});
    explicitly.pooled_error = 1;
    return explicitly;
  }());
}

TEST_CASE("trend: of what over_time answers") {
  using namespace std::chrono;
  struct survey {
    int score;
    sys_days when;
  };
  std::vector<survey> rows;
  std::uint64_t word = 7;
  for (int day = 0; day < 730; ++day) {
    word = word * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    int const happy = static_cast<int>((word >> 33) % 1'000) < 300 + day / 2 ? 9 : 5;
    if (day < 100 || day > 200) rows.push_back({happy, sys_days{2024y / 1 / 1} + days{day}});
  }
  auto const monthly =
      credence::over_time(rows, &survey::when, credence::calendar_month{}, credence::nps_accumulator{}, &survey::score);
  trend_result const found = trend(monthly);
  CHECK(found.slope > 0);
  CHECK(found.p_value < .01);
  CHECK(found.interval.lower < found.slope);
  CHECK(found.too_few == 2);  // the empty months
  CHECK(found.count == 22);
  CHECK(trend(monthly, {.complete_only = true}).incomplete == 1);
  std::vector<period_value> by_hand;
  for (auto const& month : monthly) {
    auto const result = month.accumulator.result();
    if (result)
      by_hand.push_back({static_cast<double>(month.period.index), result.value, result.standard_error, result.count});
  }
  CHECK(trend(by_hand).slope == about(found.slope));
  CHECK(trend(monthly.result()).slope == about(found.slope));
}

TEST_CASE("trend: far from 0 in time, and of many periods") {
  std::vector<period_value> shifted = ten;
  for (period_value& each : shifted) each.time += 24'000;
  CHECK(trend(shifted).slope == doctest::Approx(trend(ten).slope).epsilon(1e-11));
  CHECK(trend(shifted).p_value == doctest::Approx(trend(ten).p_value).epsilon(1e-9));
  std::vector<period_value> many;
  for (int at = 0; at < 3'000; ++at) many.push_back({static_cast<double>(at), static_cast<double>(at % 7), 1});
  CHECK(trend(many));
  CHECK(credence::is_nan(trend(many).theil_sen.slope));
  many.resize(2'048);
  CHECK_FALSE(credence::is_nan(trend(many).theil_sen.slope));
}

}  // namespace test_trend
