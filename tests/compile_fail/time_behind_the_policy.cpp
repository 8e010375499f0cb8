// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is over_time([executor,] rows, time, policy, accumulator, projections...)
// at most: 17 lines
#include <chrono>
#include <credence/core/over_time.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct answer {
  std::chrono::sys_seconds when;
  int score;
};

int main() {
  credence::over_time(std::vector<answer>{}, credence::calendar_month{}, &answer::when, credence::nps_accumulator{},
                      &answer::score);
}
