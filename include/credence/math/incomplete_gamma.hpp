// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_INCOMPLETE_GAMMA_HPP
#define CREDENCE_MATH_INCOMPLETE_GAMMA_HPP

#include <cmath>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/detail/gamma_sides.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

[[nodiscard]] inline bool gamma_shape(double const a) noexcept { return is_finite(a) && a > 0.0; }

}  // namespace detail

/// The regularised incomplete gamma function P(a, x), which is P(X <= x) for X ~ Gamma(a, 1), and P(N >= a) for a
/// Poisson N of mean x where a is whole.
///
/// a > 0 and finite, x >= 0; 0 at x = 0, 1 at x = +inf, NaN outside. Relative error, for a from 1e-3 to 1e15:
/// 4e-15 (1 + |log P| / 2). Cost: 0.05 to 2 microseconds, whatever a and x. Source: see detail/gamma_sides.hpp.
[[nodiscard]] inline double incomplete_gamma(double const a, double const x) noexcept {
  if (!detail::gamma_shape(a) || is_nan(x) || x < 0.0) return not_a_number();
  if (x == 0.0) return 0.0;
  return is_finite(x) ? detail::gamma_sides_at(a, x).lower : 1.0;
}

/// Q(a, x) = 1 - P(a, x), which is P(X > x), without cancellation where it is small. Ends, error and cost: as
/// `incomplete_gamma`.
[[nodiscard]] inline double incomplete_gamma_complement(double const a, double const x) noexcept {
  if (!detail::gamma_shape(a) || is_nan(x) || x < 0.0) return not_a_number();
  if (x == 0.0) return 1.0;
  return is_finite(x) ? detail::gamma_sides_at(a, x).upper : 0.0;
}

namespace detail {

// Where to start: an x at which the lower probability is near `lower`. Only speed depends on it.
[[nodiscard]] inline double gamma_quantile_guess(double const lower, double const upper, double const a) noexcept {
  if (a >= 1.0) {
    // The cube root of X is nearly normal. Source: Wilson and Hilferty, 1931.
    double const z = lower < upper ? normal_quantile(lower) : -normal_quantile(upper);
    double const root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * std::sqrt(a));
    if (root > 0.3) return a * root * root * root;
  } else {
    // Far out Q is nearly x^(a - 1) exp(-x) / Gamma(a).
    double const distant = -std::log(upper) - log_gamma(a);
    if (distant > 1.0) return std::fmax(distant + (a - 1.0) * std::log(distant), 0.5);
  }
  // Near 0 P is nearly x^a / Gamma(1 + a).
  double const log_lower = lower < upper ? std::log(lower) : std::log1p(-upper);
  return std::exp(std::fmax((log_lower + log_gamma(1.0 + a)) / a, -700.0));
}

// The x with P(X <= x) = lower and P(X > x) = upper = 1 - lower, both in (0, 1): the smaller is aimed at.
//
// With t = log x the density of X is x^a exp(-x) / Gamma(a), the front, log-concave for all a; so the logarithms of
// both tails are concave in t, and Newton's method on them converges from anywhere. d front / dt = front * (a - x)
// gives the second derivative for nothing, hence Halley's method.
[[nodiscard]] inline double gamma_quantile_point(double const lower, double const upper, double const a) noexcept {
  bool const below = lower <= upper;
  double const target = below ? lower : upper;
  double const log_target = std::log(target);
  double x = gamma_quantile_guess(lower, upper, a);
  for (int step = 0; step < 60 && x > 0.0; ++step) {
    gamma_sides const sides = gamma_sides_at(a, x);
    double const tail = below ? sides.lower : sides.upper;
    double const ratio = below ? sides.lower_ratio : sides.upper_ratio;
    // Towards the end of this tail the way is t below and -t above: there the slope of log front is turned too.
    double const imbalance = below ? a - x : x - a;
    double const miss = tail > 1e-290 ? std::log(target / tail)
                                      : log_target - sides.exponent - std::log(sides.weight * ratio);
    double const newton = ratio * miss;
    double const bend = newton * (imbalance - 1.0 / ratio);
    double move = newton / std::fmax(1.0 + 0.5 * bend, 0.5);
    if (!below) move = -move;
    // No density here at all. Back to the middle, from where the way is known.
    if (!is_finite(move)) move = std::log(a / x);
    move = std::fmin(std::fmax(move, -700.0), 700.0);
    x *= std::exp(move);
    // What is left is of third order, once the steps are short at all.
    double const left = std::fabs(move) * (bend * bend + move * move * x);
    if (std::fabs(move) < 1e-3 && left < 1e-17) break;
  }
  return x;
}

}  // namespace detail

/// The x with P(a, x) = p: the quantile of Gamma(a, 1), for p in [0, 1] and finite a > 0; NaN outside.
///
/// 0 gives 0, 1 gives +inf. Relative error of x: 4e-15 (1 + |log p| / 3), times 1 / a where that is more than 1, which
/// is how much x magnifies p there; a quantile below 1e-300 may be 0. Cost: two to four times `incomplete_gamma`.
[[nodiscard]] inline double gamma_quantile(double const p, double const a) noexcept {
  if (!detail::gamma_shape(a) || !detail::probability(p)) return not_a_number();
  if (p <= 0.0) return 0.0;
  if (p >= 1.0) return infinite_number();
  return detail::gamma_quantile_point(p, 1.0 - p, a);
}

/// The x with Q(a, x) = p: gamma_quantile(1 - p, a) for a p so small that 1 - p would lose it. 0 gives +inf, 1 gives 0;
/// error and cost: as `gamma_quantile`.
[[nodiscard]] inline double gamma_upper_quantile(double const p, double const a) noexcept {
  if (!detail::gamma_shape(a) || !detail::probability(p)) return not_a_number();
  if (p <= 0.0) return infinite_number();
  if (p >= 1.0) return 0.0;
  return detail::gamma_quantile_point(1.0 - p, p, a);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
