// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this projection returns a type that is no amount
// at most: 24 lines
#include <chrono>
#include <credence/churn/revenue_movements.hpp>
#include <string>
#include <vector>

struct payment {
  int customer;
  std::chrono::year_month month;
  std::string paid;
};

auto found(std::vector<payment> const& payments) {
  return credence::revenue_movements(payments, &payment::customer, &payment::month, &payment::paid);
}
