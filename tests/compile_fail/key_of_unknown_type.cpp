// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a type that is not a key
// at most: 18 lines
#include <credence/core/group_by.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

struct region {};
struct survey {
  region where;
  int score;
};

int main() {
  auto const groups =
      credence::group_by(std::vector<survey>{}, &survey::where, credence::nps_accumulator{}, &survey::score);
  return groups.empty();
}
