// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a floating-point number is no key
// at most: 25 lines
#include <credence/reviews/dawid_skene.hpp>
#include <vector>

struct label {
  int item;
  int rater;
  double category;
};

int main() {
  std::vector<label> const labels;
  return credence::fit<credence::dawid_skene>(labels, &label::item, &label::rater, &label::category) ? 0 : 1;
}
