// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is group_by([executor,] rows, key, accumulator, projections...)
// at most: 16 lines
#include <credence/core/group_by.hpp>
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() { credence::group_by(std::vector<survey>{}, credence::nps_accumulator{}, &survey::channel, &survey::score); }
