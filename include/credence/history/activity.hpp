// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_ACTIVITY_HPP
#define CREDENCE_HISTORY_ACTIVITY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/period_clock.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/activity_state.hpp>
#include <credence/history/detail/gather.hpp>
#include <credence/history/detail/tell_events.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What is kept of a customer in a period.
enum class activity_kept : std::uint8_t {
  periods,  ///< that there was an event (the default)
  counts    ///< how many there were; always where there are amounts
};
constexpr std::string_view name_of(activity_kept kept) {
  switch (kept) {
    case activity_kept::periods: return "periods";
    case activity_kept::counts: return "counts";
  }
  return {};
}

/// The options of a call of `activity`.
struct activity_options {
  activity_kept kept = activity_kept::periods;
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The options of an `activity_accumulator`.
template <period_policy Grid>
struct activity_grid {
  Grid grid{};  ///< what time is cut into
  activity_kept kept = activity_kept::periods;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return grid.check_fields(complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tuple_cat(Grid::shape(self.grid), std::tie(self.kept));
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("grid", self.grid);
    visit("kept", self.kept);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(activity_grid const&, activity_grid const&) = default;
};

/// What a history holds.
struct activity_result {
  std::uint64_t count = 0;          ///< events used
  std::uint64_t customers = 0;      ///< who had any
  std::uint64_t active = 0;         ///< customers in periods in which they had any
  std::uint64_t periods = 0;        ///< periods in which anyone had
  std::int64_t first_period = 0;    ///< their numbers, as the grid counts
  std::int64_t last_period = 0;     ///<
  std::uint64_t rejected = 0;       ///< events left out
  credence::rejections rejections;  ///< and why

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("customers", self.customers);
    visit("active", self.active);
    visit("periods", self.periods);
    visit("first_period", self.first_period);
    visit("last_period", self.last_period);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(activity_result const&, activity_result const&) = default;
};

/// When each customer was active, on one grid of periods (calendar or fixed): `activity_accumulator<std::uint64_t,
/// calendar_day> seen; seen(user, time);`, late and unordered events too. Merges by union, and where counts or amounts
/// are kept by addition, for any split by row. From days follow weeks, months and years; a grid of months takes less
/// memory: a bit for each customer and month, rounded up to pages of 32,768 customers. `Value` is the type of amounts,
/// pushed as a third value; integers are summed exactly.
template <class Key, period_policy Grid, class Value = void>
class activity_accumulator
    : public accumulator_base<activity_accumulator<Key, Grid, Value>, activity_grid<Grid>,
                              detail::gridded_state<detail::stored_key<Key>, Grid, detail::sum_of_value<Value>>> {
  static_assert(
      !requires(Grid const& grid) { grid.steps_a_window(); },
      "credence: windows that overlap are no grid; gather days or their steps, and ask for windows then");
  using base = accumulator_base<activity_accumulator, activity_grid<Grid>,
                                detail::gridded_state<detail::stored_key<Key>, Grid, detail::sum_of_value<Value>>>;

 public:
  using key_type = detail::stored_key<Key>;
  using grid_type = Grid;
  using value_type = Value;
  using options_type = typename base::options_type;
  using state_type = typename base::state_type;
  static constexpr bool has_values = !std::is_void_v<Value>;

  using base::base;
  /// Throws `credence::error` for a grid that cannot be.
  explicit activity_accumulator(Grid grid, activity_options options = {})
      : base(options_type{std::move(grid), options.kept, options.on_invalid}) {}

  [[nodiscard]] static std::string type_id() {
    return detail::joined(
        {"credence.activity(", detail::codec_of<Key>::name(), ",", Grid::type_id(), detail::amounts_name<Value>, ")"});
  }
  /// Integers, and nothing at all, are summed exactly.
  template <class...>
  static constexpr bool exact = !has_values || std::is_integral_v<Value>;

  template <class Own, class Time>
  requires(!has_values) static void push(options_type const& options, state_type& state, Own const& key,
                                         Time const& time) {
    detail::push_activity(options, state, key, time, detail::no_amount{}, state.rows + state.rejected.total(), true);
  }
  template <class Own, class Time, class Amount>
  requires(has_values) static void push(options_type const& options, state_type& state, Own const& key,
                                        Time const& time, Amount const& amount) {
    detail::push_activity(options, state, key, time, amount, state.rows + state.rejected.total(), true);
  }

  [[nodiscard]] static activity_result answer(options_type const&, state_type const& state) {
    activity_result result;
    detail::tell_events(result, state.rows, state.rejected);
    std::vector<std::int64_t> const periods = state.periods();
    if (periods.empty()) return result;
    result.periods = periods.size();
    result.first_period = *std::min_element(periods.begin(), periods.end());
    result.last_period = *std::max_element(periods.begin(), periods.end());
    state.each_customer([&](std::uint32_t, auto const& history) {
      ++result.customers;
      result.active += history.size();
    });
    return result;
  }
};

namespace detail {

template <class History>
inline constexpr bool is_activity = false;
template <class Key, class Grid, class Value>
inline constexpr bool is_activity<activity_accumulator<Key, Grid, Value>> = true;

using activity_call =
    call_shape<activity_options, call_terms{.further = 1, .takes_executor = true, .policy = policy_place::behind},
               argument_kind::projection, argument_kind::projection>;

/// The history that rows of these types lead to.
template <class Range, class KeyOf, class Grid, class... Amount>
struct activity_of_rows {
  using type = activity_accumulator<present_key<projected<Range, KeyOf>>, Grid>;
};
template <class Range, class KeyOf, class Grid, class Amount>
struct activity_of_rows<Range, KeyOf, Grid, Amount> {
  using type = activity_accumulator<present_key<projected<Range, KeyOf>>, Grid,
                                    typename answer_type<std::remove_cvref_t<projected<Range, Amount>>>::type>;
};

/// Gathers rows: the calls of all that histories answer begin with this.
template <class Executor, class Range, class KeyOf, class Time, class Grid, class... Amount>
auto gathered_activity(Executor& run, activity_options const& options, Range& rows, KeyOf const& key, Time const& time,
                       Grid const& grid, Amount const&... amount) {
  if constexpr (check_present_key<projected<Range, KeyOf>>() && check_time<projected<Range, Time>>() &&
                (check_amount<projected<Range, Amount>>() && ...)) {
    using history = typename activity_of_rows<Range, KeyOf, Grid, Amount...>::type;
    history empty(grid, options);
    detail::gather_activity(run, empty, rows, key, time, amount...);
    return empty;
  } else {
    return activity_accumulator<int, Grid>(grid);
  }
}

struct activity_function : optioned_calls<activity_function, activity_options, activity_call> {
  template <class Executor, class Range, class KeyOf, class Time, class Grid>
  static auto answer(Executor& run, activity_options const& options, Range& rows, KeyOf const& key, Time const& time,
                     Grid const& grid) {
    return detail::gathered_activity(run, options, rows, key, time, grid);
  }
  template <class Executor, class Range, class KeyOf, class Time, class Amount, class Grid>
  static auto answer(Executor& run, activity_options const& options, Range& rows, KeyOf const& key, Time const& time,
                     Amount const& amount, Grid const& grid) {
    return detail::gathered_activity(run, options, rows, key, time, grid, amount);
  }
};

}  // namespace detail

/// When each customer was active: `activity([executor,] events, &event::user, &event::time [, &event::amount],
/// calendar_day{} [, {options}])`, an `activity_accumulator` that retention, lifecycle and the like are asked of. A
/// customer is told by any key; an event whose key is an empty optional, or whose time or amount is missing or cannot
/// be, is left out and counted. O(events); a log in the order of time is quickest. With an executor tasks gather
/// stretches of rows, and the histories are merged: the same state.
inline constexpr detail::activity_function activity{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
