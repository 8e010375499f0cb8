// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_CHI_SQUARED_HPP
#define CREDENCE_MATH_CHI_SQUARED_HPP

#include <credence/core/version.hpp>
#include <credence/math/incomplete_gamma.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// P(X > x) of chi-squared with `degrees` degrees of freedom, which need not be whole: Q(degrees / 2, x / 2).
///
/// 1 up to 0, 0 at +inf; NaN for degrees that are not positive and finite, and for a NaN. Relative error and cost: as
/// `incomplete_gamma` at half the degrees. Source: DLMF 8.2.4, Abramowitz and Stegun 26.4.19.
[[nodiscard]] inline double chi_squared_upper_tail(double const x, double const degrees) noexcept {
  return incomplete_gamma_complement(degrees / 2.0, x < 0.0 ? 0.0 : x / 2.0);
}

/// P(X <= x), as good where it is small.
[[nodiscard]] inline double chi_squared_cdf(double const x, double const degrees) noexcept {
  return incomplete_gamma(degrees / 2.0, x < 0.0 ? 0.0 : x / 2.0);
}

/// The x with P(X <= x) = p, for p in [0, 1]; 0 and +inf at its ends, NaN outside. Relative error and cost: as
/// `gamma_quantile` at half the degrees.
[[nodiscard]] inline double chi_squared_quantile(double const p, double const degrees) noexcept {
  return 2.0 * gamma_quantile(p, degrees / 2.0);
}

/// The x with P(X > x) = p, for a p so small that 1 - p would lose it.
[[nodiscard]] inline double chi_squared_upper_quantile(double const p, double const degrees) noexcept {
  return 2.0 * gamma_upper_quantile(p, degrees / 2.0);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
