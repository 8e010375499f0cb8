// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/error.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/history.hpp>
#include <credence/interop/threads.hpp>
#include <credence/retention.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace test_vendor_failures {

// What products for retention get wrong, each by name, and what is on the edge.

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_month;
using credence::calendar_week;
using credence::calendar_year;
using credence::cohort_retention;
using credence::event_roles;
using credence::n_day_retention;
using credence::on_invalid;
using credence::retention_mode;
using credence::threads;

namespace {

struct visit {
  int who;
  sys_seconds when;
};
struct typed_visit {
  int who;
  sys_seconds when;
  bool starts = true;
  bool returns = true;
  std::string country{};
};

sys_seconds on_day(int number, hours hour = hours{12}) { return sys_days{2024y / 1 / 1} + days{number} + hour; }
credence::instant end_of(int number) { return sys_days{2024y / 1 / 1} + days{number + 1}; }

template <class... Options>
auto daily(std::vector<visit> const& rows, Options const&... options) {
  return cohort_retention(rows, &visit::who, &visit::when, calendar_day{}, options...);
}
auto rates_of(credence::retention_cohort const& cohort) {
  std::vector<double> rates;
  for (auto const& cell : cohort) rates.push_back(cell.rate);
  return rates;
}
bool is_none(double value) { return std::isnan(value); }
doctest::Approx about(double value) { return doctest::Approx(value).epsilon(1e-12); }

}  // namespace

TEST_CASE("vendors: PostHog's three users, on and on or after") {
  // github.com/PostHog/posthog/issues/13748: they return on day 1, on day 5, and never.
  std::vector<visit> const rows{{1, on_day(0)}, {2, on_day(0)}, {3, on_day(0)}, {1, on_day(1)}, {2, on_day(5)}};
  credence::instant const end = end_of(6);
  auto const on = daily(rows, credence::cohort_retention_options{.observed_until = end});
  REQUIRE(on.size() == 1);
  REQUIRE(on[0].cells.size() == 7);
  auto const later =
      daily(rows, credence::cohort_retention_options{.mode = retention_mode::on_or_after, .observed_until = end});
  auto const n_on = n_day_retention(rows, &visit::who, &visit::when, calendar_day{},
                                    {.days = {0, 1, 2, 3, 4, 5, 6}, .observed_until = end});
  auto const n_later =
      n_day_retention(rows, &visit::who, &visit::when, calendar_day{},
                      {.days = {0, 1, 2, 3, 4, 5, 6}, .mode = retention_mode::on_or_after, .observed_until = end});
  double const known_on[] = {1, 1 / 3., 0, 0, 0, 1 / 3., 0};
  double const known_later[] = {1, 2 / 3., 1 / 3., 1 / 3., 1 / 3., 1 / 3., 0};
  for (std::size_t at = 0; at < 7; ++at) {
    CAPTURE(at);
    CHECK(on[0][at].rate == about(known_on[at]));
    CHECK(on[0][at].mature);
    CHECK(later[0][at].rate == about(known_later[at]));
    CHECK(n_on[at].rate == about(known_on[at]));
    CHECK(n_later[at].rate == about(known_later[at]));
  }
}

TEST_CASE("vendors: a cell that is not mature is no zero") {
  std::vector<visit> const rows{{1, on_day(0)}, {2, on_day(0)}, {3, on_day(1)}, {1, on_day(1)}};
  // Observed until the noon of day 2: day 1 has ended, day 2 has not, and nobody was seen on it yet.
  auto const table = daily(rows, credence::cohort_retention_options{.observed_until = on_day(2)});
  REQUIRE(table.size() == 2);
  REQUIRE(table[0].cells.size() == 3);
  CHECK(table[0][1].rate == about(.5));
  CHECK(table[0][1].mature);
  CHECK_FALSE(table[0][2].mature);
  CHECK_FALSE(table[0][2]);
  CHECK(is_none(table[0][2].rate));
  CHECK(is_none(table[0][2].interval.lower));
  CHECK(table[0][2].eligible == 0);
  REQUIRE(table[1].cells.size() == 2);
  CHECK(is_none(table[1][1].rate));
  // The curve leaves it out, instead of 0 of 3.
  auto const curve = table.curve();
  REQUIRE(curve.size() == 3);
  CHECK(curve[1].rate == about(.5));
  CHECK(curve[1].eligible == 2);
  CHECK(curve[1].cohorts == 1);
  CHECK_FALSE(curve[2]);
  // Nothing said: day 1 holds the last event, and may go on.
  auto const open = daily(rows);
  REQUIRE(open[0].cells.size() == 2);
  CHECK(is_none(open[0][1].rate));
  CHECK(open[0][1].so_far == 1);
  CHECK_FALSE(open[1][0]);
  // Days of N: of those whose day has ended only.
  auto const by_day = n_day_retention(rows, &visit::who, &visit::when, calendar_day{},
                                      {.days = {0, 1, 2}, .observed_until = on_day(2)});
  CHECK(by_day[0].eligible == 3);
  CHECK(by_day[1].eligible == 2);
  CHECK(by_day[2].eligible == 0);
  CHECK(is_none(by_day[2].rate));
  // First + (N + 1) windows ≤ the end, for both modes, to the microsecond.
  for (retention_mode const mode : {retention_mode::on, retention_mode::on_or_after}) {
    auto const eligible = [&](sys_time<microseconds> end) {
      return n_day_retention(rows, &visit::who, &visit::when, {.days = {1}, .mode = mode, .observed_until = end})[0]
          .eligible;
    };
    CHECK(eligible(on_day(2)) == 2);
    CHECK(eligible(on_day(2) - microseconds{1}) == 0);
    CHECK(eligible(on_day(3)) == 3);
  }
}

