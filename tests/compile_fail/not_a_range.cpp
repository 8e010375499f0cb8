// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call begins with no range of rows
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() { return credence::nps(survey{}, &survey::score) ? 0 : 1; }
