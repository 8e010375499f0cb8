// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/earned_growth.hpp>
#include <limits>
#include <string>

#include "support/error_of.hpp"

namespace test_earned_growth {

using credence::earned_growth;

TEST_CASE("earned_growth: Winning on Purpose, figure B-1: of 100, 85 kept, 25 earned and 20 bought") {
  auto const found = earned_growth({.net_retention = .85, .earned_new_share = .25, .growth = .30});
  CHECK(found.value == doctest::Approx(.10).epsilon(1e-12));
  CHECK(found.bought == doctest::Approx(.20).epsilon(1e-12));
  CHECK(found.ratio == doctest::Approx(1 / 3.0).epsilon(1e-12));
  CHECK(found);

  credence::revenue_period<> year;
  year.opening = 100;
  year.closing = 130;
  year.new_business = 45;
  year.net_retention = .85;
  CHECK(earned_growth(year, 25) == found);
}

TEST_CASE("earned_growth: what is not known, and wrong figures") {
  auto const found = earned_growth({.net_retention = .9});
  CHECK(found.value == doctest::Approx(-.1).epsilon(1e-12));
  CHECK(std::isnan(found.growth));
  CHECK(std::isnan(found.ratio));
  CHECK(std::isnan(earned_growth({.net_retention = .9, .growth = -.05}).ratio));
  CHECK(earned_growth({.net_retention = .9, .growth = -.05}).bought == doctest::Approx(.05));
  credence::revenue_period<> first;
  first.closing = first.new_business = 7;
  CHECK_FALSE(earned_growth(first, 7));
  CHECK(error_of([&] { static_cast<void>(earned_growth(first, 8)); }).find("earned_new_business is 8") !=
        std::string::npos);
  CHECK(error_of([&] { static_cast<void>(earned_growth(first, -1)); }).find("earned_new_business is -1") !=
        std::string::npos);
  CHECK(error_of([] { static_cast<void>(earned_growth({.net_retention = -.1})); }).find("::net_retention is -0.1") !=
        std::string::npos);
  double const infinite = std::numeric_limits<double>::infinity();
  CHECK(error_of([&] { static_cast<void>(earned_growth({.earned_new_share = infinite})); }).find("earned_new_share") !=
        std::string::npos);
  CHECK(error_of([] { static_cast<void>(earned_growth({.growth = -2})); }).find("::growth is -2") != std::string::npos);
}

}  // namespace test_earned_growth
