// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a bare number, which says nothing of its unit; wrap it
// at most: 16 lines
#include <chrono>
#include <credence/core/over_time.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct answer {
  std::chrono::sys_seconds when;
  int score;
};

int main() {
  credence::over_time(std::vector<answer>{}, &answer::score, credence::calendar_month{}, credence::nps_accumulator{},
                      &answer::when);
}
