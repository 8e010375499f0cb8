// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/churn/revenue_movements.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/rejections.hpp>
#include <credence/history/activity.hpp>
#include <credence/interop/threads.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "churn/naive_revenue.hpp"
#include "support/error_of.hpp"

namespace test_revenue_movements {

using namespace std::chrono;
using credence::calendar_day;
using credence::calendar_month;
using credence::revenue_movements;
using naive_revenue::check_alike;
using naive_revenue::check_identity;
using naive_revenue::check_same;

struct payment {
  int who;
  sys_days when;
  long cents;
};
sys_days in_month(int month, int day = 1) {
  return sys_days{year_month_day{2026y / January / 1} + months{month - 1}} + days{day - 1};
}
auto movements(std::vector<payment> const& rows, credence::revenue_movements_options const& options = {}) {
  return revenue_movements(rows, &payment::who, &payment::when, &payment::cents, options);
}
naive_revenue::revenue_of_customers revenue_of(std::vector<payment> const& rows) {
  naive_revenue::revenue_of_customers paid;
  for (payment const& each : rows) paid[each.who][calendar_month{}.index_of(each.when)] += each.cents;
  return paid;
}

/// From the first month with a row to the last.
std::vector<naive_revenue::naive_row> naive(std::vector<payment> const& rows, bool reactivation_is_retained = false) {
  auto const paid = revenue_of(rows);
  std::int64_t first = paid.begin()->second.begin()->first;
  std::int64_t last = first;
  for (auto const& [who, sums] : paid) {
    first = std::min(first, sums.begin()->first);
    last = std::max(last, sums.rbegin()->first);
  }
  return naive_revenue::movements_of(paid, first, last, reactivation_is_retained);
}
std::vector<payment> random_rows(naive_revenue::draws& random, std::uint64_t customers, std::uint64_t count,
                                 int months) {
  std::vector<payment> rows;
  for (; count != 0; --count) {
    int const month = 1 + static_cast<int>(random.below(static_cast<std::uint64_t>(months)));
    int const day = 1 + static_cast<int>(random.below(28));
    int const who = static_cast<int>(random.below(customers));
    rows.push_back({who, in_month(month, day), static_cast<long>(random.below(7)) * 50 - 100});
  }
  return rows;
}

TEST_CASE("revenue_movements: by hand, gaps and all") {
  // 1: 100, 150, –, 50    2: 200, 200, 120, –    3: –, 80, –, –    4: refunded in February    5: a free month in March
  std::vector<payment> const rows{{1, in_month(1, 31), 60}, {1, in_month(1), 40},    {1, in_month(2), 150},
                                  {1, in_month(4), 50},     {2, in_month(1), 200},   {2, in_month(2), 200},
                                  {2, in_month(3), 120},    {3, in_month(2, 9), 80}, {4, in_month(2), 30},
                                  {4, in_month(2, 5), -70}, {5, in_month(3), 0}};
  auto const found = movements(rows);
  REQUIRE(found.size() == 4);
  CHECK(found.count == 11);
  CHECK(found[0].name == "2026-01");
  CHECK(found[0].new_business == 300);
  CHECK(std::isnan(found[0].gross_retention));
  CHECK(std::isinf(found[0].quick_ratio));
  CHECK(found[1].expansion == 50);
  CHECK(found[1].below_zero == -40);
  CHECK(found[1].customers.below_zero == 1);
  CHECK(found[1].gross_retention == 1);
  CHECK(found[1].closing == 430);
  CHECK(found[1].average_revenue == doctest::Approx(430.0 / 3));
  CHECK(found[2].contraction == 80);
  CHECK(found[2].churn == 230);
  CHECK(found[2].quick_ratio == 0);
  CHECK(found[2].customer_churn == doctest::Approx(2.0 / 3));
  CHECK(found[2].customer_churn_interval.lower > 0);
  CHECK(found[3].reactivation == 50);
  CHECK(found[3].customers.new_business == 0);
  CHECK(found[3].net_retention == 0);
  CHECK(found[2].complete);
  CHECK_FALSE(found[3].complete);
  CHECK(movements(rows, {.observed_until = in_month(5)})[3].complete);
  CHECK(movements(rows, {.observed_until = in_month(7)}).size() == 6);
  CHECK(movements(rows, {.observed_until = in_month(3)}).size() == 2);
  CHECK(std::isnan(movements(rows, {.observed_until = in_month(7)})[5].quick_ratio));
  check_identity(found);
  check_same(found, naive(rows));
}

TEST_CASE("revenue_movements: the published examples of rates") {
  auto const of_two_months = [](std::vector<std::pair<long, long>> const& before_and_now) {
    std::vector<payment> rows;
    for (auto const& [before, now] : before_and_now) {
      int const who = static_cast<int>(rows.size());
      rows.push_back({who, in_month(1), before});
      rows.push_back({who, in_month(2), now});
    }
    return movements(rows)[1];
  };
  SUBCASE("revenuecalculators: of 50,000 less 2,000 and 3,000, and 6,000 more") {
    auto const month = of_two_months({{2'000, 0}, {10'000, 7'000}, {20'000, 26'000}, {18'000, 18'000}, {0, 999}});
    CHECK(month.opening == 50'000);
    CHECK(month.gross_retention == doctest::Approx(.90).epsilon(1e-12));
    CHECK(month.net_retention == doctest::Approx(1.02).epsilon(1e-12));
  }
  SUBCASE("ChartMogul: of 100, 10 churned, 10 contracted and 10 expanded: gross churn 20 %, net churn 10 %") {
    auto const month = of_two_months({{10, 0}, {30, 20}, {30, 40}, {30, 30}});
    CHECK(month.gross_revenue_churn == doctest::Approx(.20).epsilon(1e-12));
    CHECK(month.net_revenue_churn == doctest::Approx(.10).epsilon(1e-12));
  }
  SUBCASE("theprimecalculator: of 200,000 less 8,000 and 4,000 are left 94 %") {
    auto const month = of_two_months({{8'000, 0}, {92'000, 88'000}, {100'000, 100'000}});
    CHECK(month.gross_retention == doctest::Approx(.94).epsilon(1e-12));
  }
  SUBCASE("PostHog: 17,000 lost of 100,000 is a churn of 17 %") {
    CHECK(of_two_months({{17'000, 0}, {83'000, 83'000}}).gross_revenue_churn == doctest::Approx(.17).epsilon(1e-12));
  }
  SUBCASE("ChartMogul's net churn counts who is back, Baremetrics' does not") {
    std::vector<payment> const rows{
        {1, in_month(1), 20}, {2, in_month(1), 80}, {2, in_month(2), 80}, {1, in_month(3), 12}, {2, in_month(3), 72}};
    CHECK(movements(rows)[2].net_revenue_churn == doctest::Approx(.10).epsilon(1e-12));
    CHECK(movements(rows, {.reactivation_is_retained = true})[2].net_revenue_churn ==
          doctest::Approx(-.05).epsilon(1e-12));
    CHECK(movements(rows, {.reactivation_is_retained = true})[2].gross_retention ==
          doctest::Approx(.90).epsilon(1e-12));
  }
}

TEST_CASE("revenue_movements: what the definitions say, of random rows with ties, gaps, refunds and free months") {
  naive_revenue::draws random{20'261'126};
  for (int turn = 0; turn < 60; ++turn) {
    CAPTURE(turn);
    std::uint64_t const customers = 1 + random.below(40);
    auto const rows = random_rows(random, customers, 1 + random.below(250), 9);
    auto const found = movements(rows);
    check_same(found, naive(rows));
    check_identity(found);
    check_same(movements(rows, {.reactivation_is_retained = true}), naive(rows, true));
    // Of days, where a customer has several entries in a month; and merged from shards.
    auto const days = credence::activity(rows, &payment::who, &payment::when, &payment::cents, calendar_day{});
    check_alike(revenue_movements(days), found);
    auto const cut = rows.begin() + static_cast<std::ptrdiff_t>(random.below(rows.size() + 1));
    auto const gathered = [](std::vector<payment> const& some) {
      return credence::activity(some, &payment::who, &payment::when, &payment::cents, calendar_month{});
    };
    auto merged = gathered({cut, rows.end()});
    merged += gathered({rows.begin(), cut});
    check_alike(revenue_movements(merged), found);
  }
}

TEST_CASE("revenue_movements: of more customers than a page holds, by threads too") {
  naive_revenue::draws random{7};
  auto const rows = random_rows(random, 50'000, 200'000, 4);
  auto const found = movements(rows);
  check_same(found, naive(rows));
  check_identity(found);
  check_alike(revenue_movements(credence::threads{2}, rows, &payment::who, &payment::when, &payment::cents), found);
}

TEST_CASE("revenue_movements: reals are summed with compensation, and what cannot be an amount is left out") {
  std::vector<payment> const rows{{1, in_month(1), 3}, {1, in_month(2), 1}, {2, in_month(1), 7}, {2, in_month(2), 8},
                                  {3, in_month(1), 2}, {3, in_month(3), 2}, {4, in_month(2), 5}};
  auto const tenths = [](payment const& each) { return each.cents == 5 ? std::nan("") : 0.1 * double(each.cents); };
  auto const found = revenue_movements(rows, &payment::who, &payment::when, tenths);
  CHECK(found.count == 6);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found[1].opening == doctest::Approx(1.2));
  CHECK(found[1].contraction == doctest::Approx(.2));
  CHECK(found[1].expansion == doctest::Approx(.1));
  CHECK(found[1].churn == doctest::Approx(.2));
  CHECK(found[2].reactivation == doctest::Approx(.2));
  CHECK(found[1].net_retention == doctest::Approx(.9 / 1.2));
  // Nobody left, so that nothing was lost, whatever is rounded where.
  auto const thirds = [](payment const& each) { return each.who == 3 ? 0.0 : 1e16 / 3 + each.who; };
  auto const kept = revenue_movements(rows, &payment::who, &payment::when, thirds);
  CHECK(kept[1].churn == 0);
  CHECK(kept[1].gross_retention == 1);
  double const infinite = std::numeric_limits<double>::infinity();
  auto const off = [&](payment const& each) { return each.who == 1 ? infinite : each.who == 2 ? -infinite : 1.0; };
  CHECK(revenue_movements(rows, &payment::who, &payment::when, off).rejections.off_scale == 4);
}

TEST_CASE("revenue_movements: exact where doubles are not") {
  long const large = std::numeric_limits<long>::max() - 5;
  std::vector<payment> rows;
  for (int who = 0; who < 9; ++who) rows.push_back({who, in_month(1), large});
  for (int who = 0; who < 9; ++who) rows.push_back({who, in_month(2), who == 0 ? large - 1 : large});
  auto const found = movements(rows);
  CHECK(found[1].exact.contraction == credence::wide_integer<2>(1));
  CHECK(found[1].customers.contracted == 1);
  check_identity(found);
}

TEST_CASE("revenue_movements: bad input") {
  CHECK_FALSE(movements({}));
  CHECK(movements({}).size() == 0);
  auto const one = movements({{1, in_month(1), 100}});
  REQUIRE(one.size() == 1);
  CHECK(one[0].closing == 100);
  CHECK(std::isnan(one[0].net_retention));
  CHECK(movements({{1, in_month(1), 0}})[0].customers.closing == 0);
  CHECK(std::isnan(movements({{1, in_month(1), 0}})[0].average_revenue));
  CHECK(std::isnan(movements({{1, in_month(1), -3}})[0].quick_ratio));
  // Of one customer there is no error.
  auto const alone = movements({{1, in_month(1), 100}, {1, in_month(2), 50}})[1];
  CHECK(alone.gross_retention == .5);
  CHECK(std::isnan(alone.gross_retention_interval.lower));
  CHECK(alone.gross_retention_interval.confidence == .95);
  // All alike: none either way.
  auto const alike = movements({{1, in_month(1), 9}, {2, in_month(1), 9}, {1, in_month(2), 9}, {2, in_month(2), 9}})[1];
  CHECK(alike.net_retention_interval.lower == 1);
  CHECK(alike.net_retention_interval.upper == 1);

  CHECK(error_of([] {
          movements({{1, in_month(1), 1}}, {.confidence = 1});
        }).find("revenue_movements_options::confidence") != std::string::npos);
  CHECK(error_of([] {
          revenue_movements(std::vector<payment>{{1, in_month(1), 1}, {1, sys_days{9999y / 12 / 31}, 1}}, &payment::who,
                            &payment::when, &payment::cents, credence::every{.span = hours{1}});
        }).find("periods, more than the 1000000") != std::string::npos);
  auto const weeks = credence::activity(std::vector<payment>{{1, in_month(2), 1}}, &payment::who, &payment::when,
                                        &payment::cents, credence::calendar_week{});
  CHECK(error_of([&] { revenue_movements(weeks); }).find("cannot answer by calendar_month") != std::string::npos);
  CHECK(revenue_movements(weeks, credence::calendar_week{}).size() == 1);

  std::vector<payment> const rows{{1, in_month(1), 1}, {2, in_month(1), -1}, {3, in_month(1), 1}};
  auto const missing = [](payment const& each) {
    return each.cents < 0 ? std::nullopt : std::optional<long>(each.cents);
  };
  CHECK(revenue_movements(rows, &payment::who, &payment::when, missing).rejections.missing == 1);
  CHECK(error_of([&] {
          revenue_movements(rows, &payment::who, &payment::when, missing, {.on_invalid = credence::on_invalid::raise});
        }).find("sample 1 is missing") != std::string::npos);
}

}  // namespace test_revenue_movements
