// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/detail/pareto_nbd_prepared.hpp>
#include <credence/math/random.hpp>

namespace test_pareto_nbd_prepared {

using credence::detail::pareto_nbd_law;
using credence::detail::purchases;

TEST_CASE("pareto_nbd_prepared: says of each what the law says") {
  // The same, near, far and too far from each other for polynomials; steep ones.
  pareto_nbd_law const laws[] = {{.553, 10.578, .606, 11.669},
                                 {.553, 10.578, .606, 10.578},
                                 {2, 3, 1, 20},
                                 {2, 20, 1, 3},
                                 {.5, .01, .7, 300},
                                 {60, 900, 25, 400}};
  credence::math::random_stream draws(9);
  for (pareto_nbd_law const& law : laws) {
    auto const prepared = law.prepared(39);
    for (int round = 0; round < 3'000; ++round) {
      double const age = round % 50 == 0 ? 1e-6 : round % 51 == 0 ? 1e9 : std::pow(200, draws.uniform());
      double const frequency = draws.uniform() < 0.3 ? 0 : std::floor(std::pow(60, draws.uniform()));
      double const seen = draws.uniform();
      purchases const own{frequency, frequency == 0 ? 0 : round % 20 == 0 ? age : seen * age, age, 0};
      CAPTURE(frequency);
      CAPTURE(own.recency);
      CAPTURE(age);
      double const alive = law.alive(own);
      CHECK(std::fabs(prepared.alive(own) - alive) <= 1e-12 * alive + 1e-290);
      CHECK(std::fabs(prepared.expected_after(own) - law.expected_after(own, 39)) <=
            1e-12 * law.expected_after(own, 39) + 1e-290);
      CHECK(prepared.alive(own) <= 1);
    }
  }
}

}  // namespace test_pareto_nbd_prepared
