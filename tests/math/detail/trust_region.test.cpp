// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/detail/trust_region.hpp>
#include <cstddef>
#include <random>
#include <vector>

namespace test_trust_region {

namespace detail = credence::math::detail;
using credence::math::likelihood_sums;

TEST_CASE("trust_region: no step within the radius gains more") {
  std::mt19937 engine(7);
  std::normal_distribution<double> normal;
  for (int problem = 0; problem < 60; ++problem) {
    std::size_t const size = 1 + static_cast<std::size_t>(problem % 4);
    likelihood_sums sums(size);
    for (double& part : sums.gradient) part = problem % 5 == 0 ? 0.0 : normal(engine);
    for (double& part : sums.hessian) part = normal(engine);
    for (std::size_t at = 0; at < size; ++at) sums.hessian[sums.place(at, at)] -= problem % 3;
    double const radius = std::exp(normal(engine));
    std::vector<double> const step = detail::trust_region_step(sums, radius, 1e-12);
    double const gain = detail::predicted_gain(sums, step);
    CHECK(detail::length_of(step) <= radius * (1 + 1e-9));
    double best = 0;
    for (int at = 0; at < 2000; ++at) {
      std::vector<double> other(size);
      for (double& part : other) part = normal(engine);
      double const length = detail::length_of(other) / radius * (at % 2 ? 1.0 : 1 + std::fabs(normal(engine)));
      for (double& part : other) part /= length;
      best = std::fmax(best, detail::predicted_gain(sums, other));
    }
    // Up to 5% of the radius may be left unused, which leaves less than 10% of the gain.
    CHECK(gain >= 0.9 * best);
  }
}

TEST_CASE("trust_region: the factor solves and inverts, whatever the scales") {
  likelihood_sums sums(3);
  sums.hessian = {-2e8, 1e4, -2, -30, 0.01, -1e-3};
  detail::information_factor const information(sums);
  REQUIRE(information.positive);
  std::vector<double> const right = {1e4, -2, 0.03};
  std::vector<double> const solved = information.solve(right);
  std::vector<double> const inverse = information.inverse();
  for (std::size_t row = 0; row < 3; ++row) {
    double product = 0;
    double multiplied = 0;
    for (std::size_t column = 0; column < 3; ++column) {
      product -= sums.second(row, column) * solved[column];
      multiplied += inverse[row * 3 + column] * right[column];
      CHECK(inverse[row * 3 + column] == inverse[column * 3 + row]);
    }
    CHECK(product == doctest::Approx(right[row]).scale(0).epsilon(1e-11));
    CHECK(multiplied == doctest::Approx(solved[row]).scale(0).epsilon(1e-11));
  }
  sums.hessian = {-1, 1, -1, 0, 0, -1};  // two depend on each other
  CHECK(!detail::information_factor(sums).positive);
  sums.hessian = {-1, 0, 0, 0, 0, -1};  // one is in nothing
  CHECK(!detail::information_factor(sums).positive);
  sums.hessian = {-1, 0, 1, 0, 0, -1};  // one curves up
  CHECK(!detail::information_factor(sums).positive);
}

}  // namespace test_trust_region
