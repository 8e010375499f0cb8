// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/survival_curve.hpp>
#include <vector>

#include "survival/seen.hpp"

namespace test_survival_curve {

using credence::kaplan_meier;
using credence::level_stretch;
using naive_survival::customer;
using naive_survival::seen;

credence::survival_curve of(std::vector<double> const& left, std::vector<double> const& stayed = {},
                            level_stretch level = level_stretch::middle) {
  std::vector<customer> all;
  for (double const time : left) all.push_back({time, 1, 1, -1, 0, 0});
  for (double const time : stayed) all.push_back({time, 0, 1, -1, 0, 0});
  return kaplan_meier(seen(all), {.level = level});
}

// R: quantile(survfit(Surv(1:4, rep(1, 4)) ~ 1), c(.25, .5, .75)); and of 1, 2, 3+, 9+: tests/reference/survival.R
TEST_CASE(
    "survival_curve: a quantile on a level stretch is its middle, as in R, or by option its start, as elsewhere") {
  auto const four = of({1, 2, 3, 4});
  CHECK(four.quantile(.25).value == 1.5);
  CHECK(four.median().value == 2.5);
  CHECK(four.quantile(.75).value == 3.5);
  CHECK(four.quantile(.25).interval.lower == 1);
  CHECK(four.quantile(.75).interval.lower == 2);
  CHECK(std::isnan(four.quantile(.25).interval.upper));
  CHECK(four.quantile(.5).interval.confidence == .95);
  auto const start = of({1, 2, 3, 4}, {}, level_stretch::start);
  CHECK(start.quantile(.25).value == 1);
  CHECK(start.median().value == 2);
  // The stretch ends where anybody was last seen.
  auto const censored = of({1, 2}, {3, 9});
  CHECK(censored.quantile(.25).value == 1.5);
  CHECK(censored.median().value == 5.5);
  CHECK(std::isnan(censored.quantile(.75).value));
  CHECK_FALSE(censored.quantile(.75));
  CHECK(of({1, 2}, {2, 2}).median().value == 2);  // of no length
}

// 1 − 1/3 − 1/3 − 1/3 is not 0 in doubles, nor is 7/10 · 6/7 the double nearest to 0.6.
TEST_CASE("survival_curve: a level is met though its factors are rounded") {
  for (int count = 2; count < 60; ++count) {
    std::vector<double> times;
    for (int time = 1; time <= count; ++time) times.push_back(time);
    auto const curve = of(times);
    for (int gone = 1; gone < count; ++gone) {
      double const share = static_cast<double>(gone) / count;
      CHECK(curve.quantile(share).value == gone + .5);
    }
    CHECK(curve.at(count).survival == 0);
  }
}

TEST_CASE("survival_curve: of a million who all leave, S is who stays over a million, and no quantile lies beside it") {
  credence::survival_times_accumulator all;
  for (int time = 1; time <= 1'000'000; ++time) all(time, true);
  auto const curve = kaplan_meier(all);
  for (int const time : {1, 3, 333'333, 999'999}) CHECK(curve.at(time).survival == (1'000'000 - time) / 1e6);
  CHECK(curve.median().value == 500'000.5);
  CHECK(curve.quantile(.25).value == 250'000.5);
  CHECK(curve.quantile(.9).value == 900'000.5);
}

TEST_CASE("survival_curve: between its steps, before the first and at 0") {
  auto const curve = of({2, 4}, {3, 6});
  CHECK(curve.at(0).survival == 1);
  CHECK(curve.at(0).at_risk == 4);
  CHECK(curve.at(0).standard_error == 0);
  CHECK(curve.at(1.9).survival == 1);
  CHECK(curve.at(2).survival == .75);
  CHECK(curve.at(2).at_risk == 4);
  CHECK(curve.at(2.5).at_risk == 3);
  CHECK(curve.at(3.5).survival == .75);
  CHECK(curve.at(3.5).at_risk == 2);
  CHECK(curve.at(4).survival == .375);
  CHECK(curve.at(6).survival == .375);
  CHECK(curve.at(6).at_risk == 1);
  CHECK_FALSE(curve.at(6.1));
  CHECK(curve.restricted_mean().horizon == 6);
  CHECK(curve.restricted_mean().value == 2 + .75 * 2 + .375 * 2);
  CHECK_FALSE(curve.restricted_mean(6.1));
  CHECK(curve.restricted_mean(6.1).count == 4);
  CHECK(curve.restricted_mean(1).value == 1);
  CHECK(curve.restricted_mean(1).standard_error == 0);
  std::size_t walked = 0;
  for (credence::survival_step const& step : curve) walked += step.time > 0;
  CHECK(walked == 4);
  CHECK(curve == of({2, 4}, {3, 6}));
  CHECK_FALSE(curve == of({2, 4}, {3, 7}));
}

}  // namespace test_survival_curve
