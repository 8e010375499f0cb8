// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/beta_geometric_law.hpp>

#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/covariates.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/core/real.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/random.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace test_beta_geometric_law {

using credence::fit;
using credence::detail::beta_geometric_law;
using credence::detail::purchase_moments;

TEST_CASE("beta_geometric_law: a fit begins somewhere, whatever is seen") {
  for (double const repeaters : {0.0, 1e-6, 0.4, 1.0})
    for (double const often : {0.0, 1.0, 30.0, 1e5})
      for (double const silence : {0.0, 0.5, 1.0})
        for (double const age : {0.0, 1e-6, 39.0, 1e9}) {
          purchase_moments seen;
          seen.weight = 100;
          seen.frequency = repeaters * often;
          seen.age = age;
          seen.repeaters = repeaters;
          seen.silence = silence;
          for (double const parameter : beta_geometric_law<false>::start(seen)) {
            CHECK(parameter > 0);
            CHECK(credence::is_finite(parameter));
          }
          for (double const parameter : beta_geometric_law<true>::start(seen)) {
            CHECK(parameter > 0);
            CHECK(credence::is_finite(parameter));
          }
        }
}

struct customer {
  double frequency = 0;
  double recency = 0;
  double age = 0;
  double member = 0;
};

/// Of Gamma(shape, 1), by Marsaglia & Tsang (2000).
double gamma_drawn(credence::math::random_stream& chance, double shape) {
  if (shape < 1) return gamma_drawn(chance, shape + 1) * std::pow(chance.uniform(), 1 / shape);
  double const third = shape - 1.0 / 3;
  for (;;) {
    double const deviate = chance.normal();
    double const root = 1 + deviate / std::sqrt(9 * third);
    if (root <= 0) continue;
    double const cube = root * root * root;
    if (std::log(chance.uniform()) < deviate * deviate / 2 + third * (1 - cube + std::log(cube))) return third * cube;
  }
}

/// Customers as the models tell of them: half are members, who buy e^0.7 times as often and leave less.
std::vector<customer> drawn(bool leaves_at_first, std::uint64_t seed, std::size_t count) {
  credence::math::random_stream chance(seed);
  std::vector<customer> made(count);
  for (std::size_t at = 0; at < count; ++at) {
    customer& own = made[at];
    own.member = at % 2 == 0 ? 1.0 : 0.0;
    own.age = 20 + 20 * chance.uniform();
    double const rate = gamma_drawn(chance, 0.8) / (6 * std::exp(-0.7 * own.member));
    double const leaves = gamma_drawn(chance, 1.0 * std::exp(-0.5 * own.member));
    double const dropout = leaves / (leaves + gamma_drawn(chance, 3));
    bool here = !leaves_at_first || chance.uniform() >= dropout;
    for (double now = 0; here; here = chance.uniform() >= dropout) {
      now -= std::log(chance.uniform()) / rate;
      if (!(now < own.age)) break;
      own.frequency += 1;
      own.recency = now;
    }
  }
  return made;
}

TEST_CASE("beta_geometric_law: covariates are found where they were put") {
  std::vector<customer> const customers = drawn(true, 5, 20'000);
  auto const report = fit<credence::mbg_nbd>(customers, credence::purchase_covariates(&customer::member),
                                             credence::dropout_covariates(&customer::member));
  REQUIRE(report.status == credence::fit_status::converged);
  std::array<double, 7> const truth{0.8, 6, 1, 3, 0.7, -0.5, 0};
  std::vector<double> const found = report.model().parameters();
  REQUIRE(found.size() == truth.size());
  for (std::size_t at = 0; at < truth.size(); ++at) {
    CAPTURE(at);
    CHECK(std::fabs(found[at] - truth[at]) < 4 * report.standard_errors[at]);
  }
  CHECK(report.model().at({1}, {1}).alpha == doctest::Approx(found[1] * std::exp(-found[4])));
  CHECK(report.model().at({1}, {1}).a == doctest::Approx(found[2] * std::exp(found[5])));
  CHECK(report.model().at({1}, {1}).b == doctest::Approx(found[3] * std::exp(found[6])));
}

template <class Model>
void check_recovery(bool leaves_at_first) {
  int outside = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::vector<customer> customers;
    for (customer const& each : drawn(leaves_at_first, seed, 8'000))
      if (each.member == 0) customers.push_back(each);
    auto const report = fit<Model>(customers);
    REQUIRE(report.status == credence::fit_status::converged);
    std::array<double, 4> const truth{0.8, 6, 1, 3};
    auto const found = report.model().parameters();
    // On the logarithms, on which the likelihood is nearly a parabola.
    for (std::size_t at = 0; at < 4; ++at)
      outside += std::fabs(std::log(found[at] / truth[at])) > 3 * report.standard_errors[at] / found[at] ? 1 : 0;
  }
  CHECK(outside <= 2);  // of 80; a fifth of one is to be expected
}

TEST_CASE("beta_geometric_law: what was simulated is recovered") {
  check_recovery<credence::bg_nbd>(false);
  check_recovery<credence::mbg_nbd>(true);
}

}  // namespace test_beta_geometric_law
