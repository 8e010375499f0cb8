// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_ROLES_HPP
#define CREDENCE_SURVIVAL_ROLES_HPP

#include <type_traits>
#include <utility>

#include <credence/core/design.hpp>
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
      bool good = number_check::of<projected<Range, Time>, projected<Range, Event>>();
      if constexpr (is_given<Weight>) good = number_check::of<projected<Range, Weight>>() && good;
      if constexpr (is_given<Entry>) good = number_check::of<projected<Range, Entry>>() && good;
      return good;
    } else {
      return false;
    }
  }
};
/// Of time, event and what stands behind them; `Others` are the named arguments that the call looks for itself.
template <template <class...> class... Others, class Time, class Event, class... Rest>
[[nodiscard]] constexpr auto times_of(Time const& time, Event const& event, Rest const&... rest) {
  static_assert(taking<entry_argument, weight_argument, Others...>::template all<Rest...>,
                "credence: beside time and event this call takes a weight and entering_at, log_rank and the like also "
                "grouped_by and stratified_by; designs and starts_if are of other calls");
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
