// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/churn/lift.hpp>
#include <credence/inference/share_interval.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_lift {

using scored::customer;

auto of(std::vector<customer> const& customers, double quantile) {
  return credence::lift(scored::gathered(customers), {.quantile = quantile});
}

TEST_CASE("lift: IBM's Telco customers (reference/retention-churn-survival.md)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::lift(customers, &customer::score, &customer::left, {.quantile = 0.1});
  CHECK(found.contacted == 176);
  CHECK(found.value == doctest::Approx(2.7466577540106956).epsilon(1e-14));
  CHECK(found.captured == doctest::Approx(126 / 459.0));
  CHECK(found.rate == doctest::Approx(126 / 176.0));
  auto const wilson = credence::interval_of({126 / 176.0, 176}, credence::share_interval::wilson, 0.95);
  CHECK(found.rate_interval.lower == doctest::Approx(wilson.lower).epsilon(1e-12));
  CHECK(found.rate_interval.upper == doctest::Approx(wilson.upper).epsilon(1e-12));
}

TEST_CASE("lift: one by one, each worth the mean rate of all who share the score") {
  for (std::uint64_t const levels : {1U, 6U, 20'000U}) {
    std::vector<customer> customers = scored::random_customers(173, levels, 5 + levels);
    std::sort(customers.begin(), customers.end(),
              [](customer const& one, customer const& other) { return *one.score > *other.score; });
    double all = 0;
    for (customer const& each : customers) all += *each.left;
    for (double const quantile : {0.001, 0.1, 0.37, 0.5, 0.999, 1.0}) {
      CAPTURE(levels);
      CAPTURE(quantile);
      std::size_t const top = std::max<std::size_t>(1, static_cast<std::size_t>(std::floor(quantile * 173)));
      double positives = 0;
      for (std::size_t at = 0; at < top; ++at) {
        double tied = 0;
        double left = 0;
        for (customer const& each : customers)
          if (*each.score == *customers[at].score) {
            tied += 1;
            left += *each.left;
          }
        positives += left / tied;
      }
      auto const found = of(customers, quantile);
      CHECK(found.contacted == top);
      CHECK(found.value == doctest::Approx(positives / static_cast<double>(top) / (all / 173)).epsilon(1e-12));
      CHECK(found.captured == doctest::Approx(positives / all).epsilon(1e-12));
      CHECK(found.threshold == *customers[top - 1].score);
    }
  }
}

TEST_CASE("lift: a share that is whole in what is meant is whole") {
  std::vector<customer> const customers = scored::random_customers(100, 1'000, 3);
  for (int part = 1; part <= 100; ++part) {
    CAPTURE(part);
    CHECK(of(customers, part / 100.0).contacted == static_cast<std::uint64_t>(part));
  }
}

TEST_CASE("lift: bad input") {
  CHECK_FALSE(of({}, 0.5));
  CHECK(credence::is_nan(of({{1, 1, 0}, {2, 1, 0}}, 0.5).value));
  CHECK(of({{1, 1, 0}, {1, 0, 0}, {1, 0, 0}, {1, 1, 0}}, 0.25).value == 1);
  CHECK(of({{1, 0, 0}, {2, 1, 0}, {scored::no_number, 1, 0}}, 1e-9).value == 2);
  for (double const quantile : {0.0, -0.1, 1.5, scored::no_number})
    CHECK(error_of([&] { static_cast<void>(of({}, quantile)); }).find("lift_options::quantile is") !=
          std::string::npos);
  CHECK_THROWS_AS(static_cast<void>(credence::lift(scored::gathered({}), {.confidence = 1})), credence::error);
}

}  // namespace test_lift
