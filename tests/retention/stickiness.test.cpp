// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/retention/stickiness.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_stickiness {

using namespace std::chrono;
using credence::stickiness;

TEST_CASE("stickiness: the mean of daily ratios, of days with a whole window that are complete") {
  std::vector<event> const events{{1, on(1)}, {2, on(1)}, {1, on(2)}, {2, on(3)}, {3, on(3)}, {1, on(4)}};
  credence::stickiness_options const options{.window = 2, .observed_until = on(4)};
  auto const found = stickiness(events, &event::who, &event::when, options);
  REQUIRE(found.periods.size() == 2);  // the 2nd and the 3rd
  CHECK(found.periods[0].ratio == 0.5);
  CHECK(found.periods[1].users == 2);
  CHECK(found.periods[1].window_users == 3);
  CHECK(found.mean == doctest::Approx((0.5 + 2 / 3.0) / 2));
  CHECK(found.pooled == doctest::Approx(3.0 / 5));
  auto const history =
      credence::activity(events, &event::who, &event::when, credence::calendar_day{.observed_until = on(4)});
  CHECK(stickiness(history, {.window = 2}) == found);
  CHECK(std::isnan(stickiness(events, &event::who, &event::when).mean));  // fewer days than 28
  CHECK_FALSE(stickiness(std::vector<event>{}, &event::who, &event::when));
  auto const weekly = stickiness(events, &event::who, &event::when, credence::calendar_week{Thursday},
                                 {.window = 1, .observed_until = on(8)});
  CHECK(weekly.mean == 1);
}

TEST_CASE("stickiness: a window that cannot be") {
  std::vector<event> const events{{1, on(1)}};
  CHECK(error_of([&] { stickiness(events, &event::who, &event::when, {.window = 0}); }).find("window is 0") !=
        std::string::npos);
}

}  // namespace test_stickiness
