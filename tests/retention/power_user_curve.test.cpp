// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/retention/power_user_curve.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_power_user_curve {

using namespace std::chrono;
using credence::power_user_curve;

TEST_CASE("power_user_curve: on how many of the last days, each day once") {
  std::vector<event> events{{1, on(1)}, {2, on(2)}, {2, on(2) + 1h}, {2, on(3)}, {2, on(4)}, {3, on(4)}};
  auto const found = power_user_curve(events, &event::who, &event::when, {.window = 3, .observed_until = on(5)});
  REQUIRE(found.bars.size() == 3);
  CHECK(found.customers == 2);  // the first was active before
  CHECK(found.bars[0].customers == 1);
  CHECK(found.bars[2].customers == 1);
  CHECK(found.bars[2].share == 0.5);
  CHECK(found.bars[2].interval.lower == doctest::Approx(0.0945312).epsilon(1e-5));
  CHECK(found.mean == 2);
  CHECK(found.window.begin == credence::instant(on(2)));
  CHECK_FALSE(power_user_curve(events, &event::who, &event::when));  // fewer days than 28
  CHECK_FALSE(power_user_curve(std::vector<event>{}, &event::who, &event::when));
  CHECK(error_of([&] { power_user_curve(events, &event::who, &event::when, {.window = 20'000}); }).find("window") !=
        std::string::npos);
  CHECK(error_of([&] { power_user_curve(events, &event::who, &event::when, {.confidence = 2}); }).find("confidence") !=
        std::string::npos);
}

}  // namespace test_power_user_curve
