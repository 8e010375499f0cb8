// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: one of the projections that come by name was given twice
// at most: 17 lines
#include <credence/survival/kaplan_meier.hpp>
#include <vector>

struct customer {
  double months;
  bool has_left;
  double since;
};

auto found(std::vector<customer> const& customers) {
  return credence::kaplan_meier(customers, &customer::months, &customer::has_left,
                                credence::entering_at(&customer::since), credence::entering_at(&customer::since));
}
