// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: how long a customer stayed is a number in a unit of your own
// at most: 19 lines
#include <chrono>
#include <credence/survival/kaplan_meier.hpp>
#include <vector>

struct customer {
  std::chrono::days stayed;
  bool has_left;
};

auto found(std::vector<customer> const& customers) {
  return credence::kaplan_meier(customers, &customer::stayed, &customer::has_left);
}
