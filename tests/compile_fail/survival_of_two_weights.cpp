// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: this call names two weights
// at most: 16 lines
#include <credence/survival/nelson_aalen.hpp>
#include <vector>

struct customer {
  double months;
  bool has_left;
  double weight;
};

auto found(std::vector<customer> const& customers) {
  return credence::nelson_aalen(customers, &customer::months, &customer::has_left, &customer::weight,
                                credence::weighted_by(&customer::weight));
}
