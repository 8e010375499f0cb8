// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/detail/poisson_interval.hpp>

namespace test_poisson_interval {

using credence::detail::poisson_interval_of;
using credence::detail::poisson_rate;

poisson_rate of_one(double events, double exposure) {
  return {events / exposure, events / (exposure * exposure), 1 / exposure};
}

TEST_CASE("poisson interval: exact of one count") {
  // R 4.2.2, survival 3.5-3: cipoisson(5, 100).
  auto const five = poisson_interval_of(of_one(5, 100), .95);
  CHECK(five.lower == doctest::Approx(.0162348639011842).epsilon(1e-13));
  CHECK(five.upper == doctest::Approx(.116683320793227).epsilon(1e-13));
  auto const none = poisson_interval_of(of_one(0, 100), .95);
  CHECK(none.lower == 0);
  CHECK(none.upper == doctest::Approx(-std::log(.025) / 100).epsilon(1e-13));
}

TEST_CASE("poisson interval: of several counts of one weight, that of their sum") {
  auto const one = poisson_interval_of(of_one(12, 50), .9);
  double const weight = 1.0 / 50;
  auto const several = poisson_interval_of({(3 + 4 + 5) * weight, (3 + 4 + 5) * weight * weight, weight}, .9);
  CHECK(several.lower == doctest::Approx(one.lower).epsilon(1e-13));
  CHECK(several.upper == doctest::Approx(one.upper).epsilon(1e-13));
}

}  // namespace test_poisson_interval
