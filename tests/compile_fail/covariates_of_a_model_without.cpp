// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this model takes no covariates
// at most: 32 lines
#include <credence/clv/nbd.hpp>
#include <vector>

struct customer {
  int frequency;
  double recency;
  double age;
  bool member;
};

int main() {
  std::vector<customer> const customers;
  return credence::fit<credence::nbd>(customers, credence::purchase_covariates(&customer::member)) ? 0 : 1;
}
