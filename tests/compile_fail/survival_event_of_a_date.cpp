// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
// expect: of an optional date: [](auto const& c) { return c.end.has_value(); }
// at most: 19 lines
#include <chrono>
#include <credence/survival/kaplan_meier.hpp>
#include <optional>
#include <vector>

struct customer {
  double months;
  std::optional<std::chrono::sys_days> end;
};

int main() {
  std::vector<customer> const customers{{4.5, std::nullopt}};
  return static_cast<int>(credence::kaplan_meier(customers, &customer::months, &customer::end).count);
}
