// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: revenue_movements compares a period with the one before
// at most: 24 lines
#include <chrono>
#include <credence/churn/revenue_movements.hpp>
#include <vector>

struct payment {
  int customer;
  std::chrono::sys_seconds time;
  long cents;
};

auto found(std::vector<payment> const& payments) {
  return credence::revenue_movements(payments, &payment::customer, &payment::time, &payment::cents,
                                     credence::sliding{});
}
