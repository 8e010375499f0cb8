// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a projection is missing
// at most: 20 lines
#include <credence/reviews/dawid_skene.hpp>
#include <vector>

struct label {
  int item;
  int rater;
};

int main() {
  std::vector<label> const labels;
  credence::fit<credence::dawid_skene>(labels, &label::item, &label::rater);
}
