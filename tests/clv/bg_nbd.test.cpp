// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/bg_nbd.hpp>

#include "support/cdnow.hpp"
#include "support/clv_reference.hpp"
#include "support/error_of.hpp"

#include <credence/core/real.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/gamma.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace test_bg_nbd {

using credence::bg_nbd;
using credence::is_finite;
using credence::is_nan;
using credence::purchase_history;

bg_nbd const model{{.r = .243, .alpha = 4.414, .a = .793, .b = 2.426}};
constexpr purchase_history two{.frequency = 2, .recency = 30.43, .age = 38.86};

// From shared/reference/clv_mpmath.csv and clv_extra.csv, by mpmath.
TEST_CASE("bg_nbd: values of the published formulas") {
  CHECK(model.log_likelihood(two) == doctest::Approx(-9.4586063070662712451).epsilon(1e-14));
  CHECK(model.log_likelihood({.frequency = 1000, .recency = 10, .age = 100}) ==
        doctest::Approx(3225.1429836828235969).epsilon(1e-13));
  CHECK(model.probability_alive(two) == doctest::Approx(.72657857008067291068).epsilon(1e-14));
  CHECK(model.probability_alive(two, 39) == doctest::Approx(.56713803562792993578).epsilon(1e-13));
  CHECK(model.probability_of_purchase(two, 39) == doctest::Approx(.55462713791700443231).epsilon(1e-13));
  CHECK(model.expected_purchases(two, 39) == doctest::Approx(1.2260281747671444463).epsilon(1e-13));
  CHECK(model.expected_purchases(78) == doctest::Approx(1.8605190579427685363).epsilon(1e-13));
  CHECK(model.purchase_count_probability(10, 2) == doctest::Approx(1.0786896403691474232e-7).epsilon(1e-13));
  bg_nbd const next_to_one{{.r = .25, .alpha = 4, .a = 1.0000001, .b = 2.5}};
  CHECK(next_to_one.expected_purchases({.frequency = 5, .recency = 38, .age = 40}, 20) ==
        doctest::Approx(1.722343429422865348).epsilon(1e-13));
  bg_nbd const sum_below_one{{.r = .25, .alpha = 4, .a = .3, .b = .5}};
  CHECK(sum_below_one.expected_purchases({.age = 40}, 20) == doctest::Approx(.10383101726858068963).epsilon(1e-13));
}

TEST_CASE("bg_nbd: every row of the reference") {
  for (clv_reference_row const& row : clv_reference("BG/NBD ")) {
    CAPTURE(row.model);
    CAPTURE(row.quantity);
    bg_nbd const own{{.r = parameter_of(row, "r"),
                      .alpha = parameter_of(row, "alpha"),
                      .a = parameter_of(row, "a"),
                      .b = parameter_of(row, "b")}};
    CHECK(std::fabs(clv_answer(own, row) - row.value) <= 1e-13 * std::fabs(row.value));
  }
}

TEST_CASE("bg_nbd: counts of new customers sum to one, and to their mean") {
  double all = 0;
  double mean = 0;
  for (int count = 0; count < 2'000; ++count) {
    double const mass = model.purchase_count_probability(count, 39);
    all += mass;
    mean += count * mass;
  }
  CHECK(all == doctest::Approx(1).epsilon(1e-12));
  CHECK(mean == doctest::Approx(model.expected_purchases(39)).epsilon(1e-10));
  CHECK(model.purchase_count_probability(0, 0) == 1);
  CHECK(model.purchase_count_probability(1, 0) == 0);
}

TEST_CASE("bg_nbd: nobody without a repeat purchase is lost, and all who are known average to the unknown") {
  CHECK(model.probability_alive({.age = 1e6}) == 1);
  // E[X(t + u)] − E[X(t)] is the mean of what each history leads to: of none it is the conditional expectation times
  // P(X(t) = 0), and a history of one has a density in t_x.
  double const t = 3;
  double const u = 5;
  double mean = model.purchase_count_probability(0, t) * model.expected_purchases({.age = t}, u);
  // x purchases with the last at s: exp(log_likelihood) × s^(x − 1) ÷ (x − 1)! by the order of the others.
  constexpr int steps = 400;
  for (int x = 1; x <= 60; ++x)
    for (int step = 0; step < steps; ++step) {
      double const s = t * (step + 0.5) / steps;
      purchase_history const own{.frequency = x, .recency = s, .age = t};
      double const orders = (x - 1) * std::log(s) - credence::math::log_gamma(x);
      mean += t / steps * std::exp(model.log_likelihood(own) + orders) * model.expected_purchases(own, u);
    }
  CHECK(mean == doctest::Approx(model.expected_purchases(t + u) - model.expected_purchases(t)).epsilon(1e-4));
}

