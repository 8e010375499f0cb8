// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/real.hpp>
#include <credence/math/incomplete_gamma.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_incomplete_gamma {

namespace math = credence::math;

constexpr tables::row<3> lower_table[] = {
#include "math/incomplete_gamma_table.inc"
};
constexpr tables::row<3> upper_table[] = {
#include "math/incomplete_gamma_complement_table.inc"
};
constexpr tables::row<3> quantile_table[] = {
#include "math/gamma_quantile_table.inc"
};
constexpr tables::row<3> upper_quantile_table[] = {
#include "math/gamma_upper_quantile_table.inc"
};

double const none = credence::not_a_number();
double const infinity = std::numeric_limits<double>::infinity();

// What the header promises of a tail, rows {a, x, value} ...
double allowed_of_tail(tables::row<3> const& cells) { return 4e-15 * (1.0 + std::fabs(std::log(cells[2])) / 2.0); }

// ... and of a quantile, rows {p, a, x}.
double allowed_of_quantile(tables::row<3> const& cells) {
  return 4e-15 * (1.0 + std::fabs(std::log(cells[0])) / 3.0) * std::fmax(1.0, 1.0 / cells[1]);
}

// The shapes and tails that intervals meet: a flat bound.
double allowed_of_usual_tail(tables::row<3> const& cells) { return cells[0] >= 0.5 && cells[2] > 1e-12 ? 2e-14 : 0.0; }
double allowed_of_usual_quantile(tables::row<3> const& cells) {
  return cells[1] >= 0.5 && cells[0] > 1e-12 ? 1e-14 : 0.0;
}

TEST_CASE("table: incomplete gamma") { tables::check(lower_table, math::incomplete_gamma, allowed_of_tail); }

TEST_CASE("table: incomplete gamma complement") {
  tables::check(upper_table, math::incomplete_gamma_complement, allowed_of_tail);
}

TEST_CASE("table: incomplete gamma and complement, shapes from 1/2 to 1e15, values above 1e-12") {
  tables::check(lower_table, math::incomplete_gamma, allowed_of_usual_tail);
  tables::check(upper_table, math::incomplete_gamma_complement, allowed_of_usual_tail);
}

TEST_CASE("table: gamma quantile") { tables::check(quantile_table, math::gamma_quantile, allowed_of_quantile); }

TEST_CASE("table: gamma upper quantile") {
  tables::check(upper_quantile_table, math::gamma_upper_quantile, allowed_of_quantile);
}

TEST_CASE("table: gamma quantiles, shapes from 1/2 to 1e15, p above 1e-12") {
  tables::check(quantile_table, math::gamma_quantile, allowed_of_usual_quantile);
  tables::check(upper_quantile_table, math::gamma_upper_quantile, allowed_of_usual_quantile);
}

TEST_CASE("incomplete gamma: where there is a closed form") {
  for (double x = 1e-6; x < 700.0; x *= 1.7) {
    CHECK(math::incomplete_gamma(1.0, x) == doctest::Approx(-std::expm1(-x)).epsilon(4e-15));
    double const tail = std::exp(-x);
    CHECK(std::fabs(math::incomplete_gamma_complement(1.0, x) / tail - 1.0) < 4e-15 * (1.0 + x));
    CHECK(math::gamma_upper_quantile(tail, 1.0) == doctest::Approx(-std::log(tail)).epsilon(4e-15));
    CHECK(math::incomplete_gamma(0.5, x) == doctest::Approx(std::erf(std::sqrt(x))).epsilon(4e-15));
  }
}

TEST_CASE("incomplete gamma: the exact interval of five events in a hundred") {
  // R 4.2.2, survival 3.5-3: cipoisson(5, 100).
  CHECK(math::gamma_quantile(0.025, 5.0) / 100.0 == doctest::Approx(.0162348639011842).epsilon(1e-13));
  CHECK(math::gamma_upper_quantile(0.025, 6.0) / 100.0 == doctest::Approx(.116683320793227).epsilon(1e-13));
}

TEST_CASE("incomplete gamma: ends, and no answer outside the domain") {
  CHECK(math::incomplete_gamma(2.0, 0.0) == 0.0);
  CHECK(math::incomplete_gamma(2.0, infinity) == 1.0);
  CHECK(math::incomplete_gamma_complement(2.0, 0.0) == 1.0);
  CHECK(math::incomplete_gamma_complement(2.0, infinity) == 0.0);
  CHECK(math::incomplete_gamma(1e-300, 1e300) == 1.0);
  CHECK(math::incomplete_gamma(1e300, 1e-300) == 0.0);
  CHECK(math::incomplete_gamma_complement(1e300, 1e-300) == 1.0);
  CHECK(math::gamma_quantile(0.0, 2.0) == 0.0);
  CHECK(math::gamma_quantile(1.0, 2.0) == infinity);
  CHECK(math::gamma_upper_quantile(0.0, 2.0) == infinity);
  CHECK(math::gamma_upper_quantile(1.0, 2.0) == 0.0);
  CHECK(math::gamma_quantile(0.01, 1e-3) <= 1e-300);  // 1e-2000
  for (auto const function : {math::incomplete_gamma, math::incomplete_gamma_complement}) {
    for (double const shape : {0.0, -1.0, none, infinity}) CHECK(credence::is_nan(function(shape, 0.5)));
    for (double const x : {-1e-300, none}) CHECK(credence::is_nan(function(1.0, x)));
  }
  for (auto const function : {math::gamma_quantile, math::gamma_upper_quantile}) {
    for (double const shape : {0.0, -1.0, none, infinity}) CHECK(credence::is_nan(function(0.5, shape)));
    for (double const p : {-1e-300, 1.5, none, infinity}) CHECK(credence::is_nan(function(p, 1.0)));
  }
}

TEST_CASE("incomplete gamma: the tails add up to 1, rise without a step at the seams, and quantiles lead back") {
  for (double const a : {1e-3, 0.3, 0.999, 1.0, 1.001, 40.0, 999.9, 1000.1, 3e5, 1e8}) {
    double before = 0.0;
    for (double z = -3.0; z < 3.0; z += 0.05) {
      double const x = a * std::exp(z / std::sqrt(a));
      if (!(x > 1e-300 && x < 700.0 + 2.0 * a)) continue;
      double const lower = math::incomplete_gamma(a, x);
      double const upper = math::incomplete_gamma_complement(a, x);
      CHECK(lower + upper == doctest::Approx(1.0).epsilon(1e-15));
      CHECK(lower >= before);
      before = lower;
      double const again = lower < upper ? math::gamma_quantile(lower, a) : math::gamma_upper_quantile(upper, a);
      if (upper > 0.0) CHECK(again == doctest::Approx(x).epsilon(4e-15 / std::fmin(a, 0.02)));
    }
  }
}

}  // namespace test_incomplete_gamma
