// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/churn/calibration.hpp>
#include <credence/inference/share_interval.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_calibration {

using scored::customer;

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within); }

auto of(std::vector<customer> const& customers, credence::calibration_options options = {}) {
  return credence::calibration(scored::gathered(customers), options);
}

TEST_CASE(
    "calibration: IBM's Telco customers (reference/retention-churn-survival.md; line: R 4.2.2 glm, errors: "
    "tests/reference/churn_scores.py)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::calibration(customers, &customer::score, &customer::left);
  CHECK(found.value == about(.028036560766079074, 1e-12));
  CHECK(found.size() == 10);
  CHECK(found.intercept == about(-0.039977527433149751));
  CHECK(found.slope == about(0.90338768735398045));
  CHECK(found.intercept_error == about(0.072295260673099451));
  CHECK(found.slope_error == about(0.052190276335914068));
  CHECK(found.base_rate == about(459 / 1761.0));
  CHECK(of(customers, {.binning = credence::calibration_bins::equal_count}).value == about(.024424332061456656, 1e-12));
}

/// Σ|who left − who was expected to| ÷ n over bins of equal count, each customer worth the mean rate of its score.
double naive_of_counts(std::vector<customer> customers, std::size_t bins) {
  std::sort(customers.begin(), customers.end(),
            [](customer const& one, customer const& other) { return *one.score < *other.score; });
  double sum = 0;
  std::size_t at = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    double apart = 0;
    std::size_t const to = at + customers.size() / bins + (bin < customers.size() % bins);
    for (; at < to; ++at) {
      double tied = 0;
      double left = 0;
      for (customer const& each : customers)
        if (*each.score == *customers[at].score) {
          tied += 1;
          left += *each.left;
        }
      apart += left / tied - *customers[at].score;
    }
    sum += std::fabs(apart);
  }
  return sum / static_cast<double>(customers.size());
}

