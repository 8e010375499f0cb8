// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/inference/mean_comparison.hpp>
#include <limits>
#include <optional>
#include <vector>

namespace test_mean_comparison {

using credence::compare;
using credence::comparison;
using credence::mean;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

}  // namespace

TEST_CASE("compare: Welch, against scipy 1.10's ttest_ind and mpmath's quantile") {
  std::vector<double> const first{5.1, 4.9, 6.2, 7.3, 5.5, 6.1, 8.0};
  std::vector<double> const second{4.2, 5.5, 5.1, 6.0, 4.4};
  comparison const found = compare(mean(first), mean(second));
  CHECK(found.difference == about(1.1171428571428583));
  CHECK(found.standard_error == about(0.5469905295850946));
  CHECK(found.z == about(2.042344056651653));
  CHECK(found.p_value == about(0.06844402555227001, 1e-10));
  CHECK(found.interval.upper == about(1.1171428571428583 + 2.228843593868852510 * 0.5469905295850946));
  CHECK(found.samples == credence::sample_design::independent);
  comparison const turned = compare(mean(second), mean(first));
  CHECK(turned.difference == -found.difference);
  CHECK(turned.p_value == found.p_value);
  // Degrees of freedom do not underflow: the same samples a hundred orders of magnitude smaller.
  std::vector<double> tiny = first;
  std::vector<double> little = second;
  for (double& each : tiny) each *= 1e-100;
  for (double& each : little) each *= 1e-100;
  CHECK(compare(mean(tiny), mean(little)).p_value == about(found.p_value, 1e-9));
}

TEST_CASE("compare: means that never vary, and samples of one or none") {
  using ints = std::vector<int>;
  CHECK(compare(mean(ints{3, 3, 3}), mean(ints{3, 3})).p_value == 1);
  comparison const apart = compare(mean(ints{4, 4, 4}), mean(ints{3, 3}));
  CHECK(apart.difference == 1);
  CHECK(apart.p_value == 0);
  CHECK(apart.z == std::numeric_limits<double>::infinity());
  CHECK(apart.interval.lower == 1);
  CHECK_FALSE(compare(mean(ints{4}), mean(ints{3, 3})));
  CHECK_FALSE(compare(mean(ints{}), mean(ints{3, 3})));
  CHECK(compare(mean(ints{4, 4}), mean(ints{3, 5, 4})).standard_error == about(1 / std::sqrt(3.)));
  CHECK_THROWS_AS(static_cast<void>(compare(mean(ints{4}), mean(ints{3}), {.confidence = 0})), credence::error);
}

}  // namespace test_mean_comparison
