// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the metric itself stands where its accumulator is meant
// at most: 16 lines
#include <credence/core/group_by.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int channel, score;
};

int main() { credence::group_by(std::vector<survey>{}, &survey::channel, credence::nps, &survey::score); }