TEST_CASE("calibration: bin by bin, with heavy ties") {
  for (std::uint64_t const levels : {2U, 20U, 1'000U}) {
    CAPTURE(levels);
    std::vector<customer> const customers = scored::random_customers(235, levels, levels);
    auto const found = of(customers, {.bins = 8});
    REQUIRE(found.size() == 8);
    double value = 0;
    double worst = 0;
    double customers_in_bins = 0;
    for (std::size_t bin = 0; bin < 8; ++bin) {
      double count = 0;
      double left = 0;
      double expected = 0;
      for (customer const& each : customers) {
        double const from = static_cast<double>(bin) / 8;
        if (*each.score < from || (bin < 7 && *each.score >= from + 0.125)) continue;
        count += 1;
        left += *each.left;
        expected += *each.score;
      }
      CHECK(found[bin].from == static_cast<double>(bin) / 8);
      CHECK(found[bin].customers == count);
      CHECK(found[bin].positives == left);
      customers_in_bins += count;
      if (count == 0) continue;
      CHECK(found[bin].mean_score == about(expected / count));
      auto const wilson = credence::interval_of({left / count, count}, credence::share_interval::wilson, .95);
      CHECK(found[bin].interval.lower == about(wilson.lower));
      CHECK(found[bin].interval.upper == about(wilson.upper));
      value += std::fabs(left - expected) / 235;
      worst = std::max(worst, std::fabs(left - expected) / count);
    }
    CHECK(customers_in_bins == 235);
    CHECK(found.value == about(value));
    CHECK(found.worst == about(worst));
    auto const by_count = of(customers, {.bins = 7, .binning = credence::calibration_bins::equal_count});
    CHECK(by_count.value == about(naive_of_counts(customers, 7)));
    CHECK(by_count[3].customers == 34);
    CHECK(by_count[6].customers == 33);
    CHECK(by_count[3].to <= by_count[4].from);
  }
}

TEST_CASE("calibration: the end of a bin is in the next, whatever the product is rounded to") {
  for (std::size_t const bins : {3U, 10U, 49U, 100U})
    for (std::size_t at = 0; at <= bins; ++at) {
      double const end = static_cast<double>(at) / static_cast<double>(bins);
      CHECK(credence::detail::width_bin(end, bins) == std::min(at, bins - 1));
      if (at != 0) CHECK(credence::detail::width_bin(std::nextafter(end, 0.0), bins) == at - 1);
    }
}

TEST_CASE("calibration: the line of few customers (R 4.2.2 glm)") {
  double const scores[] = {.05, .1, .1, .2, .2, .2, .3, .4, .4, .5, .6, .6, .7, .8, .9, .9, .95, .99, .02, .5};
  int const left[] = {0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0};
  std::vector<customer> customers;
  for (std::size_t at = 0; at < 20; ++at) customers.push_back({scores[at], left[at], 0});
  auto const found = of(customers);
  CHECK(found.intercept == about(0.091007038609583743));
  CHECK(found.slope == about(0.58415749154208196));
  CHECK(found.intercept_error == about(0.51105333226503558));
  CHECK(found.slope_error == about(0.31573030978754252));
  // Those who were certain have no log odds.
  customers.push_back({0.0, 0, 0});
  customers.push_back({1.0, 0, 0});
  CHECK(of(customers).certain == 2);
  CHECK(of(customers).slope == about(found.slope));
  for (customer& each : customers) each.left = 1 - *each.left;
  CHECK(of(customers).slope == about(-found.slope));
}

TEST_CASE("calibration: the line of probabilities near to 0 and 1 (R 4.2.2 glm)") {
  auto const found =
      of({{1e-300, 0, 0}, {1e-12, 1, 0}, {.3, 0, 0}, {.999999999999, 1, 0}, {.5, 1, 0}, {.2, 0, 0}, {1e-5, 0, 0}});
  CHECK(found.intercept == about(0.040033480895323027, 1e-7));
  CHECK(found.slope == about(0.017182103465295868, 1e-7));
}

TEST_CASE("calibration: a line through two scores, which whole steps of Newton's never reach") {
  std::vector<customer> customers{{.3, 0, 0}, {.3, 1, 0}};
  for (int at = 0; at < 48; ++at) customers.push_back({.9, at < 44, 0});
  auto const found = of(customers);
  double const low = std::log(.3 / .7);
  CHECK(found.slope == about(std::log(11.0) / (std::log(9.0) - low)));
  CHECK(found.intercept == about(-found.slope * low));
}

TEST_CASE("calibration: where no line is likeliest") {
  auto const no_line = [](std::vector<customer> const& customers) {
    auto const found = of(customers);
    return credence::is_nan(found.slope) && credence::is_nan(found.intercept) && credence::is_nan(found.slope_error);
  };
  CHECK(no_line({{.1, 0, 0}, {.2, 0, 0}, {.3, 1, 0}, {.4, 1, 0}}));
  CHECK(no_line({{.1, 0, 0}, {.3, 0, 0}, {.3, 1, 0}, {.4, 1, 0}}));
  CHECK(no_line({{.1, 1, 0}, {.2, 1, 0}, {.3, 0, 0}}));
  CHECK(no_line({{.3, 0, 0}, {.3, 1, 0}}));
  CHECK(no_line({{.1, 1, 0}, {.3, 1, 0}}));
  CHECK(no_line({{0, 1, 0}, {1, 0, 0}}));
  CHECK_FALSE(no_line({{.1, 0, 0}, {.2, 1, 0}, {.3, 0, 0}, {.4, 1, 0}}));
}

TEST_CASE("calibration: bad input") {
  CHECK_FALSE(of({}));
  CHECK(of({{.25, 1, 0}}).value == 0.75);
  CHECK(of({{.25, 1, 0}, {-.1, 1, 0}, {1.5, 0, 0}}).rejections.off_scale == 2);
  CHECK(of({{.25, 1, 0}}, {.bins = 3, .binning = credence::calibration_bins::equal_count})[2].customers == 0);
  for (long const bins : {0L, 100'001L})
    CHECK(error_of([&] { static_cast<void>(of({}, {.bins = bins})); }).find("calibration_options::bins is") !=
          std::string::npos);
  CHECK_THROWS_AS(static_cast<void>(of({}, {.confidence = 1})), credence::error);
}

}  // namespace test_calibration
