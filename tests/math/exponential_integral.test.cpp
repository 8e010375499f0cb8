// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <cmath>
#include <credence/math/exponential_integral.hpp>

#include "math/tables.hpp"

namespace test_exponential_integral {

namespace {

namespace math = credence::math;

constexpr tables::row<3> table[] = {
#include "math/scaled_exponential_integral_table.inc"
};

}  // namespace

TEST_CASE("table: exp(z) E_s(z)") { tables::check(table, math::scaled_exponential_integral, 1e-13); }

TEST_CASE("exponential_integral: ends, and no answer outside the domain") {
  CHECK(math::scaled_exponential_integral(3.0, 0.0) == 0.5);
  CHECK(math::scaled_exponential_integral(1.0, 0.0) > 1e308);
  CHECK(math::scaled_exponential_integral(0.5, 0.0) > 1e308);
  double const none = credence::not_a_number();
  double const endless = credence::infinite_number();
  CHECK(math::scaled_exponential_integral(0.5, endless) == 0.0);
  CHECK(credence::is_nan(math::scaled_exponential_integral(0.0, 1.0)));
  CHECK(credence::is_nan(math::scaled_exponential_integral(endless, 1.0)));
  for (double const wrong : {none, -1.0, -endless}) {
    CHECK(credence::is_nan(math::scaled_exponential_integral(wrong, 1.0)));
    CHECK(credence::is_nan(math::scaled_exponential_integral(1.0, wrong)));
  }
}

TEST_CASE("exponential_integral: the recurrence holds across every seam") {
  for (double s = 0.1; s < 14.0; s += 0.1) {
    for (double const z : {1e-6, 0.3, 0.499, 0.501, 7.0}) {
      CHECK(s * math::scaled_exponential_integral(s + 1, z) ==
            doctest::Approx(1 - z * math::scaled_exponential_integral(s, z)).scale(1).epsilon(1e-13));
    }
  }
}

}  // namespace test_exponential_integral
