// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_MEAN_COMPARISON_HPP
#define CREDENCE_INFERENCE_MEAN_COMPARISON_HPP

#include <cmath>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/compared_by_t.hpp>
#include <credence/inference/mean.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct mean_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

namespace detail {

/// Two values of independent samples that behave as means do, by their errors and counts: Welch's t.
template <class Result>
[[nodiscard]] comparison compared_as_means(Result const& first, Result const& second, double confidence) {
  double const one = first.standard_error * first.standard_error;
  double const two = second.standard_error * second.standard_error;
  // In parts of the sum, so that tiny errors do not underflow when squared again.
  double const part = one + two > 0 ? one / (one + two) : 0.5;
  double const degrees = 1 / (part * part / (static_cast<double>(first.count) - 1) +
                              (1 - part) * (1 - part) / (static_cast<double>(second.count) - 1));
  return compared_by_t(first.value - second.value, std::hypot(first.standard_error, second.standard_error), degrees,
                       confidence);
}

}  // namespace detail

/// Two means of independent samples, the first less the second, in their unit: Welch's t, which does not ask for equal
/// variances. `standard_error` is √(SE₁² + SE₂²), `z` the t statistic, and interval and p are of t with Welch and
/// Satterthwaite's (SE₁² + SE₂²)² ÷ (SE₁⁴/(n₁ − 1) + SE₂⁴/(n₂ − 1)) degrees of freedom. With weights the errors are the
/// linearised ones. NaN where either has fewer than two samples. For the same respondents asked twice it would
/// overstate the error: see `compare_paired`. Throws `credence::error` for a confidence outside (0, 1). Source: Welch
/// (1947), Biometrika 34, 28.
[[nodiscard]] inline comparison compare(mean_result const& first, mean_result const& second,
                                        mean_comparison_options options = {}) {
  detail::check_confidence("mean_comparison_options::confidence", options.confidence);
  return detail::compared_as_means(first, second, options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
