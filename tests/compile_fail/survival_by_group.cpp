// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: beside time and event this call takes a weight and entering_at; of groups ask for each
// at most: 13 lines
#include <credence/survival/kaplan_meier.hpp>
#include <vector>

struct customer {
  double months;
  bool has_left;
  int plan;
};

auto found(std::vector<customer> const& customers) {
  return credence::kaplan_meier(customers, &customer::months, &customer::has_left,
                                credence::grouped_by(&customer::plan));
}
