// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the rows stand in the wrong place
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() { return credence::nps(&survey::score, std::vector<survey>{}) ? 0 : 1; }
