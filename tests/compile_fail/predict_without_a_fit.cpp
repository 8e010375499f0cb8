// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: what stands before the customers is no fit
// at most: 38 lines
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/predict.hpp>
#include <vector>

struct customer {
  int frequency;
  double recency;
  double age;
};

int main() {
  std::vector<customer> const customers;
  return credence::predict(customers, customers, 39.0) ? 0 : 1;
}
