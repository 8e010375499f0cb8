// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: three projections say how often a customer came back
// at most: 32 lines
#include <credence/clv/bg_nbd.hpp>
#include <vector>

struct customer {
  int frequency;
  double recency;
  double age;
};

int main() {
  std::vector<customer> const customers;
  return credence::fit<credence::bg_nbd>(customers, &customer::frequency, &customer::recency) ? 0 : 1;
}
