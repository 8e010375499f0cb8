// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/fold.hpp>
#include <credence/interop/threads.hpp>
#include <credence/retention/cohort_retention.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_cohort_retention {

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_month;
using credence::cohort_retention;
using credence::retention_mode;

namespace {

struct event {
  int who;
  sys_seconds when;
  bool is_signup = false;
  int cents = 0;
  std::string country{};
};

/// So many customers from `from` on, of whom the first `back` come again a month later.
void add_cohort(std::vector<event>& events, int from, int size, int back, year_month_day first) {
  for (int who = from; who < from + size; ++who) {
    events.push_back({who, sys_days{first}});
    if (who < from + back) events.push_back({who, sys_days{first + months{1}}});
  }
}

}  // namespace

TEST_CASE("cohort_retention: a table by hand") {
  std::vector<event> events;
  add_cohort(events, 0, 10, 4, 2026y / 1 / 5);
  add_cohort(events, 100, 20, 5, 2026y / 2 / 28);
  auto const table = cohort_retention(events, &event::who, &event::when, calendar_month{},
                                      {.observed_until = sys_days{2026y / 3 / 31}});
  REQUIRE(table.size() == 2);
  CHECK(table.customers == 30);
  CHECK(table.count == 39);
  CHECK(table[0].name == "2026-01");
  CHECK(table[0].period.begin == credence::instant(sys_days{2026y / 1 / 1}));
  CHECK(table[0].size == 10);
  REQUIRE(table[0].cells.size() == 3);
  CHECK(table[0][0].rate == 1);
  CHECK(table[0][1].retained == 4);
  CHECK(table[0][1].eligible == 10);
  CHECK(table[0][1].rate == 0.4);
  // Wilson of 4 of 10, by hand: (0.4 + 1.92073/10 ∓ …)/(1 + 3.84146/10)
  CHECK(table[0][1].interval.lower == doctest::Approx(0.168180).epsilon(1e-5));
  CHECK(table[0][1].interval.upper == doctest::Approx(0.687326).epsilon(1e-5));
  CHECK_FALSE(table[0][2].mature);  // March lacks a day
  CHECK_FALSE(table[0][2]);
  CHECK(std::isnan(table[0][2].rate));
  CHECK(table[1][1].so_far == 5);
  CHECK(table[1][1].retained == 0);
  auto const whole = cohort_retention(events, &event::who, &event::when, calendar_month{},
                                      {.observed_until = sys_days{2026y / 4 / 1}});
  CHECK(whole[1][1].retained == 5);
  CHECK(whole.curve()[1].rate == 0.3);
  CHECK(whole.curve()[1].cohorts == 2);
  CHECK(whole.curve(credence::curve_weights::cohorts)[1].rate == doctest::Approx(0.325));
  auto const compared = compare(whole[0][1], whole[1][1]);
  CHECK(compared.difference == doctest::Approx(0.15));
  CHECK(compared.z == doctest::Approx(0.15 / std::sqrt(0.3 * 0.7 * (0.1 + 0.05))));
  CHECK(std::isnan(compare(table[0][2], whole[1][1]).p_value));
}

TEST_CASE("cohort_retention: amounts, in heads and in value") {
  std::vector<event> const events{{1, sys_days{2026y / 1 / 2}, false, 100},
                                  {1, sys_days{2026y / 2 / 2}, false, 30},
                                  {2, sys_days{2026y / 1 / 3}, false, 300},
                                  {1, sys_days{2026y / 2 / 3}, false, 70},
                                  {3, sys_days{2026y / 2 / 9}, false, 50}};
  auto const table = cohort_retention(events, &event::who, &event::when, &event::cents, calendar_month{},
                                      {.observed_until = sys_days{2026y / 3 / 1}});
  CHECK(table[0][0].value == 400);
  CHECK(table[0][1].value == 100);
  CHECK(table[0][1].value_rate == 0.25);
  CHECK(table[0][1].rate == 0.5);
  CHECK(table.curve()[1].value_rate == 0.25);
  CHECK(std::isnan(cohort_retention(events, &event::who, &event::when, calendar_month{})[0][0].value));
}

