// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: `suppressed` goes by the `count` of people
// at most: 8 lines
#include <credence/core/group_by.hpp>
#include <credence/inference/suppressed.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int team, channel, score;
};

int main() {
  credence::grouped<int, credence::grouped<int, credence::nps_accumulator>> const nested;
  auto const shared = credence::suppressed(nested);
  return shared ? 1 : 0;
}
