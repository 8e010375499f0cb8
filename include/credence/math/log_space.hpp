// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_LOG_SPACE_HPP
#define CREDENCE_MATH_LOG_SPACE_HPP

#include <cmath>
#include <cstddef>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// Sums of numbers that are known by their logarithms: they are finite where the numbers themselves are not.
// `second_order` has the same functions, so that a likelihood written once is computed with or without derivatives.

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// 1 / (1 + exp(-x)): a log odds as a probability. Relative error some units in the last place, also near 0.
[[nodiscard]] inline double expit(double const x) noexcept {
  if (x >= 0.0) return 1.0 / (1.0 + std::exp(-x));
  double const odds = std::exp(x);
  return odds / (1.0 + odds);
}

/// log(1 + exp(x)), and finite for every finite x.
[[nodiscard]] inline double softplus(double const x) noexcept {
  return (x > 0.0 ? x : 0.0) + std::log1p(std::exp(-std::fabs(x)));
}

/// log(exp(x) + exp(y)); either may be -inf, which is the logarithm of 0.
[[nodiscard]] inline double log_sum_exp(double const x, double const y) noexcept {
  if (is_nan(x) || is_nan(y)) return not_a_number();
  double const more = x > y ? x : y;
  double const less = x > y ? y : x;
  if (!is_finite(less) || !is_finite(more)) return more;
  return more + std::log1p(std::exp(less - more));
}

/// log of the sum of exp(values[i]) over `count` of them; -inf of none.
[[nodiscard]] inline double log_sum_exp(double const* const values, std::size_t const count) noexcept {
  double most = -infinite_number();
  for (std::size_t at = 0; at < count; ++at) {
    if (is_nan(values[at])) return values[at];
    if (values[at] > most) most = values[at];
  }
  if (!is_finite(most)) return most;
  double sum = 0.0;
  for (std::size_t at = 0; at < count; ++at) sum += std::exp(values[at] - most);
  return most + std::log(sum);
}

/// The number itself, or the value of one that carries its derivatives: for the branches of a likelihood that is
/// written once for both.
[[nodiscard]] constexpr double value_of(double const number) noexcept { return number; }

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
