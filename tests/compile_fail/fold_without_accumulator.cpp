// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is fold([executor,] rows, accumulator, projections...)
// at most: 15 lines
#include <credence/core/fold.hpp>
#include <vector>

struct survey {
  int score;
};

int main() { credence::fold(std::vector<survey>{}, &survey::score); }
