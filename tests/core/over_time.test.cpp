// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/over_time.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace test_over_time {

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_month;
using credence::calendar_quarter;
using credence::calendar_week;
using credence::calendar_year;
using credence::every;
using credence::instant;
using credence::nps_accumulator;
using credence::over_time;
using credence::sliding;

namespace {

struct survey {
  int score;
  sys_seconds when;
  double weight = 1;
  std::int64_t ts = 0;
};

/// All periods, as walking gives them.
template <class Timed>
auto walked(Timed const& timed) {
  std::vector<typename Timed::slot> slots;
  for (auto const& slot : timed) slots.push_back(slot);
  return slots;
}

/// The same times on every machine.
std::uint64_t next(std::uint64_t& word) {
  word ^= word << 13;
  word ^= word >> 7;
  word ^= word << 17;
  return word;
}
/// Answers in no order, between two years.
std::vector<survey> answers(std::size_t count, int from_year, int to_year,
                            std::uint64_t seed = 88'172'645'463'325'252) {
  std::int64_t const first = sys_seconds{sys_days{year{from_year} / 1 / 1}}.time_since_epoch().count();
  std::int64_t const last = sys_seconds{sys_days{year{to_year} / 1 / 1}}.time_since_epoch().count();
  std::vector<survey> rows(count);
  for (survey& each : rows) {
    each.score = static_cast<int>(next(seed) % 12);  // 11 is off the scale
    each.when =
        sys_seconds{seconds{first + static_cast<std::int64_t>(next(seed) % static_cast<std::uint64_t>(last - first))}};
    each.weight = static_cast<double>(next(seed) % 100) / 10;
    each.ts = each.when.time_since_epoch().count();
  }
  return rows;
}

// What the calendar says of a time, by the standard library: the first day of its period.
sys_days week_from(sys_days day, weekday start) { return day - (weekday{day} - start); }

template <class Policy, class FirstDay>
void hold_to(std::vector<survey> const& rows, Policy const& policy, seconds offset, FirstDay first_day) {
  auto const timed = over_time(rows, &survey::when, policy, nps_accumulator{}, &survey::score);
  std::map<sys_seconds, nps_accumulator> known;
  for (survey const& each : rows) {
    sys_seconds const begin = sys_seconds{first_day(floor<days>(each.when + offset))} - offset;
    known[begin](each.score);
  }
  std::size_t found = 0;
  instant last_end;
  for (auto const& slot : timed) {
    CHECK((found == 0 || slot.period.begin == last_end));  // no gap and no overlap
    CHECK(slot.period.begin < slot.period.end);
    last_end = slot.period.end;
    auto const own = known.find(static_cast<sys_seconds>(slot.period.begin));
    if (own == known.end()) {
      CHECK(slot.accumulator == nps_accumulator{});
    } else {
      CHECK(slot.accumulator == own->second);
      ++found;
    }
  }
  CHECK(found == known.size());
  CHECK(timed.rejections().total() == 0);
}

}  // namespace

