// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call has more arguments than there are to give
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int score, stars, effort;
};

int main() { return credence::nps(std::vector<survey>{}, &survey::score, &survey::stars, &survey::effort) ? 0 : 1; }
