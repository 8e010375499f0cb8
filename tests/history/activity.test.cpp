// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/sharded.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/history/activity.hpp>
#include <credence/interop/threads.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_activity {

using namespace std::chrono;
using credence::activity;
using credence::activity_accumulator;
using credence::activity_kept;
using credence::calendar_day;
using credence::calendar_month;

namespace {

struct visit {
  std::string who;
  sys_seconds when;
  int cents = 0;
};
std::vector<visit> const visits{{"ann", sys_days{2026y / 1 / 5}, 100},
                                {"bob", sys_days{2026y / 1 / 5} + 23h, 50},
                                {"ann", sys_days{2026y / 3 / 1}, 300},
                                {"ann", sys_days{2026y / 1 / 5} + 1h, 20},
                                {"", sys_days{2025y / 12 / 31}, 7}};

}  // namespace

TEST_CASE("activity: who was active when, late and unordered events too, an empty name as a name") {
  auto const days = activity(visits, &visit::who, &visit::when, calendar_day{});
  static_assert(std::is_same_v<decltype(days), activity_accumulator<std::string, calendar_day> const>);
  auto const held = days.result();
  CHECK(held.count == 5);
  CHECK(held.customers == 3);
  CHECK(held.active == 4);
  CHECK(held.periods == 3);
  CHECK(held.rejected == 0);
  auto const months = activity(visits, &visit::who, &visit::when, calendar_month{}).result();
  CHECK(months.active == 4);
  CHECK(months.first_period == 12 * 2025 + 11);
  CHECK(months.last_period == 12 * 2026 + 2);
}

TEST_CASE("activity: merged by union, twice the same shard changes nothing but the count of rows; sharded refuses it") {
  activity_accumulator<std::string, calendar_day> early;
  activity_accumulator<std::string, calendar_day> late;
  for (visit const& each : visits) (each.when < sys_days{2026y / 2 / 1} ? early : late)(each.who, each.when);
  late += early;
  CHECK(late == activity(visits, &visit::who, &visit::when, calendar_day{}));
  late += early;
  CHECK(late.result().active == 4);
  credence::sharded<activity_accumulator<std::string, calendar_day>> shards("january", early);
  CHECK_THROWS_AS(shards += shards, credence::error);
  activity_accumulator<std::string, calendar_day> elsewhere(calendar_day{.offset = 1h});
  elsewhere("ann", sys_days{2026y / 1 / 1});
  CHECK(error_of([&] { early += elsewhere; }).find("cannot be merged") != std::string::npos);
}

TEST_CASE("activity: amounts are added up, integers exactly; unlike types are different types") {
  auto const paid = activity(visits, &visit::who, &visit::when, &visit::cents, calendar_month{});
  static_assert(std::is_same_v<decltype(paid), activity_accumulator<std::string, calendar_month, int> const>);
  auto twice = paid;
  twice += paid;
  CHECK(twice.result().count == 10);
  CHECK(twice.result().active == 4);
  CHECK_FALSE(twice == paid);
  auto const bytes = credence::to_bytes(twice);
  CHECK(credence::from_bytes<activity_accumulator<std::string, calendar_month, int>>(bytes) == twice);
  CHECK(credence::try_from_bytes<activity_accumulator<std::string, calendar_month>>(bytes).reason() ==
        credence::bytes_error::other_type);
}