TEST_CASE("cohort_retention: those who sign up, what they come back for, and what they were") {
  std::vector<event> const events{
      {1, sys_days{2026y / 1 / 2}, false, 0, "CH"}, {1, sys_days{2026y / 2 / 2}, true, 0, "DE"},
      {1, sys_days{2026y / 3 / 2}, false, 9, "CH"}, {2, sys_days{2026y / 2 / 3}, true, 0, "CH"},
      {2, sys_days{2026y / 2 / 3}, true, 0, "AT"},  {2, sys_days{2026y / 3 / 4}, false, 0, "AT"},
      {3, sys_days{2026y / 1 / 1}, false, 9, "FR"}};
  auto const paid = [](event const& each) { return each.cents > 0; };
  credence::cohort_retention_options const options{.observed_until = sys_days{2026y / 4 / 1}};
  auto const by_month = cohort_retention(events, &event::who, &event::when, calendar_month{},
                                         credence::starts_if(&event::is_signup), credence::returns_if(paid), options);
  REQUIRE(by_month.size() == 1);
  CHECK(by_month.without_start == 1);
  CHECK(by_month[0].name == "2026-02");
  CHECK(by_month[0].size == 2);
  CHECK(by_month[0][0].retained == 0);
  CHECK(by_month[0][1].retained == 1);
  auto const by_country = cohort_retention(events, &event::who, &event::when, calendar_month{},
                                           credence::cohort_of(&event::country), credence::starts_if(&event::is_signup),
                                           options);
  REQUIRE(by_country.size() == 2);
  CHECK(by_country[0].key == "AT");  // of two at one time the smaller
  CHECK(by_country[1].key == "DE");
  CHECK(by_country[1][1].rate == 1);
  // pushed one by one, merged the other way round, and read from bytes
  credence::cohort_accumulator<int, calendar_month, void, std::string> late;
  credence::cohort_accumulator<int, calendar_month, void, std::string> early;
  for (event const& each : events)
    (each.who == 2 && each.country == "AT" ? early : late)(
        each.who, each.when, credence::event_roles{.starts = each.is_signup}, each.country);
  early += late;
  auto const read = credence::from_bytes<decltype(early)>(credence::to_bytes(early));
  CHECK(read == early);
  CHECK(cohort_retention(read, calendar_month{}, options)[0].key == "AT");
  CHECK(read.result().customers == 2);
}

TEST_CASE("cohort_retention: two customers of one property who begin apart are eligible each for themselves") {
  std::vector<event> const events{
      {1, sys_days{2026y / 1 / 2}}, {1, sys_days{2026y / 3 / 2}}, {2, sys_days{2026y / 2 / 2}}};
  auto const table = cohort_retention(events, &event::who, &event::when, calendar_month{},
                                      credence::cohort_of([](event const&) { return 0; }),
                                      {.observed_until = sys_days{2026y / 4 / 1}});
  CHECK(table[0][2].eligible == 1);
  CHECK(table[0][2].retained == 1);
  CHECK_FALSE(table[0][2].mature);
  CHECK(table[0][1].eligible == 2);
  CHECK(table[0][1].mature);
  CHECK(error_of([&] {
          cohort_retention(events, &event::who, &event::when, calendar_month{}, credence::cohort_of(&event::who),
                           {.relative_to = credence::retention_base::previous});
        }).find("relative_to") != std::string::npos);
}

TEST_CASE("cohort_retention: relative to the period before a rate may exceed 1, and then has no interval") {
  std::vector<event> const events{{1, sys_days{2026y / 1 / 5}},
                                  {2, sys_days{2026y / 1 / 5}},
                                  {1, sys_days{2026y / 2 / 5}},
                                  {1, sys_days{2026y / 3 / 5}},
                                  {2, sys_days{2026y / 3 / 5}}};
  credence::cohort_retention_options options{.relative_to = credence::retention_base::previous,
                                             .observed_until = sys_days{2026y / 4 / 1}};
  auto const table = cohort_retention(events, &event::who, &event::when, calendar_month{}, options);
  CHECK(table[0][1].rate == 0.5);
  CHECK(table[0][2].rate == 2);
  CHECK(std::isnan(table[0][2].interval.upper));
  CHECK(table.curve()[2].rate == 2);
  CHECK(std::isnan(table.curve()[2].interval.upper));
  CHECK(std::isnan(compare(table[0][2], table[0][1]).p_value));
  options.mode = retention_mode::on_or_after;
  auto const nested = cohort_retention(events, &event::who, &event::when, calendar_month{}, options);
  CHECK(nested[0][1].rate == 1);
  CHECK(nested[0][1].interval.upper == 1);
}

