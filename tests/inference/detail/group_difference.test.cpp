// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/detail/group_difference.hpp>

namespace test_group_difference {

using credence::detail::group_difference;

TEST_CASE("group difference: of two groups in one stratum, Pearson's chi-squared with n - 1 for n") {
  group_difference difference(2);
  difference.add<int>({30, 40}, {12, 6});
  double const pearson = 70.0 * (12 * 34 - 6 * 18) * (12 * 34 - 6 * 18) / (30.0 * 40 * 18 * 52);
  auto const test = difference.tested();
  CHECK(test.degrees == 1);
  CHECK(test.chi_squared == doctest::Approx(pearson * 69 / 70).epsilon(1e-13));
  CHECK(difference.expected(0) == doctest::Approx(18 * 30.0 / 70).epsilon(1e-15));
}

TEST_CASE("group difference: groups nobody of which was exposed, or all of whom were alone, say nothing") {
  group_difference difference(4);
  difference.add<int>({0, 30, 40, 0}, {0, 12, 6, 0});
  difference.add<int>({0, 0, 0, 5}, {0, 0, 0, 5});
  group_difference two(2);
  two.add<int>({30, 40}, {12, 6});
  CHECK(difference.tested().degrees == 1);
  CHECK(difference.tested().chi_squared == doctest::Approx(two.tested().chi_squared).epsilon(1e-13));
  group_difference nothing(3);
  nothing.add<int>({1, 0, 0}, {1, 0, 0});
  nothing.add<int>({3, 4, 5}, {0, 0, 0});
  nothing.add<int>({0, 0, 0}, {0, 0, 0});
  CHECK(nothing.tested().degrees == 0);
  CHECK(std::isnan(nothing.tested().p_value));
}

TEST_CASE("group difference: the order of the groups does not matter") {
  group_difference one(3);
  one.add<int>({30, 40, 25}, {6, 4, 10});
  one.add<int>({20, 30, 12}, {6, 3, 5});
  group_difference other(3);
  other.add<int>({25, 30, 40}, {10, 6, 4});
  other.add<int>({12, 20, 30}, {5, 6, 3});
  CHECK(one.tested().chi_squared == doctest::Approx(other.tested().chi_squared).epsilon(1e-13));
}

TEST_CASE("group difference: a stratum of weight 3 counts three times, its variance nine") {
  group_difference plain(2);
  plain.add<double>({30, 40}, {12, 6});
  group_difference heavy(2);
  heavy.add<double>({30, 40}, {12, 6}, 3);
  CHECK(heavy.observed(0) == 36);
  CHECK(heavy.expected(1) == doctest::Approx(3 * plain.expected(1)).epsilon(1e-15));
  CHECK(heavy.covariance()[1] == doctest::Approx(9 * plain.covariance()[1]).epsilon(1e-15));
  CHECK(heavy.tested().chi_squared == doctest::Approx(plain.tested().chi_squared).epsilon(1e-13));
}

}  // namespace test_group_difference
