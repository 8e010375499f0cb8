// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/math/likelihood_sums.hpp>
#include <vector>

namespace test_likelihood_sums {

namespace math = credence::math;
using pair_number = math::second_order<2>;

pair_number term(double x, double y) {
  return math::log_beta(math::variable<2>(x, 0), math::variable<2>(y, 1)) * math::variable<2>(y, 1);
}

TEST_CASE("likelihood_sums: weights repeat, parts merge") {
  math::likelihood_sums twice(2);
  twice.add(term(2, 3));
  twice.add(term(2, 3));
  math::likelihood_sums weighted(2);
  weighted.add(term(2, 3), 2.0);
  CHECK(twice == weighted);

  math::likelihood_sums other(2);
  other.add(term(5, 0.5));
  math::likelihood_sums merged;
  CHECK(merged.size() == 0);
  merged += twice;
  CHECK(merged == twice);
  merged += math::likelihood_sums();
  CHECK(merged == twice);
  merged += other;
  twice.add(term(5, 0.5));
  CHECK(merged == twice);
  CHECK(merged.value() == 2 * term(2, 3).value + term(5, 0.5).value);
  CHECK(merged.gradient[1] == 2 * term(2, 3).gradient[1] + term(5, 0.5).gradient[1]);
  CHECK(merged.second(0, 1) == 2 * term(2, 3).second(0, 1) + term(5, 0.5).second(0, 1));
  CHECK(merged.second(1, 0) == merged.second(0, 1));
  CHECK(merged.second(1, 1) == merged.hessian[2]);
}

TEST_CASE("likelihood_sums: a million small beside one large") {
  math::likelihood_sums sums(1);
  sums.add(math::second_order<1>(1e16));
  for (int at = 0; at < 1'000'000; ++at) sums.add(math::second_order<1>(-0.1));
  sums.add(math::second_order<1>(-1e16));
  CHECK(sums.value() == doctest::Approx(-1e5).epsilon(1e-10));
}

TEST_CASE("likelihood_sums: a penalty and its derivatives") {
  math::likelihood_sums sums(2);
  sums.penalise({3.0, -0.5}, 0.25);
  CHECK(sums.value() == -0.25 * 9.25);
  CHECK(sums.gradient == std::vector<double>{-1.5, 0.25});
  CHECK(sums.hessian == std::vector<double>{-0.5, 0.0, -0.5});
}

}  // namespace test_likelihood_sums
