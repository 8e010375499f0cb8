// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this metric does not take weights
// at most: 18 lines
#include <credence/inference/compare_paired.hpp>
#include <vector>

struct person {
  int before, after;
  double weight;
};

int main() {
  return static_cast<int>(
      credence::compare_paired(std::vector<person>{}, &person::after, &person::before, &person::weight).count);
}
