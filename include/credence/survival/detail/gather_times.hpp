// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_GATHER_TIMES_HPP
#define CREDENCE_SURVIVAL_DETAIL_GATHER_TIMES_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/survival_state.hpp>
#include <credence/survival/roles.hpp>
#include <credence/survival/survival_times_accumulator.hpp>

// From rows to times.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Pushes one row.
template <class Row, class Times>
void push_times(survival_times_options const& options, survival_state& state, Row& row, Times const& times) {
  auto&& time = detail::project(times.time, row);
  auto&& event = detail::project(times.event, row);
  using accumulator = survival_times_accumulator;
  if constexpr (is_given<decltype(times.entry)>) {
    if constexpr (is_given<decltype(times.weight)>) {
      accumulator::push(options, state, time, event, detail::project(times.weight, row),
                        detail::project(times.entry, row));
    } else {
      accumulator::push(options, state, time, event, 1.0, detail::project(times.entry, row));
    }
  } else if constexpr (is_given<decltype(times.weight)>) {
    accumulator::push(options, state, time, event, detail::project(times.weight, row));
  } else {
    accumulator::push(options, state, time, event);
  }
}

template <class Value>
inline constexpr bool is_word = std::is_integral_v<Value> && sizeof(Value) <= sizeof(std::uint64_t);
/// Whole times with events of nothing but yes and no are counted by a look at each, and no call.
template <class Range, class Times>
inline constexpr bool counts_whole_times = false;
template <class Range, class Time, class Event>
inline constexpr bool counts_whole_times<Range, time_projections<Time, Event, not_given, not_given>> =
    is_word<std::remove_cvref_t<projected<Range, Time>>>&& is_word<std::remove_cvref_t<projected<Range, Event>>>;

/// Whole times counted, at 2·time + left, of so many groups.
class counting_table {
 public:
  /// Makes room; answers whether there may be so much.
  [[nodiscard]] bool reserve(std::uint64_t limit, std::size_t groups) {
    if (2 * limit <= stride_ && groups <= groups_) return true;
    std::size_t const stride = (std::max)(static_cast<std::size_t>(2 * limit), stride_);
    std::size_t const many = groups <= groups_ ? groups_ : std::bit_ceil(groups);
    if (stride * many > most_cells) return false;
    std::vector<std::uint64_t> before(stride * many);
    before.swap(cells_);
    for (std::size_t group = 0; group < groups_; ++group)
      std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(group * stride_), stride_,
                  cells_.begin() + static_cast<std::ptrdiff_t>(group * stride));
    stride_ = stride;
    groups_ = many;
    return true;
  }
  [[nodiscard]] std::uint64_t* data() { return cells_.data(); }
  /// Times below this are counted, of groups below that, at group·2ˢʰⁱᶠᵗ.
  [[nodiscard]] std::uint64_t limit() const { return stride_ / 2; }
  [[nodiscard]] std::size_t groups() const { return groups_; }
  [[nodiscard]] int shift() const { return stride_ == 0 ? 0 : std::countr_zero(stride_); }
  /// Adds what was counted of a group to its state.
  void hand_over(std::size_t group, survival_state& state) const {
    if (group < groups_) state.add_counted(cells_.data() + group * stride_, stride_);
  }

 private:
  static constexpr std::size_t most_cells = std::size_t{1} << 22;

  std::vector<std::uint64_t> cells_;
  std::size_t stride_ = 0;
  std::size_t groups_ = 0;
};

/// Counts rows in the table, which grows as they ask for it, and calls `other(group, time, event)` for those that it
/// cannot hold. Projections are taken by value: pointers to members would be loaded again for every row.
template <class Iterator, class Sentinel, class Time, class Event, class GroupOf, class Other>
void count_rows(counting_table& table, Iterator& row, Sentinel const& end, Time time_of, Event event_of,
                GroupOf group_of, Other const& other) {
  while (row != end) {
    std::uint64_t* const cells = table.data();
    std::uint64_t const limit = table.limit();
    std::size_t const groups = table.groups();
    int const shift = table.shift();
    for (bool has_grown = false; row != end && !has_grown; ++row) {
      auto&& own = *row;
      auto const time = detail::project(time_of, own);
      auto const event = detail::project(event_of, own);
      std::size_t const group = group_of(own);
      auto const whole = static_cast<std::uint64_t>(time);
      auto const left = static_cast<std::uint64_t>(event);
      if (whole < limit && left <= 1 && group < groups) {
        ++cells[(group << shift) + static_cast<std::size_t>(2 * whole + left)];
      } else if (whole < survival_state::most_counted && left <= 1 &&
                 table.reserve(std::bit_ceil(whole + 1), group + 1)) {
        ++table.data()[(group << table.shift()) + static_cast<std::size_t>(2 * whole + left)];
        has_grown = true;
      } else {
        other(group, time, event);
      }
    }
  }
}

template <class Range, class Times>
[[nodiscard]] survival_times_accumulator gathered_survival(on_invalid policy, Range& rows, Times const& times) {
  if constexpr (Times::template fit<Range>()) {
    survival_times_options const options{policy};
    survival_state state;
    auto row = std::ranges::begin(rows);
    auto const end = std::ranges::end(rows);
    if constexpr (counts_whole_times<Range, Times>) {
      if (policy == on_invalid::reject) {
        counting_table table;
        detail::count_rows(
            table, row, end, times.time, times.event, [](auto&) { return std::size_t{0}; },
            [&](std::size_t, auto time, auto event) { survival_times_accumulator::push(options, state, time, event); });
        table.hand_over(0, state);
      }
    }
    std::uint64_t done = 0;
    at_row([&] { return done; },
           [&] {
             for (; row != end; ++row, static_cast<void>(++done)) {
               auto&& own = *row;
               detail::push_times(options, state, own, times);
             }
           });
    state.settle();
    return survival_times_accumulator(options, std::move(state));
  } else {
    return {};
  }
}

template <class History>
inline constexpr bool is_survival_history = std::is_same_v<History, survival_times_accumulator>;

/// Of calls about times: `rows, time, event [, weight] [, weighted_by(…)] [, entering_at(…)] [, {options}]`, or what
/// was gathered in the place of the first: `Derived::of(history, options)` answers both.
template <class Derived, class Options, class Result>
struct survival_calls
    : optioned_calls<Derived, Options,
                     call_shape<Options, call_terms{.further = 1, .takes_design = true, .takes_history = true},
                                argument_kind::projection, argument_kind::projection>,
                     std::type_identity<Result>> {
  template <class Executor, class Range, class Time, class Event, class... Rest>
  static Result answer(Executor&, Options const& options, Range& rows, Time const& time, Event const& event,
                       Rest const&... rest) {
    return Derived::of(detail::gathered_survival(options.on_invalid, rows, detail::times_of(time, event, rest...)),
                       options);
  }
  template <class History>
  static Result answer_of(History const& history, Options const& options) {
    static_assert(is_survival_history<History>,
                  "credence: this is asked of rows, or of a survival_times_accumulator; of groups ask for each: "
                  "kaplan_meier(groups.at(key))");
    if constexpr (is_survival_history<History>) {
      return Derived::of(history, options);
    } else {
      return {};
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
