// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a bare number, which says nothing of its unit; wrap it
// at most: 16 lines
#include <credence/core/over_time.hpp>
#include <credence/survey/nps.hpp>
#include <cstdint>
#include <vector>

struct answer {
  std::int64_t ticks;
  int score;
};

int main() {
  auto const monthly = credence::over_time(std::vector<answer>{}, &answer::ticks, credence::calendar_month{},
                                           credence::nps_accumulator{}, &answer::score);
  return monthly.empty();
}