TEST_CASE("bg_nbd: time has no unit") {
  bg_nbd const in_days{{.r = .243, .alpha = 4.414 * 7, .a = .793, .b = 2.426}};
  purchase_history const own{.frequency = 2, .recency = 30.43 * 7, .age = 38.86 * 7};
  CHECK(in_days.expected_purchases(own, 39 * 7) == doctest::Approx(model.expected_purchases(two, 39)).epsilon(1e-13));
  CHECK(in_days.probability_alive(own, 39 * 7) == doctest::Approx(model.probability_alive(two, 39)).epsilon(1e-13));
  CHECK(in_days.log_likelihood(own) + 2 * std::log(7) == doctest::Approx(model.log_likelihood(two)).epsilon(1e-13));
}

TEST_CASE("bg_nbd: whatever is possible has an answer") {
  for (double const alpha : {1e-6, 1.0, 1e6})
    for (double const a : {1e-3, 0.5, 1.0, 30.0})
      for (double const b : {1e-3, 0.5, 100.0})
        for (purchase_history const& own : {purchase_history{0, 0, 1e-6},
                                            {0, 0, 1e9},
                                            {1, 1e-6, 1e-6},
                                            {1, 1e-6, 1e9},
                                            {1e5, 1e9, 1e9},
                                            {1e5, 10, 100},
                                            {0, 0, 0}}) {
          bg_nbd const any{{.r = .3, .alpha = alpha, .a = a, .b = b}};
          CAPTURE(alpha);
          CAPTURE(a);
          CAPTURE(b);
          CAPTURE(own.age);
          double const here = any.probability_alive(own);
          CHECK(is_finite(any.log_likelihood(own)));
          CHECK(here >= 0);
          CHECK(here <= 1);
          CHECK(any.probability_alive(own, 39) <= here);
          CHECK(any.expected_purchases(own, 0) == 0);
          double const bought = any.expected_purchases(own, 39);
          CHECK(is_finite(bought));
          CHECK(any.probability_of_purchase(own, 39) <= bought * (1 + 1e-12));
          CHECK(bought <= here * (.3 + own.frequency) / (alpha + own.age) * 39 * (1 + 1e-12));
        }
}

TEST_CASE("bg_nbd: many customers are answered as each is") {
  std::vector<purchase_history> customers;
  for (int at = 0; at < 2'000; ++at) {
    double const age = 1 + 0.02 * at;
    int const frequency = at % 5;
    customers.push_back({.frequency = frequency, .recency = frequency == 0 ? 0 : age * 0.6, .age = age});
  }
  customers[7].recency = 1e3;
  std::vector<double> expected(customers.size());
  CHECK(model.expected_purchases(customers, 39, expected.data()) == expected.data() + customers.size());
  CHECK(is_nan(expected[7]));
  customers[7].recency = 0;
  model.expected_purchases(customers, 39, expected.data());
  for (std::size_t at = 0; at < customers.size(); ++at)
    CHECK(expected[at] == doctest::Approx(model.expected_purchases(customers[at], 39)).epsilon(1e-12));
}

