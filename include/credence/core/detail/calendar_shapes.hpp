// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_CALENDAR_SHAPES_HPP
#define CREDENCE_CORE_DETAIL_CALENDAR_SHAPES_HPP

#include <concepts>
#include <type_traits>

#include <credence/core/version.hpp>

// The standard library's clocks and calendars, told by their shape so that <chrono> need not be included.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Type>
concept duration_shaped = requires(Type const& length) {
  typename Type::rep;
  Type::period::num + Type::period::den;
  length.count();
};
template <class Type>
concept time_point_shaped = requires(Type const& time) {
  typename Type::clock;
  typename Type::duration;
  time.time_since_epoch().count();
};
/// The system clock counts from 1970 in UTC, and local time has a clock that cannot be read. No other clock's origin is
/// known to be that.
template <class Clock>
concept counts_from_1970 = requires {
  Clock::to_time_t(typename Clock::time_point());
}
|| !requires { Clock::now(); };
template <class Type>
concept civil_time_point = time_point_shaped<Type> && counts_from_1970<typename Type::clock>;

// A calendar type that is more than its year and month, or those and its day, is not made of them, and is none of
// these.
template <class Type>
concept calendar_month_shaped = requires(Type const& value) {
  static_cast<int>(value.year());
  static_cast<unsigned>(value.month());
  { value.ok() } -> std::same_as<bool>;
  Type(value.year(), value.month());
}
&&!requires(Type const& value) { value.day(); };
template <class Type>
concept calendar_day_shaped = requires(Type const& value) {
  static_cast<int>(value.year());
  static_cast<unsigned>(value.month());
  static_cast<unsigned>(value.day());
  { value.ok() } -> std::same_as<bool>;
  Type(value.year(), value.month(), value.day());
};
template <class Type>
concept year_shaped = requires(Type const& value) {
  { value.is_leap() } -> std::same_as<bool>;
  static_cast<int>(value);
};
template <class Type>
concept month_shaped = requires(Type const& value) {
  { value.ok() } -> std::same_as<bool>;
  static_cast<unsigned>(value);
  Type(1U);
}
&&std::is_class_v<Type> && !year_shaped<Type>;
template <class Type>
concept weekday_shaped = requires(Type const& value) {
  { value.iso_encoding() } -> std::same_as<unsigned>;
  Type(1U);
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
