// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a type that is not a number
// at most: 18 lines
#include <credence/survey/csat.hpp>
#include <string>
#include <vector>

struct survey {
  int stars;
  std::string weight;
};

int main() { return static_cast<int>(credence::csat(std::vector<survey>{}, &survey::stars, &survey::weight).count); }
