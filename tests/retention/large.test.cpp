// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/period.hpp>
#include <credence/history.hpp>
#include <credence/interop/threads.hpp>
#include <credence/retention.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "retention/comparisons.hpp"
#include "retention/logs.hpp"
#include "retention/naive.hpp"

namespace test_large {

// Logs that are long enough for what short ones do not reach: several pages of customers, pages that are bits instead
// of lists, keys that are numbered as they lie, rows that are read in blocks, and tasks.

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_week;
using credence::sliding;
using credence::threads;

namespace {

/// More than 32,768 customers, 16,384 rows and 65,536 rows a task; 1,024 customers of a page on one day.
log_shape const large{.rows = 70'000, .customers = 45'000, .days = 12};

/// What the definitions say, once for all keys: answers do not know them.
struct known_answers {
  calendar_day day{hours{9}};
  calendar_week week{Sunday, hours{9}};
  naive::moment end;
  std::vector<std::int64_t> const days{0, 1, 7};

  naive::cohort_table<std::int64_t> daily, weekly, later, in_brackets;
  naive::n_days on, after, on_windows, after_windows;
  std::vector<naive::period_facts> weeks, windows;
  std::optional<std::map<std::int64_t, std::uint64_t>> power;
  naive::repeats repeating;
  std::uint64_t gaps = 0;
  double mean_gap = 0;
  double median_gap = 0;

  known_answers(std::vector<number_event> rows, log_shape const& shape)
      : end(naive::moment{shape.from} + std::chrono::days{shape.days * 3 / 4} + hours{5}) {
    for (number_event& own : rows) own.starts = own.returns = true;
    daily = naive::cohorts(rows, day, {.until = end}, by_period);
    weekly = naive::cohorts(rows, week, {.until = end}, by_period);
    later = naive::cohorts(rows, week, {.on_or_after = true, .until = end}, by_period);
    in_brackets = naive::cohorts(rows, day, {.brackets = {0, 1, 4, 9}, .until = end}, by_period);
    on = naive::n_days_of_calendar(rows, day, days, false, end);
    after = naive::n_days_of_calendar(rows, day, days, true, end);
    on_windows = naive::n_days_of_windows(rows, std::chrono::days{1}, days, false, end);
    after_windows = naive::n_days_of_windows(rows, std::chrono::days{1}, days, true, end);
    weeks = naive::periods(rows, week, 1, end);
    windows = naive::periods(rows, day, 7, end);
    power = naive::power_users(rows, day, 7, end);
    repeating = naive::repeats_of(rows, 2, std::chrono::days{5}, end);
    std::vector<double> all;
    for (auto const& own : naive::gaps_of(rows, end)) all.insert(all.end(), own.begin(), own.end());
    gaps = all.size();
    mean_gap = naive::mean(all);
    median_gap = naive::quantile(all, .5);
  }
};

template <class History>
void hold_to_known(History const& history, known_answers const& known) {
  credence::instant const end(known.end);
  auto const& [day, week] = std::tie(known.day, known.week);
  CHECK(wrong(credence::cohort_retention(history, day, {.observed_until = end}), known.daily) == "");
  CHECK(wrong(credence::cohort_retention(history, week, {.observed_until = end}), known.weekly) == "");
  CHECK(wrong(credence::cohort_retention(history, week,
                                         {.mode = credence::retention_mode::on_or_after, .observed_until = end}),
              known.later) == "");
  CHECK(wrong(credence::cohort_retention(history, day, {.brackets = {0, 1, 4, 9}, .observed_until = end}),
              known.in_brackets) == "");
  for (bool const on_or_after : {false, true})
    CHECK(wrong(credence::n_day_retention(history, day,
                                          {.days = {0, 1, 7}, .mode = mode_of(on_or_after), .observed_until = end}),
                on_or_after ? known.after : known.on) == "");
  CHECK(wrong(credence::lifecycle(history, week, {.observed_until = end}), known.weeks, week) == "");
  sliding const windows{days{7}, days{1}, sys_days{} - hours{9}};
  CHECK(wrong(credence::active_users(history, windows, {.observed_until = end}), known.windows, windows, 7) == "");
  CHECK(wrong(credence::power_user_curve(history, {.window = 7, .observed_until = end}), known.power, day) == "");
}

template <class Rows>
void hold_to_known_rows(Rows const& rows, known_answers const& known, generator& random) {
  using row = row_of<Rows>;
  auto const histories = histories_of(rows, known.day, random);
  CHECK(histories[0].result().customers > 32'768);
  // All of them are equal: the answers of the merged ones are asked.
  hold_to_known(histories[1], known);
  credence::instant const end(known.end);
  auto const times = times_of(rows, random);
  auto const& history = times[1];
  for (bool const on_or_after : {false, true})
    CHECK(wrong(credence::n_day_retention(history,
                                          {.days = {0, 1, 7}, .mode = mode_of(on_or_after), .observed_until = end}),
                on_or_after ? known.after_windows : known.on_windows) == "");
  auto const repeating = credence::repeat_rate(history, {.within = days{5}, .observed_until = end});
  CHECK(repeating.customers == known.repeating.customers);
  CHECK(repeating.repeating == known.repeating.repeating);
  CHECK(repeating.too_recent == known.repeating.too_recent);
  auto const gaps = credence::inter_purchase_times(history, {.observed_until = end});
  CHECK(gaps.gaps == known.gaps);
  CHECK(is_about(gaps.value, known.mean_gap));
  CHECK(is_about(gaps.median, known.median_gap));
  // Asked of rows.
  CHECK(wrong(credence::cohort_retention(rows, &row::who, &row::when, known.day, {.observed_until = end}),
              known.daily) == "");
}

}  // namespace

TEST_CASE("retention: large logs, by keys of every kind") {
  generator random(11);
  auto const rows = events_of(large, random);
  known_answers const known(rows, large);
  auto const hold = [&](auto const& own, auto const& rename) {
    hold_to_known_rows(renamed(own, rename), known, random);
  };
  // In the order of time, as a log is written.
  auto ordered = rows;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](auto const& one, auto const& other) { return one.when < other.when; });
  hold_to_known_rows(ordered, known, random);
  hold(ordered, text_key);
  // Dense about zero, with strays: some keys are of another system.
  hold(rows, [](std::int64_t who) {
    return who == 17 ? -1'000'000'000 : who % 5'000 == 3 ? who * 1'000'000'007 : who - 20'000;
  });
  hold(rows, sparse_key);
  // The last numbers that there are.
  hold(rows, [](std::int64_t who) { return std::numeric_limits<std::int64_t>::max() - who; });
}

