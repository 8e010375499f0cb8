// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/acquisition_cost.hpp>
#include <limits>

#include "support/error_of.hpp"

namespace test_acquisition_cost {

using credence::affordable_acquisition_cost;
using credence::value_to_cost_ratio;

TEST_CASE("acquisition_cost: value against cost, both ways") {
  double const endless = std::numeric_limits<double>::infinity();
  double const none = std::numeric_limits<double>::quiet_NaN();
  CHECK(value_to_cost_ratio(900, 300) == 3);
  CHECK(value_to_cost_ratio(-90, 300) == doctest::Approx(-0.3));
  CHECK(value_to_cost_ratio(1, 0) == endless);
  CHECK(value_to_cost_ratio(-1, 0) == -endless);
  CHECK(value_to_cost_ratio(endless, 300) == endless);
  CHECK(credence::is_nan(value_to_cost_ratio(0, 0)));
  CHECK(credence::is_nan(value_to_cost_ratio(none, 300)));
  CHECK(affordable_acquisition_cost(900) == 900);
  CHECK(affordable_acquisition_cost(900, {.ratio = 3}) == 300);
  CHECK(affordable_acquisition_cost(-5) == 0);
  CHECK(affordable_acquisition_cost(endless) == endless);
  CHECK(credence::is_nan(affordable_acquisition_cost(none)));
  for (double const wrong : {-1.0, endless, none})
    CHECK(error_of([&] { static_cast<void>(value_to_cost_ratio(1, wrong)); }).find("`acquisition_cost`") !=
          std::string::npos);
  for (double const wrong : {0.0, -1.0, endless, none})
    CHECK(error_of([&] {
            static_cast<void>(affordable_acquisition_cost(1, {.ratio = wrong}));
          }).find("affordable_acquisition_cost_options::ratio") != std::string::npos);
}

}  // namespace test_acquisition_cost
