// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_NORMAL_HPP
#define CREDENCE_MATH_NORMAL_HPP

#include <cmath>

#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/math/detail/product_error.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// P(Z > x) of the standard normal, Q(x) = erfc(x / sqrt 2) / 2, to full relative accuracy far into the tail.
///
/// -inf gives 1, +inf gives 0, NaN gives NaN; values below 2.3e-308 (x > 37.5) are denormal. Cost: one erfc.
/// Source: DLMF 7.2.2, 7.8.2.
[[nodiscard]] inline double normal_upper_tail(double const x) noexcept {
  if (is_nan(x)) return not_a_number();
  if (x > 39.0) return 0.0;
  if (x < -39.0) return 1.0;
  constexpr double root_half = 0.7071067811865475244;         // 1 / sqrt 2, rounded ...
  constexpr double root_half_rest = -4.8336466567264567e-17;  // ... and what rounding it left out
  double const argument = x * root_half;
  double const tail = 0.5 * std::erfc(argument);
  if (argument <= 0.0) return tail;
  // The tail falls like exp(-argument^2), so a rounding error of the argument is magnified 2 * argument^2 times (1400
  // ulp at x = 37). That error is found exactly, and the slope of log erfc, here within 5 percent, takes it out.
  double const argument_rest = detail::product_error(x, root_half, argument) + x * root_half_rest;
  double const slope = argument + std::sqrt(argument * argument + 1.2732395447351628);  // 4 / pi
  return tail - tail * slope * argument_rest;
}

/// P(Z <= x) of the standard normal, to full relative accuracy far into the lower tail. Ends, cost and source: as
/// `normal_upper_tail`, mirrored.
[[nodiscard]] inline double normal_cdf(double const x) noexcept { return normal_upper_tail(-x); }

namespace detail {

// The x with P(0 < Z < x) = `probability`, which lies in [0, 1/4]. A rational guess (relative error 4e-7), then one
// step of Halley's method, which cubes the error. The step compares erf with the probability, both small near the
// middle, so that x keeps its relative accuracy down to 0.
[[nodiscard]] inline double normal_quantile_from_centre(double const probability) noexcept {
  double const square = probability * probability;
  double const guess = probability * (2.50662735449 - square * (4.45422609938 + square * 1.67115224625)) /
                       (1.0 - square * 2.82434477274);
  double const density = 0.39894228040143268 * std::exp(-0.5 * guess * guess);
  double const newton = (0.5 * std::erf(guess * 0.7071067811865475244) - probability) / density;
  return guess - newton / (1.0 + 0.5 * guess * newton);
}

// The x with P(Z > x) = `probability`, which lies in (0, 1/4]. The guess is r less a rational function of
// r = sqrt(-2 log p), whose absolute error is 1.5e-6 down to the smallest double; then one step of Halley's method.
[[nodiscard]] inline double normal_quantile_from_tail(double const probability) noexcept {
  double const root = std::sqrt(-2.0 * std::log(probability));
  double const numerator = 2.81650779113 + root * (3.44968195099 + root * (0.465228741966 + root * 0.00666332555266));
  double const denominator =
      1.0 + root * (2.85649921746 + root * (1.34404858989 + root * (0.105006138160 + root * 0.000933351858725)));
  double const guess = root - numerator / denominator;
  // Among the denormals the step would have no digits; the guess is within 1e-7 of x there.
  if (probability < 1e-307) return guess;
  double const density = 0.39894228040143268 * std::exp(-0.5 * guess * guess);
  // Two ratios, fenced: the plain difference of tail and probability is itself denormal for p below 1e-291.
  double const ratio = credence::detail::fenced(normal_upper_tail(guess) / probability);
  double const newton = (ratio - 1.0) * credence::detail::fenced(probability / density);
  return guess + newton / (1.0 - 0.5 * guess * newton);
}

}  // namespace detail

/// The x with P(Z <= x) = p, for p in [0, 1]; the upper quantile of p is -normal_quantile(p), without loss.
///
/// 0 gives -inf, 1/2 gives 0, 1 gives +inf; p outside [0, 1] or NaN gives NaN. Full relative accuracy for p
/// from 1e-307; 1e-7 below. Cost: one erf or erfc, one exp. Method: a rational guess of our own and one step of
/// Halley's method.
[[nodiscard]] inline double normal_quantile(double const p) noexcept {
  if (is_nan(p) || p < 0.0 || p > 1.0) return not_a_number();
  if (p <= 0.0) return -infinite_number();
  if (p >= 1.0) return infinite_number();
  if (p < 0.25) return -detail::normal_quantile_from_tail(p);
  if (p > 0.75)
    return detail::normal_quantile_from_tail(1.0 - p);  // 1 - p is exact from 1/2 up, and so is p - 1/2 here:
  return p < 0.5 ? -detail::normal_quantile_from_centre(0.5 - p) : detail::normal_quantile_from_centre(p - 0.5);
}

/// The z of a two-sided interval: P(-z < Z < z) = confidence, for confidence in [0, 1]; 0.95 gives 1.959963984540054.
///
/// 0 gives 0, 1 gives +inf; outside [0, 1] or NaN gives NaN. No digit is lost as the confidence approaches 0 or 1.
/// Cost and source: as `normal_quantile`.
[[nodiscard]] inline double normal_critical(double const confidence) noexcept {
  if (is_nan(confidence) || confidence < 0.0 || confidence > 1.0) return not_a_number();
  if (confidence >= 1.0) return infinite_number();
  return confidence <= 0.5 ? detail::normal_quantile_from_centre(0.5 * confidence)
                           : detail::normal_quantile_from_tail(0.5 * (1.0 - confidence));
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
