// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_POLYGAMMA_HPP
#define CREDENCE_MATH_POLYGAMMA_HPP

#include <cmath>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// The first two derivatives of log_gamma, and their differences between two arguments. A likelihood is full of
// psi(r + x) - psi(r), which is small beside either where r is large, so the differences have functions of their own.

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

// From here on the asymptotic series are exact to a double: the first terms left out are below 4e-18 and 6e-17 of the
// sums. Source: DLMF 5.11.2 and its derivative.
inline constexpr double polygamma_seam = 10.0;

// log x - 1/(2x) - psi(x) for x >= 10.
[[nodiscard]] inline double digamma_series(double const x) noexcept {
  double const square = 1.0 / (x * x);
  double sum = -3617.0 / 8160.0;
  sum = 1.0 / 12.0 + square * sum;
  sum = -691.0 / 32760.0 + square * sum;
  sum = 1.0 / 132.0 + square * sum;
  sum = -1.0 / 240.0 + square * sum;
  sum = 1.0 / 252.0 + square * sum;
  sum = -1.0 / 120.0 + square * sum;
  return square * (1.0 / 12.0 + square * sum);
}

// psi'(x) - 1/x - 1/(2 x^2) for x >= 10.
[[nodiscard]] inline double trigamma_series(double const x) noexcept {
  double const inverse = 1.0 / x;
  double const square = inverse * inverse;
  double sum = 43867.0 / 798.0;
  sum = -3617.0 / 510.0 + square * sum;
  sum = 7.0 / 6.0 + square * sum;
  sum = -691.0 / 2730.0 + square * sum;
  sum = 5.0 / 66.0 + square * sum;
  sum = -1.0 / 30.0 + square * sum;
  sum = 1.0 / 42.0 + square * sum;
  sum = -1.0 / 30.0 + square * sum;
  return inverse * square * (1.0 / 6.0 + square * sum);
}

}  // namespace detail

/// psi(x) = d log Gamma(x) / dx for x >= 0. Relative error below 3e-15, absolute where |psi| < 1: it goes through 0 at
/// 1.4616.
///
/// 0 gives -inf, +inf gives +inf; x below 0 or NaN gives NaN. Cost: a logarithm and two divisions.
/// Source: DLMF 5.5.2, 5.11.2.
[[nodiscard]] inline double digamma(double const x) noexcept {
  if (is_nan(x) || x < 0.0) return not_a_number();
  if (x < 1e-300) return x == 0.0 ? -infinite_number() : -1.0 / x;
  if (!is_finite(x)) return x;
  // psi(x) = psi(x + n) - (1/x + ... + 1/(x + n - 1)), the sum as one fraction.
  double at = x;
  double above = 0.0;
  double below = 1.0;
  for (; at < detail::polygamma_seam; at += 1.0) {
    above = above * at + below;
    below *= at;
  }
  return std::log(at) - 0.5 / at - detail::digamma_series(at) - above / below;
}

/// psi'(x), the second derivative of log Gamma, for x >= 0. Relative error below 2e-15.
///
/// 0 gives +inf, +inf gives 0; x below 0 or NaN gives NaN. Cost: up to eleven divisions. Source: DLMF 5.15.5, 5.15.8.
[[nodiscard]] inline double trigamma(double const x) noexcept {
  if (is_nan(x) || x < 0.0) return not_a_number();
  if (x < 1e-154) return infinite_number();
  if (!is_finite(x)) return 0.0;
  double at = x;
  double sum = 0.0;
  for (; at < detail::polygamma_seam; at += 1.0) sum += 1.0 / (at * at);
  double const inverse = 1.0 / at;
  return inverse + 0.5 * inverse * inverse + detail::trigamma_series(at) + sum;
}

/// psi(x + more) - psi(x) for x > 0, more >= 0, without cancellation: relative error below 2e-15, unless
/// `more` is far below 1 and x above 10, where it is below 2e-17 / more.
///
/// Outside of that domain NaN. Cost: up to eleven divisions and a logarithm. Source: DLMF 5.5.2, 5.11.2.
[[nodiscard]] inline double digamma_increment(double const x, double const more) noexcept {
  if (!is_finite(x) || !is_finite(more) || x <= 0.0 || more < 0.0) return not_a_number();
  if (x < 1e-150) return more / x / (x + more);  // the first term of the sum, beside which the others vanish
  double at = x;
  double sum = 0.0;
  for (; at < detail::polygamma_seam; at += 1.0) sum += more / (at * (at + more));
  double const end = at + more;
  return std::log1p(more / at) + 0.5 * (more / at / end) + (detail::digamma_series(at) - detail::digamma_series(end)) +
         sum;
}

/// psi'(x) - psi'(x + more) for x > 0, more >= 0, without cancellation: relative error below 3e-15, unless `more` is
/// far below 1 and x above 10, where it is below 4e-17 / more.
///
/// Outside of that domain NaN; x below 1e-154 gives +inf. Cost: up to twenty divisions. Source: DLMF 5.15.5, 5.15.8.
[[nodiscard]] inline double trigamma_decrement(double const x, double const more) noexcept {
  if (!is_finite(x) || !is_finite(more) || x <= 0.0 || more < 0.0) return not_a_number();
  if (x < 1e-154) return infinite_number();
  // 1/at^2 - 1/end^2 by its difference 1/at - 1/end = more / (at end).
  double at = x;
  double sum = 0.0;
  for (; at < detail::polygamma_seam; at += 1.0) {
    double const end = at + more;
    double const inverse = 1.0 / (at * end);
    sum += more * inverse * ((at + end) * inverse);
  }
  double const end = at + more;
  double const less = more / at / end;
  return less + 0.5 * less * (1.0 / at + 1.0 / end) + (detail::trigamma_series(at) - detail::trigamma_series(end)) +
         sum;
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
