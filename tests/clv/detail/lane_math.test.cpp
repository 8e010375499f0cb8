// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/lane_math.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

namespace test_lane_math {

using credence::detail::lane_chosen;
using credence::detail::lane_exp_of_minus;
using credence::detail::lane_log;
using credence::detail::lane_log1p;
using credence::detail::lane_parts;
using credence::detail::lane_parts_of;

double worst(double found, double truth) { return std::fabs(found - truth) / std::fabs(truth); }

TEST_CASE("lane_math: the exponential, and where it ends") {
  CHECK(lane_exp_of_minus(0) == 1);
  for (double x = 1e-20; x < 700; x *= 1.0137) {
    CAPTURE(x);
    CHECK(worst(lane_exp_of_minus(x), std::exp(-x)) < 4e-16);
  }
  CHECK(lane_exp_of_minus(1e300) == lane_exp_of_minus(700));
  CHECK(lane_exp_of_minus(1e300) > 0);
}

TEST_CASE("lane_math: the logarithm from 1 on") {
  CHECK(lane_log(1) == 0);
  for (double x = 1e-15; x < 1e300; x *= 1.0931) {
    CAPTURE(x);
    CHECK(worst(lane_log(1 + x), std::log(1 + x)) < 4e-16);
    CHECK(worst(lane_log1p(x), std::log1p(x)) < 5e-16);
  }
  CHECK(lane_log1p(0) == 0);
  CHECK(lane_log1p(1e-300) == doctest::Approx(1e-300).epsilon(1e-15));
}

TEST_CASE("lane_math: parts and choices") {
  for (double x : {1.0, 1.4142135623730950, 1.4142135623730951, 1.9999999999999998, 2.0, 3e5, 1e308}) {
    lane_parts const parts = lane_parts_of(x);
    CHECK(parts.mantissa * std::exp2(parts.exponent) == x);
    CHECK(parts.mantissa > 0.7071067811865);
    CHECK(parts.mantissa < 1.4142135623731);
  }
  CHECK(lane_chosen(-1, 2, 3) == 2);
  CHECK(lane_chosen(1, 2, 3) == 3);
  CHECK(lane_chosen(0, 2, 3) == 3);
}

}  // namespace test_lane_math
