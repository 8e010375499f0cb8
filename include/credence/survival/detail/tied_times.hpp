// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_TIED_TIMES_HPP
#define CREDENCE_SURVIVAL_DETAIL_TIED_TIMES_HPP

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Times that differ by less than a part in 10¹² are one: what is left of them is rounding. The latest that is one
/// with this.
[[nodiscard]] constexpr double tied_until(double time) { return time * (1 + 1e-12); }

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
