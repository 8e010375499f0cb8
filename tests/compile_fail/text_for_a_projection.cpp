// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: text is no projection, for C++ finds no member by its name; write &row::score
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() { return credence::nps(std::vector<survey>{}, "score") ? 0 : 1; }