TEST_CASE("bg_nbd: what never ends is told apart from what does") {
  CHECK(!is_finite(model.discounted_residual_transactions(two, {})));
  auto const life = model.remaining_lifetime(two, {.horizon = 52});
  CHECK(life.status == credence::lifetime_status::infinite_mean);
  CHECK(!is_finite(life.mean));
  CHECK(life.median > 0);
  CHECK(is_finite(life.median));
  CHECK(life.restricted_mean < 52);
  bg_nbd const busy{{.r = 496, .alpha = .0036, .a = 2.5, .b = 1.5}};  // long gone, but asked about as alive
  CHECK(busy.probability_alive({.frequency = 100, .recency = 1, .age = 40}) == 0);
  auto const gone = busy.remaining_lifetime({.frequency = 100, .recency = 1, .age = 40}, {.horizon = 52});
  CHECK(gone);
  CHECK(gone == busy.remaining_lifetime({.frequency = 100, .recency = 40, .age = 40}, {.horizon = 52}));
  std::vector<credence::purchase_history> const some{two, {.frequency = 1, .recency = 3, .age = 2}};
  std::vector<credence::remaining_lifetime_result> lives(2);
  model.remaining_lifetime(some, {.horizon = 52}, lives.begin());
  CHECK(lives[0] == life);
  CHECK_FALSE(lives[1]);
  bg_nbd const short_lived{{.r = 3, .alpha = 4, .a = 2.5, .b = 1.5}};
  CHECK(short_lived.remaining_lifetime({.age = 4}).mean == doctest::Approx(8.0 / 2 * 3.0 / 1.5).epsilon(1e-13));
  CHECK(short_lived.discounted_residual_transactions({.age = 4}, {}) == doctest::Approx(3.0 / 1.5).epsilon(1e-13));
}

TEST_CASE("bg_nbd: a horizon far beyond a short life changes nothing") {
  bg_nbd const brief{{.r = 362, .alpha = .5, .a = 381, .b = 408}};
  double const mean = brief.remaining_lifetime({.age = .03}).mean;
  for (double const horizon : {1.0, 1e2, 1e4, 87166.0}) {
    auto const life =
        brief.remaining_lifetime({.age = .03}, {.horizon = horizon, .discount = credence::period_rate{1e-9}});
    CHECK(life.restricted_mean == doctest::Approx(mean).epsilon(1e-10));
    CHECK(life.discounted_mean == doctest::Approx(mean).epsilon(1e-8));
  }
}

// shared/reference/clv.md: Newton to a last step under 1e-9 with mpmath; published as .243, 4.414, .793, 2.426.
TEST_CASE("bg_nbd: the maximum of CDNOW and its standard errors") {
  std::vector<cdnow_customer> const customers = cdnow_customers();
  if (customers.empty()) return;
  auto const fit = credence::fit<bg_nbd>(customers);
  REQUIRE(fit.status == credence::fit_status::converged);
  CHECK(fit.log_likelihood == doctest::Approx(-9582.429206674).epsilon(1e-12));
  std::array<double, 4> const expected{.24259452243, 4.41360201901, .792922017247, 2.42590677690};
  std::array<double, 4> const errors{.01255737, .37822393, .18573372, .7054142};
  std::array<double, 4> const found = fit.model().parameters();
  for (std::size_t at = 0; at < 4; ++at) {
    CHECK(found[at] == doctest::Approx(expected[at]).epsilon(1e-9));
    CHECK(fit.standard_errors[at] == doctest::Approx(errors[at]).epsilon(1e-5));
  }
}

TEST_CASE("bg_nbd: wrong parameters are named") {
  CHECK(error_of([] { bg_nbd({.r = 1, .alpha = 1, .a = -1, .b = 1}); }) ==
        "credence: bg_nbd_parameters::a is -1; it must be positive and finite");
  CHECK(error_of([] {
          bg_nbd({.r = 1, .alpha = 1, .a = 1, .b = credence::not_a_number()});
        }).find("bg_nbd_parameters::b") != std::string::npos);
  CHECK(error_of([] { bg_nbd({.r = 0, .alpha = 1, .a = 1, .b = 1}); }).find("::r is 0") != std::string::npos);
  CHECK(error_of([] { bg_nbd({.r = 1, .alpha = credence::infinite_number(), .a = 1, .b = 1}); }).find("::alpha") !=
        std::string::npos);
}

TEST_CASE("bg_nbd: other parameters keep the unit") {
  bg_nbd const weekly{{.r = .243, .alpha = 4.414, .a = .793, .b = 2.426, .unit = std::chrono::weeks{1}}};
  std::array<double, 4> const other{1, 2, 3, 4};
  bg_nbd const moved = weekly.with_parameters(other.data());
  CHECK(moved.parameters() == other);
  CHECK(moved.unit == weekly.unit);
}

}  // namespace test_bg_nbd
