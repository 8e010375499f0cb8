// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_REVIEWS_INPUTS_HPP
#define CREDENCE_BENCHMARKS_REVIEWS_INPUTS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "inputs.hpp"

// The reviews that ranking and the bias of raters are measured on: ten million, of 100,000 products, a few of which get
// most, by a million users. Held to their checksums when they are made.

namespace inputs {

inline constexpr std::size_t all_reviews = 10'000'000;
inline constexpr std::uint32_t products = 100'000;
inline constexpr std::uint32_t users = 1'000'000;

/// As a program would hold it: 24 bytes.
struct review {
  std::int64_t time;  ///< seconds since 1970, within three years from September 2020
  std::uint32_t product;
  std::uint32_t user;
  std::int8_t stars;  ///< 1…5
};

constexpr review review_of(std::size_t row) {
  auto const at = static_cast<std::uint32_t>(row);
  std::uint64_t const drawn = fmix32(at ^ 0x51ed'270bU);
  auto const product = static_cast<std::uint32_t>((drawn * drawn >> 32) * products >> 32);
  std::uint32_t const quality = fmix32(product + 77) % 1'000;
  std::uint32_t const pleased = (3 * (fmix32(at ^ 0xa54f'f53aU) % 1'000) + quality) / 4;
  int const stars = pleased < 100 ? 1 : pleased < 160 ? 2 : pleased < 250 ? 3 : pleased < 450 ? 4 : 5;
  return {seconds_of(row), product, fmix32(at ^ 0x3c6e'f372U) % users, static_cast<std::int8_t>(stars)};
}

/// How many reviews there are; `main` lowers the rows for a quick look.
inline std::size_t review_count() { return (std::min)(rows, all_reviews); }

/// Made when first asked for, and kept.
inline std::vector<review> const& reviews() {
  static std::vector<review> const kept = [] {
    std::vector<review> made(review_count());
    std::array<std::uint64_t, 4> sums{};
    for (std::size_t at = 0; at < made.size(); ++at) {
      made[at] = review_of(at);
      sums[0] += static_cast<std::uint64_t>(made[at].stars);
      sums[1] += made[at].product;
      sums[2] += made[at].user;
      sums[3] += static_cast<std::uint64_t>(made[at].time);
    }
    std::array<std::uint64_t, 4> const published{43'035'940, 333'375'226'039, 4'999'713'307'971,
                                                 16'470'438'886'460'161};
    if (made.size() == all_reviews && sums != published) {
      std::fprintf(stderr,
                   "the reviews are not the published ones: stars %llu, products %llu, users %llu, times %llu\n",
                   static_cast<unsigned long long>(sums[0]), static_cast<unsigned long long>(sums[1]),
                   static_cast<unsigned long long>(sums[2]), static_cast<unsigned long long>(sums[3]));
      std::exit(1);
    }
    return made;
  }();
  return kept;
}

}  // namespace inputs

#endif
