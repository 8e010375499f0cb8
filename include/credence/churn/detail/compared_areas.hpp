// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_COMPARED_AREAS_HPP
#define CREDENCE_CHURN_DETAIL_COMPARED_AREAS_HPP

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/compared_by_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A difference of areas by the normal. An error of 0 is none: of four customers told apart by one score and not by
/// another nothing is certain.
[[nodiscard]] inline comparison compared_areas(double difference, double error, double confidence) {
  // Student's t of so many degrees of freedom is the normal.
  if (error > 0) return detail::compared_by_t(difference, error, infinite_number(), confidence);
  comparison result;
  result.difference = difference;
  result.interval.confidence = confidence;
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
