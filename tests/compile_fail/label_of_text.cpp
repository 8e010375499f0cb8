// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a type that is not a number
// at most: 25 lines
#include <credence/churn/lift.hpp>
#include <string>
#include <vector>

struct customer {
  double score;
  std::string status;
};

int main() { return credence::lift(std::vector<customer>{}, &customer::score, &customer::status) ? 0 : 1; }
