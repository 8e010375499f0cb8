// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call takes no accumulator
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() { return credence::nps(std::vector<survey>{}, credence::nps_accumulator{}, &survey::score) ? 0 : 1; }
