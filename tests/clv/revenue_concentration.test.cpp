// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/clv/revenue_concentration.hpp>
#include <credence/core/bytes.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "support/error_of.hpp"

namespace test_revenue_concentration {

using credence::revenue_concentration;
using credence::revenue_concentration_accumulator;
namespace {
doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }
using amounts = std::vector<std::optional<double>>;

/// Half the mean absolute difference of all pairs, over the mean.
double naive_gini(std::vector<double> const& values) {
  double apart = 0;
  double all = 0;
  for (double const one : values) {
    all += one;
    for (double const other : values) apart += std::fabs(one - other);
  }
  double const count = static_cast<double>(values.size());
  return apart / (2 * count * all);
}
}  // namespace

TEST_CASE("revenue_concentration: R's ineq, and the curve by hand") {
  amounts const incomes{541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};
  auto const found = revenue_concentration(incomes, {.points = 5});
  CHECK(found.value == about(0.4620911303, 1e-9));  // ineq 0.2-13, Gini(x)
  CHECK(found.unbiased == about(0.4620911303 / 0.9, 1e-9));
  CHECK(found.top_share == about(22261.0 / 66586));
  CHECK(found.revenue == 66586);
  CHECK(found.lorenz.size() == 6);
  CHECK(found.lorenz[0] == credence::lorenz_point{0, 0});
  CHECK(found.lorenz[1].revenue == about(2004.0 / 66586));
  CHECK(found.lorenz[4].customers == about(0.8));
  CHECK(found.lorenz[4].revenue == about((66586.0 - 22261 - 11904) / 66586));
  CHECK(found.lorenz[5] == credence::lorenz_point{1, 1});
  CHECK(revenue_concentration(incomes, {.top = 0.25}).top_share == about((22261.0 + 11904 + 8304 / 2.0) / 66586));
  CHECK(revenue_concentration(incomes, {.revenue_share = 22261.0 / 66586}).customers_for_share == about(0.1, 1e-9));
  CHECK(revenue_concentration(incomes, {.top = 1, .revenue_share = 1}).top_share == 1);
  CHECK(revenue_concentration(incomes, {.top = 0, .revenue_share = 0}).customers_for_share == 0);
}

TEST_CASE("revenue_concentration: ties and zeros, against all pairs") {
  std::uint64_t state = 7;
  auto const random = [&state] {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
  };
  for (std::size_t const size : {1U, 2U, 3U, 10U, 97U, 200U}) {
    std::vector<double> values(size);
    for (double& value : values) value = static_cast<double>(random() % 6 * (random() % 4));
    values[0] = 3;
    amounts const rows(values.begin(), values.end());
    auto const found = revenue_concentration(rows);
    CHECK(found.value == about(naive_gini(values), 1e-12).epsilon(1e-12).scale(1));
    CHECK(found.zeros == static_cast<std::uint64_t>(std::count(values.begin(), values.end(), 0.0)));
    // The top share, taken customer by customer.
    std::sort(values.begin(), values.end(), [](double one, double other) { return one > other; });
    double left = 0.1 * static_cast<double>(size);
    double top = 0;
    for (double const value : values) {
      top += value * (left < 1 ? left : 1);
      left = left < 1 ? 0 : left - 1;
    }
    CHECK(found.top_share == about(top / found.revenue, 1e-11));
    // And the least share of customers for four fifths.
    double wanted = 0.8 * found.revenue;
    double customers = 0;
    for (double const value : values) {
      if (!(wanted > 0) || value == 0) break;
      customers += value < wanted ? 1 : wanted / value;
      wanted -= value;
    }
    CHECK(found.customers_for_share == about(customers / static_cast<double>(size), 1e-9));
  }
}

TEST_CASE("revenue_concentration: nobody, one, all alike, one of many, and large amounts") {
  CHECK_FALSE(revenue_concentration(amounts{}));
  CHECK_FALSE(revenue_concentration(amounts{0.0, 0.0}));
  CHECK(revenue_concentration(amounts{0.0, 0.0}).zeros == 2);
  CHECK(revenue_concentration(amounts{0.0}).lorenz.empty());
  auto const one = revenue_concentration(amounts{4.0});
  CHECK(one.value == 0);
  CHECK(credence::is_nan(one.unbiased));
  CHECK(one.top_share == about(0.1));
  auto const alike = revenue_concentration(amounts(1'000, 0.1));
  CHECK(alike.value == 0);
  CHECK(alike.top_share == about(0.1));
  amounts lonely(100, 0.0);
  lonely[50] = 8;
  CHECK(revenue_concentration(lonely).value == about(0.99));
  CHECK(revenue_concentration(lonely).unbiased == about(1));
  CHECK(revenue_concentration(lonely).customers_for_share == about(0.008));
  CHECK(revenue_concentration(amounts{1e280, 1e280, 0.0, 1e-300}).value == about(0.5));
  // Whole amounts whose differences are lost in the last digit of single sums.
  CHECK(revenue_concentration(amounts{9007199254740989.0, 9007199254740991.0}).value ==
        about(0.5 * 2 / 18014398509481980.0));
}

TEST_CASE("revenue_concentration: bad input") {
  double const none = std::numeric_limits<double>::quiet_NaN();
  double const endless = std::numeric_limits<double>::infinity();
  auto const found = revenue_concentration(amounts{1, -1, none, endless, {}, -0.0, 2});
  CHECK(found.count == 3);
  CHECK(found.rejected == 4);
  CHECK(found.rejections.off_scale == 2);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.missing == 1);
  CHECK(found.zeros == 1);
  auto const names = [](auto const& call, char const* text) {
    return error_of([&] { static_cast<void>(call()); }).find(text) != std::string::npos;
  };
  CHECK(names(
      [] {
        return revenue_concentration(amounts{1, 2, -3}, {.on_invalid = credence::on_invalid::raise});
      },
      "sample 2 is -3"));
  CHECK(names([] { return revenue_concentration(amounts{}, {.top = 1.5}); }, "::top is 1.5"));
  CHECK(names([&] { return revenue_concentration(amounts{}, {.revenue_share = none}); }, "::revenue_share"));
  CHECK(names([] { return revenue_concentration(amounts{}, {.points = 0}); }, "::points is 0"));
}

TEST_CASE("revenue_concentration: merged, stored and asked again") {
  revenue_concentration_accumulator first;
  revenue_concentration_accumulator second;
  for (int const amount : {5, 0, 3}) first(amount);
  for (int const amount : {9, 3, -1}) second(amount);
  revenue_concentration_accumulator all;
  for (int const amount : {5, 0, 3, 9, 3, -1}) all(amount);
  first += second;
  CHECK(first == all);
  CHECK(first.result() == all.result());
  CHECK(all.result({.top = 0.2}).top_share == about(9.0 / 20));
  CHECK(credence::from_bytes<revenue_concentration_accumulator>(credence::to_bytes(all)) == all);
  CHECK(all.valid());
}

}  // namespace test_revenue_concentration
