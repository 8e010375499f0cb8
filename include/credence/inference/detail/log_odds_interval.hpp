// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_LOG_ODDS_INTERVAL_HPP
#define CREDENCE_INFERENCE_DETAIL_LOG_ODDS_INTERVAL_HPP

#include <cmath>

#include <credence/core/interval.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The interval of a share strictly between 0 and 1 that is ∓ `half` in log odds: never outside 0…1.
[[nodiscard]] inline interval log_odds_interval(double observed, double half, double confidence) {
  double const against = (1 - observed) / observed;
  double const wider = std::exp(half);
  return {1 / (1 + against * wider), 1 / (1 + against / wider), confidence};
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
