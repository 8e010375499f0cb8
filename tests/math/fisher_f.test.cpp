// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/real.hpp>
#include <credence/math/fisher_f.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_fisher_f {

namespace math = credence::math;

namespace {

constexpr tables::row<5> both_tails[] = {
#include "math/fisher_f_table.inc"
};

// As of the incomplete beta function at half the degrees; its own error is what x says about w, D times in a tail.
double allowed(double value, double above, double below) {
  return 4e-15 * (1 + std::fabs(std::log(value))) * std::fmax(1.0, 1 / std::fmin(above, below));
}

}  // namespace

TEST_CASE("table: fisher f, both tails and their quantiles") {
  double worst = 0;
  for (auto const& [x, above, below, lower, upper] : both_tails) {
    worst = std::fmax(
        worst, tables::relative_error(math::fisher_f_cdf(x, above, below), lower) / allowed(lower, above, below));
    worst = std::fmax(worst, tables::relative_error(math::fisher_f_upper_tail(x, above, below), upper) /
                                 allowed(upper, above, below));
    // Where p is near 1 it says little about x.
    if (lower < .9 && lower > 1e-12)
      worst = std::fmax(worst, tables::relative_error(math::fisher_f_quantile(lower, above, below), x) /
                                   (40 * allowed(lower, above, below)));
    if (upper < .9 && upper > 1e-12)
      worst = std::fmax(worst, tables::relative_error(math::fisher_f_upper_quantile(upper, above, below), x) /
                                   (40 * allowed(upper, above, below)));
  }
  MESSAGE("largest error, of what is allowed: ", worst);
  CHECK(worst <= tables::leeway);
}

TEST_CASE("fisher f: ends and what is none") {
  double const infinite = std::numeric_limits<double>::infinity();
  double const nan = credence::not_a_number();
  CHECK(math::fisher_f_cdf(0, 3, 4) == 0);
  CHECK(math::fisher_f_cdf(-1, 3, 4) == 0);
  CHECK(math::fisher_f_cdf(infinite, 3, 4) == 1);
  CHECK(math::fisher_f_upper_tail(0, 3, 4) == 1);
  CHECK(math::fisher_f_upper_tail(infinite, 3, 4) == 0);
  CHECK(math::fisher_f_quantile(0, 3, 4) == 0);
  CHECK(math::fisher_f_quantile(1, 3, 4) == infinite);
  CHECK(math::fisher_f_upper_quantile(0, 3, 4) == infinite);
  CHECK(math::fisher_f_upper_quantile(1, 3, 4) == 0);
  for (double const degrees : {0.0, -1.0, nan, infinite}) {
    CHECK(credence::is_nan(math::fisher_f_cdf(1, degrees, 4)));
    CHECK(credence::is_nan(math::fisher_f_upper_tail(1, 3, degrees)));
    CHECK(credence::is_nan(math::fisher_f_quantile(.5, degrees, 4)));
    CHECK(credence::is_nan(math::fisher_f_upper_quantile(.5, 3, degrees)));
  }
  CHECK(credence::is_nan(math::fisher_f_cdf(nan, 3, 4)));
  CHECK(credence::is_nan(math::fisher_f_quantile(1.5, 3, 4)));
  // F with equal degrees has the median 1; that of 1 and n is the square of t.
  CHECK(math::fisher_f_quantile(.5, 7, 7) == doctest::Approx(1).epsilon(1e-14));
  CHECK(math::fisher_f_upper_quantile(.05, 1, 8) ==
        doctest::Approx(2.3060041352041667 * 2.3060041352041667).epsilon(1e-14));
}

}  // namespace test_fisher_f
