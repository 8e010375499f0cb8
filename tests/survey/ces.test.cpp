// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survey/ces.hpp>
#include <credence/survey/likert.hpp>
#include <vector>

#include "survey/counted.hpp"

namespace test_ces {

using credence::ces;
using credence::likert;
using credence::likert_measure;

TEST_CASE("ces: 1 to 7, agreement from 5 and disagreement to 3") {
  std::vector<int> const answers{7, 5, 4, 3, 1, 8};
  credence::ces_result const found = ces(answers, {.measure = likert_measure::net_share});
  CHECK(found.value == 0);
  CHECK(found.top_share == about(.4));
  CHECK(found.bottom_share == about(.4));
  CHECK(found.mean == about(4));
  CHECK(found.rejected == 1);
  CHECK(ces(answers).value == about(4));
  // The same answers asked as a likert question of that scale.
  CHECK(likert(answers, {.scale_max = 7, .bottom_to = 3, .top_from = 5, .measure = likert_measure::net_share}) ==
        found);
}

}  // namespace test_ces
