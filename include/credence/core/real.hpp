// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_REAL_HPP
#define CREDENCE_CORE_REAL_HPP

#include <bit>
#include <cstdint>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

// Under -ffast-math a compiler may assume that no NaN exists and fold `x != x` to false. It may not assume anything
// about an integer, so every question about what kind of number a double is goes through its bits.

/// Is this a NaN? True to its name under every compiler flag.
[[nodiscard]] constexpr bool is_nan(double const& value) noexcept {
  return (std::bit_cast<std::uint64_t>(value) & 0x7fff'ffff'ffff'ffffULL) > 0x7ff0'0000'0000'0000ULL;
}

/// Is this neither a NaN nor an infinity?
[[nodiscard]] constexpr bool is_finite(double const& value) noexcept {
  return (std::bit_cast<std::uint64_t>(value) & 0x7ff0'0000'0000'0000ULL) != 0x7ff0'0000'0000'0000ULL;
}

/// "No answer" as a double, made of bits: clang from 18 warns under -ffast-math of the standard library's, and of any
/// function named like them.
[[nodiscard]] constexpr double not_a_number() noexcept {
  return std::bit_cast<double>(std::uint64_t{0x7ff8'0000'0000'0000ULL});
}
[[nodiscard]] constexpr double infinite_number() noexcept {
  return std::bit_cast<double>(std::uint64_t{0x7ff0'0000'0000'0000ULL});
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
