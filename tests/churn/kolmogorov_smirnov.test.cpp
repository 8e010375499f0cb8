// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/kolmogorov_smirnov.hpp>
#include <vector>

#include "churn/scored.hpp"

namespace test_kolmogorov_smirnov {

using scored::customer;

auto of(std::vector<customer> const& customers) { return credence::kolmogorov_smirnov(scored::gathered(customers)); }

TEST_CASE("kolmogorov_smirnov: IBM's Telco customers (reference/retention-churn-survival.md)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::kolmogorov_smirnov(customers, &customer::score, &customer::left);
  CHECK(found.value == doctest::Approx(.49698302259972094).epsilon(1e-13));
  CHECK(found.p_value < 1e-70);
}

TEST_CASE("kolmogorov_smirnov: threshold by threshold, with heavy ties") {
  for (std::uint64_t const levels : {2U, 9U, 10'000U}) {
    CAPTURE(levels);
    std::vector<customer> const customers = scored::random_customers(150, levels, 2 + levels);
    double left = 0;
    for (customer const& each : customers) left += *each.left;
    double value = -1;
    double threshold = 0;
    for (customer const& at : customers) {
      double found_left = 0;
      double found_stayed = 0;
      for (customer const& each : customers)
        if (*each.score >= *at.score) (*each.left == 1 ? found_left : found_stayed) += 1;
      double const apart = std::fabs(found_left / left - found_stayed / (150 - left));
      if (apart > value + 1e-12 || (apart > value - 1e-12 && *at.score < threshold)) {
        value = apart;
        threshold = *at.score;
      }
    }
    auto const found = of(customers);
    CHECK(found.value == doctest::Approx(value).epsilon(1e-12));
    CHECK(found.threshold == threshold);
  }
}

TEST_CASE("kolmogorov_smirnov: p as R's ks.test(exact = FALSE) has it (R 4.2.2)") {
  std::vector<customer> customers;
  for (int const score : {1, 2, 2, 3, 5, 5, 5, 8}) customers.push_back({score, 1, 0});
  for (int const score : {0, 1, 2, 2, 3, 3, 4, 6, 7}) customers.push_back({score, 0, 0});
  CHECK(of(customers).p_value == doctest::Approx(0.89943768483373809).epsilon(1e-12));
}

TEST_CASE("kolmogorov_upper_tail: mpmath, 40 digits, by both series") {
  struct known {
    double at;
    double tail;
  };
  for (known const each :
       {known{.3, 0.999990694198665433}, known{.5, 0.963945243664875094}, known{.8, 0.544142411574198149},
        known{.99, 0.280873839225548912}, known{1, 0.269999671677354521}, known{1.2, 0.112249666670724961},
        known{2, 0.000670925255779695347}, known{3, 3.04599594894252569e-8}, known{5, 3.85749969592783557e-22}}) {
    CAPTURE(each.at);
    CHECK(credence::detail::kolmogorov_upper_tail(each.at) == doctest::Approx(each.tail).epsilon(1e-14));
  }
  CHECK(credence::detail::kolmogorov_upper_tail(0) == 1);
  CHECK(credence::detail::kolmogorov_upper_tail(0.05) == 1);
}

TEST_CASE("kolmogorov_smirnov: what says nothing, and all there is to say") {
  CHECK_FALSE(of({}));
  CHECK(credence::is_nan(of({{0.1, 1, 0}, {0.2, 1, 0}}).value));
  CHECK(of({{0.5, 1, 0}, {0.5, 0, 0}}).value == 0);
  CHECK(of({{0.5, 1, 0}, {0.5, 0, 0}}).p_value == 1);
  auto const apart = of({{1, 0, 0}, {2, 0, 0}, {3, 1, 0}});
  CHECK(apart.value == 1);
  CHECK(apart.threshold == 3);
  CHECK(of({{1, 1, 0}, {3, 0, 0}}).value == 1);
  CHECK(of({{1, 0, 0}, {2, 1, 0}, {3, 0, 0}, {4, 1, 0}}).threshold == 2);
}

}  // namespace test_kolmogorov_smirnov
