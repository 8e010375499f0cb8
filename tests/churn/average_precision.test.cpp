// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/average_precision.hpp>
#include <set>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_average_precision {

using scored::customer;

auto of(std::vector<customer> const& customers) { return credence::average_precision(scored::gathered(customers)); }

TEST_CASE("average_precision: IBM's Telco customers (reference/retention-churn-survival.md)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::average_precision(customers, &customer::score, &customer::left);
  CHECK(found.value == doctest::Approx(.6130255054536317).epsilon(1e-13));
  CHECK(found.base_rate == doctest::Approx(459 / 1761.0));
  CHECK(found.interval.lower < found.value);
  CHECK(found.interval.upper > found.value);
}

TEST_CASE("average_precision: threshold by threshold, with heavy ties") {
  for (std::uint64_t const levels : {1U, 5U, 50'000U}) {
    CAPTURE(levels);
    std::vector<customer> const customers = scored::random_customers(260, levels, 11 + levels);
    std::set<double> thresholds;
    double all = 0;
    for (customer const& each : customers) {
      thresholds.insert(-*each.score);
      all += *each.left;
    }
    double value = 0;
    double recall_before = 0;
    for (double const negated : thresholds) {
      double contacted = 0;
      double left = 0;
      for (customer const& each : customers)
        if (*each.score >= -negated) {
          contacted += 1;
          left += *each.left;
        }
      value += (left / all - recall_before) * (left / contacted);
      recall_before = left / all;
    }
    auto const found = of(customers);
    CHECK(found.value == doctest::Approx(value).epsilon(1e-12));
    double const half = 1.959963984540054 / std::sqrt(all * value * (1 - value));
    double const centre = std::log(value / (1 - value));
    CHECK(found.interval.lower == doctest::Approx(1 / (1 + std::exp(half - centre))).epsilon(1e-10));
    CHECK(found.interval.upper == doctest::Approx(1 / (1 + std::exp(-half - centre))).epsilon(1e-10));
  }
}

TEST_CASE("average_precision: what says nothing, and all there is to say") {
  CHECK_FALSE(of({}));
  CHECK_FALSE(of({{0.1, 0, 0}, {0.2, 0, 0}}));
  CHECK(credence::is_nan(of({{0.1, 1, 0}, {0.2, 1, 0}}).value));
  CHECK(of({{0.1, 0, 0}, {0.2, 1, 0}}).value == 1);
  CHECK(credence::is_nan(of({{0.1, 0, 0}, {0.2, 1, 0}}).interval.lower));
  CHECK(of({{0.5, 0, 0}, {0.5, 1, 0}, {0.5, 0, 0}, {0.5, 0, 0}}).value == 0.25);
  CHECK(error_of([] {
          static_cast<void>(credence::average_precision(scored::gathered({}), {.confidence = -1}));
        }).find("average_precision_options::confidence is -1") != std::string::npos);
}

}  // namespace test_average_precision
