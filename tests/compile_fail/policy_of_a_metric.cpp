// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call takes no policy of periods
// at most: 20 lines
#include <credence/core/calendar.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int channel, score;
};

int main() { return credence::nps(std::vector<survey>{}, &survey::score, credence::calendar_month{}) ? 0 : 1; }
