// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_READ_SAMPLE_HPP
#define CREDENCE_SURVIVAL_DETAIL_READ_SAMPLE_HPP

#include <cstdint>

#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What is a time, and why someone left: each is read into `found`, or the sample is turned away.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Causes are whole numbers up to this; 0 is nobody's.
inline constexpr std::uint64_t most_causes = 0xffff'ffff;

template <class Time>
[[nodiscard]] bool read_time(Time const& time, double& found, on_invalid policy, rejections& rejected,
                             std::uint64_t position) {
  rejection reason = rejection::missing;
  double real = 0;
  if (detail::has_answer(time)) {
    real = detail::real_of(time);
    if (is_finite(real) && real >= 0) {
      found = real;
      return true;
    }
    reason = is_nan(real) ? rejection::not_a_number : rejection::bad_time;
  }
  detail::turn_away(policy, rejected, reason, real, position);
  return false;
}

template <class Event>
[[nodiscard]] bool read_cause(Event const& event, std::uint64_t& found, on_invalid policy, rejections& rejected,
                              std::uint64_t position) {
  rejection reason = rejection::missing;
  double real = 0;
  if (detail::has_answer(event)) {
    real = detail::real_of(event);
    if (is_finite(real) && real >= 0 && real <= static_cast<double>(most_causes)) {
      found = static_cast<std::uint64_t>(real);
      if (static_cast<double>(found) == real) return true;
    }
    reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
  }
  detail::turn_away(policy, rejected, reason, real, position);
  return false;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
