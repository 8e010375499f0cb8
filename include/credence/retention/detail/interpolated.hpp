// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_DETAIL_INTERPOLATED_HPP
#define CREDENCE_RETENTION_DETAIL_INTERPOLATED_HPP

#include <cstddef>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A quantile of sorted values, by linear interpolation between the two that it lies between (R's type 7).
[[nodiscard]] inline double interpolated(std::vector<double> const& sorted, double level) {
  double const place = level * static_cast<double>(sorted.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
