// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: windows that slide share most of their samples
// at most: 13 lines
#include <chrono>
#include <credence/core/over_time.hpp>
#include <credence/inference/trend.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  std::chrono::sys_seconds when;
  int score;
};

int main() {
  auto const windows = credence::over_time(std::vector<survey>{}, &survey::when, credence::sliding{},
                                           credence::nps_accumulator{}, &survey::score);
  return credence::trend(windows) ? 1 : 0;
}
