// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a floating-point number is no key
// at most: 15 lines
#include <credence/core/group_by.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  double price;
  int score;
};

int main() {
  auto const groups =
      credence::group_by(std::vector<survey>{}, &survey::price, credence::nps_accumulator{}, &survey::score);
  return groups.empty();
}
