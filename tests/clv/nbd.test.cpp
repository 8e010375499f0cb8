// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/nbd.hpp>

#include "support/error_of.hpp"

#include <credence/core/real.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace test_nbd {

using credence::is_finite;
using credence::is_nan;
using credence::nbd;

struct customer {
  int frequency;
  float recency;
  std::optional<double> age;
};

nbd const model{{.r = 0.385, .alpha = 12.07}};

TEST_CASE("nbd: answers by hand") {
  // Γ(r + 2)/Γ(r) = r (r + 1)
  double const expected = std::log(0.385 * 1.385) + 0.385 * std::log(12.07) - 2.385 * std::log(12.07 + 38.86);
  CHECK(model.log_likelihood({.frequency = 2, .recency = 30.43, .age = 38.86}) ==
        doctest::Approx(expected).epsilon(1e-14));
  CHECK(model.expected_purchases(39) == doctest::Approx(0.385 / 12.07 * 39).epsilon(1e-15));
  CHECK(model.expected_purchases({.frequency = 2, .recency = 30.43, .age = 38.86}, 39.0) ==
        doctest::Approx(2.385 / 50.93 * 39).epsilon(1e-15));
  CHECK(model.expected_purchases({.age = 20}, 10, 25) == doctest::Approx(0.385 / 32.07 * 15).epsilon(1e-14));
  CHECK(model.probability_of_purchase({.age = 20}, 5) ==
        doctest::Approx(1 - std::pow(32.07 / 37.07, 0.385)).epsilon(1e-13));
  double const rate = 0.385 / 32.07;
  CHECK(model.discounted_residual_transactions({.age = 20}, {.discount = credence::period_rate{0.01}}) ==
        doctest::Approx(rate / std::log(1.01)).epsilon(1e-13));
  CHECK(model.discounted_residual_transactions({.age = 20}, {.discount = credence::period_rate{0.01}, .horizon = 52}) ==
        doctest::Approx(rate * (1 - std::pow(1.01, -52)) / std::log(1.01)).epsilon(1e-13));
  CHECK(model.discounted_residual_transactions({.age = 20}, {.horizon = 52}) == doctest::Approx(rate * 52));
  CHECK(!is_finite(model.discounted_residual_transactions({.age = 20}, {})));
}

// By mpmath.
TEST_CASE("nbd: customers who are all but alike keep their digits") {
  nbd const alike{{.r = 1e12, .alpha = 2e12}};
  CHECK(alike.log_likelihood({.frequency = 3, .recency = 4, .age = 5}) ==
        doctest::Approx(-4.5794415416812109283).epsilon(1e-14));
  CHECK(alike.purchase_count_probability(3, 5) == doctest::Approx(.21376301724944252161).epsilon(1e-13));
  CHECK(nbd({.r = 1e9, .alpha = 3e9}).purchase_count_probability(10, 39) ==
        doctest::Approx(.08587015073097163543).epsilon(1e-13));
}

TEST_CASE("nbd: the counts of new customers sum to one, and to their mean") {
  double all = 0;
  double mean = 0;
  for (int count = 0; count < 400; ++count) {
    double const mass = model.purchase_count_probability(count, 39);
    all += mass;
    mean += count * mass;
  }
  CHECK(all == doctest::Approx(1).epsilon(1e-12));
  CHECK(mean == doctest::Approx(model.expected_purchases(39)).epsilon(1e-10));
  CHECK(model.purchase_count_probability(0, 0) == 1);
  CHECK(model.purchase_count_probability(3, 0) == 0);
}

TEST_CASE("nbd: a row and a range answer as a history does, and what cannot be is NaN among many") {
  std::vector<customer> const customers{
      {2, 30.5F, 38.875}, {0, 0, 20.0}, {1, 9, 3.0}, {0, 0, std::nullopt}, {-1, 0, 4.0}};
  std::vector<double> many(customers.size());
  double* const end = model.expected_purchases(customers, 39, many.data());
  CHECK(end == many.data() + many.size());
  CHECK(many[0] == model.expected_purchases({.frequency = 2, .recency = 30.5, .age = 38.875}, 39));
  CHECK(many[0] == model.expected_purchases(customers[0], 39));
  CHECK(many[1] == model.expected_purchases({.age = 20}, 39));
  for (std::size_t at = 2; at < 5; ++at) CHECK(is_nan(many[at]));
  model.expected_purchases(customers, 10, 25, many.data());
  CHECK(many[1] == model.expected_purchases({.age = 20}, 10, 25));
  CHECK(is_nan(many[4]));
  model.log_likelihood(customers, many.data());
  CHECK(many[0] == model.log_likelihood(customers[0]));
}

TEST_CASE("nbd: histories, times and parameters that cannot be are refused by name") {
  CHECK(
      error_of([] { static_cast<void>(model.log_likelihood({.frequency = 1.5, .recency = 1, .age = 2})); }) ==
      "credence: there is no such purchase history: frequency 1.5, recency 1, age 2; a frequency is a whole number of "
      "repeat purchases, recency lies between 0 and the age, and is 0 where the frequency is");
  for (credence::purchase_history const& wrong : {credence::purchase_history{-1, 0, 2},
                                                  {1, 3, 2},
                                                  {0, 1, 2},
                                                  {1, -1, 2},
                                                  {0, 0, -1},
                                                  {credence::not_a_number(), 0, 2},
                                                  {0, 0, credence::infinite_number()}})
    CHECK(error_of([&] { static_cast<void>(model.log_likelihood(wrong)); }) != "no error");
  CHECK(error_of([] { static_cast<void>(model.expected_purchases({.age = 1}, -1)); }) ==
        "credence: `within` is -1; it must be finite, and 0 or more");
  CHECK(error_of([] { static_cast<void>(model.expected_purchases({.age = 1}, 2, 1)); }) ==
        "credence: `until` is 1; it must not be earlier than `from`");
  CHECK(error_of([] { nbd({.r = 0, .alpha = 1}); }) ==
        "credence: nbd_parameters::r is 0; it must be positive and finite");
}

TEST_CASE("nbd: an annual rate needs the unit") {
  credence::residual_options const options{.discount = credence::annual_rate{0.10}};
  CHECK(error_of([&] {
          static_cast<void>(model.discounted_residual_transactions({.age = 20}, options));
        }).find("`.unit`") != std::string::npos);
  nbd const weekly{{.r = 0.385, .alpha = 12.07, .unit = std::chrono::weeks{1}}};
  double const force = std::log(1.1) * 7 / 365.2425;
  CHECK(weekly.discounted_residual_transactions({.age = 20}, options) ==
        doctest::Approx(0.385 / 32.07 / force).epsilon(1e-13));
}

}  // namespace test_nbd
