// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/interop/threads.hpp>
#include <credence/retention/active_users.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_active_users {

using namespace std::chrono;
using credence::active_users;

TEST_CASE("active_users: each customer once a day, and once a window however often they come") {
  std::vector<event> const events{{1, on(1)}, {1, on(1) + 1h}, {2, on(1)}, {1, on(3)}, {1, on(8)}};
  auto const daily = active_users(events, &event::who, &event::when, credence::calendar_day{});
  REQUIRE(daily.size() == 8);
  CHECK(daily[0].users == 2);
  CHECK(daily[1].users == 0);
  CHECK(daily[2].users == 1);
  CHECK(daily[6].complete);
  CHECK_FALSE(daily[7].complete);
  credence::sliding const three{days{3}, days{1}};
  auto const found = active_users(events, &event::who, &event::when, three, {.observed_until = on(9)});
  std::vector<std::uint64_t> users;
  for (auto const& each : found) users.push_back(each.users);
  CHECK(users == std::vector<std::uint64_t>{2, 2, 2, 1, 1, 0, 0, 1});
  CHECK_FALSE(found[1].whole);
  CHECK(found[2].whole);
  CHECK(found[2].period.begin == credence::instant(on(1)));
  CHECK(found[7].complete);
  auto const history =
      credence::activity(credence::threads{2}, events, &event::who, &event::when, credence::calendar_day{});
  CHECK(active_users(history, three, {.observed_until = on(9)}) == found);
}

TEST_CASE("active_users: nobody, and policies that cannot be") {
  CHECK_FALSE(active_users(std::vector<event>{}, &event::who, &event::when, credence::calendar_day{}));
  std::vector<event> const events{{1, on(1)}};
  CHECK(error_of([&] {
          active_users(events, &event::who, &event::when, credence::sliding{days{3}, days{2}});
        }).find("sliding::window") != std::string::npos);
  CHECK(error_of([&] {
          active_users(events, &event::who, &event::when, credence::every{.span = 0s});
        }).find("every::span") != std::string::npos);
}

}  // namespace test_active_users
