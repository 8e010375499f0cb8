// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a bare number
// at most: 32 lines
#include <credence/history/rfm.hpp>
#include <vector>

struct order {
  int customer;
  long placed;
  double total;
};

int main() {
  std::vector<order> const orders;
  return credence::rfm(orders, &order::customer, &order::placed, &order::total) ? 0 : 1;
}
