// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a projection is missing
// at most: 21 lines
#include <credence/inference/compare_paired.hpp>
#include <vector>

struct person {
  int before, after;
};

int main() { return credence::compare_paired(std::vector<person>{}, &person::after) ? 0 : 1; }
