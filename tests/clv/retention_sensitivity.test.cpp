// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/retention_sensitivity.hpp>
#include <limits>

#include "support/error_of.hpp"

namespace test_retention_sensitivity {

using credence::retention_sensitivity;
namespace {
doctest::Approx about(double value, double within = 1e-11) { return doctest::Approx(value).epsilon(within); }
double const endless = std::numeric_limits<double>::infinity();

/// The sum itself.
double value_at(double retention, double discount, int periods, bool at_once) {
  double kept = at_once ? 1 : retention / (1 + discount);
  double value = 0;
  for (int period = 0; period < periods; ++period, kept *= retention / (1 + discount)) value += 100 * kept;
  return value - 30;
}
}  // namespace

TEST_CASE("retention_sensitivity: five points and five per cent") {
  for (bool const at_once : {false, true})
    for (int const periods : {0, 1, 5, 1'000, 100'000})
      for (double const retention : {0.0, 0.5, 0.8, 0.9}) {
        auto const found = retention_sensitivity(
            {.margin = 100,
             .retention = retention,
             .discount = 0.1,
             .periods = periods,
             .acquisition_cost = 30,
             .first_margin = at_once ? credence::first_margin::at_once : credence::first_margin::after_a_period});
        double const before = value_at(retention, 0.1, periods, at_once);
        double const points = value_at(retention + 0.05, 0.1, periods, at_once);
        double const percent = value_at(retention * 1.05, 0.1, periods, at_once);
        CHECK(found.as_is.value == about(before));
        CHECK(found.points.retention == about(retention + 0.05));
        CHECK(found.points.value == about(points));
        CHECK(found.points.change == about(points - before));
        CHECK(found.percentage.retention == about(retention * 1.05));
        CHECK(found.percentage.value == about(percent));
        CHECK(found.percentage.change == about(percent - before));
        if (before > 0) {
          CHECK(found.points.relative_change == about((points - before) / before));
          CHECK(found.percentage.relative_change == about((percent - before) / before));
        } else {
          CHECK(credence::is_nan(found.points.relative_change));
        }
        CHECK_FALSE(found.points.capped);
      }
  // For ever, by the formula m·r/(1 + d − r): 266.67 − 100, 340 − 100, 323.08 − 100.
  auto const found = retention_sensitivity({.margin = 100, .retention = 0.8, .discount = 0.1, .acquisition_cost = 100});
  CHECK(found.as_is.value == about(500.0 / 3));
  CHECK(found.points.relative_change == about(0.44));
  CHECK(found.percentage.value == about(84 / 0.26 - 100));
}

TEST_CASE("retention_sensitivity: more than all cannot stay") {
  auto const found = retention_sensitivity({.margin = 100, .retention = 0.97, .discount = 0.1});
  CHECK(found.points.capped);
  CHECK(found.points.retention == 1);
  CHECK(found.points.value == about(1'000));
  CHECK(found.percentage.capped);
  CHECK_FALSE(found.as_is.capped);
  auto const undiscounted = retention_sensitivity({.margin = 100, .retention = 0.96});
  CHECK(undiscounted.points.value == endless);
  CHECK(undiscounted.points.change == endless);
  CHECK(undiscounted.points.relative_change == endless);
  auto const endless_before = retention_sensitivity({.margin = 100, .retention = 1});
  CHECK(endless_before.as_is.value == endless);
  CHECK(credence::is_nan(endless_before.points.change));
  CHECK(retention_sensitivity({.margin = 100, .retention = 0.5, .rise = 0.1}).points.retention == about(0.6));
}

TEST_CASE("retention_sensitivity: what is not set or nonsense throws") {
  using options = credence::retention_sensitivity_options;
  double const none = std::numeric_limits<double>::quiet_NaN();
  auto const names = [](options const& own, char const* field) {
    return error_of([&] { static_cast<void>(retention_sensitivity(own)); }).find(field) != std::string::npos;
  };
  CHECK(names({.retention = 0.5}, "::margin is not set"));
  CHECK(names({.margin = 1}, "::retention is not set"));
  CHECK(names({.margin = none, .retention = 0.5}, "::margin"));
  CHECK(names({.margin = 1, .retention = 1.5}, "::retention is 1.5"));
  CHECK(names({.margin = 1, .retention = 0.5, .discount = -1}, "::discount"));
  CHECK(names({.margin = 1, .retention = 0.5, .periods = -1}, "::periods is -1"));
  CHECK(names({.margin = 1, .retention = 0.5, .acquisition_cost = -1}, "::acquisition_cost"));
  CHECK(names({.margin = 1, .retention = 0.5, .rise = 1.5}, "::rise"));
}

}  // namespace test_retention_sensitivity