TEST_CASE("activity: what is missing or cannot be is left out and counted, or raised with its place") {
  struct event {
    std::optional<int> who;
    double seconds;
    std::optional<double> amount = 1.0;
  };
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<event> const events{
      {1, 0},           {std::nullopt, 0},         {2, nan},          {2, 1e300}, {2, -1e300},
      {3, 86'400, nan}, {3, 86'400, std::nullopt}, {3, 86'400, 1e200}};
  auto const when = credence::epoch_seconds(&event::seconds);
  auto const plain = activity(events, &event::who, when, calendar_day{}).result();
  CHECK(plain.count == 4);
  CHECK(plain.customers == 2);
  CHECK(plain.rejections.missing == 1);
  CHECK(plain.rejections.bad_time == 3);
  auto const paid = activity(events, &event::who, when, &event::amount, calendar_day{}).result();
  CHECK(paid.count == 1);
  CHECK(paid.rejections.missing == 2);
  CHECK(paid.rejections.not_a_number == 1);
  CHECK(paid.rejections.off_scale == 1);
  std::string const raised = error_of(
      [&] { activity(events, &event::who, when, calendar_day{}, {.on_invalid = credence::on_invalid::raise}); });
  CHECK(raised.find("1") != std::string::npos);
  CHECK(raised.find("missing") != std::string::npos);
}

TEST_CASE("activity: a throwing projection leaves the caller's accumulator as it was") {
  activity_accumulator<std::string, calendar_day> before;
  before("ann", sys_days{2026y / 1 / 1});
  CHECK_THROWS_AS(activity(
                      visits, [](visit const& each) { return each.who.empty() ? throw 7 : each.who; }, &visit::when,
                      calendar_day{}),
                  int);
  CHECK(before.result().count == 1);
}

TEST_CASE("activity: the same state by one thread, by several, pushed one by one, and of keys near and far") {
  struct event {
    std::int64_t who;
    std::int64_t seconds;
  };
  std::vector<event> events;
  std::uint64_t word = 7;
  for (int at = 0; at < 200'000; ++at) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    // Mostly counted up, as hosts do it; some unknown (−1), some far away.
    std::int64_t const who = word % 50 == 0   ? -1
                             : word % 51 == 0 ? static_cast<std::int64_t>(word)
                                              : static_cast<std::int64_t>(word >> 40) % 90'000;
    events.push_back({who, 1'700'000'000 + at * 40 - static_cast<std::int64_t>(word % 7) * 90'000});
  }
  auto const when = credence::epoch_seconds(&event::seconds);
  auto const at_once = activity(events, &event::who, when, calendar_day{});
  activity_accumulator<std::int64_t, calendar_day> pushed;
  for (event const& each : events) pushed(each.who, credence::epoch_seconds(each.seconds));
  CHECK(pushed == at_once);
  CHECK(activity(credence::threads{2}, events, &event::who, when, calendar_day{}) == at_once);
  CHECK(credence::fold(events, activity_accumulator<std::int64_t, calendar_day>{}, &event::who, when) == at_once);
  CHECK(credence::to_bytes(pushed) == credence::to_bytes(at_once));
  CHECK(credence::from_bytes<activity_accumulator<std::int64_t, calendar_day>>(credence::to_bytes(at_once)) == at_once);
  auto const counted = activity(events, &event::who, when, calendar_day{}, {.kept = activity_kept::counts});
  CHECK(counted.result().active == at_once.result().active);
  CHECK(counted ==
        activity(credence::threads{3}, events, &event::who, when, calendar_day{}, {.kept = activity_kept::counts}));
  // Amounts too: in blocks, by threads and one by one, of customers who are many in a month and few in a day.
  auto const seconds = [](event const& each) {
    return each.seconds % 11 == 0 ? std::nullopt : std::optional<std::int64_t>(each.seconds % 2'000 - 900);
  };
  auto const paid = activity(events, &event::who, when, seconds, calendar_month{});
  activity_accumulator<std::int64_t, calendar_month, std::int64_t> paid_one_by_one;
  for (event const& each : events) paid_one_by_one(each.who, credence::epoch_seconds(each.seconds), seconds(each));
  CHECK(paid_one_by_one == paid);
  CHECK(paid.result().rejections.missing > 10'000);
  CHECK(activity(credence::threads{2}, events, &event::who, when, seconds, calendar_month{}) == paid);
  auto const paid_by_day = activity(events, &event::who, when, seconds, calendar_day{});
  CHECK(paid_by_day.result().count == paid.result().count);
  CHECK(credence::from_bytes<decltype(paid_one_by_one)>(credence::to_bytes(paid)) == paid);
  // merged from halves whose windows differ
  std::vector<event> const first(events.begin(), events.begin() + 70'000);
  std::vector<event> const second(events.begin() + 70'000, events.end());
  auto merged = activity(second, &event::who, when, calendar_day{});
  merged += activity(first, &event::who, when, calendar_day{});
  CHECK(merged == at_once);
}

TEST_CASE("activity: a stray time costs one column, and a key that does not fit is refused") {
  activity_accumulator<std::int8_t, credence::every> seen(credence::every{.span = microseconds{1}});
  seen(std::int8_t{1}, sys_days{2026y / 1 / 1});
  seen(std::int8_t{1}, sys_days{9999y / 12 / 31});
  CHECK(seen.result().periods == 2);
  CHECK(error_of([&] { seen(300, sys_days{2026y / 1 / 1}); }).find("300 does not fit") != std::string::npos);
  CHECK(error_of([] {
          activity_accumulator<int, calendar_day> bad(calendar_day{.offset = 48h});
        }).find("calendar_day::offset") != std::string::npos);
}

}  // namespace test_activity
