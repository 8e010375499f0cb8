// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DIFFERENCE_IN_DIFFERENCES_HPP
#define CREDENCE_INFERENCE_DIFFERENCE_IN_DIFFERENCES_HPP

#include <cmath>
#include <concepts>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A result that says how sure it is of its value.
template <class Result>
concept has_standard_error = requires(Result const& result) {
  { result.value } -> std::convertible_to<double>;
  { result.standard_error } -> std::convertible_to<double>;
};

}  // namespace detail

struct difference_in_differences_options {
  number confidence = 0.95;  ///< of the interval, in (0, 1)
};

/// What an initiative changed, beyond what changed for those it did not touch:
/// `difference_in_differences(treated_before, treated_after, control_before, control_after)` of four results of one
/// metric, each of other respondents. difference = (treated_after − treated_before) − (control_after − control_before),
/// in the unit of the metric; SE² = the sum of the four SE²; interval difference ∓ z·SE, z = difference/SE.
/// It is the initiative's effect where both groups would else have moved alike, which no number here can show.
/// NaN where one of the four has no value or no error. Throws `credence::error` for a confidence outside (0, 1). O(1).
template <detail::has_standard_error Result>
[[nodiscard]] comparison difference_in_differences(Result const& treated_before, Result const& treated_after,
                                                   Result const& control_before, Result const& control_after,
                                                   difference_in_differences_options options = {}) {
  detail::check_confidence("difference_in_differences_options::confidence", options.confidence);
  comparison result;
  result.interval.confidence = options.confidence;
  double const difference = (treated_after.value - treated_before.value) - (control_after.value - control_before.value);
  double const error = std::sqrt(treated_after.standard_error * treated_after.standard_error +
                                 treated_before.standard_error * treated_before.standard_error +
                                 control_after.standard_error * control_after.standard_error +
                                 control_before.standard_error * control_before.standard_error);
  if (!is_finite(difference) || !is_finite(error)) return result;
  double const half = math::normal_critical(options.confidence) * error;
  result.difference = difference;
  result.standard_error = error;
  result.interval = {difference - half, difference + half, options.confidence};
  result.z = error > 0 ? difference / error : difference == 0 ? 0 : std::copysign(infinite_number(), difference);
  result.p_value = 2 * math::normal_upper_tail(std::fabs(result.z));
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
