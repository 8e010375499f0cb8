// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/brier_score.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_brier_score {

using scored::customer;

auto of(std::vector<customer> const& customers) { return credence::brier_score(scored::gathered(customers)); }

TEST_CASE("brier_score: IBM's Telco customers (reference/retention-churn-survival.md)") {
  std::vector<customer> const customers = scored::telco();
  if (customers.empty()) return;
  auto const found = credence::brier_score(customers, &customer::score, &customer::left);
  CHECK(found.value == doctest::Approx(.14356900128231045).epsilon(1e-13));
  double const rate = 459 / 1761.0;
  CHECK(found.skill == doctest::Approx(1 - .14356900128231045 / (rate * (1 - rate))).epsilon(1e-12));
}

TEST_CASE("brier_score: the mean of squares and its error") {
  std::vector<customer> const customers = scored::random_customers(500, 12, 4);
  double mean = 0;
  for (customer const& each : customers) mean += std::pow(*each.score - *each.left, 2) / 500;
  double squares = 0;
  for (customer const& each : customers) squares += std::pow(std::pow(*each.score - *each.left, 2) - mean, 2);
  auto const found = of(customers);
  CHECK(found.value == doctest::Approx(mean).epsilon(1e-13));
  CHECK(found.standard_error == doctest::Approx(std::sqrt(squares / 499 / 500)).epsilon(1e-12));
  CHECK(found.interval.upper == doctest::Approx(mean + 1.959963984540054 * found.standard_error).epsilon(1e-12));
}

TEST_CASE("brier_score: what is no probability is left out, of rows and of what was gathered") {
  std::vector<customer> customers = scored::random_customers(50, 4, 4);
  auto const clean = of(customers);
  for (double const outside : {-0.25, 1.0000001, 7.0, -scored::infinity}) customers.push_back({outside, 1, 0});
  auto const found = of(customers);
  CHECK(found.value == clean.value);
  CHECK(found.count == 50);
  CHECK(found.rejections.off_scale == 4);
  CHECK(found.rejected == 4);
  CHECK(credence::brier_score(customers, &customer::score, &customer::left) == found);
  credence::brier_score_options const raise{.on_invalid = credence::on_invalid::raise};
  CHECK(error_of([&] {
          static_cast<void>(credence::brier_score(customers, &customer::score, &customer::left, raise));
        }) == "credence: sample 50 is -0.25, which is off the scale");
  CHECK(error_of([&] { static_cast<void>(credence::brier_score(scored::gathered(customers), raise)); }) ==
        "credence: 3 of the scores that were gathered are no probabilities: outside 0…1");
}

TEST_CASE("brier_score: what says little") {
  CHECK_FALSE(of({}));
  CHECK(of({{0.25, 0, 0}}).value == 0.0625);
  CHECK(credence::is_nan(of({{0.25, 0, 0}}).standard_error));
  CHECK(credence::is_nan(of({{0.25, 0, 0}, {0.5, 0, 0}}).skill));
  CHECK(of({{1, 0, 0}, {0, 1, 0}}).value == 1);
  CHECK(of({{1, 0, 0}, {0, 1, 0}}).interval.upper == 1);
  CHECK(of({{1, 0, 0}, {0, 1, 0}}).skill == -3);
  CHECK(error_of([] {
          static_cast<void>(credence::brier_score(scored::gathered({}), {.confidence = 5}));
        }).find("brier_score_options::confidence is 5") != std::string::npos);
}

}  // namespace test_brier_score
