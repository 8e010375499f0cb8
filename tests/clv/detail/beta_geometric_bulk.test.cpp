// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/beta_geometric_bulk.hpp>

#include <credence/clv/detail/beta_geometric_law.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace test_beta_geometric_bulk {

using credence::detail::beta_geometric_law;
using credence::detail::purchases;

template <class Law>
void check_against_the_law(Law const& law, double ahead, double oldest) {
  auto prepared = law.prepared(ahead);
  for (int frequency : {0, 1, 2, 17, 63, 64, 1'000})
    for (int step = 0; step <= 400; ++step) {
      double const age = oldest * step / 400;
      purchases const own{static_cast<double>(frequency), frequency == 0 ? 0 : age * (step % 11) / 11, age, 0};
      CAPTURE(frequency);
      CAPTURE(age);
      // An exponential as small as e^−u has u units in the last place to lose.
      double const here = law.alive(own);
      double const units = 1 - std::log((std::max)(here, 1e-300));
      CHECK(std::fabs(prepared.alive(own) - here) <= 3e-15 * units * here + 1e-300);
      double const truth = law.expected_after(own, ahead);
      CHECK(std::fabs(prepared.expected_after(own) - truth) <= (1e-12 + 3e-15 * units) * truth + 1e-300);
    }
}

TEST_CASE("beta_geometric_bulk: many are answered as each is") {
  check_against_the_law(beta_geometric_law<false>{.243, 4.414, .793, 2.426}, 39, 39);
  check_against_the_law(beta_geometric_law<true>{.525, 6.183, .891, 1.614}, 520, 39);
  check_against_the_law(beta_geometric_law<true>{.525, 6.183, .891, 1.614}, 1e-6, 1e9);
  check_against_the_law(beta_geometric_law<false>{.243, 1e-6, 1, 2}, 39, 1);
  check_against_the_law(beta_geometric_law<false>{5, 10, 300, 500}, 39, 39);
}

TEST_CASE("beta_geometric_bulk: no time ahead, and one who is lost for certain") {
  beta_geometric_law<false> const law{.243, 4.414, .793, 2.426};
  auto prepared = law.prepared(0);
  for (int time = 0; time < 200; ++time) CHECK(prepared.expected_after({2, 3, 4, 0}) == 0);
  CHECK(prepared.alive({1e5, 1, 1e6, 0}) == law.alive({1e5, 1, 1e6, 0}));
  CHECK(prepared.alive({0, 0, 1e6, 0}) == 1);
}

}  // namespace test_beta_geometric_bulk
