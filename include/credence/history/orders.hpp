// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_ORDERS_HPP
#define CREDENCE_HISTORY_ORDERS_HPP

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/gather.hpp>
#include <credence/history/detail/orders_state.hpp>
#include <credence/history/detail/push_activity.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The options of a call of `orders`.
struct orders_options {
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The options of an `orders_accumulator`.
template <period_policy Grid>
struct orders_grid {
  Grid grid{};  ///< what time is cut into
  credence::on_invalid on_invalid = credence::on_invalid::reject;
  static constexpr activity_kept kept = activity_kept::counts;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return grid.check_fields(complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return Grid::shape(self.grid);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("grid", self.grid);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(orders_grid const&, orders_grid const&) = default;
};

/// What a history of orders holds.
struct orders_result {
  std::uint64_t count = 0;             ///< orders used, and returns
  std::uint64_t customers = 0;         ///< who bought
  std::uint64_t purchases = 0;         ///< orders that are no returns
  std::uint64_t returns = 0;           ///< rows with an amount below zero
  std::uint64_t purchase_periods = 0;  ///< customers in periods in which they bought
  std::uint64_t rejected = 0;          ///< rows left out
  credence::rejections rejections;     ///< and why

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("customers", self.customers);
    visit("purchases", self.purchases);
    visit("returns", self.returns);
    visit("purchase_periods", self.purchase_periods);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(orders_result const&, orders_result const&) = default;
};

/// In which periods each customer bought, how often and for how much, and what was returned: `orders_accumulator<int,
/// calendar_day, double> history; history(customer, time, amount);`, in any order. Two histories of activity, one of
/// purchases and one of returns, that merge by addition for any split by row; integers and money are summed exactly,
/// floating amounts to their rounding. `Value` is the type of amounts, none by default. O(1) an order, 32 bytes for
/// each customer and period.
template <class Key, period_policy Grid = calendar_day, class Value = void>
class orders_accumulator
    : public accumulator_base<orders_accumulator<Key, Grid, Value>, orders_grid<Grid>,
                              detail::orders_state<detail::stored_key<Key>, Grid, detail::sum_of_value<Value>>> {
  static_assert(
      !requires(Grid const& grid) { grid.steps_a_window(); },
      "credence: windows that overlap are no grid; gather days or their steps");
  using base = accumulator_base<orders_accumulator, orders_grid<Grid>,
                                detail::orders_state<detail::stored_key<Key>, Grid, detail::sum_of_value<Value>>>;

 public:
  using key_type = detail::stored_key<Key>;
  using grid_type = Grid;
  using value_type = Value;
  using options_type = typename base::options_type;
  using state_type = typename base::state_type;
  static constexpr bool has_values = !std::is_void_v<Value>;

  using base::base;
  /// Throws `credence::error` for a grid that cannot be.
  explicit orders_accumulator(Grid grid, orders_options options = {})
      : base(options_type{std::move(grid), options.on_invalid}) {}

  [[nodiscard]] static std::string type_id() {
    return detail::joined(
        {"credence.orders(", detail::codec_of<Key>::name(), ",", Grid::type_id(), detail::amounts_name<Value>, ")"});
  }
  /// Integers, and nothing at all, are summed exactly.
  template <class...>
  static constexpr bool exact = !has_values || std::is_integral_v<Value>;

  template <class Own, class Time>
  requires(!has_values) static void push(options_type const& options, state_type& state, Own const& key,
                                         Time const& time) {
    detail::push_activity(options, state.purchases, key, time, detail::no_amount{}, state.seen(), true);
  }
  template <class Own, class Time, class Amount>
  requires(has_values) static void push(options_type const& options, state_type& state, Own const& key,
                                        Time const& time, Amount const& amount) {
    auto& into = detail::is_amount_below_zero(amount) ? state.returns : state.purchases;
    detail::push_activity(options, into, key, time, amount, state.seen(), true);
  }

  [[nodiscard]] static orders_result answer(options_type const&, state_type const& state) {
    orders_result result;
    result.purchases = state.purchases.rows;
    result.returns = state.returns.rows;
    result.count = result.purchases + result.returns;
    result.rejections = state.rejected();
    result.rejected = result.rejections.total();
    state.purchases.each_customer([&](std::uint32_t, auto const& history) {
      ++result.customers;
      result.purchase_periods += history.size();
    });
    return result;
  }
};

namespace detail {

template <class History>
inline constexpr bool is_orders = false;
template <class Key, class Grid, class Value>
inline constexpr bool is_orders<orders_accumulator<Key, Grid, Value>> = true;

/// The history that rows of these types lead to.
template <class Range, class KeyOf, class Grid, class... Amount>
struct orders_of_rows {
  using type = orders_accumulator<present_key<projected<Range, KeyOf>>, Grid>;
};
template <class Range, class KeyOf, class Grid, class Amount>
struct orders_of_rows<Range, KeyOf, Grid, Amount> {
  using type = orders_accumulator<present_key<projected<Range, KeyOf>>, Grid,
                                  typename answer_type<std::remove_cvref_t<projected<Range, Amount>>>::type>;
};

template <class Range, class KeyOf, class Time, class... Amount>
constexpr bool check_orders() {
  return check_present_key<projected<Range, KeyOf>>() && check_time<projected<Range, Time>>() &&
         (check_amount<projected<Range, Amount>>() && ...);
}

template <class Executor, class Range, class KeyOf, class Time, class Grid, class... Amount>
auto gathered_orders(Executor& run, orders_options const& options, Range& rows, KeyOf const& key, Time const& time,
                     Grid const& grid, Amount const&... amount) {
  using history = typename orders_of_rows<Range, KeyOf, Grid, Amount...>::type;
  history empty(grid, options);
  detail::gather_activity(run, empty, rows, key, time, amount...);
  return empty;
}

/// Of calls that take orders: `[executor,] rows, who, when [, amount] [, grid] [, {options}]`, cut into days where no
/// grid is given: `Derived::of_rows(run, options, rows, key, time, grid, amount…)`.
template <class Derived, class Options, bool TakesHistory>
struct order_calls : optioned_calls<Derived, Options,
                                    call_shape<Options,
                                               call_terms{.further = 1,
                                                          .takes_executor = true,
                                                          .takes_history = TakesHistory,
                                                          .policy = policy_place::behind_if_at_all},
                                               argument_kind::projection, argument_kind::projection>> {
  template <class Executor, class Range, class KeyOf, class Time>
  static auto answer(Executor& run, Options const& options, Range& rows, KeyOf const& key, Time const& time) {
    return Derived::of_rows(run, options, rows, key, time, calendar_day{});
  }
  template <class Executor, class Range, class KeyOf, class Time, class Third>
  static auto answer(Executor& run, Options const& options, Range& rows, KeyOf const& key, Time const& time,
                     Third const& third) {
    if constexpr (period_policy<Third>) {
      return Derived::of_rows(run, options, rows, key, time, third);
    } else {
      return Derived::of_rows(run, options, rows, key, time, calendar_day{}, third);
    }
  }
  template <class Executor, class Range, class KeyOf, class Time, class Amount, class Grid>
  static auto answer(Executor& run, Options const& options, Range& rows, KeyOf const& key, Time const& time,
                     Amount const& amount, Grid const& grid) {
    return Derived::of_rows(run, options, rows, key, time, grid, amount);
  }
};

struct orders_function : order_calls<orders_function, orders_options, false> {
  template <class Executor, class Range, class KeyOf, class Time, class Grid, class... Amount>
  static auto of_rows(Executor& run, orders_options const& options, Range& rows, KeyOf const& key, Time const& time,
                      Grid const& grid, Amount const&... amount) {
    if constexpr (check_orders<Range, KeyOf, Time, Amount...>()) {
      return detail::gathered_orders(run, options, rows, key, time, grid, amount...);
    } else {
      return orders_accumulator<int, Grid>(grid);
    }
  }
};

}  // namespace detail

/// Which customers bought when, and for how much: `orders([executor,] rows, &order::customer, &order::placed [,
/// &order::total] [, calendar_day{}] [, {options}])`, an `orders_accumulator` that `rfm` is asked of. A row whose key
/// is an empty optional, or whose time or amount is missing or cannot be, is left out and counted. O(rows). With an
/// executor tasks gather stretches of rows, and the histories are merged: the same state.
inline constexpr detail::orders_function orders{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
