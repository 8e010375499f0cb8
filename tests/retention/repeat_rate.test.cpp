// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/retention/repeat_rate.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_repeat_rate {

using namespace std::chrono;
using credence::repeat_rate;

TEST_CASE("repeat_rate: ever, and within a time that must be over") {
  std::vector<event> const orders{{1, on(1)}, {1, on(5)}, {2, on(1)}, {2, on(1)}, {3, on(2)}, {3, on(12)}, {4, on(20)}};
  auto const ever = repeat_rate(orders, &event::who, &event::when);
  CHECK(ever.customers == 4);
  CHECK(ever.repeating == 2);  // twice at one time is one purchase
  CHECK(ever.value == 0.5);
  CHECK(ever.standard_error == 0.25);
  auto const soon = repeat_rate(orders, &event::who, &event::when, {.within = days{10}, .observed_until = on(25)});
  CHECK(soon.customers == 3);
  CHECK(soon.too_recent == 1);
  CHECK(soon.repeating == 1);  // ten days are over when the third comes back
  CHECK(std::isnan(repeat_rate(std::vector<event>{}, &event::who, &event::when).value));
  auto const thrice = repeat_rate(orders, &event::who, &event::when, {.purchases = 3});
  CHECK(thrice.value == 0);
  CHECK(thrice.interval.lower == 0);
  CHECK(compare(ever, thrice).difference == 0.5);
  CHECK(std::isnan(compare(ever, credence::repeat_rate_result{}).p_value));
}

TEST_CASE("repeat_rate: wrong calls") {
  std::vector<event> const orders{{1, on(1)}};
  CHECK(error_of([&] { repeat_rate(orders, &event::who, &event::when, {.purchases = 1}); }).find("purchases is 1") !=
        std::string::npos);
  CHECK(error_of([&] { repeat_rate(orders, &event::who, &event::when, {.within = 0s}); }).find("within") !=
        std::string::npos);
}

}  // namespace test_repeat_rate
