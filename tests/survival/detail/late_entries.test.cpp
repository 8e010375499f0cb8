// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/detail/late_entries.hpp>

namespace test_late_entries {

using credence::detail::late_entries;

TEST_CASE("late_entries: who came at a time is at risk only after it; from the last time down") {
  late_entries entries({{9, 5, 2, 1}, {9, 3, 1, 0}, {7, -1, 4, 1}, {12, 5, .5, 1}});
  CHECK(entries.at_risk(10, 1, 12) == 10);
  CHECK(entries.at_risk(20, 1, 6) == 20);
  CHECK(entries.at_risk(20, 1, 5) == 17.5);  // the two that come at 5 have not come before it
  CHECK(entries.at_risk(20, 1, 4) == 17.5);
  CHECK(entries.at_risk(20, 1, 3) == 16.5);
  CHECK(entries.at_risk(20, 1, 0) == 16.5);
}

TEST_CASE("late_entries: who goes has come, and nobody remains by rounding") {
  late_entries entries({{5, 4, .3, 1}, {5, 4, .3, 1}});
  CHECK(entries.at_risk(.7, .1, 3) == .1);        // .7 − .6 is not .1
  CHECK(entries.at_risk(.7 + 1e-6, .1, 3) > .1);  // a small weight is no rounding
  late_entries none({{5, -1, .3, 1}});
  CHECK(none.at_risk(.7, .1, 3) == .7);
}

}  // namespace test_late_entries
