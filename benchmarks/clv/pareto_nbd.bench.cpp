// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Pareto/NBD of a million customers, in bare passes of the BG/NBD likelihood over them: the fit with its standard
// errors, one pass of its likelihood with all derivatives, and what the fitted model says of each.

#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/predict.hpp>
#include <credence/math/fit.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "clv_inputs.hpp"
#include "contest.hpp"
#include "floor/bg_nbd_pass.hpp"

namespace {

credence::pareto_nbd const model{{.r = 0.4975, .alpha = 9.8215, .s = 1.0244, .beta = 28.4}};

std::size_t buyers_each() { return inputs::buyers().size(); }
void unit() {
  inputs::buyer_columns const& all = inputs::buyers_by_column();
  bench::expect(bare::bg_nbd_pass(all.frequency, all.recency, all.age) < 0, "the log-likelihood");
}
void found() {
  auto const fit = credence::fit<credence::pareto_nbd>(inputs::buyers());
  bench::expect(static_cast<bool>(fit), "a maximum");
  if (buyers_each() == inputs::all_buyers) bench::expect(std::fabs(fit.parameters[3] - 28.39982) < 1e-4, "beta");
}
void passed() {
  inputs::buyer_columns const& all = inputs::buyers_by_column();
  std::size_t const count = all.age.size();
  credence::detail::pareto_nbd_terms const terms(model.parameters(),
                                                 *std::max_element(all.frequency.begin(), all.frequency.end()));
  credence::detail::block_sums<4> sums;
  for (std::size_t first = 0; first < count; first += 16'384)
    terms.add({all.frequency.data() + first, all.recency.data() + first, all.age.data() + first, nullptr, nullptr,
               (std::min)(std::size_t{16'384}, count - first)},
              sums);
  bench::expect(sums.value < 0, "the log-likelihood");
}
void told() {
  auto const prepared = model.law().prepared(39);
  double alive = 0;
  double expected = 0;
  for (inputs::buyer const& own : inputs::buyers()) {
    credence::detail::purchases const seen{own.frequency, own.recency, own.age, 0};
    alive += prepared.alive(seen);
    expected += prepared.expected_after(seen);
  }
  bench::expect(alive > 0 && expected > 0, "customers who are there");
}
void predicted() {
  auto const all = credence::predict(model, inputs::buyers(), 39);
  bench::expect(all.size() == buyers_each(), "customers");
}

bench::enter const of_fit{
    {.name = "clv/pareto_nbd_fit", .credence = found, .floor = unit, .at_most = 100, .items = buyers_each}};
bench::enter const of_pass{
    {.name = "clv/pareto_nbd_likelihood", .credence = passed, .floor = unit, .at_most = 25, .items = buyers_each}};
bench::enter const of_each{
    {.name = "clv/pareto_nbd_prepared", .credence = told, .floor = unit, .at_most = 8, .items = buyers_each}};
bench::enter const of_all{
    {.name = "clv/pareto_nbd_predict", .credence = predicted, .floor = unit, .at_most = 8, .items = buyers_each}};

}  // namespace
