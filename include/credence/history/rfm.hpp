// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_RFM_HPP
#define CREDENCE_HISTORY_RFM_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/period_clock.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/history/compact_orders.hpp>
#include <credence/history/detail/orders_state.hpp>
#include <credence/history/detail/period_ruler.hpp>
#include <credence/history/detail/purchase_record.hpp>
#include <credence/history/detail/rfm_history.hpp>
#include <credence/history/detail/rfm_records.hpp>
#include <credence/history/detail/rfm_rows.hpp>
#include <credence/history/orders.hpp>
#include <credence/history/rfm_options.hpp>
#include <credence/history/rfm_table.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How amounts are read; where there are none, nobody asks.
template <class Value>
using traits_of_value = money_traits<std::conditional_t<std::is_void_v<Value>, int, Value>>;

/// Reads rows that can be read again.
template <class History, class Executor, class Range, class Ruler, class KeyOf, class Time, class... Amount>
[[nodiscard]] auto rfm_of_rows(Executor& run, rfm_options const& options, rfm_span const& span, Ruler const& ruler,
                               Range& rows, KeyOf const& key, Time const& time, Amount const&... amount) {
  using key_type = typename History::key_type;
  using traits = traits_of_value<typename History::value_type>;
  using sum_type = sum_of_value<typename History::value_type>;
  using grid_type = typename History::grid_type;
  using gatherer = rfm_gatherer<key_type, traits, sum_type, Ruler>;
  numbered_keys<key_type> numbers;
  if constexpr (integer_key<key_type> && shareable_rows<Range>) numbers = detail::numbers_for<key_type>(rows, key);
  period_table const table = detail::table_of(rows, ruler.grid(), time);
  std::size_t tasks = 1;
  if constexpr (shareable_rows<Range> && !std::is_same_v<Executor, calling_thread>) {
    constexpr std::uint64_t worth_a_task = 65'536;
    auto const size = static_cast<std::uint64_t>(std::ranges::end(rows) - std::ranges::begin(rows));
    tasks = static_cast<std::size_t>(
        (std::min)(static_cast<std::uint64_t>(detail::concurrency(run)), size / worth_a_task + 1));
  }
  std::vector<gatherer> gatherers(tasks, gatherer(options, span, ruler, std::move(numbers)));
  auto const gather_share = [&](std::size_t task) {
    order_reader<key_type, traits, sum_type, grid_type> const reader{
        options, ruler.grid(), table.look(), {task, tasks}};
    gatherers[task].gather([&](auto& customers, credence::rejections& rejected, auto const& enter) {
      reader.read(rows, customers, rejected, enter, key, time, amount...);
    });
  };
  if constexpr (std::is_same_v<Executor, calling_thread>) {
    gather_share(0);
  } else {
    detail::run_tasks(run, tasks, gather_share, [](std::size_t) { return 0; });
  }
  using maker = rfm_table_maker<numbered_keys<key_type>, traits, sum_type>;
  std::vector<typename maker::part> parts;
  rfm_report report;
  for (gatherer const& each : gatherers) {
    parts.push_back({std::addressof(each.customers()), std::addressof(each.records())});
    rfm_report const& own = each.records().report;
    report.count += own.count;
    report.returned += own.returned;
    report.dropped += own.dropped;
    report.unmatched += own.unmatched;
    report.after_end += own.after_end;
  }
  report.rejections = gatherers[0].records().report.rejections;  // each reads all rows
  return maker(std::move(parts), options, span).table(ruler, report);
}

struct rfm_function : order_calls<rfm_function, rfm_options, true> {
  template <class Executor, class Range, class KeyOf, class Time, class Grid, class... Amount>
  static auto of_rows(Executor& run, rfm_options const& options, Range& rows, KeyOf const& key, Time const& time,
                      Grid const& grid, Amount const&... amount) {
    constexpr bool overlap = requires { grid.steps_a_window(); };
    static_assert(!overlap, "credence: purchases of one period are one, so the periods must not overlap; give it days");
    if constexpr (!overlap && check_orders<Range, KeyOf, Time, Amount...>()) {
      using history = typename orders_of_rows<Range, KeyOf, Grid, Amount...>::type;
      if constexpr (std::forward_iterator<iterator_of<Range>>) {
        check_grid(grid);
        rfm_span const span = detail::span_of(options, grid);
        learned_ruler<Grid> const ruler(grid, options.unit);
        return detail::rfm_of_rows<history>(run, options, span, ruler, rows, key, time, amount...);
      } else {
        return answer_of(
            detail::gathered_orders(run, {options.on_invalid}, rows, key, time, grid, watched(options, amount)...),
            options);
      }
    } else {
      return rfm_table<int>();
    }
  }
  template <class History>
  static auto answer_of(History const& history, rfm_options const& options) {
    if constexpr (check_orders_history<History>()) {
      return answer_of(history, options, history.options().grid);
    } else {
      return rfm_table<int>();
    }
  }
  template <class History, class Policy>
  static auto answer_of(History const& history, rfm_options const& options, Policy const& policy) {
    if constexpr (check_orders_history<History>()) {
      using traits = traits_of_value<typename History::value_type>;
      check_grid(policy);
      if constexpr (is_orders<History>) {
        return detail::rfm_of_orders<traits>(history, options, policy);
      } else {
        return detail::rfm_of_compact<traits>(history, options, policy);
      }
    } else {
      return rfm_table<int>();
    }
  }

 private:
  template <class History>
  static constexpr bool check_orders_history() {
    constexpr bool fits = is_orders<History> || is_compact_orders<History>;
    static_assert(fits,
                  "credence: this is asked of an orders_accumulator, which orders(rows, &order::customer, "
                  "&order::placed, &order::total) gathers, or of a compact_orders_accumulator");
    return fits;
  }
  template <class Grid>
  static void check_grid(Grid const& grid) {
    grid.check_fields([](char const* argument, auto const& value, std::string_view allowed) -> bool {
      wrong_argument(argument, value, allowed);
    });
  }
  /// Amounts of rows that are read once: a return is refused where it stands.
  template <class Amount>
  static auto watched(rfm_options const& options, Amount const& amount) {
    bool const refuses = options.returns == order_returns::raised;
    return [refuses, amount](auto&& row) -> decltype(auto) {
      decltype(auto) value = detail::project(amount, row);
      if (refuses && detail::is_amount_below_zero(value)) refuse_return(0);
      return value;
    };
  }
};

}  // namespace detail

/// Recency, frequency and monetary value of each customer, from orders in any order: `rfm([executor,] orders,
/// &order::customer, &order::placed [, &order::total] [, calendar_day{}] [, {.unit = std::chrono::weeks{1}}])`, or of a
/// history that `orders` gathered. Purchases of one customer in one period (a day by default) are one: x counts the
/// periods after the first, t_x is from the first to the last of them, T from the first to the last that was observed,
/// each from beginning to beginning in units of `unit`. `calibration_until` cuts off a holdout, which is counted
/// beside. The period that holds the last moment before an end belongs to it as a whole. Amounts below zero are
/// returns, never purchases; see `order_returns`. Throws `credence::error` for wrong options and a grid that cannot be.
/// O(rows); customers with rows out of order are sorted. With an executor tasks share out the customers: the same bits.
/// Source: Fader, Hardie and Lee (2005); the cut into periods is BTYD's.
inline constexpr detail::rfm_function rfm{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
