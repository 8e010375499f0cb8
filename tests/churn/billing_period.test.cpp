// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/churn/billing_period.hpp>
#include <cstdint>
#include <limits>
#include <optional>

namespace test_billing_period {

using credence::billing_period;
using credence::month_length;
using credence::per_month;

TEST_CASE("per_month: months of a quarter and of a year, and days and weeks of a month") {
  CHECK(per_month(120'000, billing_period::year) == 10'000);
  CHECK(per_month(1'000, billing_period::quarter) == 333);
  CHECK(per_month(1'001, billing_period::half_year) == 167);
  CHECK(per_month(999, billing_period::month) == 999);
  CHECK(per_month(1'000, billing_period::day) == 30'437);
  CHECK(per_month(7'000, billing_period::week) == 30'437);
  CHECK(per_month(14'000, billing_period::two_weeks) == 30'437);
  CHECK(per_month(28'000, billing_period::four_weeks) == 30'437);
  CHECK(per_month(1'000, 1, month_length::two_decimals) == 30'440);
  CHECK(per_month(300, 7, month_length::weeks_of_a_year) == 1'300);  // 52 ÷ 12 times
  CHECK(per_month(300, 30, month_length::thirty_days) == 300);
  // 365 days are a little less than twelve months of the mean year.
  CHECK(*per_month(365.0, 365) == doctest::Approx(30.436875).epsilon(1e-14));
  CHECK(*per_month(365.2425, 365.2425) == doctest::Approx(30.436875).epsilon(1e-14));
  CHECK(per_month(36'500, std::chrono::days{365}) == 3'044);
  CHECK(per_month(36'524, std::chrono::years{1}) == 3'044);  // 365.2425 days
  CHECK(per_month(1'000, std::chrono::months{1}) == 1'000);
  CHECK(per_month(1'000, std::chrono::hours{12}) == 60'874);
}

TEST_CASE("per_month: rounded once, half a unit away from zero") {
  CHECK(per_month(6, billing_period::year) == 1);
  CHECK(per_month(5, billing_period::year) == 0);
  CHECK(per_month(-6, billing_period::year) == -1);
  CHECK(per_month(-5, billing_period::year) == 0);
  CHECK(per_month(18, billing_period::year) == 2);
  // Beyond 2^53, where doubles would be off.
  std::int64_t const large = 9'000'000'000'000'000'007;
  CHECK(per_month(large, billing_period::year) == 750'000'000'000'000'001);
  CHECK(per_month(-large, billing_period::year) == -750'000'000'000'000'001);
  for (std::int64_t amount = -5'000; amount <= 5'000; amount += 7)
    for (int days = 1; days < 800; days += 13) {
      // Exactly a half is no double's business: 48,699 is odd, so that 1,600 · days / 2 is met now and then.
      auto const exact = static_cast<long double>(amount) * 48'699 / (1'600.0L * days);
      if (per_month(amount, days) != static_cast<std::int64_t>(std::roundl(exact))) {
        CAPTURE(amount);
        CAPTURE(days);
        CHECK(false);
      }
    }
}

TEST_CASE("per_month: what cannot be is empty, and what does not fit") {
  std::int64_t const most = std::numeric_limits<std::int64_t>::max();
  double const nan = std::nan("");
  CHECK(per_month(100, 0) == std::nullopt);
  CHECK(per_month(100, -30) == std::nullopt);
  CHECK(per_month(100, nan) == std::nullopt);
  CHECK(per_month(100, most) == std::nullopt);
  CHECK(per_month(100, std::numeric_limits<std::uint64_t>::max()) == std::nullopt);
  CHECK(per_month(100, std::chrono::seconds{0}) == std::nullopt);
  CHECK(per_month(most, 1) == std::nullopt);
  CHECK(per_month(most, billing_period::month) == most);
  CHECK(per_month(-most, billing_period::month) == -most);
  CHECK(per_month(std::uint64_t{1} << 63, billing_period::month) == std::nullopt);
  CHECK(per_month(std::int8_t{100}, billing_period::week) == std::nullopt);
  CHECK(per_month(std::int8_t{12}, 3.5) == 104);
  CHECK(per_month(std::int8_t{100}, 3.5) == std::nullopt);
  CHECK(per_month(std::uint32_t{7}, billing_period::week) == 30U);
  CHECK(per_month(std::optional<int>(), billing_period::week) == std::nullopt);
  CHECK(per_month(std::optional<int>(12), billing_period::year) == 1);
  CHECK(std::isnan(*per_month(nan, billing_period::year)));
}

struct plan {
  std::optional<long> cents;
  std::optional<int> days;
  billing_period billed() const { return billing_period::quarter; }
};

TEST_CASE("per_month: of projections a projection, of a length for all rows too") {
  plan const own{3'000, 10};
  plan const empty{3'000, {}};
  CHECK(per_month(&plan::cents, &plan::days)(own) == 9'131);
  CHECK(per_month(&plan::cents, &plan::days, month_length::thirty_days)(own) == 9'000);
  CHECK(per_month(&plan::cents, &plan::days)(empty) == std::nullopt);
  CHECK(per_month(&plan::cents, &plan::billed)(own) == 1'000);
  CHECK(per_month(&plan::cents, billing_period::year)(own) == 250);
  CHECK(name_of(billing_period::two_weeks) == "two_weeks");
  CHECK(name_of(month_length::gregorian_mean) == "gregorian_mean");
}

}  // namespace test_billing_period
