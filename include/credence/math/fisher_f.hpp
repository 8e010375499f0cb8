// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_FISHER_F_HPP
#define CREDENCE_MATH_FISHER_F_HPP

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/detail/beta_sides.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

/// Degrees of freedom that there are: above 0, and finite.
[[nodiscard]] inline bool f_degrees(double const above, double const below) noexcept {
  return is_finite(above) && is_finite(below) && above > 0 && below > 0;
}
/// Both tails. w and 1 − w are both made from the odds, so that neither loses digits next to 0 or to 1.
[[nodiscard]] inline beta_sides f_sides(double const x, double const above, double const below) noexcept {
  double const odds = x * (above / below);
  return beta_sides_at(above / 2, below / 2, {odds / (1.0 + odds), 1.0 / (1.0 + odds)});
}

}  // namespace detail

/// P(F ≤ x) of Fisher's F with `above` and `below` degrees of freedom, which need not be whole: I_w(above/2, below/2),
/// w = above·x/(above·x + below). 0 up to 0; NaN for degrees that are not positive and finite, and for a NaN. Relative
/// error and cost: as `incomplete_beta` at half the degrees.
[[nodiscard]] inline double fisher_f_cdf(double const x, double const above, double const below) noexcept {
  if (!detail::f_degrees(above, below) || is_nan(x)) return not_a_number();
  if (x <= 0.0) return 0.0;
  if (!is_finite(x)) return 1.0;
  return detail::f_sides(x, above, below).lower;
}

/// P(F > x), as good where it is small.
[[nodiscard]] inline double fisher_f_upper_tail(double const x, double const above, double const below) noexcept {
  if (!detail::f_degrees(above, below) || is_nan(x)) return not_a_number();
  if (x <= 0.0) return 1.0;
  if (!is_finite(x)) return 0.0;
  return detail::f_sides(x, above, below).upper;
}

/// The x with P(F ≤ x) = p, for p in [0, 1]; 0 and infinity at its ends, NaN outside. Relative error and cost: as
/// `beta_quantile` at half the degrees.
[[nodiscard]] inline double fisher_f_quantile(double const p, double const above, double const below) noexcept {
  if (!detail::f_degrees(above, below) || !detail::probability(p)) return not_a_number();
  if (p <= 0.0) return 0.0;
  if (p >= 1.0) return infinite_number();
  detail::beta_point const point = detail::beta_quantile_point(p, 1.0 - p, above / 2, below / 2);
  return point.x / point.y * (below / above);
}

/// The x with P(F > x) = p, for a p so small that 1 − p would lose it.
[[nodiscard]] inline double fisher_f_upper_quantile(double const p, double const above, double const below) noexcept {
  if (!detail::f_degrees(above, below) || !detail::probability(p)) return not_a_number();
  if (p <= 0.0) return infinite_number();
  if (p >= 1.0) return 0.0;
  detail::beta_point const point = detail::beta_quantile_point(1.0 - p, p, above / 2, below / 2);
  return point.x / point.y * (below / above);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
