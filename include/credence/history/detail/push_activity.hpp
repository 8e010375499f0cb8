// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PUSH_ACTIVITY_HPP
#define CREDENCE_HISTORY_DETAIL_PUSH_ACTIVITY_HPP

#include <cstdint>
#include <string_view>
#include <type_traits>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/period_clock.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/activity_state.hpp>

// One event: whether it can be entered, and where.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// In place of an amount, where there is none.
struct no_amount {};

template <class Projected>
constexpr bool check_amount() {
  constexpr bool fits = std::is_same_v<Projected, no_amount> ||
                        money_like<typename answer_type<std::remove_cvref_t<Projected>>::type>;
  static_assert(fits,
                "credence: this projection returns a type that is no amount; return a number, or specialise "
                "credence::money_traits<T> with a sum_type, `static void add(sum_type&, T const&)` and `to_real`");
  return fits;
}

template <class Value>
struct sum_type_of {
  using type = typename money_traits<Value>::sum_type;
};
template <>
struct sum_type_of<void> {
  using type = no_sum;
};
template <class Value>
using sum_of_value = typename sum_type_of<Value>::type;

template <class Value>
inline constexpr std::string_view amounts_name = std::is_void_v<Value>             ? ""
                                                 : std::is_integral_v<Value>       ? ",integers"
                                                 : std::is_floating_point_v<Value> ? ",reals"
                                                                                   : ",money";

/// Adds an amount to a sum; what cannot be one is a reason to leave the event out.
template <class Sum, class Amount>
[[nodiscard]] bool add_amount(Sum& sum, Amount const& amount, rejection& reason) {
  if constexpr (is_optional<Amount>) {
    reason = rejection::missing;
    return amount.has_value() && detail::add_amount(sum, *amount, reason);
  } else if constexpr (!std::is_same_v<Amount, no_amount>) {
    if constexpr (std::is_floating_point_v<Amount>) {
      double const real = static_cast<double>(amount);
      reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
      if (!is_finite(real) || real < -largest_amount || real > largest_amount) return false;
    }
    money_traits<Amount>::add(sum, amount);
    return true;
  } else {
    return true;
  }
}

/// The state of an `activity_accumulator`, which is valid on its grid.
template <class Key, class Grid, class Sum>
class gridded_state : public activity_state<Key, Sum> {
 public:
  using activity_state<Key, Sum>::activity_state;

  template <class Options>
  [[nodiscard]] bool valid(Options const& options) const {
    return (this->rows == 0 || this->tallied == keeps_tallies(options)) &&
           activity_state<Key, Sum>::valid(options.grid.index_of(instant::from_micros(earliest_micros + 1)),
                                           options.grid.index_of(instant::from_micros(latest_micros - 1)));
  }
  template <class Options>
  [[nodiscard]] static constexpr bool keeps_tallies(Options const& options) {
    return !std::is_same_v<Sum, no_sum> || options.kept != decltype(options.kept){};
  }
};

/// Reads one event: the period it lies in, and its amount, which is only looked at where it is `active`. Otherwise
/// there is a reason why it cannot be entered.
template <class Grid, class Sum, class Own, class Time, class Amount>
[[nodiscard]] bool read_event(Grid const& grid, Own const& own, Time const& time, Amount const& amount, bool active,
                              std::int64_t& period, Sum& sum, rejection& reason) {
  reason = rejection::missing;
  if (!detail::has_answer(own)) return false;
  period = period_clock<Grid>(grid, false)(time);
  if (!is_period(period)) {
    if (period != missing_time) reason = rejection::bad_time;
    return false;
  }
  return !active || detail::add_amount(sum, amount, reason);
}

/// One event, after so many others: who it was of, `no_number` where it is turned away. It is only entered, and its
/// amount looked at, where it is `active`.
template <class Options, class State, class Own, class Time, class Amount>
std::uint32_t push_activity(Options const& options, State& state, Own const& own, Time const& time,
                            Amount const& amount, std::uint64_t before, bool active) {
  using key_type = typename answer_type<Own>::type;
  if constexpr (check_key<key_type>() && check_time<Time>() && check_amount<Amount>()) {
    rejection reason = rejection::missing;
    typename State::page::sum_type sum{};
    std::int64_t period = bad_time;
    if (!detail::read_event(options.grid, own, time, amount, active, period, sum, reason)) {
      turn_away(options.on_invalid, state.rejected, reason, 0, before);
      return no_number;
    }
    std::uint32_t const number = detail::number_among(state.customers(), own);
    if (!active) return number;
    auto& page = state.page_of(state.column_of(period), number);
    if (State::keeps_tallies(options)) {
      page.add(number % page_keys, 1, sum);
      state.tallied = true;
    } else {
      page.add(number % page_keys);
    }
    ++state.rows;
    return number;
  }
  return no_number;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
