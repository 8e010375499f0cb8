// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a floating-point number is no key
// at most: 22 lines
#include <credence/survey/nps.hpp>
#include <vector>

struct survey {
  int score;
  double region;
};

int main() {
  return static_cast<int>(
      credence::nps(std::vector<survey>{}, &survey::score, credence::stratified_by(&survey::region)).count);
}
