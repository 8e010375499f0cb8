// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: what grouped_by or stratified_by was given cannot be applied to these rows
// at most: 21 lines
#include <credence/survival/log_rank.hpp>
#include <vector>

struct customer {
  double months;
  bool has_left;
  int plan;
};
struct shop {
  int country;
};

auto found(std::vector<customer> const& customers) {
  return credence::log_rank(customers, &customer::months, &customer::has_left, credence::grouped_by(&shop::country));
}
