// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: these are the options, or the result, of something else
// at most: 20 lines
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() { return credence::nps(std::vector<survey>{}, &survey::score, credence::csat_options{}) ? 0 : 1; }
