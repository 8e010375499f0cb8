// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/new_customer_value.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <limits>
#include <string>

#include "clv/fitted.hpp"
#include "support/error_of.hpp"

namespace test_new_customer_value {

using credence::new_customer_value;
namespace {
doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within); }
credence::gamma_gamma const spend({.p = 6.25, .q = 3.74, .gamma = 15.44});
credence::bg_nbd const model(clv_fitted::parameters());
}  // namespace

TEST_CASE("new_customer_value: CLVTools' new customers, who are counted with their first purchase") {
  // CLVTools 0.12.1, newcustomer(52) on CDNOW, from its own optimum of Pareto/NBD.
  CHECK(1 + new_customer_value(model, spend, {.horizon = 52.0}).expected_purchases == about(2.444010834, 1e-6));
  credence::pareto_nbd const pareto(
      {.r = .55327704685, .alpha = 10.5776834633, .s = .60623998914, .beta = 11.6687352892});
  CHECK(1 + new_customer_value(pareto, spend, {.horizon = 52.0}).expected_purchases == about(2.473497617, 1e-4));
}

TEST_CASE("new_customer_value: with and without the first purchase, discount and costs") {
  double const each = 6.25 * 15.44 / 2.74;
  auto const plain = new_customer_value(model, spend, {.horizon = 52.0, .margin = 0.3, .acquisition_cost = 5});
  CHECK(plain.expected_spend == about(each));
  CHECK(plain.discounted_purchases == about(model.expected_purchases(52)));
  CHECK(plain.value == about(0.3 * each * (1 + model.expected_purchases(52))));
  CHECK(plain.net_value == about(plain.value - 5));
  auto const later = new_customer_value(model, spend, {.horizon = 52.0, .margin = 0.3, .counts_first_purchase = false});
  CHECK(later.value == about(0.3 * each * model.expected_purchases(52)));
  CHECK(later.discounted_purchases == plain.discounted_purchases);
  // e^(−δh)·E(h) + δ∫e^(−δu)E(u)du, by Simpson's rule.
  double const delta = std::log(1.01);
  double integral = 0;
  for (int at = 0; at <= 4'000; ++at)
    integral += (at == 0 || at == 4'000 ? 1
                 : at % 2 == 1          ? 4
                                        : 2) *
                std::exp(-delta * at * 0.013) * model.expected_purchases(at * 0.013);
  integral *= 0.013 / 3;
  auto const discounted = new_customer_value(
      model, spend, {.horizon = 52.0, .discount = credence::period_rate{0.01}, .cost_per_period = 0.1});
  CHECK(discounted.discounted_purchases ==
        about(std::exp(-delta * 52) * model.expected_purchases(52) + delta * integral, 1e-8));
  // In BG/NBD nobody leaves before he comes back, but then he may: costs are those of less than a year.
  double const spent = each * (1 + discounted.discounted_purchases) - discounted.value;
  CHECK(spent > 0);
  CHECK(spent < 0.1 * (1 - std::exp(-delta * 52)) / delta);
  CHECK(new_customer_value(model, spend).value == std::numeric_limits<double>::infinity());
  CHECK(new_customer_value(clv_fitted::report(), spend, {.horizon = 52.0, .margin = 0.3}).value == about(plain.value));
}

TEST_CASE("new_customer_value: wrong options throw") {
  auto const names = [](credence::new_customer_value_options const& own, char const* text) {
    return error_of([&] { static_cast<void>(new_customer_value(model, spend, own)); }).find(text) != std::string::npos;
  };
  CHECK(names({.horizon = -1}, " new_customer_value_options::horizon is -1"));
  CHECK(names({.horizon = 1, .margin = 2}, " new_customer_value_options::margin is 2"));
  CHECK(names({.horizon = 1, .cost_per_period = -1}, " new_customer_value_options::cost_per_period is -1"));
  CHECK(names({.discount = credence::period_rate{-1}}, " new_customer_value_options::discount is -1"));
  CHECK(names({.horizon = 1, .acquisition_cost = -1}, "::acquisition_cost"));
  CHECK(names({.horizon = 1, .discount = credence::annual_rate{0.1}}, "`.unit`"));
}

}  // namespace test_new_customer_value
