// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_GATHER_HPP
#define CREDENCE_HISTORY_DETAIL_GATHER_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
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
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/push_activity.hpp>

// From rows to histories, many at a time.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How many rows are read before they are entered: what is read of them stays in the first cache.
inline constexpr std::size_t gathered_rows = 256;

/// Some rows with integer keys: who they are of, and what was asked of their times.
template <class Key>
struct row_block {
  std::size_t filled = 0;
  std::int64_t times[gathered_rows];
  std::uint32_t numbers[gathered_rows];
  Key keys[gathered_rows];

  /// Reads the next rows. `time_of(row)` answers why there is none, if so; rows without a time or a key are counted,
  /// and so are those of which `enter(row, place)` says no.
  template <class Iterator, class Sentinel, class KeyOf, class TimeOf, class Enter>
  void read(Iterator& row, Sentinel const& end, KeyOf& key, TimeOf& time_of, Enter& enter,
            numbered_keys<Key>& customers, credence::rejections& rejected) {
    key_window const window = customers.window();
    bool beside = window.size == 0;
    filled = 0;
    for (; filled < gathered_rows && row != end; ++row) {
      detail::fetch_ahead<gathered_rows>(row, end);
      auto&& projected_row = *row;
      std::int64_t const time = time_of(projected_row);
      auto&& own = detail::project(key, projected_row);
      if constexpr (is_optional<std::remove_cvref_t<decltype(own)>>) {
        if (!own) {
          ++rejected.missing;
          continue;
        }
        keys[filled] = static_cast<Key>(*own);
      } else {
        keys[filled] = static_cast<Key>(own);
      }
      if (!is_period(time)) {
        ++(time == missing_time ? rejected.missing : rejected.bad_time);
        continue;
      }
      if (!enter(projected_row, filled)) continue;
      std::uint64_t const number = key_codec<Key>::word(keys[filled]) - window.base;
      numbers[filled] = static_cast<std::uint32_t>(number);
      beside |= number >= window.size;
      times[filled++] = time;
    }
    if (beside) customers.find_or_add_many(keys, filled, numbers);
  }
};

/// Of rows of which no more is kept than a key and a time.
inline constexpr auto enter_nothing = [](auto const&, std::size_t) { return true; };

/// Amounts beside the rows of a block; one that cannot be is counted, and its row left out.
template <class Sum, class Amount>
struct amount_block {
  Amount amount;
  credence::rejections& rejected;
  std::vector<Sum> sums = std::vector<Sum>(gathered_rows);

  template <class Row>
  bool operator()(Row& row, std::size_t at) {
    rejection reason = rejection::missing;
    sums[at] = Sum{};
    auto&& own = detail::project(amount, row);
    if (detail::add_amount(sums[at], own, reason)) return true;
    ++rejected[reason];
    return false;
  }
};

/// Rows with integer keys, in blocks, each step a loop of its own; `add(column, numbers, from, count)` enters some of
/// one period, which stand in the block from there on.
template <class Key, class State, class Iterator, class Sentinel, class KeyOf, class Period, class Enter, class Add>
void gather_in_blocks(State& state, Iterator row, Sentinel const& end, KeyOf key, Period period_of, Enter& enter,
                      Add const& add) {
  row_block<Key> block;
  std::int64_t last_period = 0;
  std::uint32_t last_column = no_number;
  while (row != end) {
    block.read(row, end, key, period_of, enter, state.customers(), state.rejected);
    for (std::size_t at = 0; at < block.filled;) {
      if (block.times[at] != last_period || last_column == no_number) {
        last_period = block.times[at];
        last_column = state.column_of(last_period);
      }
      std::size_t const from = at;
      while (at < block.filled && block.times[at] == last_period) ++at;
      add(last_column, block.numbers + from, from, at - from);
    }
    state.rows += block.filled;
  }
}
/// The same, of which all times are kept.
template <class State, class Iterator, class Sentinel, class KeyOf, class Time>
void gather_times_in_blocks(State& state, Iterator row, Sentinel const& end, KeyOf key, Time time) {
  row_block<typename State::index_type::key_type> block;
  auto const micros_of_row = [&](auto& own) -> std::int64_t {
    auto&& when = detail::project(time, own);
    instant const at = detail::instant_of(when);
    return at.is_known() ? at.micros : detail::has_answer(when) ? bad_time : missing_time;
  };
  while (row != end) {
    block.read(row, end, key, micros_of_row, enter_nothing, state.customers(), state.rejected);
    state.append(block.numbers, block.times, block.filled);
    for (std::size_t at = 0; at < block.filled; ++at) state.last = (std::max)(state.last, block.times[at]);
    state.rows += block.filled;
  }
}

