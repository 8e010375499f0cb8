// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_BOUNDS_HPP
#define CREDENCE_CORE_DETAIL_BOUNDS_HPP

#include <limits>
#include <type_traits>

#include <credence/core/host_types.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// A scale is given in doubles, which lack the last digits of integers beyond 2⁵³ (a time in nanoseconds). Those are
// laid on it as they are, so that one by one and in blocks the same samples are on it.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// One past the last value of an integer type, a power of two: the first double that no value of the type reaches.
template <class Value>
inline constexpr double past_last = 2 * static_cast<double>((std::numeric_limits<Value>::max)() / 2 + 1);

/// Does the value lie above a bound, or (`or_on_it`) on it? Exactly: rounding keeps order, so that only a tie tells
/// nothing, and then the bound is itself whole.
template <class Value>
[[nodiscard]] constexpr bool above(Value value, double bound, bool or_on_it) {
  double const real = static_cast<double>(value);
  if constexpr (std::is_integral_v<Value> && sizeof(Value) == 8) {
    if (real == bound) {
      if (real >= past_last<Value>) return false;
      Value const whole = static_cast<Value>(real);
      return value > whole || (or_on_it && value == whole);
    }
  }
  return or_on_it ? real >= bound : real > bound;
}
template <class Value>
[[nodiscard]] constexpr bool within(Value value, double lowest, double highest) {
  return above(value, lowest, true) && !above(value, highest, false);
}

/// What of a sample is laid on a scale: an integer of 64 bits as it is, everything else as a double. Only where
/// `has_answer`.
template <class Value>
[[nodiscard]] constexpr auto measure_of(Value const& value) {
  if constexpr (is_optional<Value>) {
    return detail::measure_of(*value);
  } else if constexpr (std::is_integral_v<Value> && sizeof(Value) == 8) {
    return value;
  } else {
    return detail::real_of(value);
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
