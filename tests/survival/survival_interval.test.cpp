// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/survival/survival_interval.hpp>
#include <string>

#include "support/error_of.hpp"
#include "survival/naive.hpp"

namespace test_survival_interval {

using credence::interval_of;
using credence::survival_interval;

TEST_CASE("survival_interval: as its formulas are written, inside 0…1, and wider the surer it shall be") {
  for (double const survival : {.001, .05, .3, .5, .77, .95, .9999}) {
    for (double const error : {1e-6, .01, .1, .4}) {
      for (int method = 0; method < 5; ++method) {
        auto const own = static_cast<survival_interval>(method);
        CAPTURE(name_of(own));
        auto const found = interval_of(survival, error, own, .95);
        auto const expected =
            naive_survival::bounds_of(survival, error, static_cast<naive_survival::scale>(method), 1.959963984540054);
        CHECK(naive_survival::near(found.lower, expected.lower, 1e-13));
        CHECK(naive_survival::near(found.upper, expected.upper, 1e-13));
        CHECK(found.lower >= 0);
        CHECK(found.lower <= survival);
        CHECK(found.upper >= survival);
        CHECK(found.upper <= 1);
        CHECK(found.confidence == .95);
        auto const wider = interval_of(survival, error, own, .99);
        CHECK(wider.lower <= found.lower);
        CHECK(wider.upper >= found.upper);
      }
    }
  }
}

TEST_CASE("survival_interval: at 0 and 1 it has no width; NaN where a share or its error is") {
  double const nan = naive_survival::nan;
  for (int method = 0; method < 5; ++method) {
    auto const own = static_cast<survival_interval>(method);
    for (double const survival : {0.0, 1.0}) {
      CHECK(interval_of(survival, 0, own, .95).lower == survival);
      CHECK(interval_of(survival, 0, own, .95).upper == survival);
    }
    CHECK(std::isnan(interval_of(nan, .1, own, .95).lower));
    CHECK(std::isnan(interval_of(.5, nan, own, .95).upper));
    CHECK(interval_of(.5, 0, own, .95).lower == doctest::Approx(.5).epsilon(1e-14));
  }
  CHECK(error_of([] { static_cast<void>(interval_of(.5, .1, survival_interval::log, 1)); }).find("confidence") !=
        std::string::npos);
}

}  // namespace test_survival_interval