TEST_CASE("vendors: cohorts at 0 % belong in the mean") {
  // github.com/PostHog/posthog/issues/25998: 10 users at 20 % and 100 at 0 %.
  std::vector<visit> rows;
  for (int who = 0; who < 110; ++who) rows.push_back({who, on_day(who < 10 ? 0 : 1)});
  rows.push_back({3, on_day(1)});
  rows.push_back({7, on_day(1)});
  auto const table = daily(rows, credence::cohort_retention_options{.observed_until = end_of(2)});
  REQUIRE(table.size() == 2);
  CHECK(table[0][1].rate == about(.2));
  CHECK(table[1][1].rate == 0);
  CHECK(table[1][1].mature);
  auto const pooled = table.curve()[1];
  auto const simple = table.curve(credence::curve_weights::cohorts)[1];
  CHECK(pooled.rate == about(2 / 110.));
  CHECK(simple.rate == about(.1));
  CHECK(simple.cohorts == 2);
  CHECK(pooled.interval.upper < simple.interval.upper);
}

TEST_CASE("vendors: the first day of the week is what was asked for") {
  // A Sunday, and the Monday after it.
  std::vector<visit> const rows{{1, sys_days{2024y / 3 / 10} + 9h}, {1, sys_days{2024y / 3 / 11} + 9h}};
  auto const weeks = [&](weekday first) {
    return cohort_retention(rows, &visit::who, &visit::when, calendar_week{first})[0].cells.size();
  };
  CHECK(weeks(Monday) == 2);  // another week
  CHECK(weeks(Sunday) == 1);
  CHECK(weeks(Saturday) == 1);
  CHECK(weeks(Tuesday) == 1);
  // The same of a history by day; and the day that is named is the first of the week.
  auto const history = credence::activity(rows, &visit::who, &visit::when, calendar_day{});
  CHECK(cohort_retention(history, calendar_week{Monday})[0].name == "2024-W10");
  CHECK(cohort_retention(history, calendar_week{Sunday})[0].name == "2024-03-10");
  CHECK(cohort_retention(history, calendar_week{Saturday})[0].name == "2024-03-09");
  CHECK(credence::lifecycle(history, calendar_week{Monday})[1].returning == 1);
  CHECK(credence::lifecycle(history, calendar_week{Sunday})[0].new_customers == 1);
  // Weeks that began on Monday cannot tell of weeks that begin on Sunday: that is refused, not guessed.
  auto const mondays = credence::activity(rows, &visit::who, &visit::when, calendar_week{});
  CHECK_THROWS_AS(static_cast<void>(cohort_retention(mondays, calendar_week{Sunday})), credence::error);
  // Nor of months, where one of them lies in two.
  std::vector<visit> const may{{1, sys_days{2024y / 5 / 2}}};
  auto const astride = credence::activity(may, &visit::who, &visit::when, calendar_week{});
  CHECK_THROWS_AS(static_cast<void>(cohort_retention(astride, calendar_month{})), credence::error);
  CHECK(cohort_retention(mondays, calendar_month{}).size() == 1);
}

TEST_CASE("vendors: no day is lost east or west of Greenwich") {
  // On Kiritimati (+14 h) it is 1 January 2024, 23:30, and half an hour after the next midnight: two days. On Baker
  // Island (-12 h) it is the same day, and so it is in UTC.
  std::vector<visit> const rows{{1, sys_days{2024y / 1 / 1} + 9h + 30min}, {1, sys_days{2024y / 1 / 1} + 10h + 30min}};
  auto const at = [&](minutes offset) {
    return cohort_retention(rows, &visit::who, &visit::when, calendar_day{offset});
  };
  CHECK(at(hours{14})[0].name == "2024-01-01");
  CHECK(at(hours{14})[0].cells.size() == 2);
  CHECK(at(hours{0})[0].cells.size() == 1);
  CHECK(at(-hours{12})[0].name == "2023-12-31");
  CHECK(at(-hours{12})[0].cells.size() == 1);
  // Where it is 10:30 in UTC midnight passes at -10:30.
  CHECK(at(-minutes{600})[0].cells.size() == 2);
  CHECK(at(-minutes{600})[0].name == "2023-12-31");
  // The end of observation is a moment, whose day is that of the place.
  auto const until = [&](minutes offset, sys_seconds end) {
    return cohort_retention(rows, &visit::who, &visit::when, calendar_day{offset}, {.observed_until = end})[0];
  };
  sys_seconds const midnight_there = sys_days{2024y / 1 / 2} + 10h;
  CHECK(until(hours{14}, midnight_there)[1].mature);
  CHECK_FALSE(until(hours{14}, midnight_there - 1s)[1].mature);
  CHECK(until(hours{14}, midnight_there + 1s).cells.size() == 3);
  CHECK_FALSE(until(hours{0}, midnight_there)[1].mature);
  // Days gathered under one offset are no days under another.
  auto const here = credence::activity(rows, &visit::who, &visit::when, calendar_day{});
  CHECK_THROWS_AS(static_cast<void>(cohort_retention(here, calendar_day{hours{14}})), credence::error);
  // Where no policy is given, days are those of the history's place.
  auto const there = credence::activity(rows, &visit::who, &visit::when, calendar_day{hours{14}});
  CHECK(credence::stickiness(there, {.window = 1}).periods.size() == 1);
  CHECK(credence::stickiness(there, {.window = 1}).periods[0].name == "2024-01-01");
  CHECK(credence::stickiness(here, {.window = 1}).periods.empty());
  // Each event with its own offset.
  struct local_visit {
    int who;
    sys_seconds when;
    minutes offset;
  };
  std::vector<local_visit> const travels{{1, rows[0].when, hours{14}}, {1, rows[1].when, hours{0}}};
  auto const local = cohort_retention(travels, &local_visit::who,
                                      credence::local(&local_visit::when, &local_visit::offset), calendar_day{});
  CHECK(local[0].name == "2024-01-01");
  CHECK(local[0].cells.size() == 1);
}

