// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call compares groups; say which, behind the event
// at most: 15 lines
#include <credence/survival/log_rank.hpp>
#include <vector>

struct customer {
  double months;
  bool has_left;
  int plan;
};

auto found(std::vector<customer> const& customers) {
  return credence::log_rank(customers, &customer::months, &customer::has_left);
}
