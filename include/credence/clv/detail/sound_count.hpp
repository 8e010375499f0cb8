// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_SOUND_COUNT_HPP
#define CREDENCE_CLV_DETAIL_SOUND_COUNT_HPP

#include <cstdint>
#include <optional>

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A number of renewals or opportunities, as a double that holds it exactly: throws `credence::error` for fewer than
/// `least` and for more than 2^53.
[[nodiscard]] inline double sound_count(char const* name, whole count, std::int64_t least) {
  if (count.value < least || count.value > (std::int64_t{1} << 53))
    wrong_argument(name, count.value,
                   least == 0 ? "it must be 0 or more, and at most 2^53" : "it must be 1 or more, and at most 2^53");
  return static_cast<double>(count.value);
}
/// Unset: +∞.
[[nodiscard]] inline double sound_count(char const* name, std::optional<whole> const& count, std::int64_t least) {
  return count ? sound_count(name, *count, least) : infinite_number();
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
