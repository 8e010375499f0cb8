// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_DETAIL_SHARE_HPP
#define CREDENCE_RETENTION_DETAIL_SHARE_HPP

#include <cstdint>

#include <credence/core/interval.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Wilson's interval of a share; none where there are no trials.
inline void set_interval(interval& bounds, double share, double trials, double confidence) {
  bounds.confidence = confidence;
  if (trials > 0) bounds = interval_of({share, trials}, share_interval::wilson, confidence);
}
/// The share of a part in a whole, and its interval; neither where the whole is nobody.
inline void tell_share(double& share, interval& bounds, std::uint64_t part, std::uint64_t whole, double confidence) {
  double const trials = static_cast<double>(whole);
  if (whole != 0) share = static_cast<double>(part) / trials;
  set_interval(bounds, share, trials, confidence);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
