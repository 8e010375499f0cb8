// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_SURVIVAL_SEEN_HPP
#define CREDENCE_TESTS_SURVIVAL_SEEN_HPP

#include <credence/survival/survival_times_accumulator.hpp>
#include <string>
#include <vector>

#include "survival/naive.hpp"

namespace naive_survival {

/// What the accumulator holds of customers that were pushed one by one.
inline credence::survival_times_accumulator seen(std::vector<customer> const& all) {
  credence::survival_times_accumulator gathered;
  for (customer const& one : all) gathered(one.time, one.event, one.weight, one.entry);
  return gathered;
}

/// R's `aml`; group 0 is Maintained.
inline std::vector<customer> aml() {
  std::vector<customer> all;
  for (int const time : {9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161, 5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45})
    all.push_back({std::abs(static_cast<double>(time)), time > 0, 1, -1, all.size() < 11 ? 0 : 1, 0});
  return all;
}
inline std::vector<customer> group_of(std::vector<customer> const& all, int group) {
  std::vector<customer> found;
  for (customer const& one : all)
    if (one.group == group) found.push_back(one);
  return found;
}

}  // namespace naive_survival

#endif
