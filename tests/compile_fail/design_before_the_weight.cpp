// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: stratified_by, clustered_by and weighted_by stand behind the value and its weight
// at most: 20 lines
#include <credence/survey/nps.hpp>
#include <string>
#include <vector>

struct survey {
  int score;
  double weight;
  std::string channel;
};

int main() {
  return credence::nps(std::vector<survey>{}, &survey::score, credence::stratified_by(&survey::channel),
                       &survey::weight)
             ? 0
             : 1;
}
