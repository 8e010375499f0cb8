// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/detail/civil.hpp>
#include <credence/core/detail/time_text.hpp>
#include <cstdint>

namespace test_civil {

using namespace std::chrono;
namespace detail = credence::detail;

TEST_CASE("civil: every day of ±10,000 years is that of std::chrono, both ways") {
  int wrong = 0;
  std::int64_t const first_day = sys_days{year{-10'000} / 1 / 1}.time_since_epoch().count();
  std::int64_t const last_day = sys_days{year{12'000} / 1 / 1}.time_since_epoch().count();
  for (std::int64_t days = first_day; days < last_day; ++days) {
    year_month_day const known{sys_days{std::chrono::days{days}}};
    detail::civil_day const found = detail::civil_of_days(days);
    wrong += found.year != int{known.year()} || found.month != unsigned{known.month()} ||
             found.day != unsigned{known.day()} || detail::days_of(found) != days;
  }
  CHECK(last_day - first_day > 8'000'000);
  CHECK(wrong == 0);
}

TEST_CASE("civil: the days of all instants, each the day after the one before") {
  // Beyond the years of std::chrono: at every end of an era, and at the ends of what 64 bits of microseconds reach.
  for (std::int64_t const start :
       {-106'751'991LL, -50'000'000LL, -719'468LL, -719'469LL - 146'097, 0LL, 106'750'000LL}) {
    std::int64_t before = detail::days_of(detail::civil_of_days(start)) - 1;
    int wrong = 0;
    for (std::int64_t days = start; days < start + 1'500; ++days) {
      detail::civil_day const found = detail::civil_of_days(days);
      wrong += detail::days_of(found) != before + 1 || found.month < 1 || found.month > 12 || found.day < 1 ||
               found.day > 31;
      before = detail::days_of(found);
    }
    CHECK(wrong == 0);
    CHECK(before == start + 1'499);
  }
  CHECK(detail::civil_of_days(-106'751'991).year == -290'308);
  CHECK(detail::civil_of_days(106'751'991).year == 294'247);
}

TEST_CASE("civil: quotients are rounded down") {
  CHECK(detail::floor_quotient(7, 2) == 3);
  CHECK(detail::floor_quotient(-7, 2) == -4);
  CHECK(detail::floor_quotient(-8, 2) == -4);
  CHECK(detail::floor_quotient(INT64_MIN, 1) == INT64_MIN);
  CHECK(detail::floor_quotient(INT64_MIN, 3) == -3'074'457'345'618'258'603);
}

TEST_CASE("time_text: ISO 8601") {
  CHECK(detail::day_text(0) == "1970-01-01");
  CHECK(detail::day_text(-1) == "1969-12-31");
  CHECK(detail::day_text(detail::days_of({12'345, 2, 28})) == "12345-02-28");
  CHECK(detail::day_text(detail::days_of({-44, 3, 15})) == "-0044-03-15");
  CHECK(detail::month_text(-1) == "-0001-12");
  CHECK(detail::time_text(0) == "1970-01-01T00:00:00");
  CHECK(detail::time_text(-1) == "1969-12-31T23:59:59.999999");
  CHECK(detail::time_text(1'500'000) == "1970-01-01T00:00:01.5");
  // ISO weeks: 2020 had 53, and its last holds the first days of 2021; 2019-12-30 is of 2020.
  auto const week = [](year_month_day const& monday) {
    return detail::iso_week_text(sys_days{monday}.time_since_epoch().count());
  };
  CHECK(week(2020y / 12 / 28) == "2020-W53");
  CHECK(week(2021y / 1 / 4) == "2021-W01");
  CHECK(week(2019y / 12 / 30) == "2020-W01");
  CHECK(week(2026y / 3 / 9) == "2026-W11");
  CHECK(week(2015y / 12 / 28) == "2015-W53");
}

}  // namespace test_civil
