// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_RFM_HISTORY_HPP
#define CREDENCE_HISTORY_DETAIL_RFM_HISTORY_HPP

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/period_ruler.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/history/detail/purchase_record.hpp>
#include <credence/history/detail/rfm_records.hpp>
#include <credence/history/rfm_options.hpp>
#include <credence/history/rfm_table.hpp>

// What `rfm` answers of orders that were gathered before.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Of an `orders_accumulator`: as of its rows.
template <class Traits, class History, class Policy>
[[nodiscard]] auto rfm_of_orders(History const& history, rfm_options const& options, Policy const& policy) {
  auto const& purchases = history.state().purchases;
  auto const& returns = history.state().returns;
  auto const& grid = history.options().grid;
  rfm_span const span = detail::span_of(options, policy);
  if (options.returns == order_returns::raised && returns.rows != 0)
    raise(error(joined({"credence: rfm_options::returns says to raise returns, of which this history holds ",
                        shown(returns.rows), "; to learn which rows they are, ask of the rows"})));
  // Throws where a period of the grid lies in two of the policy's.
  static_cast<void>(detail::slices_of(purchases, grid, policy));
  static_cast<void>(detail::slices_of(returns, grid, policy));
  constexpr bool of_one_kind = std::is_same_v<std::remove_cvref_t<decltype(grid)>, Policy>;
  auto const index_of = [&](std::int64_t period) {
    if constexpr (of_one_kind)
      if (grid == policy) return period;
    return policy.index_of(grid.begin_of(period));
  };

  using state_type = std::remove_cvref_t<decltype(purchases)>;
  using sum_type = typename state_type::page::sum_type;
  using dated = std::vector<dated_orders<sum_type>>;
  period_ruler<Policy> const ruler(policy, options.unit);
  rfm_records<sum_type> records;
  rfm_report report;
  // What is not after the end, in periods of the policy.
  auto const within = [&](auto const& told, std::uint64_t& counted) {
    dated found;
    for (auto const& each : told) {
      std::int64_t const period = index_of(each.period);
      records.latest = (std::max)(records.latest, period);
      if (period > span.last_observed) {
        report.after_end += each.times;
        continue;
      }
      counted += each.times;
      if (found.empty() || found.back().period != period) found.push_back({period, 0, {}});
      found.back().times += each.times;
      found.back().sum += each.sum;
    }
    return found;
  };

  std::vector<dated> returned(purchases.customers().limit());
  auto const& beside = returns.customers().keys_beside();
  returns.each_customer([&](std::uint32_t theirs, auto const& told) {
    dated own = within(told, report.returned);
    if (options.returns == order_returns::dropped) return;
    std::uint32_t const number = purchases.customers().find(returns.customers().key_at(theirs, beside));
    if (number != no_number) {
      returned[number] = std::move(own);
    } else {
      for (auto const& each : own) report.unmatched += each.times;
    }
  });
  if (options.returns == order_returns::dropped) report.dropped = report.returned;
  purchases.each_customer([&](std::uint32_t number, auto const& told) {
    dated const own = within(told, report.count);
    holdout_record<sum_type> later;
    purchase_record<sum_type>& record = records.bought[number];
    report.unmatched += detail::enter_history(ruler, span.last_calibrated, own, returned[number], record, later);
    returned[number].clear();
    if (record.periods == 0) records.begins_late[number] = 1;
    if (later.periods != 0) records.later[number] = later;
  });
  // Where a window numbers customers, one may be known by number and have bought nothing.
  for (dated const& left : returned)
    for (auto const& each : left) report.unmatched += each.times;
  report.rejections = history.state().rejected();
  using maker = rfm_table_maker<typename state_type::index_type, Traits, sum_type>;
  return maker({{std::addressof(purchases.customers()), std::addressof(records)}}, options, span).table(ruler, report);
}

/// Of a `compact_orders_accumulator`, which cannot look back.
template <class Traits, class History, class Policy>
[[nodiscard]] auto rfm_of_compact(History const& history, rfm_options const& options, Policy const& policy) {
  auto const& state = history.state();
  auto const& gathered = history.options();
  using grid_type = typename History::grid_type;
  using sum_type = typename std::remove_cvref_t<decltype(state)>::record::sum_type;
  using maker = rfm_table_maker<std::remove_cvref_t<decltype(state.customers)>, Traits, sum_type>;
  rfm_options const unasked;
  bool is_same = false;
  if constexpr (std::is_same_v<grid_type, Policy>) is_same = grid_type::shape(gathered.grid) == Policy::shape(policy);
  if (!is_same || (options.unit != gathered.unit && options.unit != unasked.unit) ||
      (options.returns != gathered.returns && options.returns != unasked.returns))
    raise(
        error("credence: a compact history of orders answers by the grid, unit and returns it was gathered under; give "
              "them to its constructor"));
  rfm_span const span = detail::span_of(options, gathered.grid);
  if (options.calibration_until || span.last_observed < state.records.latest)
    raise(
        error("credence: a compact history of orders cannot be cut, neither for a holdout nor by an end of observation "
              "before its last order; ask of the rows or of an orders_accumulator"));
  period_ruler<grid_type> const ruler(gathered.grid, gathered.unit);
  return maker({{std::addressof(state.customers), std::addressof(state.records)}}, options, span)
      .table(ruler, state.records.report);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
