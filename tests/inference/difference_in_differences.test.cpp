// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/difference_in_differences.hpp>
#include <credence/survey/nps.hpp>
#include <vector>

namespace test_difference_in_differences {

namespace {

doctest::Approx about(double value, double within = 1e-11) { return doctest::Approx(value).epsilon(within); }

}  // namespace

TEST_CASE("difference_in_differences: four independent results") {
  credence::nps_result const treated_before = credence::nps(std::vector<int>{9, 3, 7, 9, 2, 8, 10, 5, 9, 6});
  credence::nps_result const treated_after = credence::nps(std::vector<int>{9, 9, 7, 9, 10, 8, 10, 5, 9, 9});
  credence::nps_result const control_before = credence::nps(std::vector<int>{9, 3, 7, 4, 2, 8, 10, 5, 9, 6});
  credence::nps_result const control_after = credence::nps(std::vector<int>{9, 3, 7, 9, 2, 8, 9, 5, 9, 6});
  credence::comparison const found =
      credence::difference_in_differences(treated_before, treated_after, control_before, control_after);
  CHECK(found);
  CHECK(found.difference == about(60 - 0 - (0 - -20)));
  double const squares = treated_before.standard_error * treated_before.standard_error +
                         treated_after.standard_error * treated_after.standard_error +
                         control_before.standard_error * control_before.standard_error +
                         control_after.standard_error * control_after.standard_error;
  CHECK(found.standard_error == about(std::sqrt(squares)));
  CHECK(found.interval.upper == about(40 + 1.959963984540054 * std::sqrt(squares)));
  CHECK(found.p_value == about(std::erfc(40 / std::sqrt(2 * squares))));
  CHECK_FALSE(
      credence::difference_in_differences(treated_before, credence::nps_result{}, control_before, control_after));
  credence::nps_result const glad = credence::nps(std::vector<int>{9, 9});
  CHECK(credence::difference_in_differences(glad, glad, glad, glad).p_value == 1);
  CHECK_THROWS_AS(static_cast<void>(credence::difference_in_differences(glad, glad, glad, glad, {.confidence = 2})),
                  credence::error);
}

}  // namespace test_difference_in_differences
