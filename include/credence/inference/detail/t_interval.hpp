// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_T_INTERVAL_HPP
#define CREDENCE_INFERENCE_DETAIL_T_INTERVAL_HPP

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/student_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// value ∓ t·error; both bounds are NaN without degrees of freedom.
[[nodiscard]] inline interval t_interval(double value, double error, double degrees, double confidence) {
  if (!(degrees > 0)) return {not_a_number(), not_a_number(), confidence};
  double const half = math::student_t_critical(confidence, degrees) * error;
  return {value - half, value + half, confidence};
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
