// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/retention/n_day_retention.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_n_day_retention {

using namespace std::chrono;
using credence::n_day_retention;
using credence::retention_mode;

TEST_CASE("n_day_retention: windows of 24 hours from each customer's own first event, or days of the calendar") {
  // From 17:59 to 17:00 the next day: within a day by the clock, on the next by the calendar.
  std::vector<event> const events{{1, on(1) + 17h + 59min}, {1, on(2) + 17h}, {2, on(1)}, {2, on(4)}};
  credence::n_day_retention_options options{.days = {0, 1, 3}, .observed_until = on(5)};
  auto const windows = n_day_retention(events, &event::who, &event::when, options);
  CHECK(windows.customers == 2);
  CHECK(windows[0].retained == 2);
  CHECK(windows[1].retained == 0);
  CHECK(windows[2].eligible == 1);  // the first customer's day 3 ends at 17:59 on the 5th
  CHECK(windows[2].rate == 1);
  auto const of_calendar = n_day_retention(events, &event::who, &event::when, credence::calendar_day{}, options);
  CHECK(of_calendar[1].retained == 1);
  CHECK(of_calendar[1].rate == 0.5);
  CHECK(of_calendar[2].eligible == 2);
  options.mode = retention_mode::on_or_after;
  auto const after = n_day_retention(events, &event::who, &event::when, options);
  CHECK(after[1].retained == 1);
  CHECK(n_day_retention(events, &event::who, &event::when, credence::calendar_day{}, options)[1].retained == 2);
}

TEST_CASE("n_day_retention: an earlier event that arrives late moves the origin") {
  std::vector<event> events{{1, on(8)}, {1, on(15)}};
  credence::n_day_retention_options const options{.days = {7}, .observed_until = on(31)};
  CHECK(n_day_retention(events, &event::who, &event::when, options)[0].retained == 1);
  events.push_back({1, on(2)});
  CHECK(n_day_retention(events, &event::who, &event::when, options)[0].retained == 0);
  events.push_back({1, on(9) + 1h});
  CHECK(n_day_retention(events, &event::who, &event::when, options)[0].retained == 1);
}

TEST_CASE("n_day_retention: more days than fit a word, and none at all") {
  std::vector<event> events;
  for (int at = 0; at < 150; ++at) events.push_back({1, on(1) + days{at * 2}});
  credence::n_day_retention_options options{.days = {}, .observed_until = on(1) + days{400}};
  for (int at = 0; at < 200; ++at) options.days.push_back(at);
  auto const found = n_day_retention(events, &event::who, &event::when, options);
  REQUIRE(found.size() == 200);
  for (std::size_t at = 0; at < 200; ++at) CHECK(found[at].retained == (at % 2 == 0 ? 1 : 0));
  options.days.clear();
  CHECK(n_day_retention(events, &event::who, &event::when, options).customers == 1);
  CHECK_FALSE(n_day_retention(std::vector<event>{}, &event::who, &event::when));
}

TEST_CASE("n_day_retention: who began when observation had ended, and wrong calls") {
  std::vector<event> const events{{1, on(1)}, {2, on(20)}};
  for (auto const& found :
       {n_day_retention(events, &event::who, &event::when, {.observed_until = on(10)}),
        n_day_retention(events, &event::who, &event::when, credence::calendar_day{}, {.observed_until = on(10)})}) {
    CHECK(found.customers == 1);
    CHECK(found.after_end == 1);
    CHECK(found[0].eligible == 1);
    CHECK(found[2].eligible == 0);
    CHECK(std::isnan(found[2].rate));
  }
  auto const error_with = [&](credence::n_day_retention_options const& options) {
    return error_of([&] { n_day_retention(events, &event::who, &event::when, options); });
  };
  CHECK(error_with({.days = {7, 1}}).find("days is 1; they must ascend") != std::string::npos);
  CHECK(error_with({.days = {-1}}).find("days is -1") != std::string::npos);
  CHECK(error_with({.window = 0s}).find("window") != std::string::npos);
  CHECK(error_with({.confidence = 0}).find("confidence") != std::string::npos);
  CHECK(error_of([&] {
          n_day_retention(events, &event::who, &event::when, credence::calendar_day{}, {.window = hours{12}});
        }).find("where a policy is given") != std::string::npos);
}

}  // namespace test_n_day_retention
