// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_TIMED_VALUES_HPP
#define CREDENCE_REVIEWS_DETAIL_TIMED_VALUES_HPP

#include <optional>

#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Samples that are a time and a number, in this order.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The `value_check` of their accumulators.
struct timed_value_check {
  template <class Time, class Value>
  static constexpr bool of() {
    // Both are asked, for both may be wrong.
    bool const has_time = check_time<Time>();
    bool const has_value = number_check::of<Value>();
    return has_time && has_value;
  }
};

/// Is this a time that can be told, and not after the last that was observed, and a number from `lowest` to `highest`?
/// Otherwise the sample is turned away. Its position is asked for only then: a push to one of many groups waits for the
/// memory that it touches.
template <class Time, class Value, class State>
[[nodiscard]] bool accepts_timed_value(Time const& time, Value const& value, double lowest, double highest,
                                       std::optional<instant> const& observed_until, on_invalid policy, State& state) {
  rejection reason = rejection::missing;
  double real = 0;
  if (detail::has_answer(time)) {
    instant const when = detail::instant_of(time);
    if (!when.is_known() || (observed_until && when > *observed_until)) {
      reason = rejection::bad_time;
    } else if (detail::has_answer(value)) {
      real = detail::real_of(value);
      if (is_finite(real) && real >= lowest && real <= highest) return true;
      reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
    }
  }
  turn_away(policy, state.rejected, reason, real, state.seen());
  return false;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
