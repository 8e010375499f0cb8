// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_ROLES_HPP
#define CREDENCE_SURVIVAL_ROLES_HPP

#include <optional>
#include <type_traits>
#include <utility>

#include <credence/core/design.hpp>
#include <credence/core/detail/calendar_shapes.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/named_arguments.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>

// What a call about times may be told beside the time and the event: a weight, positional or by name, and since when a
// customer was watched.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Projection>
struct entry_argument {
  using named_argument = void;
  Projection projection;
};
struct entering_at_function {
  template <class Projection>
  [[nodiscard]] constexpr auto operator()(Projection projection) const {
    return entry_argument<Projection>{std::move(projection)};
  }
};

/// The weight of a call's last arguments: the first, where it has no name, or what `weighted_by` was given.
[[nodiscard]] constexpr not_given weight_among() { return {}; }
template <class First, class... Rest>
[[nodiscard]] constexpr auto weight_among(First const& first, Rest const&... rest) {
  if constexpr (!requires { typename First::named_argument; }) {
    static_assert(!(is_named_weight<Rest> || ...), "credence: this call names two weights");
    return first;
  } else if constexpr (is_named_weight<First>) {
    static_assert(!(is_named_weight<Rest> || ...), "credence: this call names two weights");
    return first.weight;
  } else {
    return detail::weight_among(rest...);
  }
}
[[nodiscard]] constexpr not_given entry_among(not_given) { return {}; }
template <class Projection>
[[nodiscard]] constexpr auto entry_among(entry_argument<Projection> const& entry) {
  return entry.projection;
}

/// A length or a date of the calendar: nothing says in which unit it is meant.
template <class Value>
inline constexpr bool is_calendar_time = duration_shaped<Value> || time_point_shaped<Value> ||
                                         calendar_day_shaped<Value> || calendar_month_shaped<Value>;
template <class Value>
inline constexpr bool is_calendar_time<std::optional<Value>> = is_calendar_time<Value>;

/// What a call says of each row: projections, those that may be left out `not_given`.
template <class Time, class Event, class Weight, class Entry>
struct time_projections {
  Time time;
  Event event;
  Weight weight;
  Entry entry;

  /// Can they be read as numbers from these rows? The one place where that is complained about.
  template <class Range>
  static constexpr bool fit() {
    constexpr bool applies = fits_rows<Range, Weight> && fits_rows<Range, Entry>;
    static_assert(applies,
                  "credence: what weighted_by or entering_at was given cannot be applied to these rows; give a "
                  "member, or a callable that takes a row");
    if constexpr (applies) {
      return numbers<Range, role::time, Time>() && numbers<Range, role::event, Event>() &&
             numbers<Range, role::weight, Weight>() && numbers<Range, role::time, Entry>();
    } else {
      return false;
    }
  }

 private:
  enum class role { time, event, weight };
  template <class Range, role Role, class Projection>
  static constexpr bool numbers() {
    if constexpr (!is_given<Projection>) {
      return true;
    } else {
      using value_type = std::remove_cvref_t<projected<Range, Projection>>;
      constexpr bool is_bool = std::is_same_v<typename answer_type<value_type>::type, bool>;
      constexpr bool is_time = Role != role::time || !is_bool;
      static_assert(is_time,
                    "credence: a bool says whether a customer left, not how long they stayed; the time stands before "
                    "the event: (rows, &customer::months, &customer::has_left)");
      constexpr bool has_unit = Role != role::time || is_sample<value_type> || !is_calendar_time<value_type>;
      static_assert(has_unit,
                    "credence: how long a customer stayed is a number in a unit of your own; give the count of a "
                    "duration, or of the days between two dates: [](auto const& c) { return (c.end - "
                    "c.start).count(); }");
      constexpr bool is_event = Role != role::event || is_sample<value_type>;
      static_assert(is_event,
                    "credence: the event is a bool, or a number that says why a customer left, 0 for who is still "
                    "here; of an optional date: [](auto const& c) { return c.end.has_value(); }");
      constexpr bool good = is_time && has_unit && is_event;
      if constexpr (good) return number_check::of<projected<Range, Projection>>();
      return false;
    }
  }
};
/// Of time, event and what stands behind them; `Others` are the named arguments that the call looks for itself.
template <template <class...> class... Others, class Time, class Event, class... Rest>
[[nodiscard]] constexpr auto times_of(Time const& time, Event const& event, Rest const&... rest) {
  constexpr bool takes_them = taking<entry_argument, weight_argument, Others...>::template all<Rest...>;
  constexpr bool of_all = takes_them || sizeof...(Others) != 0;
  constexpr bool of_groups = takes_them || sizeof...(Others) == 0;
  static_assert(of_all,
                "credence: beside time and event this call takes a weight and entering_at; of groups ask for each: "
                "group_by(rows, &customer::plan, credence::survival_times_accumulator{}, &customer::months, "
                "&customer::has_left), then kaplan_meier(groups.at(key))");
  static_assert(of_groups,
                "credence: beside time and event this call takes a weight, entering_at, grouped_by and stratified_by; "
                "other designs and starts_if are of other calls");
  auto const weight = detail::weight_among(rest...);
  auto const entry = detail::entry_among(detail::picked<entry_argument>(rest...));
  return time_projections<Time, Event, std::remove_const_t<decltype(weight)>, std::remove_const_t<decltype(entry)>>{
      time, event, weight, entry};
}

}  // namespace detail

/// `entering_at(&customer::months_before)`: since when a customer was watched, in the unit of the time; before that
/// they could not have been seen to leave, and are not at risk (left truncation). Must lie before the time; a negative
/// one is the start.
inline constexpr detail::entering_at_function entering_at{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
