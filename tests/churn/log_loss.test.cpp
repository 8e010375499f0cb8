// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/log_loss.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_log_loss {

using scored::customer;

auto of(std::vector<customer> const& customers, credence::log_loss_options options = {}) {
  return credence::log_loss(scored::gathered(customers), options);
}

TEST_CASE("log_loss: IBM's Telco customers (reference/retention-churn-survival.md)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::log_loss(customers, &customer::score, &customer::left);
  CHECK(found.value == doctest::Approx(.4368837404272644).epsilon(1e-13));
  CHECK(found.impossible == 0);
}

TEST_CASE("log_loss: the mean surprise, its error and skill") {
  std::vector<customer> customers = scored::random_customers(400, 50, 8);
  for (customer& each : customers) each.score = 0.01 + 0.98 * *each.score;
  double mean = 0;
  double rate = 0;
  auto const loss = [](customer const& each) { return -std::log(*each.left == 1 ? *each.score : 1 - *each.score); };
  for (customer const& each : customers) {
    mean += loss(each) / 400;
    rate += *each.left / 400.0;
  }
  double squares = 0;
  for (customer const& each : customers) squares += std::pow(loss(each) - mean, 2);
  auto const found = of(customers);
  CHECK(found.value == doctest::Approx(mean).epsilon(1e-12));
  CHECK(found.standard_error == doctest::Approx(std::sqrt(squares / 399 / 400)).epsilon(1e-11));
  CHECK(found.interval.lower == doctest::Approx(mean - 1.959963984540054 * found.standard_error).epsilon(1e-11));
  CHECK(found.skill ==
        doctest::Approx(1 + mean / (rate * std::log(rate) + (1 - rate) * std::log(1 - rate))).epsilon(1e-11));
}

TEST_CASE("log_loss: what was held impossible came") {
  std::vector<customer> const customers{{0.0, 1, 0}, {0.5, 1, 0}, {1.0, 0, 0}, {1.0, 1, 0}, {0.0, 0, 0}};
  auto const found = of(customers);
  CHECK(found.value == scored::infinity);
  CHECK(found.skill == -scored::infinity);
  CHECK(found.impossible == 2);
  CHECK(credence::is_nan(found.standard_error));
  auto const clipped = of(customers, {.clip = 1e-15});
  CHECK(clipped.value == doctest::Approx((-2 * std::log(1e-15) + std::log(2.0)) / 5).epsilon(1e-3));
  CHECK(clipped.impossible == 2);
  // Those held certain who did it lose next to nothing.
  CHECK(of({{1.0, 1, 0}, {0.0, 0, 0}}).value == 0);
  CHECK(of({{1.0, 1, 0}, {0.0, 0, 0}}, {.clip = 0.25}).value == doctest::Approx(-std::log(0.75)));
  CHECK(of({{1e-300, 0, 0}}).value == 1e-300);
}

TEST_CASE("log_loss: bad input") {
  CHECK_FALSE(of({}));
  CHECK(credence::is_nan(of({{0.5, 1, 0}}).standard_error));
  CHECK(credence::is_nan(of({{0.5, 1, 0}}).skill));
  CHECK(of({{0.5, 1, 0}, {2, 1, 0}, {scored::no_number, 1, 0}}).rejected == 2);
  for (double const clip : {-1e-9, 0.5, scored::no_number})
    CHECK(error_of([&] { static_cast<void>(of({}, {.clip = clip})); }).find("log_loss_options::clip is") !=
          std::string::npos);
  CHECK_THROWS_AS(static_cast<void>(of({}, {.confidence = 0})), credence::error);
}

}  // namespace test_log_loss