TEST_CASE("vendors: a month's cohort of the 1st against the 15th") {
  // Both come back after 30 days: within January, and in February.
  std::vector<visit> const rows{{1, sys_days{2024y / 1 / 1}},
                                {2, sys_days{2024y / 1 / 15}},
                                {1, sys_days{2024y / 1 / 31}},
                                {2, sys_days{2024y / 2 / 14}}};
  credence::instant const march = sys_days{2024y / 3 / 1};
  auto const months = cohort_retention(rows, &visit::who, &visit::when, calendar_month{}, {.observed_until = march});
  REQUIRE(months.size() == 1);
  CHECK(months[0].size == 2);
  CHECK(months[0].name == "2024-01");
  CHECK(months[0][1].retained == 1);
  CHECK(months[0][1].eligible == 2);
  // Windows from each one's own first day know no month.
  auto const windows =
      n_day_retention(rows, &visit::who, &visit::when, {.days = {1}, .window = days{30}, .observed_until = march});
  CHECK(windows[0].retained == 1);
  CHECK(windows[0].eligible == 1);  // of the 15th the second 30 days end on 15 March
  auto const later = n_day_retention(rows, &visit::who, &visit::when,
                                     {.days = {1}, .window = days{30}, .observed_until = sys_days{2024y / 3 / 15}});
  CHECK(later[0].retained == 2);
  CHECK(later[0].eligible == 2);
}

TEST_CASE("vendors: a day is the calendar's or 24 hours, as asked") {
  // Amplitude's example: 17:59 on 1 December, 17:00 on 2 December.
  std::vector<visit> const rows{{1, sys_days{2024y / 12 / 1} + 17h + 59min}, {1, sys_days{2024y / 12 / 2} + 17h}};
  credence::instant const end = sys_days{2024y / 12 / 10};
  auto const windows = n_day_retention(rows, &visit::who, &visit::when, {.days = {0, 1}, .observed_until = end});
  CHECK(windows[0].retained == 1);
  CHECK(windows[1].retained == 0);
  auto const calendar =
      n_day_retention(rows, &visit::who, &visit::when, calendar_day{}, {.days = {0, 1}, .observed_until = end});
  CHECK(calendar[1].retained == 1);
}

