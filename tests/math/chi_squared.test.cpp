// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/real.hpp>
#include <credence/math/chi_squared.hpp>
#include <credence/math/normal.hpp>
#include <limits>

#include "math/tables.hpp"

namespace test_chi_squared {

namespace math = credence::math;

struct quantiles {
  double degrees;
  double upper_tail;
  double x;
};

TEST_CASE("chi-squared: critical values") {
  // mpmath 1.3 at 40 digits: the root of gammainc(d/2, x/2, inf, regularized=True) - p.
  constexpr quantiles rows[] = {
      {1, 0.5, 0.454936423119572752},   {1, 0.05, 3.84145882069412587},    {1, 1e-08, 32.8412533612367852},
      {2, 0.5, 1.38629436111989062},    {2, 0.05, 5.99146454710798188},    {2, 1e-08, 36.8413614879047309},
      {3.5, 0.5, 2.86058940306655042},  {3.5, 0.05, 8.6651217605904853},   {3.5, 1e-08, 41.633811009000167},
      {10, 0.5, 9.34181776559196744},   {10, 0.05, 18.3070380532751467},   {10, 1e-08, 57.6639616261996867},
      {100, 0.5, 99.3341292359884558},  {100, 0.05, 124.342113404004081},  {100, 1e-08, 200.631908736816669},
      {5000, 0.5, 4999.33334913811021}, {5000, 0.05, 5165.61451867580324}, {5000, 1e-08, 5581.67946439350917},
  };
  for (auto const& [degrees, upper_tail, x] : rows) {
    CHECK(tables::relative_error(math::chi_squared_upper_quantile(upper_tail, degrees), x) <= 4e-15 * tables::leeway);
    CHECK(tables::relative_error(math::chi_squared_upper_tail(x, degrees), upper_tail) <= 4e-14 * tables::leeway);
    CHECK(math::chi_squared_cdf(x, degrees) == doctest::Approx(1.0 - upper_tail).epsilon(1e-14));
    CHECK(math::chi_squared_quantile(1.0 - upper_tail, degrees) == doctest::Approx(x).epsilon(1e-5));
  }
}

TEST_CASE("chi-squared: one degree is a squared normal, two are exponential") {
  for (double x = 0.1; x < 30.0; x += 0.7) {
    CHECK(math::chi_squared_upper_tail(x * x, 1.0) == doctest::Approx(2.0 * math::normal_upper_tail(x)).epsilon(2e-13));
    CHECK(math::chi_squared_upper_tail(x, 2.0) == doctest::Approx(std::exp(-x / 2.0)).epsilon(2e-14));
  }
}

TEST_CASE("chi-squared: ends and what is none") {
  double const infinite = std::numeric_limits<double>::infinity();
  double const nan = credence::not_a_number();
  CHECK(math::chi_squared_cdf(0, 3) == 0);
  CHECK(math::chi_squared_cdf(-1, 3) == 0);
  CHECK(math::chi_squared_cdf(infinite, 3) == 1);
  CHECK(math::chi_squared_upper_tail(-infinite, 3) == 1);
  CHECK(math::chi_squared_upper_tail(infinite, 3) == 0);
  CHECK(math::chi_squared_quantile(0, 3) == 0);
  CHECK(math::chi_squared_quantile(1, 3) == infinite);
  CHECK(math::chi_squared_upper_quantile(0, 3) == infinite);
  CHECK(math::chi_squared_upper_quantile(1, 3) == 0);
  for (double const degrees : {0.0, -1.0, nan, infinite}) {
    CHECK(credence::is_nan(math::chi_squared_cdf(1, degrees)));
    CHECK(credence::is_nan(math::chi_squared_upper_tail(1, degrees)));
    CHECK(credence::is_nan(math::chi_squared_quantile(.5, degrees)));
    CHECK(credence::is_nan(math::chi_squared_upper_quantile(.5, degrees)));
  }
  CHECK(credence::is_nan(math::chi_squared_cdf(nan, 3)));
  CHECK(credence::is_nan(math::chi_squared_upper_tail(nan, 3)));
  CHECK(credence::is_nan(math::chi_squared_quantile(1.5, 3)));
}

}  // namespace test_chi_squared
