// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/detail/risk_rows.hpp>
#include <vector>

namespace test_risk_rows {

using credence::detail::marked_time;
using credence::detail::risk_rows;
using credence::detail::time_run;

TEST_CASE("risk_rows: counts and single customers together, a row a time, at risk whoever goes then or later") {
  std::vector<time_run> const runs{{1, 2, 0}, {3, 1, 4}, {8, 0, 1}};
  std::vector<marked_time> const marked{{1, -1, 2.5, 0}, {2, 1, 1, 3}, {8, 3, 2, 1}, {8, -1, 0, 1}};
  auto const rows = risk_rows(runs, marked);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].time == 1);
  CHECK(rows[0].left == 2);
  CHECK(rows[0].stayed == 2.5);
  CHECK(rows[0].at_risk == 2 + 2.5 + 5 + 1);  // neither who came at 1 nor at 3
  CHECK(rows[1].left == 1);
  CHECK(rows[1].events == 1);
  CHECK(rows[1].at_risk == 1 + 5 + 1);
  CHECK(rows[2].at_risk == 5 + 1);
  CHECK(rows[2].stayed == 4);
  CHECK(rows[3].at_risk == 3);
  CHECK(rows[3].left == 2);
  CHECK(rows[3].events == 1);  // who weighs nothing is none
  CHECK(risk_rows({}, {}).empty());
}

TEST_CASE("risk_rows: times within a part in 10^12 of the first of them are one") {
  double const near = 1 + 5e-13;
  double const far = 1 + 15e-13;  // of the second, but not of the first
  auto const rows = risk_rows({{1, 1, 0}, {near, 1, 0}, {far, 1, 0}}, {{near, -1, 2, 1}});
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].time == 1);
  CHECK(rows[0].left == 4);
  CHECK(rows[0].at_risk == 5);
  CHECK(rows[1].time == far);
  CHECK(risk_rows({{0, 1, 0}, {5e-324, 1, 0}}, {}).size() == 2);
}

}  // namespace test_risk_rows
