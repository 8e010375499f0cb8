// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// NPS by month of answers that come in any order, and the calendar itself.

#include <credence/core/over_time.hpp>

#include <algorithm>
#include <chrono>
#include <credence/interop/threads.hpp>
#include <credence/survey/nps.hpp>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "floor/loops.hpp"

namespace {

using credence::calendar_month;
using credence::nps_accumulator;

constexpr std::int64_t first_month = 2020 * 12 + 8;  // of the input
constexpr std::size_t months = 37;

/// The bare loop's answer to one division: months of equal length.
constexpr std::int64_t mean_month = 2'629'746;

struct month_counts {
  std::uint64_t promoters = 0;
  std::uint64_t detractors = 0;
  std::uint64_t count = 0;
};

template <class MonthOf>
std::uint64_t counted(MonthOf month_of) {
  std::vector<month_counts> counts(months + 1);
  for (inputs::dated_row const& row : inputs::as_dated_rows()) {
    month_counts& own = counts[month_of(row.when.time_since_epoch().count())];
    own.promoters += row.score >= 9;
    own.detractors += row.score < 7;
    ++own.count;
  }
  std::uint64_t promoters = 0;
  for (month_counts const& each : counts) promoters += each.promoters;
  return promoters;
}
/// One division a row.
void divided() {
  bench::expect(counted([](std::int64_t seconds) {
                  return static_cast<std::size_t>((seconds - 1'600'000'000) / mean_month);
                }) == inputs::known().all.promoters,
                "the promoters of all months");
}
/// The months of the calendar, by the standard library.
void by_chrono() {
  using namespace std::chrono;
  bench::expect(counted([](std::int64_t count) {
                  year_month_day const day{floor<days>(sys_seconds{seconds{count}})};
                  return static_cast<std::size_t>(int{day.year()} * 12 + static_cast<int>(unsigned{day.month()}) - 1 -
                                                  first_month);
                }) == inputs::known().all.promoters,
                "the promoters of all months");
}
template <class Months>
void expect_known(Months const& by_month) {
  bench::expect(by_month.size() == months, "the number of months");
  std::uint64_t promoters = 0;
  for (auto const& month : by_month) {
    auto const result = month.accumulator.result();
    bench::expect(result.interval.lower < result.value && result.value < result.interval.upper, "the interval");
    promoters += result.promoters;
  }
  bench::expect(promoters == inputs::known().all.promoters, "the promoters of all months");
}
void ours() {
  expect_known(credence::over_time(inputs::as_dated_rows(), &inputs::dated_row::when, calendar_month{},
                                   nps_accumulator{}, &inputs::dated_row::score));
}

bench::enter const division{
    {.name = "over_time/month_to_a_division", .credence = ours, .floor = divided, .at_most = 1.5}};
bench::enter const chrono{{.name = "over_time/month_to_chrono", .credence = ours, .floor = by_chrono}};

/// The calendar alone: the months of all days within 130 years of 1970, a hundred times, against `year_month_day`'s.
constexpr std::int64_t days = 95'000;
constexpr std::size_t all_days = 100 * days;

/// Where the days begin is not known to the compiler.
template <class MonthOf>
void sum_months(MonthOf month_of) {
  std::int64_t volatile from = -days / 2;
  std::int64_t sum = 0;
  for (std::int64_t times = 0; times < 100; ++times) {
    std::int64_t const first = from;
    for (std::int64_t day = first; day < first + days; ++day) sum += month_of(day);
  }
  bench::expect(sum == 224'575'434'600, "the sum of months");
}

bench::enter const calendar{{
    .name = "calendar/month_of_day",
    .credence = [] { sum_months([](std::int64_t day) { return credence::detail::month_of_days(day); }); },
    .floor =
        [] {
          sum_months([](std::int64_t day) {
            std::chrono::year_month_day const found{std::chrono::sys_days{std::chrono::days{static_cast<int>(day)}}};
            return int{found.year()} * 12 + static_cast<int>(unsigned{found.month()}) - 1;
          });
        },
    .at_most = 2,
    .items = [] { return all_days; },
}};

}  // namespace
