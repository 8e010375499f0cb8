// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/payback_period.hpp>
#include <limits>
#include <optional>
#include <vector>

#include "support/error_of.hpp"

namespace test_payback_period {

using credence::payback_period;
namespace {
doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }
double const endless = std::numeric_limits<double>::infinity();
double const none = std::numeric_limits<double>::quiet_NaN();
using several = std::vector<double>;
struct month {
  std::optional<double> margin;
};
}  // namespace

TEST_CASE("payback_period: a constant margin, walked period by period") {
  CHECK(payback_period(300, {.margin = 25}).value == 12);
  CHECK(payback_period(310, {.margin = 25}).value == about(12.4));
  for (auto const first : {credence::first_margin::at_once, credence::first_margin::after_a_period})
    for (double const retention : {1.0, 0.97, 0.8, 0.0})
      for (double const discount : {0.0, 0.01, -0.02})
        for (double const cost : {1.0, 10.0, 25.0, 49.99, 50.0, 97.0, 124.9, 126.0, 400.0, 2'000.0}) {
          double kept = first == credence::first_margin::at_once ? 1 : retention / (1 + discount);
          double back = 0;
          double expected = endless;
          for (int period = 0; period < 20'000; ++period) {
            if (back + 25 * kept >= cost * (1 - 1e-14)) {
              expected = period + (cost - back) / (25 * kept);
              break;
            }
            back += 25 * kept;
            kept *= retention / (1 + discount);
          }
          auto const found =
              payback_period(cost, {.margin = 25, .retention = retention, .discount = discount, .first_margin = first});
          INFO(cost, " ", retention, " ", discount);
          if (expected == endless) {
            CHECK(found.value == endless);
            CHECK_FALSE(found);
            CHECK(found.recovered == about(back, 1e-9));
          } else {
            CHECK(found.value == about(expected, 1e-9));
            CHECK(found.recovered == cost);
          }
        }
}

TEST_CASE("payback_period: never, at once, and after ever so long") {
  CHECK(payback_period(0, {.margin = 25}).value == 0);
  CHECK(payback_period(0, {.margin = -1}).value == 0);
  CHECK(payback_period(1, {.margin = 0}).value == endless);
  CHECK(payback_period(1, {.margin = -1}).value == endless);
  CHECK(payback_period(1, {.margin = -1}).recovered == 0);
  // Half of the base goes with every period: what comes is at most two margins.
  CHECK(payback_period(50, {.margin = 25, .retention = 0.5}).value == endless);
  CHECK(payback_period(50, {.margin = 25, .retention = 0.5}).recovered == about(50));
  CHECK(payback_period(49, {.margin = 25, .retention = 0.5}).value == about(5.72));  // 48.4375 after five, 0.78125 next
  CHECK(payback_period(1e18, {.margin = 1e-3}).value == about(1e21));
  CHECK(payback_period(1e300, {.margin = 1e-300}).value == endless);
}

TEST_CASE("payback_period: margins that differ") {
  CHECK(payback_period(300, several{100, 100, 50, 100}).value == 3.5);
  CHECK(payback_period(300, several{100, 100, 50, 100}).count == 4);
  CHECK(payback_period(300, several{400}).value == 0.75);
  CHECK(payback_period(300, several{100, 100}).value == endless);
  CHECK(payback_period(300, several{100, 100, -50}).recovered == 200);
  CHECK(payback_period(300, several{}).value == endless);
  CHECK(payback_period(0, several{}).value == 0);
  CHECK(payback_period(300, several{200, -100, 150, 100}).value == about(3.5));
  CHECK(payback_period(100, several{60, 60, 60}, {.retention = 0.5}).value == about(2 + 10.0 / 15));
  std::vector<month> const months{{60.0}, {60.0}};
  CHECK(payback_period(90, months, &month::margin).value == 1.5);
  // Of one that does not change, the same as by the formula.
  CHECK(payback_period(97, several(40, 7.0), {.retention = 0.97, .discount = 0.01}).value ==
        about(payback_period(97, {.margin = 7, .retention = 0.97, .discount = 0.01}).value));
}

TEST_CASE("payback_period: what is wrong throws") {
  auto const complaint = [](auto const& call) { return error_of([&] { static_cast<void>(call()); }); };
  CHECK(complaint([] { return payback_period(1, {}); }).find("margin is not set") != std::string::npos);
  CHECK(complaint([] { return payback_period(-1, {.margin = 1}); }).find("`acquisition_cost`") != std::string::npos);
  CHECK(complaint([] { return payback_period(none, {.margin = 1}); }).find("`acquisition_cost`") != std::string::npos);
  CHECK(complaint([] { return payback_period(1, {.margin = none}); }).find("::margin") != std::string::npos);
  CHECK(complaint([] { return payback_period(1, {.margin = 1, .retention = 2}); }).find("::retention") !=
        std::string::npos);
  CHECK(complaint([] { return payback_period(1, {.margin = 1, .discount = -1}); }).find("::discount") !=
        std::string::npos);
  CHECK(complaint([] { return payback_period(9, several{1}, {.margin = 1}); }).find("::margin") != std::string::npos);
  CHECK(complaint([] {
          return payback_period(9, several{1, none});
        }).find("sample 1 is not a number") != std::string::npos);
  CHECK(complaint([] { return payback_period(9, several{1, 2, endless}); }).find("sample 2") != std::string::npos);
  std::vector<month> const months{{60.0}, {}};
  CHECK(complaint([&] { return payback_period(90, months, &month::margin); }).find("sample 1 is missing") !=
        std::string::npos);
}

}  // namespace test_payback_period