TEST_CASE("retention: one page that is a list in some shards and bits in others") {
  using row = number_event;
  generator random(13);
  std::vector<row> rows;
  std::set<std::int64_t> known;
  while (rows.size() < 20'000) {  // 2,000 customers of one day, over and over
    row own;
    own.who = static_cast<std::int64_t>(random(2'000));
    own.when = sys_days{2024y / 2 / 29} + hours{random(24)};
    known.insert(own.who);
    rows.push_back(own);
  }
  auto const whole = histories_of(rows, calendar_day{}, random)[0];
  CHECK(whole.result().customers == known.size());
  CHECK(whole.result().active == known.size());
  // 1,023, 1,024 and 1,025 customers: where a list becomes bits.
  for (std::int64_t const many : {1'023, 1'024, 1'025}) {
    std::vector<row> own;
    for (std::int64_t who = 0; who < many; ++who) own.push_back(rows[0]);
    for (std::int64_t who = 0; who < many; ++who) own[static_cast<std::size_t>(who)].who = who * 31 % 32'768;
    random.shuffle(own);
    own.push_back(own[5]);
    for (auto const& history : histories_of(own, calendar_day{}, random)) {
      CHECK(history.result().active == static_cast<std::uint64_t>(many));
      auto const daily = credence::active_users(history, calendar_day{});
      REQUIRE(daily.size() == 1);
      CHECK(daily[0].users == static_cast<std::uint64_t>(many));
    }
  }
}

TEST_CASE("retention: large logs with amounts, occurrences and roles") {
  using row = number_event;
  generator random(14);
  log_shape const shape{.rows = 40'000, .customers = 34'000, .days = 9};
  auto const rows = events_of(shape, random);
  auto everything = rows;
  for (row& own : everything) own.starts = own.returns = true;
  calendar_day const day{-hours{8}};
  naive::cohort_question const twice{.min_occurrences = 2};
  auto const known = naive::cohorts(everything, day, twice, by_period);
  auto const histories = valued_histories_of(rows, day, random);
  CHECK(wrong(credence::cohort_retention(histories[1], day, {.min_occurrences = 2}), known, true) == "");
  CHECK(wrong(credence::cohort_retention(rows, &row::who, &row::when, day, {.min_occurrences = 2}), known) == "");

  naive::moment const end = naive::moment{shape.from} + days{7};
  auto const found = credence::cohort_retention(rows, &row::who, &row::when, &row::amount, day,
                                                credence::starts_if(&row::starts), credence::returns_if(&row::returns),
                                                credence::cohort_of(&row::property), {.observed_until = end});
  CHECK(wrong(found, naive::cohorts(rows, day, {.until = end}, by_property), true) == "");
}

TEST_CASE("retention: rows that can only be read once, in blocks") {
  using row = number_event;
  generator random(15);
  log_shape const shape{.rows = 20'000, .customers = 9'000, .days = 20};
  auto const rows = events_of(shape, random);
  std::list<row> const listed(rows.begin(), rows.end());
  auto const known = credence::activity(rows, &row::who, &row::when, calendar_day{});
  CHECK(credence::activity(listed, &row::who, &row::when, calendar_day{}) == known);
  CHECK(credence::activity(threads{2}, listed, &row::who, &row::when, calendar_day{}) == known);
  CHECK(credence::activity_times(listed, &row::who, &row::when) ==
        credence::activity_times(rows, &row::who, &row::when));
}

}  // namespace test_large
