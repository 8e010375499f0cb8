// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// Fits of BG/NBD and MBG/NBD, reading and standard errors included, in bare passes of the BG/NBD likelihood over the
// same customers; of as few as CDNOW has, too; and by two threads, against one.

#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/interop/threads.hpp>
#include <credence/math/fit.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

#include "clv_inputs.hpp"
#include "contest.hpp"
#include "floor/bg_nbd_pass.hpp"

namespace {

std::size_t customers_each() { return inputs::buyers().size(); }

void unit() {
  inputs::buyer_columns const& all = inputs::buyers_by_column();
  bench::expect(bare::bg_nbd_pass(all.frequency, all.recency, all.age) < 0, "the log-likelihood");
}
/// Within four standard errors of what the customers were drawn from.
template <class Report>
void look_at(Report const& found, double r) {
  bench::expect(static_cast<bool>(found), "a maximum");
  bench::expect(std::fabs(found.parameters[0] - r) < 4 * found.standard_errors[0], "r");
}
void bg_nbd() { look_at(credence::fit<credence::bg_nbd>(inputs::buyers()), 0.243); }
void mbg_nbd() {
  auto const found = credence::fit<credence::mbg_nbd>(inputs::buyers());
  bench::expect(static_cast<bool>(found), "a maximum");
}
/// As many as CDNOW's, 400 times, and the unit over all of these.
std::vector<inputs::buyer> const& few() {
  static std::vector<inputs::buyer> const first(inputs::buyers().begin(),
                                                inputs::buyers().begin() + (customers_each() < 2'357 ? 500 : 2'357));
  return first;
}
constexpr int times = 400;
void bg_nbd_of_few() {
  for (int again = 0; again < times; ++again) look_at(credence::fit<credence::bg_nbd>(few()), 0.243);
}
void units_of_few() {
  static inputs::buyer_columns const columns = [] {
    inputs::buyer_columns made;
    for (inputs::buyer const& each : few()) {
      made.frequency.push_back(each.frequency);
      made.recency.push_back(each.recency);
      made.age.push_back(each.age);
    }
    return made;
  }();
  for (int again = 0; again < times; ++again)
    bench::expect(bare::bg_nbd_pass(columns.frequency, columns.recency, columns.age) < 0, "the log-likelihood");
}

bench::enter const of_bg_nbd{
    {.name = "clv/bg_nbd_fit", .credence = bg_nbd, .floor = unit, .at_most = 15, .items = customers_each}};
bench::enter const of_mbg_nbd{
    {.name = "clv/mbg_nbd_fit", .credence = mbg_nbd, .floor = unit, .at_most = 18, .items = customers_each}};
bench::enter const of_few{
    {.name = "clv/bg_nbd_fit_of_2357", .credence = bg_nbd_of_few, .floor = units_of_few, .items = [] {
       return few().size() * static_cast<std::size_t>(times);
     }}};
bench::enter const by_threads{
    {.name = "clv/bg_nbd_fit_threads_2",
     .credence = [] { look_at(credence::fit<credence::bg_nbd>(credence::threads{2}, inputs::buyers()), 0.243); },
     .floor = bg_nbd,
     .items = customers_each}};

}  // namespace
