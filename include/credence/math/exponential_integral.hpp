// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_EXPONENTIAL_INTEGRAL_HPP
#define CREDENCE_MATH_EXPONENTIAL_INTEGRAL_HPP

#include <cmath>
#include <limits>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gamma.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

// exp(z) E_s(z) by the continued fraction 1 / (z + s - s / (z + s + 2 - 2(s + 1) / (z + s + 4 - ...))), forwards by
// Steed's method. Fast where z or s is not small. Source: DLMF 8.19.17, its even part.
[[nodiscard]] inline double exponential_integral_fraction(double const s, double const z) noexcept {
  double denominator = z + s;
  double inverse = 1.0 / denominator;
  double change = inverse;
  double total = inverse;
  for (double step = 1.0; step < 2000.0; step += 1.0) {
    double const numerator = -step * (s + step - 1.0);
    denominator += 2.0;
    double const next = 1.0 / (denominator + numerator * inverse);
    change *= -numerator * inverse * next;
    total += change;
    inverse = next;
    if (std::fabs(change) <= 0.25 * std::numeric_limits<double>::epsilon() * total) break;
  }
  return total;
}

// E_s(z) for 0 < s <= 3/2 and z <= 1/2, by its series: Gamma(1 - s) z^(s - 1) - sum over k of (-z)^k / (k! (1 - s +
// k)). Around s = 1 its first two terms both have a pole, and are one: with e = s - 1,
//   (1 - Gamma(1 - e) z^e) / e = -expm1(e (log z + log Gamma(1 - e) / e)) / e. Source: DLMF 8.19.10.
[[nodiscard]] inline double exponential_integral_series(double const s, double const z) noexcept {
  double const beyond = s - 1.0;
  double sum = 0.0;
  if (s < 0.5) {
    sum = std::exp(log_gamma(1.0 - s) + beyond * std::log(z)) + 1.0 / beyond;
  } else if (std::fabs(beyond) < 1e-300) {
    sum = -(std::log(z) + 0.577215664901532861);
  } else {
    double const log_power = beyond * std::log(z) + (log_gamma_of_two_plus(-beyond) - std::log1p(-beyond));
    sum = -std::expm1(log_power) / beyond;
  }
  double power = 1.0;
  for (double step = 1.0; step < 60.0; step += 1.0) {
    power *= -z / step;
    double const part = power / (step - beyond);
    sum -= part;
    if (std::fabs(part) <= 0.25 * std::numeric_limits<double>::epsilon() * std::fabs(sum)) break;
  }
  return sum;
}

}  // namespace detail

/// exp(z) E_s(z), where E_s(z) is the integral of exp(-z v) v^(-s) over v from 1 on: for s > 0 and z > 0. Scaled so
/// that it neither underflows nor overflows: about 1 / (z + s) where either is large. Relative error below 1e-13.
///
/// z = 0 is the limit, 1 / (s - 1), +inf for s <= 1; +inf for z gives 0; outside of that domain NaN. Cost: 10 to 150
/// steps of a fraction or a series. Source: DLMF 8.19.
[[nodiscard]] inline double scaled_exponential_integral(double const s, double const z) noexcept {
  if (!is_finite(s) || is_nan(z) || !(s > 0.0) || !(z >= 0.0)) return not_a_number();
  if (z == 0.0) return s > 1.0 ? 1.0 / (s - 1.0) : infinite_number();
  if (!is_finite(z)) return 0.0;
  if (z >= 0.5 || s >= 12.0) return detail::exponential_integral_fraction(s, z);
  // s E_(s+1) = exp(-z) - z E_s, upwards from 1/2 <= s < 3/2; each step shrinks the error by z / s.
  double low = s;
  int steps = 0;
  for (; low >= 1.5; low -= 1.0) ++steps;
  double value = std::exp(z) * detail::exponential_integral_series(low, z);
  for (; steps > 0; --steps, low += 1.0) value = (1.0 - z * value) / low;
  return value;
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
