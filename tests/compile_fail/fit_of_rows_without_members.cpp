// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: these rows have no members frequency, recency and age
// at most: 32 lines
#include <credence/clv/bg_nbd.hpp>
#include <vector>

struct customer {
  int repeats;
  double last;
  double known;
};

int main() {
  std::vector<customer> const customers;
  return credence::fit<credence::bg_nbd>(customers) ? 0 : 1;
}
