// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/detail/stage_sums.hpp>

namespace test_stage_sums {

namespace {

struct naive_sums {
  double purchases = 0;
  double alive = 0;
  double mass = 0;
};

/// Both sums by every number of stages, with P(N) from its logarithm.
naive_sums naive(double shape, double odds, int order, int done, double a, double b) {
  naive_sums sums;
  long double const log_share = std::log(static_cast<long double>(odds) / (1 + odds));
  long double log_mass = -static_cast<long double>(shape) * std::log1p(static_cast<long double>(odds));
  long double purchases = 0, alive = 0, mass = 0, stay = 1, stays = 0;
  double const last = odds * (shape + 12 * std::sqrt(shape) + 50) + 60 * std::sqrt(shape) + 200;
  int purchase = 0, stage = done;
  for (double stages = 0; stages < last; ++stages) {
    long double const chance = std::exp(log_mass);
    mass += chance;
    purchases += chance * stays;
    alive += chance * stay;
    log_mass += log_share + std::log((shape + stages) / (stages + 1));
    if (++stage < order) continue;
    stage = 0;
    stays += stay;
    stay *= (b + purchase) / (a + b + purchase);
    ++purchase;
  }
  sums.purchases = static_cast<double>(purchases);
  sums.alive = static_cast<double>(alive);
  sums.mass = static_cast<double>(mass);
  return sums;
}

struct setting {
  double shape, odds;
  int order, done;
  double a, b;
};

}  // namespace

TEST_CASE("stage_sums: as the sums over every number of stages") {
  setting const settings[] = {
      {0.9, 2.5, 2, 1, 0.9, 2.5},    {0.25, 1000, 1, 0, 0.8, 2.4},  {2.3, 16667, 3, 2, 0.9, 2.5},
      {2.3, 16667, 3, 1, 1, 2.5},    {2.3, 16667, 3, 1, 1e-4, 0.2}, {2.3, 16667, 2, 1, 3.5, 2.5},
      {3e4, 0.75, 3, 1, 0.9, 1e4},   {3e4, 0.075, 3, 1, 0.9, 1e4},  {3e4, 10, 3, 1, 0.9, 1e4},
      {3000, 100, 6, 1, 2.9, 400},   {0.01, 1e5, 1, 0, 0.8, 2.4},   {50, 1000, 20, 3, 0.8, 2.4},
      {5000, 3.25, 20, 3, 0.8, 2.4}, {1e5, 0.05, 20, 3, 80, 2400},  {10, 1000, 1, 0, 500, 500},
      {300, 100, 1, 0, 50, 500},     {3, 1e4, 1, 0, 5, 500},        {1, 1e-9, 3, 0, 0.9, 2}};
  for (auto const& own : settings) {
    CAPTURE(own.shape);
    CAPTURE(own.odds);
    CAPTURE(own.order);
    CAPTURE(own.a);
    naive_sums const expected = naive(own.shape, own.odds, own.order, own.done, own.a, own.b);
    REQUIRE(expected.mass == doctest::Approx(1).epsilon(1e-12));
    credence::detail::stage_sums const sums{{own.shape, 1, own.odds}, own.order, own.done, own.a, own.b};
    CHECK(std::fabs(sums.purchases() / expected.purchases - 1) < 2e-12);
    CHECK(std::fabs(sums.alive() / expected.alive - 1) < 2e-12);
  }
}

TEST_CASE("stage_sums: powers of time where time is long, and nothing where there is none") {
  // Who stays for ever so long buys t^(1−a), and is there with t^−a.
  for (double const within : {1e20, 1e50}) {
    credence::detail::stage_sums const once{{2.3, 6, within}, 3, 1, 0.4, 2.5};
    credence::detail::stage_sums const twice{{2.3, 6, 2 * within}, 3, 1, 0.4, 2.5};
    CHECK(std::log2(twice.purchases() / once.purchases()) == doctest::Approx(0.6).epsilon(1e-9));
    CHECK(std::log2(twice.alive() / once.alive()) == doctest::Approx(-0.4).epsilon(1e-9));
  }
  credence::detail::stage_sums const none{{2.3, 6, 0}, 3, 1, 0.9, 2.5};
  CHECK(none.purchases() == 0);
  CHECK(none.alive() == 1);
  credence::detail::stage_sums const hardly{{2.3, 6, 1e-300}, 3, 0, 0.9, 2.5};
  CHECK(hardly.purchases() == 0);
  CHECK(hardly.alive() == doctest::Approx(1).epsilon(1e-14));
}

TEST_CASE("stage_count: the chances of numbers of stages") {
  credence::detail::stage_count const count(2.5, 10, 4);
  double sum = 0;
  for (int stages = 0; stages < 200; ++stages) sum += count.mass(stages);
  CHECK(sum == doctest::Approx(1).epsilon(1e-13));
  CHECK(count.at_least(0) == 1);
  CHECK(count.at_least(3) == doctest::Approx(1 - count.among(0, 3)).epsilon(1e-13));
  CHECK(count.among(4, 3) == doctest::Approx(count.mass(4) + count.mass(5) + count.mass(6)).epsilon(1e-13));
  CHECK(count.mass(-1) == 0);
}

}  // namespace test_stage_sums
