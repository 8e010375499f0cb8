// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/retention/inter_purchase_times.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_inter_purchase_times {

using namespace std::chrono;
using credence::inter_purchase_times;

TEST_CASE("inter_purchase_times: gaps of all customers, and an error of customers") {
  std::vector<event> const orders{{1, on(1)}, {1, on(3)}, {1, on(9)}, {2, on(1)}, {2, on(5)}, {3, on(1)}};
  auto const found = inter_purchase_times(orders, &event::who, &event::when);
  CHECK(found.gaps == 3);
  CHECK(found.customers == 2);
  CHECK(found.value == 4);
  CHECK(found.median == 4);
  CHECK(found.lower_quartile == 3);
  CHECK(found.upper_quartile == 5);
  CHECK(found.shortest == 2);
  CHECK(found.longest == 6);
  CHECK(found.standard_deviation == 2);
  // Residuals 8 − 4·2 = 0 and 4 − 4·1 = 0: customers differ in nothing.
  CHECK(found.standard_error == 0);
  CHECK(inter_purchase_times(orders, &event::who, &event::when, {.observed_until = on(6)}).gaps == 2);
  auto const spread = inter_purchase_times(std::vector<event>{{1, on(1)}, {1, on(2)}, {2, on(1)}, {2, on(4)}},
                                           &event::who, &event::when);
  CHECK(spread.value == 2);
  CHECK(spread.standard_error == doctest::Approx(1));  // √(2/1·(1 + 1))/2
  CHECK(spread.interval.lower == 0);                   // 2 − 12.7
  CHECK(spread.interval.upper == doctest::Approx(14.7062).epsilon(1e-5));
  CHECK_FALSE(inter_purchase_times(std::vector<event>{{1, on(1)}}, &event::who, &event::when));
  CHECK(error_of([&] {
          inter_purchase_times(orders, &event::who, &event::when, {.confidence = 1});
        }).find("confidence") != std::string::npos);
}

}  // namespace test_inter_purchase_times
