// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/churn/revenue_movements.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/wide_integer.hpp>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "churn/naive_revenue.hpp"

namespace test_revenue_money {

/// Money of a host, in hundredths: its sum can be taken from another, but has no words that we know.
struct price {
  std::int64_t hundredths;
};
struct price_sum {
  std::int64_t hundredths = 0;
  price_sum& operator+=(price_sum const& other) {
    hundredths += other.hundredths;
    return *this;
  }
  price_sum& operator-=(price_sum const& other) {
    hundredths -= other.hundredths;
    return *this;
  }
  friend bool operator==(price_sum const&, price_sum const&) = default;
  friend bool operator<(price_sum const& one, price_sum const& other) { return one.hundredths < other.hundredths; }
};
/// Money that can be added up and told as a real, and no more.
struct coins {
  double euros;
};
struct purse {
  double euros = 0;
  purse& operator+=(purse const& other) {
    euros += other.euros;
    return *this;
  }
};

}  // namespace test_revenue_money

template <>
struct credence::money_traits<test_revenue_money::price> {
  using sum_type = test_revenue_money::price_sum;
  static void add(sum_type& sum, test_revenue_money::price const& own) { sum.hundredths += own.hundredths; }
  static double to_real(sum_type const& sum) { return static_cast<double>(sum.hundredths) / 100; }
};
template <>
struct credence::money_traits<test_revenue_money::coins> {
  using sum_type = test_revenue_money::purse;
  static void add(sum_type& sum, test_revenue_money::coins const& own) { sum.euros += own.euros; }
  static double to_real(sum_type const& sum) { return sum.euros; }
};

namespace test_revenue_money {

struct bill {
  int who;
  std::chrono::year_month month;
  std::int64_t hundredths;
  price exact() const { return {hundredths}; }
  coins rounded() const { return {static_cast<double>(hundredths) / 100}; }
};

TEST_CASE("revenue_movements: a host's own money, exactly where it can be taken from each other") {
  using namespace std::chrono;
  std::vector<bill> const bills{{1, 2026y / January, 1'000},  {2, 2026y / January, 2'010},  {3, 2026y / January, 30},
                                {1, 2026y / February, 1'250}, {2, 2026y / February, 2'000}, {4, 2026y / February, -5},
                                {3, 2026y / March, 70}};
  auto const exact = credence::revenue_movements(bills, &bill::who, &bill::month, &bill::exact);
  static_assert(std::is_same_v<decltype(exact), credence::revenue_movements_result<price_sum> const>);
  CHECK(exact[1].exact.churn.hundredths == 30);
  CHECK(exact[1].churn == .3);
  CHECK(exact[1].below_zero == -.05);
  CHECK(exact[1].gross_retention == doctest::Approx(30.0 / 30.4));
  CHECK(exact[2].reactivation == .7);
  naive_revenue::check_identity(exact);

  auto const rounded = credence::revenue_movements(bills, &bill::who, &bill::month, &bill::rounded);
  static_assert(std::is_same_v<decltype(rounded), credence::revenue_movements_result<> const>);
  for (std::size_t at = 0; at < 3; ++at)
    CHECK(naive_revenue::text_of(rounded[at]) == naive_revenue::text_of(exact[at]));
}

}  // namespace test_revenue_money
