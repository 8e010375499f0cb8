// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/gauss_legendre.hpp>
#include <cstddef>

namespace test_gauss_legendre {

namespace math = credence::math;

doctest::Approx to(double expected, double error) { return doctest::Approx(expected).scale(0).epsilon(error); }

// Exact for every degree below 2n, and not for 2n: nodes, weights and their order.
template <std::size_t Points>
void check_rule() {
  CAPTURE(Points);
  auto const& rule = math::gauss_legendre_points<Points>;
  for (std::size_t degree = 0; degree < 2 * Points; ++degree) {
    double sum = 0;
    for (std::size_t at = 0; at < Points; ++at)
      sum += rule.weights[at] * std::pow(rule.nodes[at], static_cast<double>(degree));
    CHECK(sum == to(1.0 / static_cast<double>(degree + 1), 1e-14));
  }
  for (std::size_t at = 1; at < Points; ++at) CHECK(rule.nodes[at - 1] < rule.nodes[at]);
  CHECK(math::gauss_legendre<Points>([](double x) { return std::exp(-x); }, 2.0) == to(1 - std::exp(-2.0), 1e-14));
}

TEST_CASE("gauss_legendre: nodes, weights and integrals of all rules") {
  check_rule<8>();
  check_rule<12>();
  check_rule<16>();
  check_rule<24>();
  check_rule<32>();
  check_rule<48>();
}

}  // namespace test_gauss_legendre
