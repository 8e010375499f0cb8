// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// From the log of a million customers' orders to x, t_x, T and spend: against a bare loop over a table, and against the
// unit that all of lifetime value is told in.

#include <credence/core/time_projection.hpp>
#include <credence/history/rfm.hpp>
#include <credence/interop/threads.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "clv_inputs.hpp"
#include "contest.hpp"
#include "floor/bg_nbd_pass.hpp"
#include "floor/rfm_loop.hpp"

namespace {

using inputs::order;

credence::instant const end = credence::instant::from_micros(inputs::buyers_until * 1'000'000);

/// Keys that are counted, and keys that lie anywhere.
std::uint32_t counted(order const& each) { return each.customer; }
std::uint64_t scattered(order const& each) { return inputs::detail::mix(each.customer + 1); }

struct sums {
  double frequency = 0;
  double log_gaps = 0;
  double spend = 0;
};
template <class Rows>
sums sums_of(Rows const& rows) {
  sums found;
  for (auto const& row : rows) {
    found.frequency += row.frequency;
    found.log_gaps += row.log_gaps;
    found.spend += row.monetary_value * row.frequency;
  }
  return found;
}
sums const& known() {
  static sums const kept =
      sums_of(bare::rfm_loop(inputs::orders(), counted, inputs::buyer_count(), inputs::buyers_until));
  return kept;
}
template <class Rows>
void look_at(Rows const& rows) {
  sums const found = sums_of(rows);
  bench::expect(rows.size() == inputs::buyer_count(), "customers");
  bench::expect(found.frequency == known().frequency, "Σx");
  bench::expect(std::fabs(found.log_gaps - known().log_gaps) <= 1e-6, "Σ ln gap");
  bench::expect(std::fabs(found.spend - known().spend) <= 1e-9 * known().spend, "spend");
}

template <class KeyOf>
void ours(std::vector<order> const& rows, KeyOf key_of) {
  look_at(
      credence::rfm(rows, key_of, credence::epoch_seconds(&order::seconds), &order::cents, {.observed_until = end}));
}
template <class KeyOf>
void loop(KeyOf key_of) {
  look_at(bare::rfm_loop(inputs::orders(), key_of, inputs::buyer_count(), inputs::buyers_until));
}
void unit() {
  inputs::buyer_columns const& all = inputs::buyers_by_column();
  bench::expect(bare::bg_nbd_pass(all.frequency, all.recency, all.age) < 0, "the log-likelihood");
}
std::size_t orders_each() { return inputs::orders().size(); }

/// The same, newest first: every customer who bought again is out of order.
std::vector<order> const& newest_first() {
  static std::vector<order> const kept(inputs::orders().rbegin(), inputs::orders().rend());
  return kept;
}
std::vector<order> const& by_customer() {
  static std::vector<order> const kept = [] {
    std::vector<order> made = inputs::orders();
    std::sort(made.begin(), made.end(), [](order const& one, order const& other) {
      return one.customer != other.customer ? one.customer < other.customer : one.seconds < other.seconds;
    });
    return made;
  }();
  return kept;
}

bench::enter const of_counted{{.name = "clv/rfm",
                               .credence = [] { ours(inputs::orders(), counted); },
                               .floor = [] { loop(counted); },
                               .at_most = 1.3,
                               .items = orders_each}};
bench::enter const of_scattered{{.name = "clv/rfm_scattered_keys",
                                 .credence = [] { ours(inputs::orders(), scattered); },
                                 .floor = [] { loop(scattered); },
                                 .at_most = 1.3,
                                 .items = orders_each}};
bench::enter const in_units{{.name = "clv/rfm_in_units",
                             .credence = [] { ours(inputs::orders(), counted); },
                             .floor = unit,
                             .at_most = 8,
                             .items = orders_each}};
bench::enter const scattered_in_units{{.name = "clv/rfm_scattered_keys_in_units",
                                       .credence = [] { ours(inputs::orders(), scattered); },
                                       .floor = unit,
                                       .at_most = 8,
                                       .items = orders_each}};
bench::enter const of_customers{{.name = "clv/rfm_by_customer",
                                 .credence = [] { ours(by_customer(), counted); },
                                 .floor = unit,
                                 .items = orders_each}};
bench::enter const of_reversed{{.name = "clv/rfm_newest_first",
                                .credence = [] { ours(newest_first(), counted); },
                                .floor = unit,
                                .items = orders_each}};
bench::enter const of_history{{.name = "clv/rfm_of_orders",
                               .credence =
                                   [] {
                                     auto const history = credence::orders(inputs::orders(), counted,
                                                                           credence::epoch_seconds(&order::seconds),
                                                                           &order::cents, credence::calendar_day{});
                                     look_at(credence::rfm(history, {.observed_until = end}));
                                   },
                               .floor = unit,
                               .items = orders_each}};
bench::enter const by_threads{{.name = "clv/rfm_threads_2",
                               .credence =
                                   [] {
                                     look_at(credence::rfm(credence::threads{2}, inputs::orders(), counted,
                                                           credence::epoch_seconds(&order::seconds), &order::cents,
                                                           {.observed_until = end}));
                                   },
                               .floor = [] { ours(inputs::orders(), counted); },
                               .items = orders_each}};

}  // namespace
