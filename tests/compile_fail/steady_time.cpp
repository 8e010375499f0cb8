// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this clock (steady_clock, file_clock) does not count from 1970
// at most: 16 lines
#include <chrono>
#include <credence/core/over_time.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct answer {
  std::chrono::steady_clock::time_point when;
  int score;
};

int main() {
  auto const monthly = credence::over_time(std::vector<answer>{}, &answer::when, credence::calendar_month{},
                                           credence::nps_accumulator{}, &answer::score);
  return monthly.empty();
}
