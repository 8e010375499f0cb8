// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/value_at_risk.hpp>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_value_at_risk {

using credence::value_at_risk;
namespace {
struct row {
  std::optional<double> value;
  double probability_alive;
};
}  // namespace

TEST_CASE("value_at_risk: by hand, by members and by projections") {
  std::vector<row> const rows{{100, 0.9}, {50, 0.2}, {0, 0.5}, {10, 1}};
  auto const found = value_at_risk(rows);
  CHECK(found.value == doctest::Approx(10 + 40));
  CHECK(found.total == doctest::Approx(160));
  CHECK(found.share == doctest::Approx(50.0 / 160));
  CHECK(found.expected_lost == doctest::Approx(0.1 + 0.8 + 0.5));
  CHECK(found.count == 4);
  CHECK(value_at_risk(rows, &row::value, &row::probability_alive) == found);
}

TEST_CASE("value_at_risk: bad input") {
  double const none = std::numeric_limits<double>::quiet_NaN();
  double const endless = std::numeric_limits<double>::infinity();
  std::vector<row> const rows{{100, 0.9}, {none, 0.2}, {endless, 0.5}, {{}, 1}, {5, 1.2}, {5, none}};
  auto const found = value_at_risk(rows);
  CHECK(found.count == 1);
  CHECK(found.rejected == 5);
  CHECK(found.rejections.not_a_number == 2);
  CHECK(found.rejections.off_scale == 2);
  CHECK(found.rejections.missing == 1);
  CHECK_FALSE(value_at_risk(std::vector<row>{}));
  CHECK(credence::is_nan(value_at_risk(std::vector<row>{{-3, 0.5}}).share));
  CHECK(value_at_risk(std::vector<row>{{-3, 0.5}}).value == doctest::Approx(-1.5));
  CHECK(error_of([&] {
          static_cast<void>(value_at_risk(rows, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 1") != std::string::npos);
}

}  // namespace test_value_at_risk
