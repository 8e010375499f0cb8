// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include "math/tables.hpp"

#include <credence/math/normal.hpp>
#include <limits>

namespace {

namespace math = credence::math;

constexpr tables::row<2> tail_table[] = {
#include "math/normal_tail_table.inc"
};
constexpr tables::row<2> quantile_table[] = {
#include "math/normal_quantile_table.inc"
};
constexpr tables::row<2> critical_table[] = {
#include "math/normal_critical_table.inc"
};

double const none = credence::not_a_number();
double const infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("table: normal upper tail and cdf") {
  tables::check(tail_table, math::normal_upper_tail, 1e-15);
  tables::check(
      tail_table, [](double const x) { return math::normal_cdf(-x); }, 1e-15);
}

TEST_CASE("table: normal quantile") { tables::check(quantile_table, math::normal_quantile, 1e-15); }

TEST_CASE("table: normal critical value") { tables::check(critical_table, math::normal_critical, 1e-15); }

TEST_CASE("normal: ends and the figure everybody knows") {
  CHECK(math::normal_critical(0.95) == doctest::Approx(1.959963984540054).epsilon(1e-15));
  CHECK(math::normal_upper_tail(0.0) == 0.5);
  CHECK(math::normal_upper_tail(infinity) == 0.0);
  CHECK(math::normal_upper_tail(-infinity) == 1.0);
  CHECK(math::normal_cdf(-infinity) == 0.0);
  CHECK(math::normal_cdf(infinity) == 1.0);
  CHECK(math::normal_quantile(0.0) <= -(std::numeric_limits<double>::max)());
  CHECK(math::normal_quantile(1.0) >= (std::numeric_limits<double>::max)());
  CHECK(math::normal_quantile(0.5) == 0.0);
  CHECK(math::normal_critical(0.0) == 0.0);
  CHECK(math::normal_critical(1.0) >= (std::numeric_limits<double>::max)());
}

TEST_CASE("normal: no answer outside the domain") {
  CHECK(credence::is_nan(math::normal_cdf(none)));
  CHECK(credence::is_nan(math::normal_upper_tail(none)));
  for (double const outside : {none, -1e-300, 1.0000000000000002, infinity, -infinity}) {
    CHECK(credence::is_nan(math::normal_quantile(outside)));
    CHECK(credence::is_nan(math::normal_critical(outside)));
  }
}

#ifndef __FAST_MATH__
TEST_CASE("normal: denormal probabilities keep seven digits") {
  CHECK(math::normal_quantile(5e-324) == doctest::Approx(-38.467405617144344).epsilon(1e-7));
  CHECK(math::normal_upper_tail(38.0) == doctest::Approx(2.8854283600687e-316).epsilon(1e-7));
}
#endif

TEST_CASE("normal: the quantile undoes the tail") {
  for (double x = -37.0; x < 4.0; x += 0.37) {
    CHECK(math::normal_quantile(math::normal_cdf(x)) == doctest::Approx(x).epsilon(1e-12));
  }
}
