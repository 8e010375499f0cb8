// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_BENCHMARKS_LABEL_INPUTS_HPP
#define CREDENCE_BENCHMARKS_LABEL_INPUTS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "inputs.hpp"

// What 2,000 workers said of 200,000 tasks, five labels each of four categories, each right half the time or more: the
// labels that raters' reliability is measured on. Held to their checksums when they are made.

namespace inputs {

inline constexpr std::uint32_t label_workers = 2'000;
inline constexpr std::uint32_t label_categories = 4;
inline constexpr std::uint32_t all_labels = 1'000'000;  ///< of which a worker's second of a task is dropped

struct label {
  std::uint32_t task;
  std::uint32_t worker;
  std::uint8_t category;
};

namespace detail {

inline std::vector<label> labels_of(std::uint32_t count) {
  std::vector<label> made;
  made.reserve(count);
  std::array<std::uint32_t, label_categories> found{};
  std::size_t first = 0;  // of the task
  for (std::uint32_t at = 0; at < count; ++at) {
    std::uint32_t const task = at / 5;
    std::uint32_t const worker = fmix32(at ^ 0x51ed'270bU) % label_workers;
    std::uint32_t const truth = fmix32(task + 12'345) % label_categories;
    std::uint32_t const accuracy = 500 + fmix32(worker + 999) % 450;
    bool const right = fmix32(at ^ 0xa54f'f53aU) % 1'000 < accuracy;
    std::uint32_t const wrong = (truth + 1 + fmix32(at ^ 0x1f83'd9abU) % (label_categories - 1)) % label_categories;
    if (at % 5 == 0) first = made.size();
    if (std::any_of(made.begin() + static_cast<std::ptrdiff_t>(first), made.end(),
                    [&](label const& before) { return before.worker == worker; }))
      continue;
    made.push_back({task, worker, static_cast<std::uint8_t>(right ? truth : wrong)});
    ++found[made.back().category];
  }
  if (count == all_labels && found != std::array<std::uint32_t, 4>{249'752, 249'841, 249'171, 250'259}) {
    std::fprintf(stderr, "the labels are not the published ones: %zu\n", made.size());
    std::exit(1);
  }
  return made;
}

}  // namespace detail

/// As many times fewer than a million as there are fewer rows.
inline std::vector<label> const& labels() {
  static std::vector<label> const kept = detail::labels_of(
      static_cast<std::uint32_t>((std::max)(std::size_t{all_labels} * rows / all_rows, std::size_t{10'000})));
  return kept;
}
/// The same in no order of tasks.
inline std::vector<label> const& shuffled_labels() {
  static std::vector<label> const kept = [] {
    std::vector<label> made = labels();
    for (std::size_t at = made.size(); at > 1; --at)
      std::swap(made[at - 1], made[fmix32(static_cast<std::uint32_t>(at)) % at]);
    return made;
  }();
  return kept;
}

}  // namespace inputs

#endif
