// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_GAMMA_HPP
#define CREDENCE_MATH_GAMMA_HPP

#include <cmath>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

inline constexpr double log_root_two_pi = 0.918938533204672742;

// log Gamma(2 + z) for |z| <= 1/2: (1 - gamma) z + sum over k >= 2 of (-1)^k (zeta(k) - 1) z^k / k, the coefficients.
// z stands before the sum, so that the relative error stays small as the logarithm goes through 0.
// Source: DLMF 5.7.3.
[[nodiscard]] inline double log_gamma_of_two_plus(double const z) noexcept {
  constexpr double coefficients_from_the_last[] = {
      -2.75952288512423315e-10,  5.73136724167886201e-10,  -1.19214014058609121e-9, 2.48367454380247832e-9,
      -5.18347504197004666e-9,   1.08386592148969541e-8,   -2.27110946089431649e-8, 4.76981016936398057e-8,
      -1.00432248239680996e-7,   2.12071848055546659e-7,   -4.49246919876456604e-7, 9.55141213040741983e-7,
      -2.03921575380136624e-6,   4.3748667899074878e-6,    -9.4394882752683959e-6,  0.0000205072127756706916,
      -0.0000449262367381331417, 0.0000994575127818085337, -0.00022315475845357938, 0.000509669524743042422,
      -0.00119275391170326098,   0.00289051033074152329,   -0.00738555102867398527, 0.0205808084277845479,
      -0.0673523010531980951,    0.322467033424113218,
  };
  double sum = 0.0;
  for (double const coefficient : coefficients_from_the_last) sum = coefficient + z * sum;
  return z * (0.422784335098467139 + z * sum);
}

// What Stirling's formula lacks for x >= 10: log Gamma(x) - ((x - 1/2) log x - x + log sqrt(2 pi)), the asymptotic
// series of the Bernoulli numbers; the first term left out is below 2e-18. Source: DLMF 5.11.1.
[[nodiscard]] inline double stirling_series(double const x) noexcept {
  double const inverse = 1.0 / x;
  double const square = inverse * inverse;
  double sum = -3617.0 / 122400.0;
  sum = 1.0 / 156.0 + square * sum;
  sum = -691.0 / 360360.0 + square * sum;
  sum = 1.0 / 1188.0 + square * sum;
  sum = -1.0 / 1680.0 + square * sum;
  sum = 1.0 / 1260.0 + square * sum;
  sum = -1.0 / 360.0 + square * sum;
  return inverse * (1.0 / 12.0 + square * sum);
}

}  // namespace detail

/// log Gamma(x) for x >= 0, with a small relative error also near its zeros at 1 and 2.
///
/// 0 and +inf give +inf, as does x above 2.5e305; x below 0 or NaN gives NaN. Writes no global, as C's does.
/// Cost: one or two logarithms. Source: DLMF 5.7.3, 5.5.1, 5.11.1.
[[nodiscard]] inline double log_gamma(double const x) noexcept {
  if (is_nan(x) || x < 0.0) return not_a_number();
  if (x > 2.5e305 || x == 0.0) return infinite_number();
  if (x >= 10.0) return (x - 0.5) * (std::log(x) - 1.0) + (detail::log_root_two_pi - 0.5 + detail::stirling_series(x));
  if (x < 0.5) return detail::log_gamma_of_two_plus(x) - std::log(x * (1.0 + x));
  if (x < 1.5) return detail::log_gamma_of_two_plus(x - 1.0) - std::log1p(x - 1.0);
  // Gamma(x) = (x - 1)(x - 2) ... Gamma(2 + z): at most eight factors, all above 1.5, and every term is positive.
  double rest = x;
  double product = 1.0;
  while (rest >= 2.5) product *= rest -= 1.0;
  return detail::log_gamma_of_two_plus(rest - 2.0) + (product > 1.0 ? std::log(product) : 0.0);
}

namespace detail {

// What Stirling's formula lacks, for any x > 0. Below 10 it comes from log Gamma itself: 3e-15 of absolute error,
// because the terms reach 20.
[[nodiscard]] inline double stirling_correction(double const x) noexcept {
  return x >= 10.0 ? stirling_series(x) : log_gamma(x) - ((x - 0.5) * std::log(x) - x + log_root_two_pi);
}

}  // namespace detail

/// log Gamma(x + more) - log Gamma(x) for x > 0, more >= 0: of the rising factorial x (x + 1) ... (x + more - 1) the
/// logarithm. Where x is large, either is far larger than the difference, which keeps its digits here.
///
/// The error is below 4e-15 of the larger of 1 and the value. Outside of that domain NaN. Cost: two to four logarithms.
/// Source: DLMF 5.11.1.
[[nodiscard]] inline double log_gamma_increment(double const x, double const more) noexcept {
  if (!is_finite(x) || !is_finite(more) || x <= 0.0 || more < 0.0) return not_a_number();
  double const sum = x + more;
  if (x < 10.0) return log_gamma(sum) - log_gamma(x);
  return more * std::log(sum) + ((x - 0.5) * std::log1p(more / x) - more) +
         (detail::stirling_series(sum) - detail::stirling_series(x));
}

/// log B(a, b) = log(Gamma(a) Gamma(b) / Gamma(a + b)) for a, b >= 0, without cancellation between large gammas.
///
/// The error is small beside the larger of 1 and |log B|: near B = 1 the relative error of a logarithm means nothing.
/// a or b equal to 0 gives +inf; below 0, both infinite or NaN gives NaN; one infinite gives -inf. Source: DLMF 5.12.1.
[[nodiscard]] inline double log_beta(double const a, double const b) noexcept {
  if (is_nan(a) || is_nan(b) || a < 0.0 || b < 0.0) return not_a_number();
  double const less = a < b ? a : b;
  double const more = a < b ? b : a;
  if (less == 0.0) return is_finite(more) ? infinite_number() : not_a_number();
  if (!is_finite(less)) return not_a_number();
  if (!is_finite(more)) return -infinite_number();
  if (more < 10.0) return log_gamma(less) + (log_gamma(more) - log_gamma(less + more));
  // With Stirling's formula for the large arguments the terms of size x log x cancel on paper, and what is left has one
  // sign but for corrections of order 1.
  double const ratio = less / more;
  double const sum = less + more;
  double const corrections = detail::stirling_series(more) - detail::stirling_series(sum);
  if (less < 10.0) {
    return log_gamma(less) + (corrections + less * (1.0 - std::log(sum)) - (more - 0.5) * std::log1p(ratio));
  }
  return (less - 0.5) * std::log(ratio / (1.0 + ratio)) - more * std::log1p(ratio) - 0.5 * std::log(more) +
         (detail::log_root_two_pi + detail::stirling_series(less) + corrections);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