TEST_CASE("cohort_retention: brackets, and events enough") {
  std::vector<event> events;
  for (int day : {0, 2, 3, 9, 9}) events.push_back({1, sys_days{2026y / 1 / 1} + days{day}});
  events.push_back({2, sys_days{2026y / 1 / 1}});
  credence::cohort_retention_options options{.brackets = {0, 1, 7, 14}, .observed_until = sys_days{2026y / 1 / 11}};
  auto const table = cohort_retention(events, &event::who, &event::when, calendar_day{}, options);
  REQUIRE(table[0].cells.size() == 3);
  CHECK(table[0][1].period == 1);
  CHECK(table[0][1].last_period == 6);
  CHECK(table[0][1].retained == 1);
  CHECK(table[0][1].rate == 0.5);
  CHECK_FALSE(table[0][2].mature);
  CHECK(table[0][2].so_far == 1);
  options.min_occurrences = 2;
  auto const twice = cohort_retention(events, &event::who, &event::when, calendar_day{}, options);
  CHECK(twice[0][0].retained == 0);
  CHECK(twice[0][1].retained == 0);
  CHECK(twice[0][2].so_far == 1);
  auto const plain = credence::activity(events, &event::who, &event::when, calendar_day{});
  CHECK(error_of([&] { cohort_retention(plain, calendar_day{}, options); }).find("activity_kept::counts") !=
        std::string::npos);
}

TEST_CASE("cohort_retention: nobody, one customer, one event, and events beyond the end") {
  std::vector<event> events;
  auto const none = cohort_retention(events, &event::who, &event::when, calendar_month{});
  CHECK_FALSE(none);
  CHECK(none.empty());
  CHECK(none.curve().empty());
  events.push_back({7, sys_days{2026y / 5 / 5}});
  auto const one = cohort_retention(events, &event::who, &event::when, calendar_month{});
  REQUIRE(one.size() == 1);
  CHECK(one[0][0].so_far == 1);
  CHECK_FALSE(one[0][0].mature);
  CHECK(std::isnan(one.curve()[0].rate));
  auto const before = cohort_retention(events, &event::who, &event::when, calendar_month{},
                                       {.observed_until = sys_days{2026y / 5 / 1}});
  CHECK(before.empty());
  CHECK(before.after_end == 1);
  auto const before_start = cohort_retention(events, &event::who, &event::when, calendar_month{},
                                             credence::starts_if([](event const&) { return true; }),
                                             {.observed_until = sys_days{2026y / 5 / 1}});
  CHECK(before_start.after_end == 1);
}

TEST_CASE("cohort_retention: wrong calls name what is wrong") {
  std::vector<event> events{{1, sys_days{2026y / 1 / 1}}, {1, sys_days{2126y / 1 / 1}}};
  auto const error_with = [&](credence::cohort_retention_options const& options) {
    return error_of([&] { cohort_retention(events, &event::who, &event::when, calendar_day{}, options); });
  };
  CHECK(error_with({.confidence = 1}).find("cohort_retention_options::confidence") != std::string::npos);
  CHECK(error_with({.min_occurrences = 0}).find("min_occurrences is 0") != std::string::npos);
  CHECK(error_with({.brackets = {3, 3}}).find("must ascend") != std::string::npos);
  CHECK(error_with({.brackets = {3}}).find("brackets") != std::string::npos);
  CHECK(error_with({.mode = retention_mode::on_or_after, .brackets = {1, 2}}).find("no end") != std::string::npos);
  CHECK(error_with({.most_cells = 1000}).find("36525 cells, more than most_cells, which is 1000") != std::string::npos);
  auto const weeks = credence::activity(events, &event::who, &event::when, credence::calendar_week{});
  CHECK(error_of([&] { cohort_retention(weeks, calendar_month{}); }).find("2026-W01 lies in two") != std::string::npos);
  auto const east = credence::activity(events, &event::who, &event::when, calendar_day{.offset = 9h});
  CHECK(error_of([&] { cohort_retention(east, calendar_month{.offset = 9h}); }) == "no error");
  CHECK(error_of([&] { cohort_retention(east, calendar_day{}); }).find("lies in two of its periods") !=
        std::string::npos);
}

TEST_CASE("cohort_retention: the same cells by one thread and by several") {
  std::vector<event> events;
  for (int at = 0; at < 150'000; ++at)
    events.push_back({at * 7 % 40'000, sys_days{2025y / 1 / 1} + seconds{at * 211L}, false, at % 100});
  credence::cohort_retention_options const options{.min_occurrences = 2, .observed_until = sys_days{2026y / 1 / 1}};
  auto const one = cohort_retention(events, &event::who, &event::when, &event::cents, calendar_month{}, options);
  auto const two = cohort_retention(credence::threads{2}, events, &event::who, &event::when, &event::cents,
                                    calendar_month{}, options);
  REQUIRE(one.size() == two.size());
  for (std::size_t cohort = 0; cohort < one.size(); ++cohort)
    for (std::size_t cell = 0; cell < one[cohort].cells.size(); ++cell) {
      CHECK(one[cohort][cell].retained == two[cohort][cell].retained);
      CHECK(one[cohort][cell].value == two[cohort][cell].value);
    }
}

}  // namespace test_cohort_retention
