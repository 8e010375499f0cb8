// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: what stands before the rows is no executor
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
  auto const run = [](int task_count) { return task_count; };
  return credence::nps(run, std::vector<survey>{}, &survey::score) ? 0 : 1;
}
