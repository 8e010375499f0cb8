// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// What a million customers will do and are worth, in the unit that all of lifetime value is told in.

#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/predict.hpp>
#include <credence/interop/threads.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>

#include "clv_inputs.hpp"
#include "contest.hpp"
#include "floor/bg_nbd_pass.hpp"

namespace {

credence::bg_nbd const simple({.r = .243, .alpha = 4.414, .a = .793, .b = 2.426, .unit = std::chrono::hours{168}});
credence::pareto_nbd const pareto({.r = .553, .alpha = 10.578, .s = .606, .beta = 11.669});
credence::gamma_gamma const spend({.p = 6.25, .q = 3.74, .gamma = 15.44});

std::size_t customers_each() { return inputs::buyers().size(); }

void unit() {
  inputs::buyer_columns const& all = inputs::buyers_by_column();
  bench::expect(bare::bg_nbd_pass(all.frequency, all.recency, all.age) < 0, "the log-likelihood");
}

/// Every 4,999th customer by himself.
template <class Model, class Found>
void look_at(Model const& model, Found const& found) {
  for (std::size_t at = 0; at < found.size(); at += 4'999) {
    inputs::buyer const& own = inputs::buyers()[at];
    double const alone = model.expected_purchases(own, 39.0);
    bench::expect(std::fabs(found[at].expected_purchases - alone) <= 1e-11 * alone, "expected purchases");
    bench::expect(std::fabs(found[at].probability_alive - model.probability_alive(own)) <= 1e-12, "P(alive)");
  }
}
void look_at_values(credence::lifetime_values<> const& found) {
  for (std::size_t at = 0; at < found.size(); at += 49'999) {
    inputs::buyer const& own = inputs::buyers()[at];
    double const alone =
        0.3 * spend.expected_spend(own) *
        simple.discounted_residual_transactions(own, {.discount = credence::annual_rate{0.10}, .horizon = 52.0});
    bench::expect(std::fabs(found[at].value - alone) <= 1e-10 * alone, "the value of a customer");
  }
}
credence::customer_lifetime_value_options const a_year{
    .horizon = 52.0, .discount = credence::annual_rate{0.10}, .margin = 0.3};

bench::enter const of_bg_nbd{{.name = "clv/predict_bg_nbd",
                              .credence = [] { look_at(simple, credence::predict(simple, inputs::buyers(), 39.0)); },
                              .floor = unit,
                              .at_most = 4,
                              .items = customers_each}};
bench::enter const of_pareto{{.name = "clv/predict_pareto_nbd",
                              .credence = [] { look_at(pareto, credence::predict(pareto, inputs::buyers(), 39.0)); },
                              .floor = unit,
                              .at_most = 8,
                              .items = customers_each}};
bench::enter const of_value{
    {.name = "clv/customer_lifetime_value",
     .credence = [] { look_at_values(credence::customer_lifetime_value(simple, spend, inputs::buyers(), a_year)); },
     .floor = unit,
     .at_most = 14,
     .items = customers_each}};
bench::enter const by_threads{
    {.name = "clv/customer_lifetime_value_threads_2",
     .credence =
         [] {
           look_at_values(
               credence::customer_lifetime_value(credence::threads{2}, simple, spend, inputs::buyers(), a_year));
         },
     .floor = [] { look_at_values(credence::customer_lifetime_value(simple, spend, inputs::buyers(), a_year)); },
     .items = customers_each}};

}  // namespace
