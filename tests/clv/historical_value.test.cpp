// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/clv/historical_value.hpp>
#include <credence/history/activity.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_historical_value {

using credence::historical_value;
namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

struct order {
  std::string customer;
  std::chrono::year_month_day placed;
  std::int64_t cents;
};

std::chrono::year_month_day day_of(int year, unsigned month, unsigned day) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

std::vector<order> orders() {
  return {{"anna", day_of(2026, 1, 3), 1000}, {"ben", day_of(2026, 1, 9), 500},   {"anna", day_of(2026, 2, 2), 2000},
          {"cleo", day_of(2026, 2, 5), 700},  {"anna", day_of(2026, 4, 1), -300}, {"cleo", day_of(2026, 3, 5), 800},
          {"dora", day_of(2026, 4, 9), 100}};
}

}  // namespace

TEST_CASE("historical_value: customers, and their cohorts by hand") {
  std::vector<order> const log = orders();
  auto const found = historical_value(log, &order::customer, &order::placed, &order::cents, credence::calendar_month{},
                                      {.margin = 0.5, .observed_until = std::chrono::sys_days(day_of(2026, 4, 15))});
  CHECK(found.count == 7);
  CHECK(found.revenue == 4800);
  CHECK(found.value == 600);
  REQUIRE(found.size() == 4);
  CHECK(found[0].key == "anna");
  CHECK(found[0].orders == 3);
  CHECK(found[0].revenue == 2700);
  CHECK(found[0].value == 1350);
  REQUIRE(found.cohorts.size() == 3);
  credence::cohort_value const& january = found.cohorts[0];
  CHECK(january.name == "2026-01");
  CHECK(january.customers == 2);
  CHECK(january.value == 0.5 * (2700 + 500) / 2);
  CHECK(january.cumulative == std::vector<double>{375, 875, 875});  // April has not ended
  CHECK(found.cohorts[1].cumulative == std::vector<double>{350, 750});
  CHECK(found.cohorts[2].name == "2026-04");
  CHECK(found.cohorts[2].cumulative.empty());
  CHECK(found.cohorts[2].value == 50);
  // The interval is Student's, of what customers are worth: 1350, 250, 750, 50.
  double const error = std::sqrt((750.0 * 750 + 350.0 * 350 + 150.0 * 150 + 550.0 * 550) / 3 / 4);
  CHECK(found.standard_error == about(error));
  CHECK(found.interval.upper == about(600 + 3.182446305284263 * error));

  // Without times, and of what was gathered: the same.
  auto const timeless = historical_value(log, &order::customer, &order::cents, {.margin = 0.5});
  CHECK(timeless.cohorts.empty());
  CHECK(timeless.customers == found.customers);
  CHECK(timeless.value == found.value);
  CHECK(timeless.interval == found.interval);
  auto const history =
      credence::activity(log, &order::customer, &order::placed, &order::cents, credence::calendar_month{});
  CHECK(historical_value(history, {.margin = 0.5, .observed_until = std::chrono::sys_days(day_of(2026, 4, 15))}) ==
        found);
  // Nothing is known of what came after the last order, and nothing of what observation did not see is told.
  CHECK(historical_value(log, &order::customer, &order::placed, &order::cents).cohorts[0].cumulative.size() == 3);
  auto const cut = historical_value(log, &order::customer, &order::placed, &order::cents,
                                    {.observed_until = std::chrono::sys_days(day_of(2026, 2, 1))});
  CHECK(cut.size() == 2);
  CHECK(cut.revenue == 1500);
}

TEST_CASE("historical_value: random orders in any order, against maps") {
  std::uint64_t state = 11;
  auto const random = [&state] {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  };
  std::vector<order> log;
  for (int at = 0; at < 3'000; ++at)
    log.push_back({std::string(1, static_cast<char>('a' + random() % 20)) + std::to_string(random() % 9),
                   day_of(2026, static_cast<unsigned>(1 + random() % 8), static_cast<unsigned>(1 + random() % 28)),
                   static_cast<std::int64_t>(random() % 5'000)});
  std::map<std::string, std::map<unsigned, double>> by_month;
  for (order const& own : log)
    by_month[own.customer][static_cast<unsigned>(own.placed.month())] += static_cast<double>(own.cents);
  auto const found = historical_value(log, &order::customer, &order::placed, &order::cents, credence::calendar_month{},
                                      {.observed_until = std::chrono::sys_days(day_of(2026, 9, 1))});
  CHECK(found.size() == by_month.size());
  for (unsigned month = 1; month <= 8; ++month) {
    double customers = 0;
    std::vector<double> sums(9 - month);
    for (auto const& [who, months] : by_month) {
      if (months.begin()->first != month) continue;
      ++customers;
      for (auto const& [when, cents] : months)
        for (std::size_t age = when - month; age < sums.size(); ++age) sums[age] += cents;
    }
    for (auto const& cohort : found.cohorts) {
      if (cohort.name != "2026-0" + std::to_string(month)) continue;
      CHECK(static_cast<double>(cohort.customers) == customers);
      REQUIRE(cohort.size() == sums.size());
      for (std::size_t age = 0; age < sums.size(); ++age) CHECK(cohort[age] == about(sums[age] / customers));
      customers = 0;
    }
    CHECK(customers == 0);
  }
}

TEST_CASE("historical_value: exact money, and bad input") {
  std::vector<order> huge(3, {"anna", day_of(2026, 1, 1), (std::numeric_limits<std::int64_t>::max)()});
  huge[1].cents = -huge[0].cents;
  huge[2].cents = 5;
  CHECK(historical_value(huge, &order::customer, &order::cents).revenue == 5);
  CHECK(historical_value(huge, &order::customer, &order::placed, &order::cents).revenue == 5);

  CHECK_FALSE(historical_value(std::vector<order>{}, &order::customer, &order::cents));
  CHECK_FALSE(historical_value(std::vector<order>{}, &order::customer, &order::placed, &order::cents));
  auto const single = historical_value(std::vector<order>(1, huge[2]), &order::customer, &order::cents);
  CHECK(single.value == 5);
  CHECK(credence::is_nan(single.standard_error));

  struct sale {
    std::optional<int> who;
    std::optional<double> amount;
  };
  std::vector<sale> const sales{{1, 2.0},
                                {{}, 3.0},
                                {1, {}},
                                {2, std::numeric_limits<double>::quiet_NaN()},
                                {2, std::numeric_limits<double>::infinity()},
                                {3, 0.0}};
  auto const found = historical_value(sales, &sale::who, &sale::amount);
  CHECK(found.size() == 2);
  CHECK(found.value == 1);
  CHECK(found.count == 2);
  CHECK(found.rejected == 4);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.not_a_number == 1);
  auto const names = [](auto const& call, char const* text) {
    return error_of([&] { static_cast<void>(call()); }).find(text) != std::string::npos;
  };
  CHECK(names(
      [&] { return historical_value(sales, &sale::who, &sale::amount, {.on_invalid = credence::on_invalid::raise}); },
      "sample 1 is missing"));
  CHECK(names([&] { return historical_value(sales, &sale::who, &sale::amount, {.confidence = 1}); }, "::confidence"));
  CHECK(names(
      [&] {
        return historical_value(sales, &sale::who, &sale::amount, {.margin = std::numeric_limits<double>::infinity()});
      },
      "::margin"));
}

}  // namespace test_historical_value
