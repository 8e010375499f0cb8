// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_DRAWN_VARIANCE_HPP
#define CREDENCE_SURVIVAL_DETAIL_DRAWN_VARIANCE_HPP

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The variance of the share d/n of those at risk that left at one time, drawn without putting back:
/// d(n − d)/(n²(n − 1)), and of one, or a part of one, d/n².
[[nodiscard]] constexpr double drawn_variance(double left, double at_risk) {
  return left / (at_risk * at_risk) * (left > 1 ? (at_risk - left) / (at_risk - 1) : 1);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
