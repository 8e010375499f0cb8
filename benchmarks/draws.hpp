// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_DRAWS_HPP
#define CREDENCE_BENCHMARKS_DRAWS_HPP

#include <cstdint>

// The numbers that the logs and the subjects are drawn with: the finaliser of SplitMix64 (Steele, Lea & Flood), by
// stream and place, so that every peer can draw the same.

namespace inputs::detail {

constexpr std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58'476d'1ce4'e5b9U;
  bits = (bits ^ (bits >> 27)) * 0x94d0'49bb'1331'11ebU;
  return bits ^ (bits >> 31);
}
constexpr std::uint64_t draw(std::uint64_t stream, std::uint64_t at) {
  constexpr std::uint64_t golden = 0x9e37'79b9'7f4a'7c15U;
  return mix(mix(stream * golden + 0x123'4567U) + (at + 1) * golden);
}
constexpr std::uint64_t scaled(std::uint64_t drawn, std::uint64_t limit) { return ((drawn >> 32) * limit) >> 32; }

}  // namespace inputs::detail

#endif
