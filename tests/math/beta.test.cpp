// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/math/beta.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_beta {

namespace {

namespace math = credence::math;

constexpr tables::row<4> lower_table[] = {
#include "math/incomplete_beta_table.inc"
};
constexpr tables::row<4> upper_table[] = {
#include "math/incomplete_beta_complement_table.inc"
};
constexpr tables::row<4> quantile_table[] = {
#include "math/beta_quantile_table.inc"
};
constexpr tables::row<4> upper_quantile_table[] = {
#include "math/beta_upper_quantile_table.inc"
};

double const none = credence::not_a_number();
double const infinity = std::numeric_limits<double>::infinity();

// What the headers promise of a tail, rows {a, b, x, value} ...
double allowed_of_tail(tables::row<4> const& cells) {
  double const small_shape = std::fmax(1.0, 0.5 / std::fmin(cells[0], cells[1]));
  return 2e-15 * (1.0 + std::fabs(std::log(cells[3])) / 2.0) * small_shape;
}

// ... and of a quantile, rows {p, a, b, x}.
double allowed_of_quantile(tables::row<4> const& cells) {
  double const small_shape = std::fmax(1.0, 1.0 / std::fmin(cells[1], cells[2]));
  return 2e-15 * (1.0 + std::fabs(std::log(cells[0])) / 3.0) * small_shape;
}

// The shapes and tails that intervals meet: a flat bound.
double allowed_of_usual_tail(tables::row<4> const& cells) {
  return std::fmin(cells[0], cells[1]) >= 0.5 && cells[3] > 1e-12 ? 2e-14 : 0.0;
}

double allowed_of_usual_quantile(tables::row<4> const& cells) {
  return std::fmin(cells[1], cells[2]) >= 0.5 && cells[0] > 1e-12 ? 5e-15 : 0.0;
}

}  // namespace

TEST_CASE("table: incomplete beta") { tables::check(lower_table, math::incomplete_beta, allowed_of_tail); }

TEST_CASE("table: incomplete beta complement") {
  tables::check(upper_table, math::incomplete_beta_complement, allowed_of_tail);
}

TEST_CASE("table: incomplete beta and complement, shapes from 1/2 to 1e12, values above 1e-12") {
  tables::check(lower_table, math::incomplete_beta, allowed_of_usual_tail);
  tables::check(upper_table, math::incomplete_beta_complement, allowed_of_usual_tail);
}

TEST_CASE("table: beta quantile") { tables::check(quantile_table, math::beta_quantile, allowed_of_quantile); }

TEST_CASE("table: beta upper quantile") {
  tables::check(upper_quantile_table, math::beta_upper_quantile, allowed_of_quantile);
}

TEST_CASE("table: beta quantiles, shapes from 1/2 to 1e12, p above 1e-12") {
  tables::check(quantile_table, math::beta_quantile, allowed_of_usual_quantile);
  tables::check(upper_quantile_table, math::beta_upper_quantile, allowed_of_usual_quantile);
}

TEST_CASE("beta: where there is a closed form") {
  for (double x = 0.01; x < 1.0; x += 0.07) {
    CHECK(math::incomplete_beta(1.0, 1.0, x) == doctest::Approx(x).epsilon(4e-15));
    CHECK(math::incomplete_beta(0.5, 0.5, x) ==
          doctest::Approx(std::asin(std::sqrt(x)) / std::asin(1.0)).epsilon(4e-15));
    CHECK(math::incomplete_beta_complement(1.0, 9.0, x) == doctest::Approx(std::pow(1.0 - x, 9.0)).epsilon(4e-14));
  }
  // No success, or one, in 2^33: the exact interval for a share.
  double const trials = 8589934592.0;
  CHECK(math::beta_upper_quantile(0.025, 1.0, trials) ==
        doctest::Approx(-std::expm1(std::log(0.025) / trials)).epsilon(4e-15));
  CHECK(math::beta_quantile(0.025, 1.0, trials) ==
        doctest::Approx(-std::expm1(std::log1p(-0.025) / trials)).epsilon(4e-15));
  CHECK(math::beta_quantile(0.5, trials, trials) == doctest::Approx(0.5).epsilon(1e-15));
}

TEST_CASE("beta: ends") {
  CHECK(math::incomplete_beta(2.0, 3.0, 0.0) == 0.0);
  CHECK(math::incomplete_beta(2.0, 3.0, 1.0) == 1.0);
  CHECK(math::incomplete_beta_complement(2.0, 3.0, 0.0) == 1.0);
  CHECK(math::incomplete_beta_complement(2.0, 3.0, 1.0) == 0.0);
  CHECK(math::beta_quantile(0.0, 2.0, 3.0) == 0.0);
  CHECK(math::beta_quantile(1.0, 2.0, 3.0) == 1.0);
  CHECK(math::beta_upper_quantile(0.0, 2.0, 3.0) == 1.0);
  CHECK(math::beta_upper_quantile(1.0, 2.0, 3.0) == 0.0);
  CHECK(math::beta_quantile(0.01, 1e-3, 1.0) <= 1e-300);  // 1e-2000
}

TEST_CASE("beta: no answer outside the domain") {
  for (auto const function : {math::incomplete_beta, math::incomplete_beta_complement}) {
    for (double const shape : {0.0, -1.0, none, infinity}) {
      CHECK(credence::is_nan(function(shape, 1.0, 0.5)));
      CHECK(credence::is_nan(function(1.0, shape, 0.5)));
    }
    for (double const x : {-1e-300, 1.5, none, infinity}) CHECK(credence::is_nan(function(1.0, 1.0, x)));
  }
  for (auto const function : {math::beta_quantile, math::beta_upper_quantile}) {
    for (double const shape : {0.0, -1.0, none, infinity}) {
      CHECK(credence::is_nan(function(0.5, shape, 1.0)));
      CHECK(credence::is_nan(function(0.5, 1.0, shape)));
    }
    for (double const p : {-1e-300, 1.5, none, infinity}) CHECK(credence::is_nan(function(p, 1.0, 1.0)));
  }
}

TEST_CASE("beta: lower and upper are mirror images, add up to 1, and rise without a step at the seams") {
  for (double const a : {0.3, 2.0, 999.9, 1000.1, 3e5}) {
    for (double const b : {0.7, 1.0, 40.0, 1000.1, 7e6}) {
      double const middle = a / (a + b);
      double const spread = std::sqrt(middle * (1.0 - middle) / (a + b + 1.0));
      double before = 0.0;
      for (double z = -3.0; z < 3.0; z += 0.05) {
        double const x = middle + z * spread;
        if (x <= 0.0 || x >= 1.0) continue;
        double const lower = math::incomplete_beta(a, b, x);
        CHECK(lower + math::incomplete_beta_complement(a, b, x) == doctest::Approx(1.0).epsilon(1e-15));
        CHECK(lower > before);
        before = lower;
      }
    }
  }
}

}  // namespace test_beta