TEST_CASE("over_time: every policy at every offset, against std::chrono") {
  for (auto const& rows : {answers(3'000, 2019, 2029), answers(6'000, 1890, 1980), answers(40'000, 2020, 2023)}) {
    for (minutes const offset : {minutes{0}, minutes{840}, minutes{-840}, minutes{345}, minutes{-150}}) {
      hold_to(rows, calendar_day{offset}, offset, [](sys_days day) { return day; });
      for (weekday const start : {Monday, Sunday, Saturday, Wednesday})
        hold_to(rows, calendar_week{start, offset}, offset, [start](sys_days day) { return week_from(day, start); });
      hold_to(rows, calendar_month{offset}, offset, [](sys_days day) {
        year_month_day const at{day};
        return sys_days{at.year() / at.month() / 1};
      });
      hold_to(rows, calendar_quarter{offset}, offset, [](sys_days day) {
        year_month_day const at{day};
        return sys_days{at.year() / month{(unsigned{at.month()} - 1) / 3 * 3 + 1} / 1};
      });
      hold_to(rows, calendar_year{offset}, offset,
              [](sys_days day) { return sys_days{year_month_day{day}.year() / 1 / 1}; });
      hold_to(rows, every{days{10}, sys_days{2020y / 2 / 29} - offset}, offset, [](sys_days day) {
        sys_days const origin{2020y / 2 / 29};
        return origin + days{10} * credence::detail::floor_quotient((day - origin).count(), 10);
      });
    }
  }
}

TEST_CASE("over_time: the issue's calls") {
  std::vector<survey> const rows = answers(500, 2026, 2027);
  auto const monthly = over_time(rows, &survey::when, calendar_month{}, nps_accumulator{}, &survey::score);
  std::uint64_t count = 0;
  for (auto const& month : monthly) {
    CHECK(month.name ==
          "2026-" + std::string(month.period.index % 12 < 9 ? "0" : "") + std::to_string(month.period.index % 12 + 1));
    CHECK(month.complete == (month.name != "2026-12"));  // nothing is known of the time after the last answer
    count += month.accumulator.result().count;
  }
  CHECK(monthly.size() == 12);
  CHECK(count == credence::nps(rows, &survey::score).count);
  CHECK(monthly.total().result() == credence::nps(rows, &survey::score));

  auto const weekly = over_time(rows, credence::epoch_seconds(&survey::ts), calendar_week{Monday, hours{9}},
                                credence::csat_accumulator{}, [](survey const& each) { return each.score; });
  CHECK((*weekly.begin()).period.begin == instant(sys_days{2025y / 12 / 29} - hours{9}));
  CHECK((*weekly.begin()).name == "2026-W01");
}

TEST_CASE("over_time: what is observed, what is complete, what is empty") {
  std::vector<survey> const rows{{9, sys_days{2026y / 1 / 20}}, {3, sys_days{2026y / 4 / 1}}};
  auto const open = walked(over_time(rows, &survey::when, calendar_month{}, nps_accumulator{}, &survey::score));
  REQUIRE(open.size() == 4);
  CHECK(open[1].accumulator.result().count == 0);
  CHECK_FALSE(open[1].accumulator.result());
  CHECK(open[2].complete);
  CHECK_FALSE(open[3].complete);
  auto const until = [&](instant end) {
    return walked(
        over_time(rows, &survey::when, calendar_month{.observed_until = end}, nps_accumulator{}, &survey::score));
  };
  // Observed to the very end of April: complete, and no empty May.
  REQUIRE(until(sys_days{2026y / 5 / 1}).size() == 4);
  CHECK(until(sys_days{2026y / 5 / 1})[3].complete);
  CHECK_FALSE(until(sys_days{2026y / 4 / 30})[3].complete);
  // Later: empty months follow, the last of them not complete.
  REQUIRE(until(sys_days{2026y / 6 / 15}).size() == 6);
  CHECK(until(sys_days{2026y / 6 / 15})[4].complete);
  CHECK_FALSE(until(sys_days{2026y / 6 / 15})[5].complete);
  // Answers that came after observation ended are kept, in periods that are not complete.
  CHECK(until(sys_days{2026y / 2 / 1}).size() == 4);
  CHECK(until(sys_days{2026y / 2 / 1})[0].complete);
  CHECK_FALSE(until(sys_days{2026y / 2 / 1})[3].complete);
  // "For ever" closes every period and makes none.
  REQUIRE(until(sys_seconds::max()).size() == 4);
  CHECK(until(sys_seconds::max())[3].complete);
}

TEST_CASE("over_time: nothing, and one") {
  std::vector<survey> rows;
  auto const none = over_time(rows, &survey::when, calendar_day{.observed_until = sys_days{2026y / 1 / 1}},
                              nps_accumulator{}, &survey::score);
  CHECK(none.empty());
  CHECK(none.begin() == none.end());
  CHECK(none.result().empty());
  rows.push_back({9, sys_days{2024y / 2 / 29}});
  auto const one = over_time(rows, &survey::when, calendar_year{}, nps_accumulator{}, &survey::score);
  REQUIRE(one.size() == 1);
  CHECK((*one.begin()).name == "2024");
  CHECK((*one.begin()).accumulator.result().value == 100);
}

TEST_CASE("over_time: a stray time in 2106 is kept, and makes no table of empty months") {
  std::vector<survey> rows = answers(200, 2026, 2027);
  rows.push_back({10, sys_days{2106y / 2 / 7}});
  auto const monthly = over_time(rows, &survey::when, calendar_month{}, nps_accumulator{}, &survey::score);
  CHECK(monthly.result().size() == 13);
  CHECK(monthly.result().back().name == "2106-02");
  CHECK(monthly.total().result().count == credence::nps(rows, &survey::score).count);
  CHECK_THROWS_WITH_AS(
      static_cast<void>(monthly.begin()),
      "credence: from 2026-01 to 2106-02 there are 949 empty periods beside 13 with samples, more than "
      "the 400 that are walked; is a time wrong? result() answers those",
      credence::error);
  // Three years of days with two months missing are walked all the same.
  std::vector<survey> dense;
  for (int day = 0; day < 1'000; ++day)
    if (day < 300 || day > 360) dense.push_back({9, sys_days{2024y / 1 / 1} + days{day}});
  CHECK(walked(over_time(dense, &survey::when, calendar_day{}, nps_accumulator{}, &survey::score)).size() == 1'000);
}

TEST_CASE("over_time: rows without a time are counted, or raised") {
  struct row {
    int score;
    std::optional<sys_seconds> when;
  };
  std::vector<row> rows;
  for (int at = 0; at < 40'000; ++at) {
    rows.push_back({at % 11, sys_days{2026y / 1 / 1} + hours{at % 4'000}});
    if (at % 100 == 0) rows.back().when = sys_seconds::max();
    if (at % 100 == 1) rows.back().when.reset();
  }
  auto const daily = over_time(rows, &row::when, calendar_day{}, nps_accumulator{}, &row::score);
  CHECK(daily.rejections().missing == 400);
  CHECK(daily.rejections().bad_time == 400);
  CHECK(daily.rejections().total() == 800);
  CHECK(daily.total().result().count == 39'200);
  CHECK(daily.size() == 167);
  // The same in parallel, row by row, and in halves.
  CHECK(over_time(credence::threads{2}, rows, &row::when, calendar_day{}, nps_accumulator{}, &row::score) == daily);
  credence::timed<calendar_day, nps_accumulator> pushed;
  for (row const& each : rows) pushed(each.when, each.score);
  CHECK(pushed == daily);
  std::vector<row> const head(rows.begin(), rows.begin() + 12'345);
  std::vector<row> const tail(rows.begin() + 12'345, rows.end());
  auto halves = over_time(tail, &row::when, calendar_day{}, nps_accumulator{}, &row::score);
  halves += over_time(head, &row::when, calendar_day{}, nps_accumulator{}, &row::score);
  CHECK(halves == daily);

  credence::nps_options const strict{.on_invalid = credence::on_invalid::raise};
  std::vector<row> const dirty{{9, sys_days{2026y / 1 / 1}}, {9, std::nullopt}};
  CHECK_THROWS_WITH_AS(
      static_cast<void>(over_time(dirty, &row::when, calendar_day{}, nps_accumulator{strict}, &row::score)),
      "credence: sample 1 is missing", credence::invalid_sample);
  CHECK_THROWS_WITH_AS(static_cast<void>(over_time(credence::threads{2}, dirty, &row::when, calendar_day{},
                                                   nps_accumulator{strict}, &row::score)),
                       "credence: sample 1 is missing", credence::invalid_sample);
  credence::timed<calendar_day, nps_accumulator> raising(calendar_day{}, nps_accumulator{strict});
  raising(sys_days{2026y / 1 / 1}, 9);
  auto const before = raising;
  CHECK_THROWS_WITH_AS(raising(sys_seconds::max(), 9), "credence: sample 1 has a time that cannot be",
                       credence::invalid_sample);
  CHECK(raising == before);
}

TEST_CASE("over_time: times from the ends of what can be told") {
  std::vector<survey> const rows{{9, sys_days{-9000y / 2 / 29}},
                                 {9, sys_days{1969y / 12 / 31}},
                                 {9, sys_days{9999y / 12 / 31}},
                                 {9, sys_days{20000y / 1 / 1}}};
  auto const found = over_time(rows, &survey::when, calendar_year{}, nps_accumulator{}, &survey::score).result();
  REQUIRE(found.size() == 4);
  CHECK(found[0].name == "-9000");
  CHECK(found[1].name == "1969");
  CHECK(found[2].name == "9999");
  CHECK(found[3].name == "20000");
  // The very first and last instants have a period too, with bounds that saturate.
  for (std::int64_t const micros : {INT64_MIN + 1, INT64_MAX - 1}) {
    credence::timed<calendar_month, nps_accumulator> edge(calendar_month{hours{14}}, nps_accumulator{});
    edge(instant::from_micros(micros), 9);
    CHECK(edge.total().result().count == 1);
    CHECK((*edge.begin()).period.begin <= instant::from_micros(micros));
  }
}

TEST_CASE("over_time: days of 23 and 25 hours, by local times") {
  // Zürich 2026: clocks go forward on 29 March and back on 25 October.
  struct event {
    sys_seconds utc;
    minutes offset;
  };
  std::vector<event> rows;
  for (int hour = 0; hour < 400 * 24; ++hour) {
    sys_seconds const utc = sys_days{2025y / 12 / 31} + hours{23 + hour};
    bool const summer = utc >= sys_days{2026y / 3 / 29} + 1h && utc < sys_days{2026y / 10 / 25} + 1h;
    rows.push_back({utc, hours{summer ? 2 : 1}});
  }
  auto const daily = over_time(rows, credence::local(&event::utc, &event::offset), calendar_day{}, nps_accumulator{},
                               [](event const&) { return 9; });
  int odd = 0;
  for (auto const& day : daily) {
    std::uint64_t const hours_in_day = day.accumulator.result().count;
    if (day.name == "2026-03-29") CHECK(hours_in_day == 23);
    if (day.name == "2026-10-25") CHECK(hours_in_day == 25);
    odd += hours_in_day != 24;
  }
  CHECK(odd == 2);
}

TEST_CASE("over_time: windows that slide") {
  std::vector<survey> const rows = answers(2'000, 2025, 2026);
  auto const windows = over_time(rows, &survey::when, sliding{days{28}, days{1}}, nps_accumulator{}, &survey::score);
  for (auto const& window : windows) {
    nps_accumulator known;
    for (survey const& each : rows)
      if (instant(each.when) >= window.period.begin && instant(each.when) < window.period.end) known(each.score);
    CHECK(window.accumulator == known);
    CHECK(window.period.end.micros - window.period.begin.micros == 28 * 86'400'000'000);
  }
  CHECK(windows.overlapping);
  CHECK(windows.total().result().count == credence::nps(rows, &survey::score).count);
  CHECK_FALSE(credence::timed<calendar_day, nps_accumulator>::overlapping);
}

TEST_CASE("over_time: any accumulator, any range, weights, several at once") {
  std::vector<survey> const rows = answers(30'000, 2024, 2026);
  auto const weighted =
      over_time(rows, &survey::when, calendar_quarter{}, credence::mean_accumulator{}, &survey::score, &survey::weight);
  auto const tee = over_time(rows, &survey::when, calendar_quarter{},
                             credence::tee(nps_accumulator{}, credence::mean_accumulator{}), &survey::score);
  std::size_t at = 0;
  auto const means = walked(weighted);
  for (auto const& quarter : tee) {
    std::vector<survey> own;
    for (survey const& each : rows)
      if (instant(each.when) >= quarter.period.begin && instant(each.when) < quarter.period.end) own.push_back(each);
    CHECK(quarter.accumulator.template get<0>().result() == credence::nps(own, &survey::score));
    CHECK(means[at++].accumulator.result().value ==
          doctest::Approx(credence::mean(own, &survey::score, &survey::weight).value));
  }
  std::list<survey> const listed(rows.begin(), rows.end());
  CHECK(over_time(listed, &survey::when, calendar_week{}, nps_accumulator{}, &survey::score) ==
        over_time(rows, &survey::when, calendar_week{}, nps_accumulator{}, &survey::score));
  CHECK(over_time(credence::threads{2}, rows, &survey::when, calendar_week{}, nps_accumulator{}, &survey::score) ==
        over_time(rows, &survey::when, calendar_week{}, nps_accumulator{}, &survey::score));
}

namespace {

/// Rows that can be looked at beforehand, whose periods come from a table, against a list's, which come from the
/// calendar.
template <class Policy, class TimeOf>
void hold_to_calendar(Policy const& policy, TimeOf time_of) {
  std::vector<survey> const rows = answers(20'000, 1960, 1975);
  std::list<survey> const listed(rows.begin(), rows.end());
  auto const from_table = over_time(rows, time_of, policy, nps_accumulator{}, &survey::score);
  CHECK(from_table == over_time(listed, time_of, policy, nps_accumulator{}, &survey::score));
  CHECK(from_table.size() > 1);
}

template <class Unit>
auto in_units(survey const& each) {
  return floor<Unit>(sys_time<microseconds>(each.when) + microseconds{each.score});
}

}  // namespace

TEST_CASE("over_time: ticks of every length find the period that the calendar says") {
  auto const all_units = [](auto const& policy) {
    hold_to_calendar(policy, in_units<nanoseconds>);
    hold_to_calendar(policy, in_units<microseconds>);
    hold_to_calendar(policy, in_units<milliseconds>);
    hold_to_calendar(policy, in_units<seconds>);
    hold_to_calendar(policy, in_units<duration<int, std::ratio<7, 10>>>);
    hold_to_calendar(policy, in_units<minutes>);
    hold_to_calendar(policy, in_units<days>);
    hold_to_calendar(policy, [](survey const& each) { return year_month_day{floor<days>(each.when)}; });
    hold_to_calendar(policy, [](survey const& each) { return std::optional(each.when); });
    hold_to_calendar(policy, [](survey const& each) { return sys_time<duration<double>>(each.when); });
  };
  all_units(calendar_month{-hours{3}});
  all_units(calendar_day{minutes{345}});
  all_units(calendar_week{Sunday, seconds{1}});
  all_units(
      every{duration_cast<microseconds>(duration<double>{100'000.000001}), sys_time<microseconds>{microseconds{-7}}});
  // Periods shorter than a tick, or too many for a table.
  all_units(every{hours{1}});
}

TEST_CASE("over_time: states travel, merge and refuse each other") {
  std::vector<survey> const rows = answers(5'000, 2024, 2026);
  auto const weekly = over_time(rows, &survey::when, calendar_week{Sunday, -hours{5}, sys_days{2026y / 1 / 1}},
                                nps_accumulator{}, &survey::score);
  auto const read = credence::from_bytes<credence::timed<calendar_week, nps_accumulator>>(credence::to_bytes(weekly));
  CHECK(read == weekly);
  CHECK(walked(read).size() == weekly.size());
  auto mine = over_time(rows, &survey::when, calendar_week{}, nps_accumulator{}, &survey::score);
  CHECK_THROWS_AS(mine += weekly, credence::error);
  // How long was observed only shapes the answer.
  mine += over_time(rows, &survey::when, calendar_week{.observed_until = sys_days{2027y / 1 / 1}}, nps_accumulator{},
                    &survey::score);
  CHECK(mine.total().result().count == 2 * credence::nps(rows, &survey::score).count);
  credence::timed<calendar_week, nps_accumulator> adopting;
  adopting += weekly;
  CHECK(adopting == weekly);
  auto edited = weekly;
  edited.retract(rows[0].when, rows[0].score);
  CHECK_FALSE(edited == weekly);
  edited(rows[0].when, rows[0].score);
  CHECK(edited == weekly);
}

TEST_CASE("over_time: policies that cannot be") {
  std::vector<survey> const rows = answers(3, 2024, 2026);
  auto const under = [&](auto policy) {
    static_cast<void>(over_time(rows, &survey::when, policy, nps_accumulator{}, &survey::score));
  };
  CHECK_THROWS_WITH_AS(under(calendar_day{hours{24}}),
                       "credence: calendar_day::offset is 86400; seconds of offset from UTC must be less than a day's",
                       credence::error);
  CHECK_NOTHROW(under(calendar_month{hours{14}}));
  CHECK_NOTHROW(under(calendar_month{-hours{14}}));
  CHECK_THROWS_AS(under(calendar_week{weekday{9}}), credence::error);
  CHECK_NOTHROW(under(every{}));
  CHECK_THROWS_AS(under(every{hours{0}}), credence::error);
  CHECK_THROWS_AS(under(every{-hours{1}}), credence::error);
  CHECK_THROWS_AS(under(every{hours{1}, sys_seconds::max()}), credence::error);
  CHECK_THROWS_AS((under(sliding{days{28}, days{3}})), credence::error);
  CHECK_THROWS_AS((under(sliding{days{28}, days{0}})), credence::error);
  CHECK_THROWS_AS((under(sliding{days{400}, seconds{1}})), credence::error);
  nps_accumulator used;
  used(9);
  CHECK_THROWS_AS(static_cast<void>(over_time(rows, &survey::when, calendar_day{}, used, &survey::score)),
                  credence::error);
}

}  // namespace test_over_time
