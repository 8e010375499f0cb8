// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/detail/compared_by_t.hpp>
#include <limits>

namespace test_compared_by_t {

using credence::detail::compared_by_t;

TEST_CASE("compared_by_t: of infinitely many degrees of freedom it is the normal") {
  double const infinity = std::numeric_limits<double>::infinity();
  auto const found = compared_by_t(3, 2, infinity, .95);
  CHECK(found.z == 1.5);
  CHECK(found.interval.upper == doctest::Approx(3 + 2 * 1.959963984540054).epsilon(1e-14));
  CHECK(found.p_value == doctest::Approx(std::erfc(1.5 / std::sqrt(2))).epsilon(1e-13));
}

TEST_CASE("compared_by_t: without an error a difference is none, or beyond doubt; without either there is no answer") {
  CHECK(compared_by_t(0, 0, 5, .9).p_value == 1);
  CHECK(compared_by_t(-1, 0, 5, .9).p_value == 0);
  CHECK(compared_by_t(-1, 0, 5, .9).interval.upper == -1);
  auto const none = compared_by_t(1, std::nan(""), 5, .9);
  CHECK(std::isnan(none.difference));
  CHECK(none.interval.confidence == .9);
}

}  // namespace test_compared_by_t
