// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/real.hpp>
#include <credence/inference/detail/t_interval.hpp>

namespace test_t_interval {

using credence::detail::t_interval;

TEST_CASE("t interval: value and error, by R's qt") {
  credence::interval const found = t_interval(10, 2, 7, .95);
  CHECK(std::fabs(found.lower - (10 - 2 * 2.364624251592785)) < 1e-13);
  CHECK(std::fabs(found.upper - (10 + 2 * 2.364624251592785)) < 1e-13);
  CHECK(found.confidence == .95);
}

TEST_CASE("t interval: none without degrees of freedom or an error") {
  for (double const degrees : {0., -1., credence::not_a_number()}) {
    credence::interval const found = t_interval(10, 2, degrees, .9);
    CHECK(credence::is_nan(found.lower));
    CHECK(credence::is_nan(found.upper));
    CHECK(found.confidence == .9);
  }
  CHECK(credence::is_nan(t_interval(10, credence::not_a_number(), 3, .9).lower));
}

}  // namespace test_t_interval
