// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/retention/lifecycle.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_lifecycle {

using namespace std::chrono;
using credence::lifecycle;

TEST_CASE("lifecycle: by hand, and what must add up") {
  // 1: weeks 1, 2, 4; 2: weeks 1, 4; 3: week 2
  std::vector<event> const events{{1, on(1)}, {2, on(1)}, {1, on(8)}, {3, on(9)}, {1, on(22)}, {2, on(23)}};
  auto const found =
      lifecycle(events, &event::who, &event::when, credence::calendar_week{Thursday}, {.observed_until = on(29)});
  REQUIRE(found.size() == 4);
  CHECK(found[0].new_customers == 2);
  CHECK(found[1].new_customers == 1);
  CHECK(found[1].returning == 1);
  CHECK(found[1].dormant == 1);
  CHECK(found[2].active() == 0);
  CHECK(found[2].dormant == 2);
  CHECK(found[3].resurrecting == 2);
  CHECK(found[3].dormant == 0);
  CHECK(found[3].complete);
  CHECK(found[1].quick_ratio() == 1);
  CHECK(std::isinf(found[3].quick_ratio()));
  CHECK(std::isnan(credence::lifecycle_period{}.quick_ratio()));
  for (std::size_t at = 1; at < found.size(); ++at)
    CHECK(found[at - 1].active() == found[at].returning + found[at].dormant);
}

TEST_CASE("lifecycle: up to the end of observation, and too many periods are refused with their number") {
  std::vector<event> events{{1, on(1)}};
  auto const found = lifecycle(events, &event::who, &event::when, credence::calendar_day{}, {.observed_until = on(4)});
  REQUIRE(found.size() == 3);
  CHECK(found[1].dormant == 1);
  CHECK(found[2].dormant == 0);
  CHECK_FALSE(lifecycle(std::vector<event>{}, &event::who, &event::when, credence::calendar_day{}));
  events.push_back({1, sys_days{9999y / 12 / 31}});
  CHECK(lifecycle(events, &event::who, &event::when, credence::calendar_year{}).size() == 7974);
  CHECK(error_of([&] {
          lifecycle(events, &event::who, &event::when, credence::every{.span = hours{1}});
        }).find("periods, more than the 1000000 that are answered") != std::string::npos);
}

}  // namespace test_lifecycle
