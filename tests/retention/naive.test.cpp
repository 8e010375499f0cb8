// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/period.hpp>
#include <credence/history.hpp>
#include <credence/interop/threads.hpp>
#include <credence/retention.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "retention/any_policy.hpp"
#include "retention/comparisons.hpp"
#include "retention/logs.hpp"
#include "retention/naive.hpp"

namespace test_naive {

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_month;
using credence::calendar_quarter;
using credence::calendar_week;
using credence::calendar_year;
using credence::every;
using credence::retention_mode;
using credence::sliding;
using credence::threads;
using naive::moment;
using naive::until_type;

namespace {

/// Everything that days, weeks and so on answer, of rows and of what was gathered from them.
template <class Rows, class Policy, class Histories>
void hold_to_periods(Rows const& rows, Policy const& policy, Histories const& histories, until_type until,
                     std::int64_t window) {
  using row = row_of<Rows>;
  CAPTURE(Policy::type_id());
  CAPTURE(until.has_value());
  auto const end = as_instant(until);
  Rows everything = rows;  // of which each event begins and returns
  for (row& own : everything) own.starts = own.returns = true;

  for (auto const& asked :
       {naive::cohort_question{.until = until}, naive::cohort_question{.on_or_after = true, .until = until},
        naive::cohort_question{.brackets = {0, 1, 3, 8}, .until = until},
        naive::cohort_question{.brackets = {2, 5}, .until = until}}) {
    credence::cohort_retention_options options{.mode = mode_of(asked.on_or_after), .observed_until = end};
    options.brackets.assign(asked.brackets.begin(), asked.brackets.end());
    auto const table = credence::cohort_retention(rows, &row::who, &row::when, policy, options);
    CHECK(wrong(table, naive::cohorts(everything, policy, asked, by_period)) == "");
    hold_alike(table, histories, [&](auto const& own) { return credence::cohort_retention(own, policy, options); });
    CHECK(text_of(credence::cohort_retention(threads{2}, rows, &row::who, &row::when, policy, options)) ==
          text_of(table));
    // The policy may say as well how long was observed.
    Policy told = policy;
    told.observed_until = end;
    options.observed_until.reset();
    CHECK(text_of(credence::cohort_retention(histories[0], told, options)) == text_of(table));
  }
  for (bool const on_or_after : {false, true}) {
    credence::n_day_retention_options const options{
        .days = {0, 1, 2, 7, 30}, .mode = mode_of(on_or_after), .observed_until = end};
    auto const found = credence::n_day_retention(rows, &row::who, &row::when, policy, options);
    CHECK(wrong(found, naive::n_days_of_calendar(rows, policy, {0, 1, 2, 7, 30}, on_or_after, until)) == "");
    hold_alike(found, histories, [&](auto const& own) { return credence::n_day_retention(own, policy, options); });
    CHECK(text_of(credence::n_day_retention(threads{2}, rows, &row::who, &row::when, policy, options)) ==
          text_of(found));
  }
  auto const users = credence::active_users(rows, &row::who, &row::when, policy, {.observed_until = end});
  CHECK(wrong(users, naive::periods(rows, policy, 1, until), policy, 1) == "");
  hold_alike(users, histories,
             [&](auto const& own) { return credence::active_users(own, policy, {.observed_until = end}); });
  CHECK(text_of(credence::active_users(threads{2}, rows, &row::who, &row::when, policy, {.observed_until = end})) ==
        text_of(users));

  auto const life = credence::lifecycle(rows, &row::who, &row::when, policy, {.observed_until = end});
  CHECK(wrong(life, naive::periods(rows, policy, 1, until), policy) == "");
  hold_alike(life, histories,
             [&](auto const& own) { return credence::lifecycle(own, policy, {.observed_until = end}); });
  CHECK(text_of(credence::lifecycle(threads{2}, rows, &row::who, &row::when, policy, {.observed_until = end})) ==
        text_of(life));

  credence::power_user_curve_options const power{.window = window, .observed_until = end};
  auto const powerful = credence::power_user_curve(rows, &row::who, &row::when, policy, power);
  CHECK(wrong(powerful, naive::power_users(rows, policy, window, until), policy) == "");
  hold_alike(powerful, histories, [&](auto const& own) { return credence::power_user_curve(own, policy, power); });
  CHECK(text_of(credence::power_user_curve(threads{2}, rows, &row::who, &row::when, policy, power)) ==
        text_of(powerful));

  credence::stickiness_options const sticky{.window = window, .observed_until = end};
  auto const stuck = credence::stickiness(rows, &row::who, &row::when, policy, sticky);
  CHECK(wrong(stuck, naive::stickiness_of(rows, policy, window, until), policy) == "");
  hold_alike(stuck, histories, [&](auto const& own) { return credence::stickiness(own, policy, sticky); });
  CHECK(text_of(credence::stickiness(threads{2}, rows, &row::who, &row::when, policy, sticky)) == text_of(stuck));
}

/// Under a grid of the policy's own periods, and under the days that were gathered before.
template <class Rows, class Policy, class Days>
void hold_to_policy(Rows const& rows, Policy const& policy, std::vector<Days> const& daily, log_shape const& shape,
                    std::int64_t window, generator& random) {
  auto histories = histories_of(rows, policy, random);
  bool is_first = true;
  for (until_type const until : ends_of(shape)) {
    hold_to_periods(rows, policy, histories, until, window);
    // Weeks and months from days: the same answers, cell for cell.
    auto const end = as_instant(until);
    CHECK(text_of(credence::cohort_retention(daily[1], policy, {.observed_until = end})) ==
          text_of(credence::cohort_retention(histories[0], policy, {.observed_until = end})));
    if (is_first) hold_to_periods(rows, policy, daily, until, window);
    is_first = false;
  }
}

template <class Rows, class Days>
void hold_to_windows(Rows const& rows, sliding const& policy, std::vector<Days> const& steps, log_shape const& shape) {
  using row = row_of<Rows>;
  std::int64_t const many = policy.steps_a_window();
  CAPTURE(many);
  for (until_type const until : ends_of(shape)) {
    credence::active_users_options const options{.observed_until = as_instant(until)};
    auto const found = credence::active_users(rows, &row::who, &row::when, policy, options);
    CHECK(wrong(found, naive::periods(rows, policy, many, until), policy, many) == "");
    hold_alike(found, steps, [&](auto const& own) { return credence::active_users(own, policy, options); });
    CHECK(text_of(credence::active_users(threads{2}, rows, &row::who, &row::when, policy, options)) == text_of(found));
  }
}

template <class Rows>
void hold_to_all_policies(Rows const& rows, log_shape const& shape, minutes offset, generator& random) {
  auto const daily = histories_of(rows, any_policy(calendar_day{offset}), random);
  auto const hold = [&](any_policy const& policy, std::int64_t window) {
    hold_to_policy(rows, policy, daily, shape, window, random);
  };
  hold(calendar_day{offset}, 7);
  for (weekday const start : {Monday, Sunday, Saturday}) hold(calendar_week{start, offset}, 3);
  hold(calendar_month{offset}, 2);
  hold(calendar_quarter{offset}, 2);
  hold(calendar_year{offset}, 1);
  // Days and lengths of days that begin where the calendar's do.
  hold(every{days{1}, sys_days{1970y / 1 / 1} - offset}, 4);
  hold(every{days{10}, sys_days{2020y / 2 / 29} - offset}, 2);
  hold_to_windows(rows, sliding{days{7}, days{1}, sys_days{1970y / 1 / 1} - offset}, daily, shape);
  hold_to_windows(rows, sliding{days{28}, days{7}, sys_days{1970y / 1 / 5} - offset}, daily, shape);
  hold_to_windows(rows, sliding{days{3}, days{3}, sys_days{1970y / 1 / 2} - offset}, daily, shape);
  auto const quarters = histories_of(rows, any_policy(every{hours{6}}), random);
  hold_to_windows(rows, sliding{hours{18}, hours{6}}, quarters, shape);
  hold_to_periods(rows, any_policy(every{hours{6}}), quarters, std::nullopt, 5);
  hold_to_periods(rows, any_policy(calendar_day{hours{-18}}), quarters, std::nullopt, 5);
}

/// Amounts, and how often: of rows and of what was gathered from them.
template <class Rows>
void hold_to_amounts(Rows const& rows, any_policy const& policy, log_shape const& shape, generator& random) {
  using row = row_of<Rows>;
  auto const histories = valued_histories_of(rows, policy, random);
  auto const counts = histories_of(rows, policy, random, {.kept = credence::activity_kept::counts});
  auto const daily = valued_histories_of(rows, any_policy(calendar_day{policy.offset}), random);
  Rows everything = rows;
  for (row& own : everything) own.starts = own.returns = true;
  for (until_type const until : ends_of(shape))
    for (std::uint64_t const times : {1U, 2U})
      for (auto asked : {naive::cohort_question{}, naive::cohort_question{.on_or_after = true},
                         naive::cohort_question{.brackets = {0, 1, 3, 8}}}) {
        CAPTURE(times);
        asked.until = until;
        asked.min_occurrences = times;
        credence::cohort_retention_options options{
            .mode = mode_of(asked.on_or_after), .min_occurrences = times, .observed_until = as_instant(until)};
        options.brackets.assign(asked.brackets.begin(), asked.brackets.end());
        auto const known = naive::cohorts(everything, policy, asked, by_period);
        auto const table = credence::cohort_retention(rows, &row::who, &row::when, &row::amount, policy, options);
        CHECK(wrong(table, known, true) == "");
        auto const ask = [&](auto const& own) { return credence::cohort_retention(own, policy, options); };
        hold_alike(table, histories, ask);
        hold_alike(table, daily, ask);
        CHECK(text_of(credence::cohort_retention(threads{2}, rows, &row::who, &row::when, &row::amount, policy,
                                                 options)) == text_of(table));
        auto const bare = credence::cohort_retention(rows, &row::who, &row::when, policy, options);
        CHECK(wrong(bare, known) == "");
        hold_alike(bare, counts, ask);
      }
}

/// Events that begin, events that return, and properties.
template <class Rows>
void hold_to_roles(Rows const& rows, any_policy const& policy, log_shape const& shape, generator& random) {
  using row = row_of<Rows>;
  using key = naive::key_of<Rows>;
  using credence::event_roles;
  using plain_history = credence::cohort_accumulator<key, any_policy>;
  using full_history = credence::cohort_accumulator<key, any_policy, long, int>;
  using daily_history = credence::cohort_accumulator<key, any_policy, long, int>;
  credence::activity_options const keep{.kept = credence::activity_kept::counts};
  auto const pushed = [](auto const& empty, Rows const& own, auto const& push) {
    auto into = empty;
    for (row const& each : own) push(into, each);
    return into;
  };
  auto const push_plain = [](plain_history& into, row const& own) {
    into(own.who, own.when, event_roles{own.starts, own.returns});
  };
  auto const push_full = [](auto& into, row const& own) {
    into(own.who, own.when, event_roles{own.starts, own.returns}, own.amount, own.property);
  };
  plain_history const no_plain(policy, keep);
  full_history const no_full(policy);
  daily_history const no_daily(any_policy(calendar_day{policy.offset}));
  auto const plain = every_way(
      rows, no_plain, [&](Rows const& own) { return pushed(no_plain, own, push_plain); }, push_plain, random);
  auto const full = every_way(
      rows, no_full, [&](Rows const& own) { return pushed(no_full, own, push_full); }, push_full, random);
  auto const daily = every_way(
      rows, no_daily, [&](Rows const& own) { return pushed(no_daily, own, push_full); }, push_full, random);

  auto const starts = credence::starts_if(&row::starts);
  auto const returns = credence::returns_if([](row const& own) { return own.returns; });
  auto const property = credence::cohort_of(&row::property);
  Rows only_starts = rows;  // every event returns
  for (row& own : only_starts) own.returns = true;
  Rows only_returns = rows;
  for (row& own : only_returns) own.starts = true;
  Rows everything = only_starts;
  for (row& own : everything) own.starts = true;

  for (until_type const until : ends_of(shape))
    for (auto asked :
         {naive::cohort_question{}, naive::cohort_question{.on_or_after = true},
          naive::cohort_question{.brackets = {0, 1, 3, 8}}, naive::cohort_question{.min_occurrences = 2}}) {
      asked.until = until;
      credence::cohort_retention_options options{.mode = mode_of(asked.on_or_after),
                                                 .min_occurrences = asked.min_occurrences,
                                                 .observed_until = as_instant(until)};
      options.brackets.assign(asked.brackets.begin(), asked.brackets.end());
      auto const ask = [&](auto const& own) { return credence::cohort_retention(own, policy, options); };
      auto const call = [&](auto const&... roles) {
        return credence::cohort_retention(rows, &row::who, &row::when, policy, roles..., options);
      };
      auto const call_valued = [&](auto const&... roles) {
        return credence::cohort_retention(rows, &row::who, &row::when, &row::amount, policy, roles..., options);
      };
      auto const both = call(starts, returns);
      CHECK(wrong(both, naive::cohorts(rows, policy, asked, by_period)) == "");
      hold_alike(both, plain, ask);
      CHECK(wrong(call(starts), naive::cohorts(only_starts, policy, asked, by_period)) == "");
      CHECK(wrong(call(returns), naive::cohorts(only_returns, policy, asked, by_period)) == "");
      CHECK(wrong(call(property), naive::cohorts(everything, policy, asked, by_property)) == "");
      CHECK(wrong(call_valued(returns, starts), naive::cohorts(rows, policy, asked, by_period), true) == "");
      auto const all = call_valued(property, returns, starts);
      CHECK(wrong(all, naive::cohorts(rows, policy, asked, by_property), true) == "");
      hold_alike(all, full, ask);
      hold_alike(all, daily, ask);
      CHECK(text_of(credence::cohort_retention(threads{2}, rows, &row::who, &row::when, policy, starts, returns,
                                               options)) == text_of(both));
    }
}

/// Windows from each customer's first event, and times between.
template <class Rows>
void hold_to_times(Rows const& rows, log_shape const& shape, generator& random) {
  using row = row_of<Rows>;
  auto const histories = times_of(rows, random);
  for (until_type const until : ends_of(shape)) {
    auto const end = as_instant(until);
    for (bool const on_or_after : {false, true})
      for (microseconds const window :
           {microseconds{days{1}}, microseconds{hours{5}}, microseconds{86'399'999'999}, microseconds{days{7}}}) {
        credence::n_day_retention_options const options{
            .days = {0, 1, 2, 7, 30}, .mode = mode_of(on_or_after), .window = window, .observed_until = end};
        auto const found = credence::n_day_retention(rows, &row::who, &row::when, options);
        CHECK(wrong(found, naive::n_days_of_windows(rows, window, {0, 1, 2, 7, 30}, on_or_after, until)) == "");
        hold_alike(found, histories, [&](auto const& own) { return credence::n_day_retention(own, options); });
        CHECK(text_of(credence::n_day_retention(threads{2}, rows, &row::who, &row::when, options)) == text_of(found));
      }
    for (std::int64_t const purchases : {2, 4})
      for (std::optional<microseconds> const within :
           {std::optional<microseconds>(), std::optional<microseconds>(days{5})}) {
        credence::repeat_rate_options options{.purchases = purchases, .observed_until = end};
        if (within) options.within = *within;
        auto const found = credence::repeat_rate(rows, &row::who, &row::when, options);
        auto const known = naive::repeats_of(rows, purchases, within, until);
        CHECK(found.customers == known.customers);
        CHECK(found.repeating == known.repeating);
        CHECK(found.too_recent == known.too_recent);
        CHECK(is_about(found.value, ratio(known.repeating, known.customers)));
        CHECK(is_wilson(found.interval, found.value, static_cast<double>(known.customers)));
        hold_alike(found, histories, [&](auto const& own) { return credence::repeat_rate(own, options); });
      }
    auto const found = credence::inter_purchase_times(rows, &row::who, &row::when, {.observed_until = end});
    auto const known = naive::gaps_of(rows, until);
    std::vector<double> gaps;
    for (auto const& own : known) gaps.insert(gaps.end(), own.begin(), own.end());
    CHECK(found.gaps == gaps.size());
    CHECK(found.customers == known.size());
    CHECK(is_about(found.value, naive::mean(gaps)));
    CHECK(is_about(found.median, naive::quantile(gaps, .5)));
    CHECK(is_about(found.lower_quartile, naive::quantile(gaps, .25)));
    CHECK(is_about(found.upper_quartile, naive::quantile(gaps, .75)));
    CHECK(is_about(found.shortest, naive::quantile(gaps, 0)));
    CHECK(is_about(found.longest, naive::quantile(gaps, 1)));
    if (gaps.size() > 1) {
      double squares = 0;
      for (double const gap : gaps) squares += (gap - naive::mean(gaps)) * (gap - naive::mean(gaps));
      CHECK(is_about(found.standard_deviation, std::sqrt(squares / static_cast<double>(gaps.size() - 1))));
    }
    if (known.size() > 1) {
      double squares = 0;
      for (auto const& own : known) {
        double const residual = (naive::mean(own) - naive::mean(gaps)) * static_cast<double>(own.size());
        squares += residual * residual;
      }
      double const many = static_cast<double>(known.size());
      CHECK(is_about(found.standard_error, std::sqrt(squares * many / (many - 1)) / static_cast<double>(gaps.size())));
    }
    hold_alike(found, histories,
               [&](auto const& own) { return credence::inter_purchase_times(own, {.observed_until = end}); });
  }
}

template <class Rows>
void hold_to_funnels(Rows rows, log_shape const& shape, generator& random) {
  using row = row_of<Rows>;
  using history = credence::funnel_accumulator<naive::key_of<Rows>>;
  // Of events that are no step the library keeps no time: let the last be one.
  auto const is_earlier = [](row const& one, row const& other) { return one.when < other.when; };
  if (!rows.empty()) std::max_element(rows.begin(), rows.end(), is_earlier)->steps = 2;
  auto const step = [](std::uint64_t bit) { return [bit](row const& own) { return (own.steps & bit) != 0; }; };
  auto const push = [](history& into, row const& own) { into(own.who, own.when, own.steps); };
  history const empty({.steps = 3});
  auto const gather = [&](Rows const& own) {
    history into = empty;
    for (row const& each : own) push(into, each);
    return into;
  };
  auto const histories = every_way(rows, empty, gather, push, random);
  for (until_type const until : ends_of(shape))
    for (bool const strictly : {false, true})
      for (std::optional<microseconds> const within :
           {std::optional<microseconds>(), std::optional<microseconds>(days{4}), std::optional<microseconds>(0)}) {
        CAPTURE(strictly);
        credence::funnel_options options{.strictly_later = strictly, .observed_until = as_instant(until)};
        if (within) options.within = *within;
        auto const found =
            credence::funnel(rows, &row::who, &row::when, credence::steps(step(1), step(2), step(4)), options);
        auto const known = naive::funnel_of(rows, {3, within, strictly, until});
        CHECK(found.customers == known.reached[0]);
        CHECK(found.too_recent == known.too_recent);
        if (!until) CHECK(found.never_began == known.never_began);  // else see vendor_failures.test.cpp
        REQUIRE(found.size() == 3);
        for (std::size_t at = 0; at < 3; ++at) {
          auto const& own = found[at];
          auto const& previous = known.reached[at == 0 ? 0 : at - 1];
          CHECK(own.step == static_cast<std::int64_t>(at) + 1);
          CHECK(own.reached == known.reached[at]);
          CHECK(is_about(own.from_first, ratio(known.reached[at], known.reached[0])));
          CHECK(is_about(own.from_previous, ratio(known.reached[at], previous)));
          CHECK(is_wilson(own.from_first_interval, own.from_first, static_cast<double>(known.reached[0])));
          CHECK(is_wilson(own.from_previous_interval, own.from_previous, static_cast<double>(previous)));
          CHECK(is_about(own.median_since_first, naive::quantile(known.since_first[at], .5)));
          CHECK(is_about(own.mean_since_first, naive::mean(known.since_first[at])));
          CHECK(is_about(own.median_since_previous, naive::quantile(known.since_previous[at], .5)));
          CHECK(is_about(own.mean_since_previous, naive::mean(known.since_previous[at])));
        }
        hold_alike(found, histories, [&](auto const& own) { return credence::funnel(own, options); });
      }
}

log_shape const leap_year{};
log_shape const century{.rows = 300, .customers = 25, .from = sys_days{1999y / 12 / 20}, .days = 80};
log_shape const before_1970{.rows = 150, .customers = 12, .from = sys_days{1969y / 12 / 20}, .days = 20};
log_shape const sparse_years{.rows = 200, .customers = 15, .from = sys_days{2019y / 12 / 28}, .days = 100};

}  // namespace

TEST_CASE("retention: periods of every policy, by dense numbers") {
  generator random(1);
  for (minutes const offset : {minutes{0}, minutes{840}})
    hold_to_all_policies(events_of(leap_year, random), leap_year, offset, random);
  hold_to_all_policies(events_of(sparse_years, random), sparse_years, minutes{345}, random);
}

TEST_CASE("retention: periods of every policy, by numbers of 64 bits and by negative ones") {
  generator random(2);
  hold_to_all_policies(renamed(events_of(century, random), sparse_key), century, minutes{-150}, random);
  hold_to_all_policies(renamed(events_of(before_1970, random), negative_key), before_1970, minutes{60}, random);
}

TEST_CASE("retention: periods of every policy, by text") {
  generator random(3);
  hold_to_all_policies(renamed(events_of(before_1970, random), text_key), before_1970, minutes{-840}, random);
}

TEST_CASE("retention: amounts and occurrences") {
  generator random(4);
  hold_to_amounts(events_of(leap_year, random), calendar_day{}, leap_year, random);
  hold_to_amounts(events_of(century, random), calendar_week{Sunday, hours{14}}, century, random);
  hold_to_amounts(renamed(events_of(century, random), sparse_key), calendar_month{-hours{3}}, century, random);
  hold_to_amounts(renamed(events_of(before_1970, random), text_key), calendar_week{}, before_1970, random);
}

TEST_CASE("retention: events that begin, that return, and properties") {
  for (std::uint64_t const seed : {5U, 50U}) {
    generator random(seed);
    hold_to_roles(events_of(leap_year, random), calendar_day{hours{5}}, leap_year, random);
    hold_to_roles(events_of(century, random), calendar_week{Wednesday}, century, random);
    hold_to_roles(renamed(events_of(sparse_years, random), sparse_key), calendar_month{}, sparse_years, random);
    hold_to_roles(renamed(events_of(before_1970, random), text_key), calendar_week{Saturday, -hours{12}}, before_1970,
                  random);
  }
}

TEST_CASE("retention: windows, repeats and gaps") {
  for (std::uint64_t const seed : {6U, 60U, 600U}) {
    generator random(seed);
    hold_to_times(events_of(leap_year, random), leap_year, random);
    hold_to_times(renamed(events_of(century, random), negative_key), century, random);
    hold_to_times(renamed(events_of(sparse_years, random), text_key), sparse_years, random);
    log_shape ordered = leap_year;
    ordered.in_order = true;
    hold_to_times(renamed(events_of(ordered, random), sparse_key), ordered, random);
  }
}

TEST_CASE("retention: funnels") {
  for (std::uint64_t const seed : {7U, 70U, 700U}) {
    generator random(seed);
    hold_to_funnels(events_of(leap_year, random), leap_year, random);
    hold_to_funnels(renamed(events_of(century, random), sparse_key), century, random);
    hold_to_funnels(renamed(events_of(sparse_years, random), text_key), sparse_years, random);
  }
}

TEST_CASE("retention: windows whose ends are met to the microsecond") {
  std::vector<std::int64_t> const asked{0, 1, 2, 3, 6, 7, 49, 98, 107, 161, 187, 1'000, 99'999};
  std::vector<std::int64_t> const windows{
      1, 3, 49, 98, 103, 107, 161, 187, 197, 49'000'000, 107'000'003, 2'147'483'629, 9'100'000'000'007};
  for (std::int64_t const window : windows) {
    CAPTURE(window);
    moment const first = sys_days{2024y / 2 / 29};
    std::vector<number_event> rows;
    std::int64_t who = 0;
    for (std::int64_t const number : asked)
      for (std::int64_t const beside : {-1, 0, 1}) {
        number_event own;
        own.who = ++who;
        own.when = first;
        rows.push_back(own);
        own.when = std::max(first, first + microseconds{number * window + beside});
        rows.push_back(own);
      }
    number_event latest;
    latest.when = first + microseconds{window * 100'000};
    rows.push_back(latest);
    for (bool const on_or_after : {false, true}) {
      credence::n_day_retention_options options{.mode = mode_of(on_or_after), .window = microseconds{window}};
      options.days.assign(asked.begin(), asked.end());
      CHECK(wrong(credence::n_day_retention(rows, &number_event::who, &number_event::when, options),
                  naive::n_days_of_windows(rows, microseconds{window}, asked, on_or_after, std::nullopt)) == "");
    }
  }
}

}  // namespace test_naive
