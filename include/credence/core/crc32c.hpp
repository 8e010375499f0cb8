// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_CRC32C_HPP
#define CREDENCE_CORE_CRC32C_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

[[nodiscard]] constexpr std::array<std::uint32_t, 256> crc32c_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit) rest = rest >> 1 ^ (rest & 1U ? 0x82f6'3b78U : 0U);
    table[byte] = rest;
  }
  return table;
}

}  // namespace detail

/// CRC-32C (Castagnoli; reflected polynomial 82F63B78, all ones in and out; RFC 3720 B.4). Finds every change of up to
/// three bits in what we write, and every burst of up to 32. About one byte every two cycles.
[[nodiscard]] constexpr std::uint32_t crc32c(std::span<std::byte const> bytes) {
  constexpr std::array<std::uint32_t, 256> table = detail::crc32c_table();
  std::uint32_t rest = 0xffff'ffffU;
  for (std::byte const byte : bytes) rest = rest >> 8 ^ table[(rest ^ std::to_integer<std::uint32_t>(byte)) & 0xffU];
  return ~rest;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
