// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/churn/expected_maximum_profit.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_expected_maximum_profit {

using scored::customer;

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

auto of(std::vector<customer> const& customers, credence::expected_maximum_profit_options options = {}) {
  return credence::expected_maximum_profit(scored::gathered(customers), options);
}

TEST_CASE("expected_maximum_profit: IBM's Telco customers (R's package EMP; reference/retention-churn-survival.md)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::expected_maximum_profit(
      customers, &customer::score, &customer::left, {.lifetime_value = 200, .incentive_cost = 10, .contact_cost = 1});
  CHECK(found.maximum_profit == about(9.666098807495736));
  CHECK(found.maximum_fraction == about(.584327086882453));
  CHECK(found.value == about(9.767772773857240));
  CHECK(found.fraction == about(.543823825173652));
  auto const dearer = of(customers, {.lifetime_value = 500, .incentive_cost = 20});
  CHECK(dearer.maximum_profit == about(27.1226575809199));
  CHECK(dearer.value == about(27.3082564949083));
}

/// The greatest profit over all thresholds, and nobody, where a share of `accepted` takes the offer.
struct best_threshold {
  double profit = 0;
  double fraction = 0;
  double threshold = scored::infinity;

  best_threshold(std::vector<customer> const& customers, credence::expected_maximum_profit_options const& options,
                 double accepted) {
    double const count = static_cast<double>(customers.size());
    for (customer const& at : customers) {
      double left = 0;
      double stayed = 0;
      for (customer const& each : customers)
        if (*each.score >= *at.score) (*each.left == 1 ? left : stayed) += 1;
      double const worth = options.lifetime_value;
      double const own = left / count * (accepted * (worth - options.incentive_cost) - options.contact_cost) -
                         stayed / count * (options.incentive_cost + options.contact_cost);
      if (!(own > profit)) continue;
      profit = own;
      fraction = (left + stayed) / count;
      threshold = *at.score;
    }
  }
};

TEST_CASE("expected_maximum_profit: by quadrature of the maximum, with heavy ties") {
  credence::expected_maximum_profit_options const choices[] = {
      {},
      {.lifetime_value = 40, .incentive_cost = 6, .contact_cost = 3, .alpha = 2, .beta = 3},
      {.lifetime_value = 30, .incentive_cost = 0, .contact_cost = 4, .alpha = 3, .beta = 9}};
  for (std::uint64_t const levels : {1U, 6U, 5'000U}) {
    std::vector<customer> const customers = scored::random_customers(60, levels, 31 + levels);
    for (auto const& options : choices) {
      CAPTURE(levels);
      CAPTURE(options.lifetime_value.value);
      constexpr int steps = 2'000;
      double weights = 0;
      double value = 0;
      double fraction = 0;
      for (int at = 0; at < steps; ++at) {
        double const accepted = (at + 0.5) / steps;
        double const weight = std::pow(accepted, options.alpha - 1) * std::pow(1 - accepted, options.beta - 1);
        best_threshold const best(customers, options, accepted);
        weights += weight;
        value += weight * best.profit;
        fraction += weight * best.fraction;
      }
      auto const found = of(customers, options);
      CHECK(found.value == about(value / weights, 2e-5));
      CHECK(found.fraction == about(fraction / weights, 3e-3));
      best_threshold const known(customers, options, options.alpha / (options.alpha + options.beta));
      CHECK(found.maximum_profit == about(known.profit));
      CHECK(found.maximum_fraction == about(known.fraction));
      CHECK(found.threshold == known.threshold);
    }
  }
}

TEST_CASE("expected_maximum_profit: campaigns that never pay, and that cost nothing") {
  std::vector<customer> const customers = scored::random_customers(60, 6, 3);
  auto const dear = of(customers, {.lifetime_value = 11, .incentive_cost = 10, .contact_cost = 5});
  CHECK(dear.maximum_profit == 0);
  CHECK(dear.maximum_fraction == 0);
  CHECK(dear.threshold == scored::infinity);
  CHECK(dear.value == 0);
  CHECK(dear.fraction == 0);
  auto const free = of(customers, {.lifetime_value = 100, .incentive_cost = 0, .contact_cost = 0});
  CHECK(free.fraction == about(1));
  CHECK(free.value == about(100 * .3 * static_cast<double>(free.positives) / 60));
}

TEST_CASE("roc_hull: corners only, tied scores together, by counts beyond 64 bits") {
  // (stayed, left) down the scores: (0, 1), (1, 2), then (2, 2) below the line, (3, 3), (4, 3).
  std::vector<double> const left{5, 4, 2};
  std::vector<double> const stayed{4, 3, 2, 1};
  std::vector<double> positives(left.rbegin(), left.rend());
  std::vector<double> negatives(stayed.rbegin(), stayed.rend());
  auto const hull = credence::detail::roc_hull({positives, negatives, {}});
  REQUIRE(hull.size() == 5);
  CHECK(hull[0].threshold == scored::infinity);
  CHECK(hull[1].positives == 1);
  CHECK(hull[2].positives == 2);
  CHECK(hull[2].negatives == 1);
  CHECK(hull[3].positives == 3);
  CHECK(hull[3].negatives == 3);
  CHECK(hull[3].threshold == 2);
  CHECK(hull[4].negatives == 4);
  std::uint64_t const many = std::uint64_t{1} << 62;
  using credence::detail::bends;
  CHECK_FALSE(bends({2 * many, 2 * many}, {many, many}, {}));
  CHECK(bends({2 * many, 2 * many}, {many + 1, many}, {}));
  CHECK_FALSE(bends({2 * many, 2 * many}, {many - 1, many}, {}));
}

TEST_CASE("expected_maximum_profit: bad input") {
  CHECK_FALSE(of({}));
  CHECK(credence::is_nan(of({{1, 1, 0}}).value));
  CHECK(of({{1, 1, 0}, {0, 0, 0}, {scored::no_number, 0, 0}}).rejected == 1);
  auto const complaint = [](credence::expected_maximum_profit_options const& options) {
    return error_of([&] { static_cast<void>(of({}, options)); });
  };
  CHECK(complaint({.lifetime_value = 10}).find("::lifetime_value is 10; it must be finite, and more than") !=
        std::string::npos);
  CHECK(complaint({.lifetime_value = scored::infinity}).find("::lifetime_value is inf") != std::string::npos);
  CHECK(complaint({.incentive_cost = -1}).find("::incentive_cost is -1") != std::string::npos);
  CHECK(complaint({.contact_cost = scored::no_number}).find("::contact_cost is") != std::string::npos);
  CHECK(complaint({.alpha = 0}).find("::alpha is 0") != std::string::npos);
  CHECK(complaint({.beta = -2}).find("::beta is -2") != std::string::npos);
}

}  // namespace test_expected_maximum_profit
