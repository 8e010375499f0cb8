// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: the order of this call is customer_lifetime_value([executor,] fit, spend, customers
// at most: 20 lines
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <vector>

struct customer {
  int frequency;
  double recency;
  double age;
  double monetary_value;
};

int main() {
  std::vector<customer> const customers;
  auto const fit = credence::fit<credence::bg_nbd>(customers);
  auto const spend = credence::fit<credence::gamma_gamma>(customers);
  return credence::customer_lifetime_value(fit, customers, spend, {.horizon = 52}) ? 0 : 1;
}