TEST_CASE("vendors: ClickHouse's retention and windowFunnel") {
  // clickhouse.com/docs, parametric-functions.md: users 0 to 4, 0 to 9 and 0 to 14 on three days.
  std::vector<visit> rows;
  for (int number = 0; number < 3; ++number)
    for (int who = 0; who < 5 * (number + 1); ++who) rows.push_back({who, on_day(number)});
  auto const table = daily(rows, credence::cohort_retention_options{.observed_until = end_of(2)});
  REQUIRE(table.size() == 3);
  for (std::size_t at = 0; at < 3; ++at) CHECK(table[0][at].retained == 5);
  // One user, in the order in which the rows are printed there: level 4.
  struct event {
    int who;
    sys_seconds when;
    int id;
  };
  std::vector<event> const events{{1, sys_days{2019y / 1 / 29} + 10h, 1'003},
                                  {1, sys_days{2019y / 1 / 31} + 9h, 1'007},
                                  {1, sys_days{2019y / 1 / 30} + 8h, 1'009},
                                  {1, sys_days{2019y / 2 / 1} + 8h, 1'010}};
  auto const is = [](int id) { return [id](event const& own) { return own.id == id; }; };
  auto const path = credence::steps(is(1'003), is(1'009), is(1'007), is(1'010));
  auto const found = credence::funnel(events, &event::who, &event::when, path);
  for (std::size_t level = 0; level < 4; ++level) CHECK(found[level].reached == 1);
  // Within two days of the first step it is level 3, and of 8 hours too few level 1.
  auto const within = [&](seconds span) {
    std::uint64_t levels = 0;
    for (auto const& step : credence::funnel(events, &event::who, &event::when, path,
                                             {.within = span, .observed_until = sys_days{2020y / 1 / 1}}))
      levels += step.reached;
    return levels;
  };
  CHECK(within(days{2}) == 3);
  CHECK(within(hours{47}) == 3);
  CHECK(within(hours{47} - 1s) == 2);
  CHECK(within(hours{21}) == 1);
  CHECK(within(hours{70}) == 4);  // 1 February, 8:00, is 70 hours later: the last second counts
  CHECK(within(hours{70} - 1s) == 3);
  // In any other order of the steps only as far as time goes on.
  auto const backwards =
      credence::funnel(events, &event::who, &event::when, credence::steps(is(1'010), is(1'007), is(1'009)));
  CHECK(backwards[0].reached == 1);
  CHECK(backwards[1].reached == 0);
}

TEST_CASE("vendors: a second purchase is not the first one again") {
  auto const always = [](visit const&) { return true; };
  std::vector<visit> const once{{1, on_day(0)}, {1, on_day(0)}};  // delivered twice
  std::vector<visit> const twice{{1, on_day(0)}, {1, on_day(1)}};
  auto const reached = [&](std::vector<visit> const& rows, bool strictly) {
    return credence::funnel(rows, &visit::who, &visit::when, credence::steps(always, always),
                            {.strictly_later = strictly})[1]
        .reached;
  };
  CHECK(reached(once, true) == 0);
  CHECK(reached(once, false) == 1);
  CHECK(reached(twice, true) == 1);
  CHECK(credence::repeat_rate(once, &visit::who, &visit::when).repeating == 0);
  CHECK(credence::repeat_rate(twice, &visit::who, &visit::when).repeating == 1);
  CHECK(credence::inter_purchase_times(once, &visit::who, &visit::when).gaps == 0);
  CHECK(credence::inter_purchase_times(twice, &visit::who, &visit::when).value == 1);
}

TEST_CASE("edges: week 53 and the year that it belongs to") {
  std::vector<visit> const rows{{1, sys_days{2020y / 12 / 28}},
                                {2, sys_days{2021y / 1 / 3} + 23h},
                                {1, sys_days{2021y / 1 / 4}},
                                {2, sys_days{2021y / 1 / 11}}};
  auto const weeks =
      cohort_retention(rows, &visit::who, &visit::when, calendar_week{}, {.observed_until = sys_days{2021y / 1 / 18}});
  REQUIRE(weeks.size() == 1);
  CHECK(weeks[0].name == "2020-W53");
  CHECK(weeks[0].size == 2);
  CHECK(weeks[0][1].retained == 1);
  CHECK(weeks[0][2].retained == 1);
  auto const users = credence::active_users(rows, &visit::who, &visit::when, calendar_week{});
  REQUIRE(users.size() == 3);
  CHECK(users[0].name == "2020-W53");
  CHECK(users[1].name == "2021-W01");
  CHECK(users[2].name == "2021-W02");
  // 2024 ends in week 1 of 2025.
  std::vector<visit> const silvester{{1, sys_days{2024y / 12 / 31}}};
  CHECK(credence::active_users(silvester, &visit::who, &visit::when, calendar_week{})[0].name == "2025-W01");
}

TEST_CASE("edges: 29 February") {
  std::vector<visit> const rows{
      {1, sys_days{2024y / 2 / 29} + 23h + 59min}, {1, sys_days{2024y / 3 / 1}}, {1, sys_days{2025y / 2 / 28}}};
  credence::instant const end = sys_days{2026y / 1 / 1};
  auto const retained = [&](auto const& policy, std::size_t at) {
    return cohort_retention(rows, &visit::who, &visit::when, policy, {.observed_until = end})[0][at].retained;
  };
  CHECK(retained(calendar_day{}, 1) == 1);
  CHECK(retained(calendar_day{}, 365) == 1);  // 28 February 2025
  CHECK(retained(calendar_month{}, 1) == 1);
  CHECK(retained(calendar_month{}, 12) == 1);
  CHECK(retained(calendar_year{}, 1) == 1);
  auto const days = cohort_retention(rows, &visit::who, &visit::when, calendar_day{}, {.observed_until = end});
  CHECK(days[0].name == "2024-02-29");
  // 2023 and 1900 have none: a date that is none is turned away.
  struct dated {
    int who;
    year_month_day when;
  };
  std::vector<dated> const dates{{1, 2024y / 2 / 29}, {1, 2023y / 2 / 29}, {2, 2000y / 2 / 29}, {2, 1900y / 2 / 29}};
  auto const told = credence::activity(dates, &dated::who, &dated::when, calendar_day{}).result();
  CHECK(told.count == 2);
  CHECK(told.rejections.bad_time == 2);
}

TEST_CASE("edges: no event, one event, one customer") {
  std::vector<visit> rows;
  auto const none = daily(rows);
  CHECK(none.empty());
  CHECK_FALSE(none);
  CHECK(none.curve().empty());
  CHECK(daily(rows, credence::cohort_retention_options{.observed_until = end_of(5)}).empty());
  CHECK_FALSE(n_day_retention(rows, &visit::who, &visit::when));
  CHECK_FALSE(n_day_retention(rows, &visit::who, &visit::when, calendar_day{}));
  CHECK(n_day_retention(rows, &visit::who, &visit::when)[2].day == 30);
  CHECK(is_none(n_day_retention(rows, &visit::who, &visit::when)[2].rate));
  CHECK_FALSE(credence::active_users(rows, &visit::who, &visit::when, calendar_day{}));
  CHECK_FALSE(credence::lifecycle(rows, &visit::who, &visit::when, calendar_day{.observed_until = end_of(5)}));
  CHECK_FALSE(credence::stickiness(rows, &visit::who, &visit::when));
  CHECK_FALSE(credence::power_user_curve(rows, &visit::who, &visit::when));
  CHECK_FALSE(credence::repeat_rate(rows, &visit::who, &visit::when));
  CHECK_FALSE(credence::inter_purchase_times(rows, &visit::who, &visit::when));
  auto const always = [](visit const&) { return true; };
  CHECK_FALSE(credence::funnel(rows, &visit::who, &visit::when, credence::steps(always, always)));
  auto const nothing = credence::activity(rows, &visit::who, &visit::when, calendar_day{});
  CHECK(nothing == credence::activity_accumulator<int, calendar_day>{});
  CHECK(credence::from_bytes<credence::activity_accumulator<int, calendar_day>>(credence::to_bytes(nothing)) ==
        nothing);

  rows.push_back({1, on_day(0)});
  auto const open = daily(rows);
  REQUIRE(open.size() == 1);
  REQUIRE(open[0].cells.size() == 1);
  CHECK(open[0].size == 1);
  CHECK_FALSE(open[0][0]);
  CHECK(open[0][0].so_far == 1);
  auto const closed = daily(rows, credence::cohort_retention_options{.observed_until = end_of(1)});
  CHECK(closed[0][0].rate == 1);
  CHECK(closed[0][1].rate == 0);
  CHECK(n_day_retention(rows, &visit::who, &visit::when, {.days = {0}})[0].eligible == 0);
  CHECK(credence::repeat_rate(rows, &visit::who, &visit::when).value == 0);
  CHECK(is_none(credence::inter_purchase_times(rows, &visit::who, &visit::when).value));

  rows.push_back({1, on_day(2)});
  auto const life = credence::lifecycle(rows, &visit::who, &visit::when, calendar_day{.observed_until = end_of(3)});
  REQUIRE(life.size() == 4);
  CHECK(life[0].new_customers == 1);
  CHECK(life[1].dormant == 1);
  CHECK(life[2].resurrecting == 1);
  CHECK(life[3].dormant == 1);
  CHECK(credence::inter_purchase_times(rows, &visit::who, &visit::when).value == 2);
  CHECK(is_none(credence::inter_purchase_times(rows, &visit::who, &visit::when).standard_error));
}

TEST_CASE("edges: events delivered twice change nothing but the count") {
  std::vector<visit> rows{{1, on_day(0)}, {2, on_day(0)}, {1, on_day(1)}, {2, on_day(3)}, {3, on_day(2)}};
  auto const once = daily(rows);
  auto const sticky = credence::stickiness(rows, &visit::who, &visit::when, {.window = 2});
  auto const windows = n_day_retention(rows, &visit::who, &visit::when, {.days = {1}});
  std::vector<visit> const again = rows;
  rows.insert(rows.end(), again.begin(), again.end());
  auto twice = daily(rows);
  CHECK(twice.count == 10);
  CHECK(once.count == 5);
  REQUIRE(twice.size() == once.size());
  for (std::size_t cohort = 0; cohort < once.size(); ++cohort) {
    REQUIRE(twice[cohort].cells.size() == once[cohort].cells.size());
    for (std::size_t at = 0; at < once[cohort].cells.size(); ++at) {
      CHECK(twice[cohort][at].retained == once[cohort][at].retained);
      CHECK(twice[cohort][at].so_far == once[cohort][at].so_far);
    }
  }
  CHECK(credence::stickiness(rows, &visit::who, &visit::when, {.window = 2}).mean == sticky.mean);
  CHECK(n_day_retention(rows, &visit::who, &visit::when, {.days = {1}})[0].retained == windows[0].retained);
  CHECK(credence::activity_times(rows, &visit::who, &visit::when).result().distinct == 5);
}

TEST_CASE("edges: empty strings are a customer, empty optionals are none") {
  struct named {
    std::string who;
    sys_seconds when;
  };
  std::vector<named> const rows{{"", on_day(0)}, {"", on_day(1)}, {"a", on_day(0)}, {std::string("\0", 1), on_day(0)}};
  auto const known = credence::activity(rows, &named::who, &named::when, calendar_day{});
  CHECK(known.result().customers == 3);
  CHECK(known.result().rejected == 0);
  CHECK(credence::from_bytes<credence::activity_accumulator<std::string, calendar_day>>(credence::to_bytes(known)) ==
        known);
  CHECK(cohort_retention(known, calendar_day{}, {.observed_until = end_of(1)})[0][1].retained == 1);

  struct optional_visit {
    std::optional<std::string> name;
    std::optional<int> number;
    sys_seconds when;
  };
  std::vector<optional_visit> const dirty{{"a", 1, on_day(0)},
                                          {std::nullopt, std::nullopt, on_day(0)},
                                          {"", 0, on_day(0)},
                                          {std::nullopt, std::nullopt, on_day(1)}};
  auto const by_name = cohort_retention(dirty, &optional_visit::name, &optional_visit::when, calendar_day{});
  auto const by_number = cohort_retention(dirty, &optional_visit::number, &optional_visit::when, calendar_day{});
  auto const times = credence::repeat_rate(dirty, &optional_visit::number, &optional_visit::when);
  CHECK(by_name.customers == 2);
  CHECK(by_name.count == 2);
  CHECK(by_name.rejections.missing == 2);
  CHECK(by_number.customers == 2);
  CHECK(by_number.rejections.missing == 2);
  CHECK(by_number.rejected == 2);
  CHECK(times.customers == 2);
  CHECK(times.rejections.missing == 2);
  // Of a property none is a cohort of its own.
  auto const cohorts = cohort_retention(
      rows, &named::who, &named::when, calendar_day{},
      credence::cohort_of([](named const& own) { return own.who == "a" ? std::nullopt : std::optional<int>(-5); }));
  REQUIRE(cohorts.size() == 2);
  CHECK(cohorts[0].key == std::nullopt);
  CHECK(cohorts[0].size == 1);
  CHECK(cohorts[1].size == 2);
}

TEST_CASE("edges: of properties at one time the smallest, whatever came first") {
  for (bool const is_reversed : {false, true}) {
    credence::cohort_accumulator<int, calendar_day, void, int> numbers(calendar_day{});
    credence::cohort_accumulator<int, calendar_day, void, std::string> texts(calendar_day{});
    std::vector<int> const properties = is_reversed ? std::vector<int>{300, -1, 2, -7}
                                                    : std::vector<int>{-7, 2, -1, 300};
    std::vector<std::string> const names = is_reversed ? std::vector<std::string>{"b", "ab", "aa", ""}
                                                       : std::vector<std::string>{"", "aa", "ab", "b"};
    for (int const property : properties) numbers(1, on_day(3), event_roles{}, property);
    for (std::string const& name : names) texts(1, on_day(3), event_roles{}, name);
    CHECK(cohort_retention(numbers, calendar_day{})[0].key == -7);
    CHECK(cohort_retention(texts, calendar_day{})[0].key.empty());
    // An earlier event's property counts before any smaller one, even when it comes late.
    numbers(1, on_day(2), event_roles{}, 1'000);
    numbers(1, on_day(1), event_roles{.starts = false}, -1'000);
    texts(1, on_day(2), event_roles{}, std::string("z"));
    CHECK(cohort_retention(numbers, calendar_day{})[0].key == 1'000);
    CHECK(cohort_retention(texts, calendar_day{})[0].key == "z");
  }
  // Rows are in the order of the properties.
  std::vector<typed_visit> rows;
  int who = 0;
  for (char const* const country : {"NZ", "", "CH", "CH and more", "ch"})
    rows.push_back({++who, on_day(0), true, true, country});
  auto const table = cohort_retention(rows, &typed_visit::who, &typed_visit::when, calendar_day{},
                                      credence::cohort_of(&typed_visit::country));
  REQUIRE(table.size() == 5);
  for (std::size_t at = 1; at < 5; ++at) CHECK(table[at - 1].key < table[at].key);
}

TEST_CASE("edges: times that are none are turned away, and counted") {
  struct real_visit {
    int who;
    sys_time<duration<double>> when;
  };
  using real_time = sys_time<duration<double>>;
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const infinite = std::numeric_limits<double>::infinity();
  for (std::size_t const copies : {1U, 20'000U}) {  // the second time rows are read in blocks
    std::vector<real_visit> rows;
    std::vector<visit> sentinels;
    for (std::size_t copy = 0; copy < copies; ++copy) {
      rows.push_back({1, real_time{on_day(0)}});
      for (double const none : {nan, infinite, -infinite}) rows.push_back({2, real_time{duration<double>{none}}});
      sentinels.push_back({1, on_day(0)});
      sentinels.push_back({2, sys_seconds::max()});
      sentinels.push_back({3, sys_seconds::min()});
    }
    CAPTURE(copies);
    auto const check = [&](auto const& answer, std::uint64_t bad) {
      CHECK(answer.count == copies);
      CHECK(answer.rejected == bad * copies);
      CHECK(answer.rejections.bad_time == bad * copies);
    };
    auto const hold = [&](auto const& own, auto who, auto when, std::uint64_t bad) {
      auto const always = [](auto const&) { return true; };
      check(credence::activity(own, who, when, calendar_day{}).result(), bad);
      check(credence::activity(threads{2}, own, who, when, calendar_day{}).result(), bad);
      check(credence::activity_times(own, who, when).result(), bad);
      check(cohort_retention(own, who, when, calendar_day{}), bad);
      check(cohort_retention(own, who, when, calendar_day{}, credence::starts_if(always)), bad);
      check(n_day_retention(own, who, when), bad);
      check(n_day_retention(own, who, when, calendar_day{}), bad);
      check(credence::active_users(own, who, when, calendar_day{}), bad);
      check(credence::lifecycle(own, who, when, calendar_day{}), bad);
      check(credence::stickiness(own, who, when), bad);
      check(credence::power_user_curve(own, who, when), bad);
      check(credence::repeat_rate(own, who, when), bad);
      check(credence::inter_purchase_times(own, who, when), bad);
      check(credence::funnel(own, who, when, credence::steps(always, always)), bad);
      CHECK(cohort_retention(own, who, when, calendar_day{}).customers == 1);
    };
    hold(rows, &real_visit::who, &real_visit::when, 3);
    hold(sentinels, &visit::who, &visit::when, 2);
  }
}

TEST_CASE("edges: amounts that are none are turned away, and counted") {
  struct sale {
    int who;
    sys_seconds when;
    double amount;
    std::optional<long> cents;
  };
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<sale> const rows{{1, on_day(0), 2.5, 250},
                               {1, on_day(0), nan, std::nullopt},
                               {1, on_day(1), std::numeric_limits<double>::infinity(), 100},
                               {2, on_day(1), 1.5, std::nullopt}};
  auto const reals = cohort_retention(rows, &sale::who, &sale::when, &sale::amount, calendar_day{});
  CHECK(reals.count == 2);
  CHECK(reals.rejections.not_a_number == 1);
  CHECK(reals.rejections.off_scale == 1);
  CHECK(reals[0][0].value == 2.5);
  CHECK(reals[1][0].value == 1.5);
  auto const cents = cohort_retention(rows, &sale::who, &sale::when, &sale::cents, calendar_day{});
  CHECK(cents.count == 2);
  CHECK(cents.rejections.missing == 2);
  CHECK(cents[0][0].value == 250);
  CHECK(cents[0][1].value == 100);
}

TEST_CASE("edges: what is raised names the row") {
  std::vector<visit> rows;
  for (int at = 0; at < 150'000; ++at) rows.push_back({at % 1'000, on_day(at / 10'000)});
  rows[100'000].when = sys_seconds::max();
  rows[149'999].when = sys_seconds::min();
  auto const always = [](visit const&) { return true; };
  char const* const complaint = "credence: sample 100000 has a time that cannot be";
  auto const hold = [&](auto const& ask) {
    CHECK_THROWS_WITH_AS(static_cast<void>(ask()), complaint, credence::invalid_sample);
  };
  constexpr auto raise = on_invalid::raise;
  auto const who = &visit::who;
  auto const when = &visit::when;
  calendar_day const policy;
  hold([&] { return credence::activity(rows, who, when, policy, {.on_invalid = raise}); });
  hold([&] { return credence::activity(threads{2}, rows, who, when, policy, {.on_invalid = raise}); });
  hold([&] { return credence::activity_times(rows, who, when, {.on_invalid = raise}); });
  hold([&] { return cohort_retention(rows, who, when, policy, {.on_invalid = raise}); });
  hold([&] { return cohort_retention(threads{2}, rows, who, when, policy, {.on_invalid = raise}); });
  hold([&] {
    return cohort_retention(rows, who, when, policy, credence::returns_if([](visit const& own) { return own.who < 9; }),
                            {.on_invalid = raise});
  });
  hold([&] { return n_day_retention(rows, who, when, {.on_invalid = raise}); });
  hold([&] { return n_day_retention(rows, who, when, policy, {.on_invalid = raise}); });
  hold([&] { return credence::active_users(rows, who, when, policy, {.on_invalid = raise}); });
  hold([&] { return credence::lifecycle(rows, who, when, policy, {.on_invalid = raise}); });
  hold([&] { return credence::stickiness(rows, who, when, {.on_invalid = raise}); });
  hold([&] { return credence::power_user_curve(rows, who, when, {.on_invalid = raise}); });
  hold([&] { return credence::repeat_rate(rows, who, when, {.on_invalid = raise}); });
  hold([&] { return credence::inter_purchase_times(rows, who, when, {.on_invalid = raise}); });
  hold([&] { return credence::funnel(rows, who, when, credence::steps(always, always), {.on_invalid = raise}); });

  struct optional_visit {
    std::optional<int> who;
    sys_seconds when;
  };
  std::vector<optional_visit> const nobody{{1, on_day(0)}, {1, on_day(1)}, {std::nullopt, on_day(2)}};
  CHECK_THROWS_WITH_AS(static_cast<void>(credence::activity(nobody, &optional_visit::who, &optional_visit::when, policy,
                                                            {.on_invalid = raise})),
                       "credence: sample 2 is missing", credence::invalid_sample);

  // Pushed one by one: the place among those seen, and nothing has changed.
  credence::activity_accumulator<int, calendar_day> pushed(policy, {.on_invalid = raise});
  credence::activity_times_accumulator<int> times({.on_invalid = raise});
  credence::funnel_accumulator<int> steps({.steps = 2, .on_invalid = raise});
  credence::cohort_accumulator<int, calendar_day> cohorts(policy, {.on_invalid = raise});
  for (int at = 0; at < 7; ++at) {
    pushed(at, on_day(at));
    times(at, on_day(at));
    steps(at, on_day(at), 1U);
    cohorts(at, on_day(at), event_roles{});
  }
  char const* const seventh = "credence: sample 7 has a time that cannot be";
  auto const unchanged = [&](auto& into, auto const&... more) {
    auto const before = into;
    CHECK_THROWS_WITH_AS(into(1, sys_seconds::max(), more...), seventh, credence::invalid_sample);
    CHECK(into == before);
    CHECK(credence::to_bytes(into) == credence::to_bytes(before));
  };
  unchanged(pushed);
  unchanged(times);
  unchanged(steps, 1U);
  unchanged(cohorts, event_roles{});
}

TEST_CASE("edges: a stray time in 2106 is refused, or makes no difference to the others") {
  std::vector<visit> rows;
  for (int at = 0; at < 300; ++at) rows.push_back({at % 40, on_day(at / 4)});
  auto const known = daily(rows, credence::cohort_retention_options{.observed_until = end_of(70)});
  rows.push_back({41, sys_days{2106y / 2 / 7}});
  // Unsaid, observation would end in 2106: a dozen cohorts of 30,000 days.
  CHECK_THROWS_AS(static_cast<void>(daily(rows, credence::cohort_retention_options{.most_cells = 100'000})),
                  credence::error);
  auto const found = daily(rows, credence::cohort_retention_options{.observed_until = end_of(70)});
  REQUIRE(found.size() == known.size());
  CHECK(found.after_end == known.after_end + 1);
  for (std::size_t at = 0; at < found.size(); ++at) CHECK(rates_of(found[at]).size() == rates_of(known[at]).size());
}

// --- what once failed here ---

TEST_CASE("once: relative to the previous period, members who are too young were counted as lost; now it is refused") {
  // Two customers of one property, who begin in January and in February and come every month up to March, which has
  // ended. Two months later only the first is old enough, and is there.
  std::vector<typed_visit> rows;
  for (unsigned month = 1; month <= 3; ++month) {
    rows.push_back({1, sys_days{2024y / std::chrono::month{month} / 5}});
    if (month > 1) rows.push_back({2, sys_days{2024y / std::chrono::month{month} / 5}});
  }
  CHECK_THROWS_AS(
      static_cast<void>(cohort_retention(
          rows, &typed_visit::who, &typed_visit::when, calendar_month{}, credence::cohort_of(&typed_visit::country),
          {.relative_to = credence::retention_base::previous, .observed_until = sys_days{2024y / 4 / 1}})),
      credence::error);
}

TEST_CASE("once: cohorts that nobody is in counted as cells, and a small table was refused") {
  // One customer, every day for four years: one cohort of 1,461 cells. Refused for 1,067,991.
  std::vector<visit> rows;
  for (int at = 0; at < 1'461; ++at) rows.push_back({1, on_day(at)});
  CHECK_NOTHROW(static_cast<void>(daily(rows)));
}

TEST_CASE("once: observed for ever was observed up to nothing") {
  // As `over_time` and windows of 24 hours have it: every period has ended.
  std::vector<visit> const rows{{1, on_day(0)}, {1, on_day(1)}};
  credence::instant const for_ever = sys_seconds::max();
  CHECK(n_day_retention(rows, &visit::who, &visit::when, {.days = {1}, .observed_until = for_ever})[0].eligible == 1);
  CHECK(daily(rows, credence::cohort_retention_options{.observed_until = for_ever})[0][1].mature);
}

TEST_CASE("once: before 1970 a beginning without any return ended in 1970") {
  // Nothing is known after the last event, in 1969: one cell that is not mature, as in any other year. But there are
  // three, of which two are mature.
  std::vector<typed_visit> const rows{{1, sys_days{1969y / 12 / 30}, true, false}};
  auto const table = cohort_retention(rows, &typed_visit::who, &typed_visit::when, calendar_day{},
                                      credence::returns_if(&typed_visit::returns));
  CHECK(table[0].cells.size() == 1);
}

TEST_CASE("once: the last event did not end observation, if it neither begins nor returns") {
  std::vector<typed_visit> const rows{
      {1, on_day(0), true, true}, {2, on_day(0), true, true}, {3, on_day(9), false, false}};
  auto const table = cohort_retention(rows, &typed_visit::who, &typed_visit::when, calendar_day{},
                                      credence::starts_if(&typed_visit::starts),
                                      credence::returns_if(&typed_visit::returns));
  CHECK(table[0].cells.size() == 10);
}

TEST_CASE("once: nor did it if its customer had begun before") {
  std::vector<typed_visit> const rows{{1, on_day(0), true, true}, {1, on_day(9), true, false}};
  auto const table = cohort_retention(rows, &typed_visit::who, &typed_visit::when, calendar_day{},
                                      credence::returns_if(&typed_visit::returns));
  CHECK(table[0].cells.size() == 10);
}

TEST_CASE("once: nor of a funnel, if it is no step") {
  // The first step was taken nine days before the last event, so that its three days are over.
  std::vector<typed_visit> const rows{{1, on_day(0), true, false}, {2, on_day(9), false, false}};
  auto const found = credence::funnel(rows, &typed_visit::who, &typed_visit::when,
                                      credence::steps(&typed_visit::starts, &typed_visit::returns),
                                      {.within = days{3}});
  CHECK(found.customers == 1);
}

TEST_CASE("once: a funnel counted customers who came when observation had ended") {
  std::vector<typed_visit> const rows{{1, on_day(0)}, {2, on_day(9)}};
  auto const found = credence::funnel(rows, &typed_visit::who, &typed_visit::when,
                                      credence::steps(&typed_visit::starts, &typed_visit::returns),
                                      {.observed_until = on_day(5)});
  CHECK(found.never_began == 0);  // the second did begin, later
}

TEST_CASE("once: a funnel of events that are no steps could not be read from its bytes") {
  credence::funnel_accumulator<int> seen({.steps = 2});
  seen(1, on_day(0), 0U);
  CHECK(seen.valid());
  CHECK(static_cast<bool>(credence::try_from_bytes<credence::funnel_accumulator<int>>(credence::to_bytes(seen))));
}

TEST_CASE("once: the place of a sample did not count those that only begin") {
  credence::cohort_accumulator<int, calendar_day> cohorts(calendar_day{}, {.on_invalid = on_invalid::raise});
  for (int at = 0; at < 3; ++at) cohorts(at, on_day(at), event_roles{.returns = false});
  CHECK_THROWS_WITH_AS(cohorts(1, sys_seconds::max(), event_roles{}), "credence: sample 3 has a time that cannot be",
                       credence::invalid_sample);
}

TEST_CASE("once: who signed up without an amount never began") {
  // Amounts are "of the events that return"; of one that only begins there need be none.
  struct sale {
    int who;
    sys_seconds when;
    bool is_signup;
    std::optional<long> cents;
  };
  std::vector<sale> const rows{{1, on_day(0), true, std::nullopt}, {1, on_day(1), false, 500}};
  auto const table = cohort_retention(rows, &sale::who, &sale::when, &sale::cents, calendar_day{},
                                      credence::starts_if(&sale::is_signup),
                                      credence::returns_if([](sale const& own) { return !own.is_signup; }));
  CHECK(table.customers == 1);
}

TEST_CASE("once: a policy that cannot be was not refused, where a history is asked") {
  std::vector<visit> const rows{{1, on_day(0)}};
  auto const history = credence::activity(rows, &visit::who, &visit::when, calendar_day{});
  calendar_week const wrong{weekday{9}};
  CHECK_THROWS_AS(static_cast<void>(credence::active_users(history, wrong)), credence::error);  // as it should be
  CHECK_THROWS_AS(static_cast<void>(cohort_retention(history, wrong)), credence::error);
  CHECK_THROWS_AS(static_cast<void>(n_day_retention(history, wrong)), credence::error);
  CHECK_THROWS_AS(static_cast<void>(cohort_retention(history, credence::every{seconds{0}})), credence::error);
}

TEST_CASE("once: the longest time there is between two events overflowed") {
  struct wide {
    int who;
    credence::instant when;
  };
  std::int64_t const ends = (std::numeric_limits<std::int64_t>::max)() - 10;
  std::vector<wide> const rows{{1, credence::instant::from_micros(-ends)}, {1, credence::instant::from_micros(ends)}};
  for (auto const mode : {credence::retention_mode::on, credence::retention_mode::on_or_after}) {
    auto const found = n_day_retention(rows, &wide::who, &wide::when,
                                       {.days = {1}, .mode = mode, .observed_until = sys_seconds::max()});
    CHECK(found[0].retained == (mode == credence::retention_mode::on_or_after ? 1 : 0));
  }
}

TEST_CASE("once: periods from one end of time to the other were more than fit a number") {
  struct wide {
    int who;
    credence::instant when;
  };
  std::int64_t const ends = (std::numeric_limits<std::int64_t>::max)() - 10;
  std::vector<wide> const rows{{1, credence::instant::from_micros(-ends)}, {1, credence::instant::from_micros(ends)}};
  credence::every const grid{microseconds{1}};
  CHECK_THROWS_AS(static_cast<void>(credence::lifecycle(rows, &wide::who, &wide::when, grid)), credence::error);
  CHECK_THROWS_AS(static_cast<void>(cohort_retention(rows, &wide::who, &wide::when, grid)), credence::error);
  // Brackets and days have as many cells as are asked for, however far apart the periods.
  for (bool const keeps_amounts : {false, true}) {
    credence::cohort_retention_options const options{
        .brackets = {0, 1, 5}, .min_occurrences = keeps_amounts ? 2 : 1, .observed_until = sys_seconds::max()};
    auto const table = cohort_retention(rows, &wide::who, &wide::when, grid, options);
    CHECK(table[0][0].eligible == 1);
    CHECK(table[0][0].retained == (keeps_amounts ? 0 : 1));
    CHECK(table[0][1].retained == 0);
  }
  for (auto const mode : {credence::retention_mode::on, credence::retention_mode::on_or_after}) {
    auto const found = n_day_retention(rows, &wide::who, &wide::when, grid, {.days = {1}, .mode = mode});
    CHECK(found[0].eligible == 1);
    CHECK(found[0].retained == (mode == credence::retention_mode::on_or_after ? 1 : 0));
  }
  auto const found = credence::funnel(rows, &wide::who, &wide::when,
                                      credence::steps([](wide const& own) { return own.when.micros < 0; },
                                                      [](wide const& own) { return own.when.micros > 0; }));
  CHECK(found[1].mean_since_first == doctest::Approx(2e-6 * static_cast<double>(ends)));
}

}  // namespace test_vendor_failures
