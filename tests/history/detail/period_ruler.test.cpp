// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/core/calendar.hpp>
#include <credence/core/period.hpp>
#include <credence/history/detail/period_ruler.hpp>
#include <cstdint>
#include <limits>
#include <optional>

namespace test_period_ruler {

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_month;
using credence::time_span;
using credence::detail::learned_ruler;
using credence::detail::period_ruler;

TEST_CASE("period_ruler: exact fractions of a unit, or periods") {
  calendar_day const daily;
  CHECK(period_ruler<calendar_day>(daily, time_span(weeks{1})).between(10, 282) == 272.0 / 7);
  CHECK(period_ruler<calendar_day>(daily, std::nullopt).between(10, 282) == 272);
  CHECK(period_ruler<calendar_day>(daily, std::nullopt).unit() == time_span(days{1}));
  credence::every const hourly{hours{1}};
  CHECK(period_ruler<credence::every>(hourly, time_span(days{1})).between(-12, 12) == 1);
  calendar_month const monthly;
  CHECK(period_ruler<calendar_month>(monthly, time_span(days{1})).between(0, 2) ==
        60);  // of the year 0, which is a leap year
  CHECK(period_ruler<calendar_month>(monthly, std::nullopt).between(0, 2) == 2);
  CHECK(!period_ruler<calendar_month>(monthly, std::nullopt).unit());
}

TEST_CASE("period_ruler: known logarithms are the same, to the ends of time") {
  calendar_day const daily;
  learned_ruler<calendar_day> const learned(daily, time_span(weeks{1}));
  period_ruler<calendar_day> const plain(daily, time_span(weeks{1}));
  for (std::int64_t const gap : {1, 2, 7, 511, 512, 100'000})
    CHECK(learned.log_between(-3, gap - 3) == plain.log_between(-3, gap - 3));
  CHECK(learned.log_between(0, 7) == 0);
  calendar_month const monthly;
  learned_ruler<calendar_month> const uneven(monthly, time_span(days{1}));
  CHECK(uneven.log_between(1, 2) == std::log(29.0));
  credence::every const finest{microseconds{1}};
  period_ruler<credence::every> const longest(finest, time_span(microseconds{1}));
  std::int64_t const end = (std::numeric_limits<std::int64_t>::max)();
  CHECK(longest.between(-end, end) == 0x1p64);
}

}  // namespace test_period_ruler
