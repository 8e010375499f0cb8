// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/math/binomial.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_binomial {

namespace {

namespace math = credence::math;

constexpr tables::row<4> lower_table[] = {
#include "math/binomial_lower_table.inc"
};
constexpr tables::row<4> upper_table[] = {
#include "math/binomial_upper_table.inc"
};

double const none = credence::not_a_number();

std::uint64_t whole(double const count) { return static_cast<std::uint64_t>(count); }

double lower(double const successes, double const trials, double const p) {
  return math::binomial_lower_tail(whole(successes), whole(trials), p);
}

double upper(double const successes, double const trials, double const p) {
  return math::binomial_upper_tail(whole(successes), whole(trials), p);
}

// Rows {successes, trials, p, value}; as for the incomplete beta function.
double allowed(tables::row<4> const& cells) { return 2e-15 * (1.0 + std::fabs(std::log(cells[3])) / 2.0); }

}  // namespace

TEST_CASE("table: binomial tails") {
  tables::check(lower_table, lower, allowed);
  tables::check(upper_table, upper, allowed);
}

TEST_CASE("binomial: ends") {
  CHECK(math::binomial_lower_tail(5, 5, 0.3) == 1.0);
  CHECK(math::binomial_lower_tail(6, 5, 0.3) == 1.0);
  CHECK(math::binomial_lower_tail(4, 5, 0.0) == 1.0);
  CHECK(math::binomial_lower_tail(4, 5, 1.0) == 0.0);
  CHECK(math::binomial_lower_tail(0, 0, 0.3) == 1.0);
  CHECK(math::binomial_upper_tail(0, 5, 0.3) == 1.0);
  CHECK(math::binomial_upper_tail(6, 5, 0.3) == 0.0);
  CHECK(math::binomial_upper_tail(5, 5, 1.0) == 1.0);
  CHECK(math::binomial_upper_tail(1, 5, 0.0) == 0.0);
  CHECK(math::binomial_quantile(0.0, 5, 0.3) == 0.0);
  CHECK(math::binomial_quantile(1.0, 5, 0.3) == 5.0);
  CHECK(math::binomial_quantile(1.0, 5, 0.0) == 0.0);
  CHECK(math::binomial_quantile(0.5, 0, 0.3) == 0.0);
  CHECK(math::binomial_quantile(0.5, 5, 1.0) == 5.0);
}

TEST_CASE("binomial: no answer outside the domain") {
  for (double const p : {-1e-300, 1.5, none}) {
    CHECK(credence::is_nan(math::binomial_lower_tail(1, 2, p)));
    CHECK(credence::is_nan(math::binomial_upper_tail(1, 2, p)));
    CHECK(credence::is_nan(math::binomial_quantile(0.5, 2, p)));
    CHECK(credence::is_nan(math::binomial_quantile(p, 2, 0.5)));
  }
}

TEST_CASE("binomial: the quantile is the first count to reach q") {
  for (std::uint64_t const trials : {1ULL, 2ULL, 5ULL, 30ULL, 1000ULL, 5'000'000ULL, 8'589'934'592ULL}) {
    for (double const p : {1e-12, 0.001, 0.2, 0.5, 0.93, 0.999999}) {
      for (double const q : {1e-200, 1e-9, 0.025, 0.4, 0.5, 0.6, 0.975, 0.9999999}) {
        auto const first = whole(math::binomial_quantile(q, trials, p));
        REQUIRE(first <= trials);
        CHECK(math::binomial_lower_tail(first, trials, p) >= q * (1.0 - 1e-12));
        if (first > 0) CHECK(math::binomial_upper_tail(first, trials, p) > (1.0 - q) * (1.0 - 1e-9));
      }
    }
  }
  CHECK(math::binomial_quantile(0.5, 18'446'744'073'709'551'615ULL, 0.5) == doctest::Approx(9223372036854775808.0));
}

}  // namespace test_binomial
