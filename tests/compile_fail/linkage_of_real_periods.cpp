// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: linkage asks for the number of the period, an integer
// at most: 8 lines
#include <credence/inference/linkage.hpp>
#include <vector>

struct branch {
  int number;
  double month, score, revenue;
};

int main() {
  return static_cast<int>(
      credence::linkage(std::vector<branch>{}, &branch::number, &branch::month, &branch::score, &branch::revenue)
          .count);
}
