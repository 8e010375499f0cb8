// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_STUDENT_T_HPP
#define CREDENCE_MATH_STUDENT_T_HPP

#include <cmath>
#include <limits>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

[[nodiscard]] inline bool t_degrees(double const degrees) noexcept { return !is_nan(degrees) && degrees > 0.0; }

// From here on Student's t and the normal are the same doubles: they differ by a factor 1 + O(t^4 / degrees).
inline constexpr double normal_degrees = 1e22;

// Far out, t > 1e16 sqrt(degrees), the tail is a pure power of t: P(T > t) = (sqrt(degrees) / t)^degrees / power_scale.
[[nodiscard]] inline double t_power_scale(double const degrees) noexcept {
  return degrees * std::exp(log_beta(0.5 * degrees, 0.5));
}

// P(T > t) for t >= 0: half of I_x(degrees / 2, 1 / 2) at x = degrees / (degrees + t^2).
[[nodiscard]] inline double t_tail(double const t, double const degrees) noexcept {
  if (degrees >= normal_degrees) return normal_upper_tail(t);
  double const scaled = t / std::sqrt(degrees);
  if (scaled > 1e16) return is_finite(t) ? std::pow(scaled, -degrees) / t_power_scale(degrees) : 0.0;
  // So close to 0 that the square may vanish: the tail is 1/2 to the last digit.
  if (scaled < 1e-100) return 0.5;
  double const square = t * t;
  double const sum = degrees + square;
  return 0.5 * beta_sides_at(0.5 * degrees, 0.5, {degrees / sum, square / sum}).lower;
}

// The t >= 0 with P(T > t) = tail / 2 and P(-t < T < t) = centre = 1 - tail, both in (0, 1).
[[nodiscard]] inline double t_two_sided_quantile(double const tail, double const centre,
                                                 double const degrees) noexcept {
  if (degrees < 20.0) {  // above, no double is small enough to be that far out
    double const power = std::pow(0.5 * tail * t_power_scale(degrees), -1.0 / degrees);
    if (power > 1e16) return std::sqrt(degrees) * power;
  }
  beta_point const point = beta_quantile_point(tail, centre, 0.5 * degrees, 0.5);
  return std::sqrt(degrees * (point.y / point.x));
}

}  // namespace detail

/// P(T > x) of Student's t with `degrees` degrees of freedom, a real number above 0, +inf included (the normal).
///
/// x may be infinite; NaN, and degrees of 0 or less, give NaN. Relative error for degrees from 0.01 to 1e15 and beyond:
/// 2e-15 (1 + |log P| / 5). Cost: about 0.4 microseconds. Source: DLMF 8.17.2, Abramowitz and Stegun 26.7.1.
[[nodiscard]] inline double student_t_upper_tail(double const x, double const degrees) noexcept {
  if (is_nan(x) || !detail::t_degrees(degrees)) return not_a_number();
  return x < 0.0 ? 1.0 - detail::t_tail(-x, degrees) : detail::t_tail(x, degrees);
}

/// P(T <= x): `student_t_upper_tail` mirrored.
[[nodiscard]] inline double student_t_cdf(double const x, double const degrees) noexcept {
  return student_t_upper_tail(-x, degrees);
}

/// The x with P(T <= x) = p, for p in [0, 1]; the upper quantile is -student_t_quantile(p, degrees), without loss.
///
/// 0 gives -inf, 1/2 gives 0, 1 gives +inf; p outside [0, 1], NaN, and degrees of 0 or less give NaN. Relative error:
/// 6e-15, times 0.3 / degrees where that is more than 1. Cost: about 2 microseconds.
[[nodiscard]] inline double student_t_quantile(double const p, double const degrees) noexcept {
  if (!detail::probability(p) || !detail::t_degrees(degrees)) return not_a_number();
  if (degrees >= detail::normal_degrees || p <= 0.0 || p >= 1.0) return normal_quantile(p);
  // 1 - p and 1/2 - p are exact where they matter.
  if (p < 0.5) return -detail::t_two_sided_quantile(2.0 * p, 2.0 * (0.5 - p), degrees);
  return p > 0.5 ? detail::t_two_sided_quantile(2.0 * (1.0 - p), 2.0 * (p - 0.5), degrees) : 0.0;
}

/// The t of a two-sided interval: P(-t < T < t) = confidence, for confidence in [0, 1]. 0 gives 0, 1 gives +inf; a
/// confidence outside [0, 1], NaN, and degrees of 0 or less give NaN. No digit is lost as it approaches 0 or 1.
/// Error and cost: as `student_t_quantile`.
[[nodiscard]] inline double student_t_critical(double const confidence, double const degrees) noexcept {
  if (!detail::probability(confidence) || !detail::t_degrees(degrees)) return not_a_number();
  if (degrees >= detail::normal_degrees || confidence <= 0.0 || confidence >= 1.0) return normal_critical(confidence);
  return detail::t_two_sided_quantile(1.0 - confidence, confidence, degrees);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
