// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_INFERENCE_BRANCHES_HPP
#define CREDENCE_TESTS_INFERENCE_BRANCHES_HPP

#include <optional>
#include <string>
#include <vector>

struct branch_month {
  std::string branch;
  int month;
  std::optional<double> score;
  std::optional<double> outcome;
};

// As in tests/reference/linkage_oracle.py, which made the references.
inline std::vector<branch_month> branches() {
  auto const score = [](int unit, int period) { return (unit * 7 + period * 5 + unit * period * 3) % 11 + unit % 4; };
  std::vector<branch_month> rows;
  for (int unit = 0; unit < 24; ++unit)
    for (int period = 0; period < 9; ++period) {
      if ((unit * 3 + period) % 10 == 0) continue;
      double const before = period >= 2 ? score(unit, period - 2) : 6;
      rows.push_back({"branch " + std::to_string(unit), period, score(unit, period),
                      .75 * before + (unit * 5 + period * 3 + unit * period) % 13 * .5});
    }
  return rows;
}

#endif
