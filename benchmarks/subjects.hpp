// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_SUBJECTS_HPP
#define CREDENCE_BENCHMARKS_SUBJECTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "draws.hpp"
#include "inputs.hpp"

// The customers that survival is measured on: a million of them, each followed for some whole days of three years until
// they leave or are lost from sight, with five covariates that say how fast they leave. Times are heavily tied. Held to
// its checksums when it is made.

namespace inputs {

inline constexpr std::uint64_t all_subjects = 1'000'000;

struct subject {
  std::int32_t day;  ///< 1…1,095
  bool has_left;
  bool x1;
  bool x2;
  std::uint8_t x4;  ///< 0…7
  double x3;        ///< 0…1, by 1/1024
  double x5;        ///< around 0, nearly normal; many ties
};

namespace detail {

inline subject subject_of(std::uint64_t at) {
  auto const uniform = [at](std::uint64_t stream) { return draw(stream, at); };
  std::uint64_t const fields = uniform(15);
  std::uint64_t const sum = (fields & 0xffff) + (fields >> 16 & 0xffff) + (fields >> 32 & 0xffff) + (fields >> 48);
  subject made{.day = 0,
               .has_left = false,
               .x1 = uniform(11) >> 63 == 1,
               .x2 = scaled(uniform(12), 10) < 3,
               .x4 = static_cast<std::uint8_t>(uniform(14) >> 61),
               .x3 = static_cast<double>(uniform(13) >> 54) / 1024,
               .x5 = (static_cast<double>(sum) - 131'070) / 32'768};
  double const chance = (static_cast<double>(uniform(16) >> 11) + 0.5) / 0x1p53;
  double const risk = 0.5 * made.x1 - 0.4 * made.x2 + 0.8 * made.x3 + 0.05 * made.x4 + 0.3 * made.x5;
  double const leaves = 1 + std::floor(-std::log(chance) / (0.0012 * std::exp(risk)));
  double const lost = static_cast<double>(1 + scaled(uniform(17), 1'095));
  made.day = static_cast<std::int32_t>((std::min)(leaves, lost));
  made.has_left = leaves <= lost;
  return made;
}

inline std::vector<subject> subjects_of(std::uint64_t count) {
  std::vector<subject> made;
  made.reserve(count);
  std::uint64_t days = 0;
  std::uint64_t left = 0;
  for (std::uint64_t at = 0; at < count; ++at) {
    made.push_back(subject_of(at));
    days += static_cast<std::uint64_t>(made.back().day);
    left += made.back().has_left;
  }
  if ((count == 100'000 && (left != 63'775 || days != 26'952'040)) ||
      (count == all_subjects && (left != 638'910 || days != 268'456'342))) {
    std::fprintf(stderr, "the subjects are not the published ones: %llu left, %llu days\n",
                 static_cast<unsigned long long>(left), static_cast<unsigned long long>(days));
    std::exit(1);
  }
  return made;
}

}  // namespace detail

/// How many subjects there are: as many times fewer than a million as there are fewer rows.
inline std::size_t subject_count() { return (std::max)(all_subjects * rows / all_rows, std::uint64_t{1'000}); }

inline std::vector<subject> const& subjects() {
  static std::vector<subject> const kept = detail::subjects_of(subject_count());
  return kept;
}

}  // namespace inputs

#endif
