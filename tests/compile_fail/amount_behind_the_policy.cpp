// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: what cuts time into periods stands behind all projections
// at most: 20 lines
#include <chrono>
#include <credence/history/rfm.hpp>
#include <vector>

struct order {
  int customer;
  std::chrono::sys_days placed;
  double total;
};

auto found(std::vector<order> const& orders) {
  return credence::rfm(orders, &order::customer, &order::placed, credence::calendar_day{}, &order::total);
}
