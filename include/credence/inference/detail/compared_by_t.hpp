// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_COMPARED_BY_T_HPP
#define CREDENCE_INFERENCE_DETAIL_COMPARED_BY_T_HPP

#include <cmath>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/math/student_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A difference with its error, by Student's t; infinitely many degrees of freedom are the normal.
[[nodiscard]] inline comparison compared_by_t(double difference, double error, double degrees, double confidence) {
  comparison result;
  result.interval.confidence = confidence;
  if (is_nan(difference) || is_nan(error)) return result;
  result.difference = difference;
  result.standard_error = error;
  // A difference without any error is either none at all or beyond doubt.
  result.z = error > 0 ? difference / error : difference == 0 ? 0 : std::copysign(infinite_number(), difference);
  double const half = error > 0 ? math::student_t_critical(confidence, degrees) * error : 0;
  result.interval = {difference - half, difference + half, confidence};
  result.p_value = error > 0 ? 2 * math::student_t_upper_tail(std::fabs(result.z), degrees) : difference == 0 ? 1 : 0;
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
