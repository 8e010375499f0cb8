// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_TIED_TIMES_HPP
#define CREDENCE_SURVIVAL_DETAIL_TIED_TIMES_HPP

#include <algorithm>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Times that differ by less than a part in 10¹² are one: what is left of them is rounding. The latest that is one
/// with this.
[[nodiscard]] constexpr double tied_until(double time) { return time * (1 + 1e-12); }

/// The first of the steps of a curve that lies beyond a time; the one before it, if any, is the last up to then. O(log
/// steps).
template <class Step>
[[nodiscard]] auto step_after(std::vector<Step> const& steps, double time) {
  return std::upper_bound(steps.begin(), steps.end(), tied_until(time),
                          [](double when, Step const& step) { return when < step.time; });
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
