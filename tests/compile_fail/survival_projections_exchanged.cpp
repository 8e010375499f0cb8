// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: credence: a bool says whether a customer left, not how long they stayed; the time stands before the event
// at most: 19 lines
#include <credence/survival/kaplan_meier.hpp>
#include <vector>

struct customer {
  double months;
  bool has_left;
};

int main() {
  std::vector<customer> const customers{{4.5, true}};
  return static_cast<int>(credence::kaplan_meier(customers, &customer::has_left, &customer::months).count);
}
