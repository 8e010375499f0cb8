// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/detail/log_odds_interval.hpp>

namespace test_log_odds_interval {

TEST_CASE("log_odds_interval: as far below as above in log odds, and inside 0…1 however wide") {
  auto const odds = [](double share) { return std::log(share / (1 - share)); };
  auto const found = credence::detail::log_odds_interval(.2, .7, .9);
  CHECK(odds(found.lower) == doctest::Approx(odds(.2) - .7).epsilon(1e-13));
  CHECK(odds(found.upper) == doctest::Approx(odds(.2) + .7).epsilon(1e-13));
  CHECK(found.confidence == .9);
  auto const widest = credence::detail::log_odds_interval(1e-300, 1e6, .9);
  CHECK(widest.lower == 0);
  CHECK(widest.upper == 1);
}

}  // namespace test_log_odds_interval
