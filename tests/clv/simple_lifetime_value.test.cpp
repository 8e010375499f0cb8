// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/simple_lifetime_value.hpp>
#include <limits>

#include "support/error_of.hpp"

namespace test_simple_lifetime_value {

using credence::simple_lifetime_value;
namespace {
doctest::Approx about(double value, double within = 1e-13) { return doctest::Approx(value).epsilon(within); }
double const endless = std::numeric_limits<double>::infinity();
}  // namespace

TEST_CASE("simple_lifetime_value: the sum it stands for, by either convention") {
  for (double const retention : {0.0, 0.3, 0.8, 0.999})
    for (double const discount : {0.0, 0.1, -0.0005, 2.0}) {
      double later = 0;
      double kept = 1;
      double at_once = 0;
      for (int period = 0; period < 200'000; ++period) {
        at_once += 50 * kept;
        kept *= retention / (1 + discount);
        later += 50 * kept;
      }
      auto const found = simple_lifetime_value({.margin = 50, .retention = retention, .discount = discount});
      CHECK(found.value == about(later, 1e-10));
      CHECK(simple_lifetime_value({.margin = 50,
                                   .retention = retention,
                                   .discount = discount,
                                   .first_margin = credence::first_margin::at_once})
                .value == about(at_once, 1e-10));
    }
  // Gupta and Lehmann's table of margin multiples, r/(1 + i − r), at 10 %: 1.20 for 60 %, 2.67 for 80 %, 4.50 for 90 %.
  CHECK(simple_lifetime_value({.margin = 1, .retention = 0.6, .discount = 0.1}).margin_multiple == about(1.2));
  CHECK(simple_lifetime_value({.margin = 1, .retention = 0.8, .discount = 0.1}).margin_multiple == about(8.0 / 3));
  CHECK(simple_lifetime_value({.margin = 1, .retention = 0.9, .discount = 0.1}).margin_multiple == about(4.5));
  auto const found = simple_lifetime_value({.margin = 100, .retention = 0.8, .acquisition_cost = 150});
  CHECK(found.value == about(400));
  CHECK(found.net_value == about(250));
  CHECK(found.expected_lifetime == about(5));
}

TEST_CASE("simple_lifetime_value: customers who all go, and customers who all stay") {
  CHECK(simple_lifetime_value({.margin = 9, .retention = 0}).value == 0);
  CHECK(simple_lifetime_value({.margin = 9, .retention = 0, .first_margin = credence::first_margin::at_once}).value ==
        9);
  auto const endlessly = simple_lifetime_value({.margin = 9, .retention = 1, .acquisition_cost = 5});
  CHECK(endlessly.value == endless);
  CHECK(endlessly.net_value == endless);
  CHECK(endlessly.expected_lifetime == endless);
  CHECK(simple_lifetime_value({.margin = -9, .retention = 1}).value == -endless);
  CHECK(simple_lifetime_value({.margin = 0, .retention = 1}).value == 0);
  CHECK(simple_lifetime_value({.margin = 1, .retention = 0.9, .discount = -0.1}).value == endless);
  CHECK(simple_lifetime_value({.margin = 1, .retention = 0.9, .discount = -0.2}).value == endless);
  CHECK(simple_lifetime_value({.margin = 1, .retention = 1, .discount = 0.25}).value == about(4));
  CHECK(simple_lifetime_value({.margin = -8, .retention = 0.5}).value == about(-8));
}

TEST_CASE("simple_lifetime_value: what is not set or nonsense throws, and names itself") {
  using options = credence::simple_lifetime_value_options;
  double const none = std::numeric_limits<double>::quiet_NaN();
  auto const complaint = [](options const& own) {
    return error_of([&] { static_cast<void>(simple_lifetime_value(own)); });
  };
  CHECK(complaint({.retention = 0.5}).find("margin is not set") != std::string::npos);
  CHECK(complaint({.margin = 1}).find("retention is not set") != std::string::npos);
  CHECK(complaint({.margin = none, .retention = 0.5}).find("::margin") != std::string::npos);
  CHECK(complaint({.margin = endless, .retention = 0.5}).find("::margin") != std::string::npos);
  CHECK(complaint({.margin = 1, .retention = 1.01}).find("::retention is 1.01") != std::string::npos);
  CHECK(complaint({.margin = 1, .retention = -0.1}).find("::retention") != std::string::npos);
  CHECK(complaint({.margin = 1, .retention = none}).find("::retention") != std::string::npos);
  CHECK(complaint({.margin = 1, .retention = 0.5, .discount = -1}).find("::discount") != std::string::npos);
  CHECK(complaint({.margin = 1, .retention = 0.5, .discount = none}).find("::discount") != std::string::npos);
  CHECK(complaint({.margin = 1, .retention = 0.5, .acquisition_cost = -1}).find("::acquisition_cost") !=
        std::string::npos);
}

}  // namespace test_simple_lifetime_value