/// Rows with integer keys, of which only the periods are kept, or also an amount.
template <class History, class State, class Iterator, class Sentinel, class KeyOf, class Period>
void gather_periods(State& state, Iterator row, Sentinel const& end, KeyOf const& key, Period const& period_of) {
  auto const add = [&](std::uint32_t column, std::uint32_t const* numbers, std::size_t, std::size_t count) {
    state.add_run(column, numbers, count);
  };
  detail::gather_in_blocks<typename History::key_type>(state, row, end, key, period_of, enter_nothing, add);
}
template <class History, class State, class Iterator, class Sentinel, class KeyOf, class Period, class Amount>
void gather_periods(State& state, Iterator row, Sentinel const& end, KeyOf const& key, Period const& period_of,
                    Amount const& amount) {
  amount_block<typename State::page::sum_type, Amount> amounts{amount, state.rejected};
  auto const add = [&](std::uint32_t column, std::uint32_t const* numbers, std::size_t from, std::size_t count) {
    state.add_run(column, numbers, amounts.sums.data() + from, count);
  };
  detail::gather_in_blocks<typename History::key_type>(state, row, end, key, period_of, amounts, add);
}

template <class History, class Iterator, class Sentinel, class KeyOf, class Time, class... Amount>
void gather_stretch(typename History::options_type const& options, typename History::state_type& state, Iterator row,
                    Sentinel const& end, std::uint64_t first, period_table::view const& table, KeyOf const& key,
                    Time const& time, Amount const&... amount) {
  using state_type = typename History::state_type;
  if constexpr (integer_key<typename History::key_type> && requires { typename state_type::page; }) {
    if (state_type::keeps_tallies(options) == (sizeof...(Amount) != 0) && options.on_invalid == on_invalid::reject) {
      using grid_type = typename History::grid_type;
      period_projection<grid_type, Time> const period{period_clock<grid_type>(options.grid, false), time, table};
      detail::gather_periods<History>(state, row, end, key, period, amount...);
      return;
    }
  }
  std::uint64_t done = 0;
  at_row([&] { return first + done; },
         [&] {
           for (; row != end; ++row, static_cast<void>(++done)) {
             auto&& projected_row = *row;
             History::push(options, state, detail::project(key, projected_row), detail::project(time, projected_row),
                           detail::project(amount, projected_row)...);
           }
         });
}

/// All rows, by the calling thread or by an executor's tasks.
template <class Executor, class History, class Range, class KeyOf, class Time, class... Amount>
void gather_activity(Executor& run, History& into, Range& rows, KeyOf const& key, Time const& time,
                     Amount const&... amount) {
  using state_type = typename History::state_type;
  typename History::options_type const options = into.options();
  period_table const table = detail::table_of(rows, options.grid, time);
  state_type empty;
  if constexpr (state_type::index_type::takes_windows && shareable_rows<Range>)
    empty = state_type(detail::numbers_for<typename History::key_type>(rows, key));
  if constexpr (shareable_rows<Range> && !std::is_same_v<Executor, calling_thread> && History::template exact<>) {
    auto const size = static_cast<std::uint64_t>(std::ranges::end(rows) - std::ranges::begin(rows));
    std::size_t const tasks =
        static_cast<std::size_t>((std::min)(static_cast<std::uint64_t>(detail::concurrency(run)), size / 65'536 + 1));
    std::vector<state_type> parts(tasks, empty);
    std::vector<std::uint64_t> firsts(tasks);
    auto const gather_own = [&](std::size_t task) {
      using difference_type = std::iter_difference_t<iterator_of<Range>>;
      firsts[task] = size / tasks * task;
      auto const begin = std::ranges::begin(rows);
      state_type part = empty;
      detail::gather_stretch<History>(
          options, part, begin + static_cast<difference_type>(firsts[task]),
          task + 1 == tasks ? std::ranges::end(rows) : begin + static_cast<difference_type>(size / tasks * (task + 1)),
          firsts[task], table.look(), key, time, amount...);
      parts[task] = std::move(part);
    };
    detail::run_tasks(run, tasks, gather_own, [&](std::size_t task) { return firsts[task]; });
    for (std::size_t task = 1; task < tasks; ++task) parts[0] += parts[task];
    into = History(options, std::move(parts[0]));
  } else {
    detail::gather_stretch<History>(options, empty, std::ranges::begin(rows), std::ranges::end(rows), 0, table.look(),
                                    key, time, amount...);
    into = History(options, std::move(empty));
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
