// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/churn/detail/group_difference.hpp>

namespace test_group_difference {

using credence::detail::group_difference;

TEST_CASE("group difference: of two groups in one stratum, Pearson's chi-squared with n - 1 for n") {
  group_difference difference(2);
  difference.add({30, 40}, {12, 6});
  double const pearson = 70.0 * (12 * 34 - 6 * 18) * (12 * 34 - 6 * 18) / (30.0 * 40 * 18 * 52);
  auto const test = difference.tested();
  CHECK(test.degrees_of_freedom == 1);
  CHECK(test.chi_squared == doctest::Approx(pearson * 69 / 70).epsilon(1e-13));
  CHECK(difference.expected(0) == doctest::Approx(18 * 30.0 / 70).epsilon(1e-15));
}

TEST_CASE("group difference: groups nobody of which was exposed, or all of whom were alone, say nothing") {
  group_difference difference(4);
  difference.add({0, 30, 40, 0}, {0, 12, 6, 0});
  difference.add({0, 0, 0, 5}, {0, 0, 0, 5});
  group_difference two(2);
  two.add({30, 40}, {12, 6});
  CHECK(difference.tested().degrees_of_freedom == 1);
  CHECK(difference.tested().chi_squared == doctest::Approx(two.tested().chi_squared).epsilon(1e-13));
  group_difference nothing(3);
  nothing.add({1, 0, 0}, {1, 0, 0});
  nothing.add({3, 4, 5}, {0, 0, 0});
  nothing.add({0, 0, 0}, {0, 0, 0});
  CHECK(nothing.tested().degrees_of_freedom == 0);
  CHECK(std::isnan(nothing.tested().p_value));
}

TEST_CASE("group difference: the order of the groups does not matter") {
  group_difference one(3);
  one.add({30, 40, 25}, {6, 4, 10});
  one.add({20, 30, 12}, {6, 3, 5});
  group_difference other(3);
  other.add({25, 30, 40}, {10, 6, 4});
  other.add({12, 20, 30}, {5, 6, 3});
  CHECK(one.tested().chi_squared == doctest::Approx(other.tested().chi_squared).epsilon(1e-13));
}

}  // namespace test_group_difference
