// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/clv/bg_bb.hpp>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/nbd.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "clv/fitted.hpp"
#include "support/error_of.hpp"

namespace test_customer_lifetime_value {

using clv_fitted::customer;
using credence::customer_lifetime_value;
namespace {

doctest::Approx about(double value, double within = 1e-10) {
  return doctest::Approx(value).epsilon(within).scale(1e-250);
}
double const endless = std::numeric_limits<double>::infinity();
double const none = std::numeric_limits<double>::quiet_NaN();
credence::time_span const week = std::chrono::hours{168};
credence::gamma_gamma const spend({.p = 6.25, .q = 3.74, .gamma = 15.44});

struct backwards {
  void operator()(std::size_t count, std::function<void(std::size_t)> const& task) const {
    while (count != 0) task(--count);
  }
};

/// ∫₀^h e^(−δu) P(alive at T + u) du by Simpson's rule.
double naive_time_alive(credence::bg_nbd const& model, customer const& own, double delta, double horizon) {
  int const steps = 2'000;
  double sum = 0;
  for (int at = 0; at <= steps; ++at) {
    double const ahead = horizon * at / steps;
    double const weight = at == 0 || at == steps ? 1 : at % 2 == 1 ? 4 : 2;
    sum += weight * std::exp(-delta * ahead) * model.probability_alive(own, ahead);
  }
  return sum * horizon / steps / 3;
}

}  // namespace

TEST_CASE("customer_lifetime_value: CLVTools' first customer of CDNOW, by Pareto/NBD for ever") {
  // CLVTools 0.12.1 prints 201.15233488 from its own optimum, with the discount ln(1.1)/52 a week.
  credence::pareto_nbd const model({.r = .55327704685,
                                    .alpha = 10.5776834633,
                                    .s = .60623998914,
                                    .beta = 11.6687352892,
                                    .unit = credence::time_span::from_micros(week.micros)});
  std::vector<customer> const rows{{"1", 2, 30.4285714285714, 38.8571428571429, 22.345, 1, 39}};
  double const weekly = std::exp(std::log(1.1) / 52) - 1;
  auto const found = customer_lifetime_value(model, spend, rows, {.discount = credence::period_rate{weekly}});
  CHECK(found[0].probability_alive == about(.8691342636, 1e-9));
  CHECK(found[0].discounted_purchases == about(8.156292747, 1e-8));
  CHECK(found[0].expected_spend == about(24.65, 1e-3));
  CHECK(found[0].value == about(201.15233488, 1e-3));
  CHECK(found[0].expected_purchases == endless);
  CHECK(found[0].own_spend);
}

TEST_CASE("customer_lifetime_value: margin by spend by discounted purchases, for each") {
  std::vector<customer> const rows = clv_fitted::customers(1'000);
  credence::bg_nbd const model(clv_fitted::parameters(week));
  for (auto const& discount : {credence::discount_rate(credence::annual_rate{0.10}), credence::discount_rate(),
                               credence::discount_rate(credence::period_rate{-0.001})}) {
    auto const found =
        customer_lifetime_value(model, spend, rows, {.horizon = 52.0, .discount = discount, .margin = 0.3});
    double all = 0;
    std::uint64_t without = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      INFO(at);
      double const purchases =
          model.discounted_residual_transactions(rows[at], {.discount = discount, .horizon = 52.0});
      CHECK(found[at].discounted_purchases == about(purchases));
      CHECK(found[at].expected_purchases == about(model.expected_purchases(rows[at], 52.0)));
      bool const repeats = rows[at].frequency > 0;
      double const each = repeats ? spend.expected_spend({rows[at].frequency, rows[at].monetary_value})
                                  : spend.expected_spend();
      CHECK(found[at].expected_spend == each);
      CHECK(found[at].own_spend == repeats);
      CHECK(found[at].value == about(0.3 * each * purchases));
      CHECK(found[at].key == rows[at].key);
      all += found[at].value;
      without += !repeats;
    }
    CHECK(found.value == about(all));
    CHECK(found.without_spend == without);
    CHECK(found.endless == 0);
    CHECK(customer_lifetime_value(backwards{}, model, spend, rows,
                                  {.horizon = 52.0, .discount = discount, .margin = 0.3}) == found);
  }
  CHECK(customer_lifetime_value(clv_fitted::report(week), spend, rows, {.horizon = 52.0}).size() == rows.size());
}

TEST_CASE("customer_lifetime_value: costs, and the path") {
  std::vector<customer> const rows = clv_fitted::customers(60);
  credence::bg_nbd const model(clv_fitted::parameters());
  credence::customer_lifetime_value_options const options{.horizon = 10.0,
                                                          .discount = credence::period_rate{0.01},
                                                          .margin = 0.3,
                                                          .cost_per_period = 0.05,
                                                          .per_period = 4};
  auto const found = customer_lifetime_value(model, spend, rows, options);
  CHECK(found.period_ends == std::vector<double>{4, 8, 10});
  for (std::size_t at = 0; at < rows.size(); at += 7) {
    double const delta = std::log(1.01);
    for (std::size_t end = 0; end < 3; ++end) {
      double const horizon = found.period_ends[end];
      double const purchases = model.discounted_residual_transactions(
          rows[at], {.discount = credence::period_rate{0.01}, .horizon = horizon});
      double const expected = 0.3 * found[at].expected_spend * purchases -
                              0.05 * naive_time_alive(model, rows[at], delta, horizon);
      CHECK(found.path_of(at)[end] == about(expected, 1e-7));
    }
    CHECK(found[at].value == found.path_of(at)[2]);
  }
  auto const each = customer_lifetime_value(model, spend, rows, {.horizon = 3.5, .per_period = true});
  CHECK(each.period_ends == std::vector<double>{1, 2, 3, 3.5});
  CHECK(customer_lifetime_value(model, spend, rows, {.horizon = 3.0, .per_period = 1}).period_ends.size() == 3);
  // Without churn a customer is served for as long as the horizon says.
  credence::nbd const loyal({.r = .385, .alpha = 12.07});
  auto const served = customer_lifetime_value(loyal, spend, rows, {.horizon = 10.0, .cost_per_period = 2});
  CHECK(served[5].value == about(served[5].expected_spend * served[5].discounted_purchases - 20));
  CHECK(credence::is_nan(served[5].probability_alive));
}

TEST_CASE("customer_lifetime_value: donors, year by year") {
  credence::bg_bb const donors({.alpha = 1.204, .beta = .750, .gamma = .657, .delta = 2.783});
  std::vector<customer> const rows{{"each year", 6, 6, 6, 50, 0, 0}, {"twice", 2, 4, 6, 50, 0, 0}};
  auto const found = customer_lifetime_value(
      donors, spend, rows,
      {.horizon = 5, .discount = credence::period_rate{0.1}, .margin = 0.9, .cost_per_period = 2, .per_period = true});
  for (std::size_t at = 0; at < rows.size(); ++at) {
    double purchases = 0;
    double served = 0;
    for (int year = 1; year <= 5; ++year) {
      purchases += (donors.expected_purchases(rows[at], year) - donors.expected_purchases(rows[at], year - 1)) /
                   std::pow(1.1, year);
      served += donors.probability_alive(rows[at], year - 1) / std::pow(1.1, year);
      CHECK(found.path_of(at)[static_cast<std::size_t>(year) - 1] ==
            about(0.9 * found[at].expected_spend * purchases - 2 * served));
    }
    CHECK(found[at].discounted_purchases == about(purchases));
  }
  // For ever and hardly discounted, in as many steps as without costs. Σ of what is left of 1/(1 + d) each year falls
  // as year^−0.657, so that the times served are near d^(−0.343).
  auto const ever = [&](double rate) {
    auto const own =
        customer_lifetime_value(donors, spend, rows, {.discount = credence::period_rate{rate}, .cost_per_period = 2});
    return (own[0].expected_spend * own[0].discounted_purchases - own[0].value) / 2;
  };
  CHECK(ever(1e-12) / ever(1e-10) == about(std::pow(100, 0.343), 1e-3));
  CHECK(error_of([&] {
          static_cast<void>(customer_lifetime_value(donors, spend, rows, {.horizon = 1.5}));
        }).find("::horizon is 1.5; it must be a whole number") != std::string::npos);
}

TEST_CASE("customer_lifetime_value: where there is no end, and no horizon") {
  std::vector<customer> const rows = clv_fitted::customers(30);
  credence::bg_nbd const model(clv_fitted::parameters());
  auto const at_once = customer_lifetime_value(model, spend, rows, {.horizon = 0});
  CHECK(at_once[0].value == 0);
  CHECK(at_once.value == 0);
  auto const for_ever = customer_lifetime_value(model, spend, rows, {});
  CHECK(for_ever[0].value == endless);
  CHECK(for_ever.endless == rows.size());
  CHECK(for_ever.value == endless);
  // Long silent after much in a short time: that he is alive is less likely than a double can say, and not impossible.
  std::vector<customer> const silent{{"silent", 200, 1e-3, 1e9, 10, 0, 0}};
  CHECK(customer_lifetime_value(model, spend, silent)[0].probability_alive == 0);
  CHECK(customer_lifetime_value(model, spend, silent)[0].discounted_purchases == endless);
  CHECK(customer_lifetime_value(model, spend, silent)[0].value == endless);
  CHECK(customer_lifetime_value(model, spend, silent, {.horizon = 52.0})[0].value == 0);
  // A horizon beyond all that a discount leaves is none, and as quick.
  credence::discount_rate const tenth = credence::period_rate{0.1};
  CHECK(customer_lifetime_value(model, spend, rows, {.horizon = 1e100, .discount = tenth, .cost_per_period = 1})[0]
            .value == customer_lifetime_value(model, spend, rows, {.discount = tenth, .cost_per_period = 1})[0].value);
  auto const dear =
      customer_lifetime_value(model, spend, rows, {.horizon = 1e5, .discount = credence::period_rate{-0.5}});
  CHECK(dear[0].discounted_purchases == endless);
  CHECK(dear[0].value == endless);
  auto const costly = customer_lifetime_value(model, spend, rows, {.cost_per_period = 1});
  CHECK(credence::is_nan(costly[0].value));
  CHECK(costly.endless == rows.size());
  CHECK(credence::is_nan(costly.value));
  CHECK(customer_lifetime_value(model, spend, rows, {.margin = 0})[0].value == 0);
  // Spend without a mean.
  credence::gamma_gamma const heavy({.p = 6.25, .q = 0.9, .gamma = 15.44});
  auto const found = customer_lifetime_value(model, heavy, rows, {.horizon = 52.0});
  for (std::size_t at = 0; at < rows.size(); ++at) CHECK((found[at].value == endless) == (rows[at].frequency == 0));
  CHECK(found.endless == found.without_spend);
}

TEST_CASE("customer_lifetime_value: bad input and wrong options") {
  std::vector<customer> rows = clv_fitted::customers(20);
  for (customer& own : rows) own.frequency = own.recency = own.monetary_value = 0;
  rows[1] = {"spends nothing", 2, 3, 20, 0, 0, 0};
  rows[2] = {"returns more", 2, 3, 20, -4, 0, 0};
  rows[3] = {"unknown", 2, 3, 20, none, 0, 0};
  rows[4] = {"later", 2, 30, 20, 5, 0, 0};
  rows[5] = {"good", 2, 3, 20, 5, 0, 0};
  credence::bg_nbd const model(clv_fitted::parameters());
  auto const found = customer_lifetime_value(model, spend, rows, {.horizon = 52.0});
  CHECK(found.count == 16);
  CHECK(found.without_spend == 15);
  CHECK(found.rejected == 4);
  CHECK(found.rejections.off_scale == 2);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.bad_time == 1);
  for (std::size_t const at : {1U, 2U, 3U, 4U}) CHECK(credence::is_nan(found[at].value));
  // What is not known of his spend does not hide what he will do.
  CHECK(found[1].probability_alive == found[5].probability_alive);
  CHECK(found[3].expected_purchases == found[5].expected_purchases);
  CHECK(credence::is_nan(found[4].probability_alive));
  CHECK(found[5].value > 0);
  CHECK(found.endless == 0);
  CHECK_FALSE(customer_lifetime_value(model, spend, std::vector<customer>{}, {.horizon = 52.0}));

  using options = credence::customer_lifetime_value_options;
  auto const names = [&](options const& own, char const* text) {
    return error_of([&] { static_cast<void>(customer_lifetime_value(model, spend, rows, own)); }).find(text) !=
           std::string::npos;
  };
  CHECK(names({.horizon = -1}, "::horizon is -1"));
  CHECK(names({.horizon = none}, "::horizon"));
  CHECK(names({.horizon = 1, .margin = 30}, "::margin is 30"));
  CHECK(names({.horizon = 1, .margin = none}, "::margin"));
  CHECK(names({.horizon = 1, .cost_per_period = -1}, "::cost_per_period"));
  CHECK(names({.horizon = 1, .discount = credence::period_rate{-1}}, "::discount"));
  CHECK(names({.horizon = 1, .discount = credence::annual_rate{0.1}}, "`.unit`"));
  CHECK(names({.horizon = 1, .per_period = 0}, "::per_period is 0"));
  CHECK(names({.per_period = 1}, "needs a horizon"));
  CHECK(names({.horizon = 1, .per_period = 1e-9}, "10000 periods"));
  CHECK(names({.horizon = 1, .on_invalid = credence::on_invalid::raise}, "sample 1 is 0"));
}

}  // namespace test_customer_lifetime_value
