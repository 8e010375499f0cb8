// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: `stratified_by` was given twice
// at most: 18 lines
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int score, region, age_group;
};

int main() {
  return static_cast<int>(credence::nps(std::vector<survey>{}, &survey::score, credence::stratified_by(&survey::region),
                                        credence::stratified_by(&survey::age_group))
                              .count);
}
