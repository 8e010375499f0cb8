// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/clv/detail/likelihood_of_customers.hpp>
#include <credence/clv/detail/pareto_nbd_law.hpp>
#include <credence/clv/detail/pareto_nbd_terms.hpp>
#include <credence/math/random.hpp>
#include <cstddef>
#include <vector>

namespace test_pareto_nbd_terms {

using namespace credence::detail;
using natural = std::array<double, 4>;
using sums = block_sums<4>;

struct columns {
  std::vector<double> frequency;
  std::vector<double> recency;
  std::vector<double> age;
  std::vector<double> weight;

  void push(double x, double seen, double until, double repeated) {
    frequency.push_back(x);
    recency.push_back(seen);
    age.push_back(until);
    weight.push_back(repeated);
  }
  [[nodiscard]] purchase_block block() const {
    return {frequency.data(), recency.data(), age.data(), nullptr, weight.data(), age.size()};
  }
};

/// Customers of all sorts, some seen at T, some never again, some with more purchases than a table holds.
columns drawn(std::uint64_t seed, int count) {
  credence::math::random_stream draws(seed);
  columns made;
  for (int who = 0; who < count; ++who) {
    double const age = 0.5 * std::pow(400, draws.uniform());
    double const sort = draws.uniform();
    double const x = sort < 0.4 ? 0 : std::floor(std::pow(sort < 0.5 ? 5'000 : 20, draws.uniform()));
    double const seen = x == 0 ? 0 : sort > 0.95 ? age : age * draws.uniform();
    made.push(x, seen, age, 1 + std::floor(3 * draws.uniform()));
  }
  return made;
}
sums by_terms(natural const& at, columns const& of, double greatest) {
  sums made;
  pareto_nbd_terms(at, greatest).add(of.block(), made);
  return made;
}
sums by_differentiation(natural const& at, columns const& of) {
  sums made;
  differentiated_terms<pareto_nbd_law>(at, 0).add(of.block(), made);
  return made;
}
void check_same(sums const& found, sums const& expected, double error) {
  CHECK(found.value == doctest::Approx(expected.value).epsilon(1e-12));
  double slopes = 0;
  double bends = 0;
  for (double const slope : expected.gradient) slopes += std::fabs(slope);
  for (double const bend : expected.hessian) bends += std::fabs(bend);
  for (std::size_t at = 0; at < 4; ++at) CHECK(std::fabs(found.gradient[at] - expected.gradient[at]) < error * slopes);
  for (std::size_t at = 0; at < 10; ++at) CHECK(std::fabs(found.hessian[at] - expected.hessian[at]) < error * bends);
}

constexpr natural points[] = {
    {.553, 10.578, .606, 11.669},  // α < β
    {.553, 10.578, 1, 3},          // β < α, s = 1
    {2, 8, 4, 8},                  // the same
    {.5, .01, .7, 300},            // far from each other: long stretches of w
    {5, 400, .3, .05},
    {60, 900, 25, 400},
};

TEST_CASE("pareto_nbd_terms: slope and curvature are those of the likelihood, differentiated") {
  columns const customers = drawn(3, 700);
  for (natural const& at : points) {
    CAPTURE(at[1]);
    check_same(by_terms(at, customers, 5'000), by_differentiation(at, customers), 1e-10);
  }
}
TEST_CASE("pareto_nbd_terms: and by finite differences") {
  columns const customers = drawn(4, 300);
  natural const at = points[0];
  sums const found = by_terms(at, customers, 5'000);
  constexpr double step = 1e-4;
  for (std::size_t which = 0; which < 4; ++which) {
    natural more = at;
    natural less = at;
    more[which] *= std::exp(step);
    less[which] *= std::exp(-step);
    sums const after = by_terms(more, customers, 5'000);
    sums const before = by_terms(less, customers, 5'000);
    CHECK((after.value - before.value) / (2 * step) == doctest::Approx(found.gradient[which]).epsilon(1e-5));
    for (std::size_t other = 0; other < 4; ++other)
      CHECK((after.gradient[other] - before.gradient[other]) / (2 * step) ==
            doctest::Approx(found.second(which, other)).epsilon(1e-5));
  }
}
TEST_CASE("pareto_nbd_terms: one by one, in another order and by weight it is the same") {
  columns const customers = drawn(5, 333);
  natural const at = points[0];
  sums const all = by_terms(at, customers, 5'000);
  pareto_nbd_terms const terms(at, 10);  // a table that most frequencies are in, and some are not
  sums parts;
  for (std::size_t place = customers.age.size(); place-- != 0;)
    for (double left = customers.weight[place]; left > 0; --left)
      terms.add({&customers.frequency[place], &customers.recency[place], &customers.age[place], nullptr, nullptr, 1},
                parts);
  check_same(parts, all, 1e-11);
  sums nothing;
  terms.add({nullptr, nullptr, nullptr, nullptr, nullptr, 0}, nothing);
  CHECK(nothing.value == 0);
}
TEST_CASE("pareto_nbd_terms: numbers, at parameters and histories however far out") {
  columns customers;
  customers.push(100'000, 38, 39, 1);
  customers.push(0, 0, 1e9, 1);
  customers.push(3, 1e-7, 1e-6, 1);
  customers.push(0, 0, 0, 1);
  customers.push(7, 39, 39, 1);
  for (double const r : {1e-8, 1e8})
    for (double const alpha : {1e-8, 1e8})
      for (double const s : {1e-8, 1e8})
        for (double const beta : {1e-8, 1e8}) {
          sums const found = by_terms({r, alpha, s, beta}, customers, 100'000);
          double expected = 0;
          for (std::size_t at = 0; at < customers.age.size(); ++at)
            expected += pareto_nbd_law::log_likelihood_at(natural{r, alpha, s, beta}, customers.block().at(at));
          CHECK(found.value == doctest::Approx(expected).epsilon(1e-9));
          for (double const slope : found.gradient) CHECK(credence::is_finite(slope));
          for (double const bend : found.hessian) CHECK(credence::is_finite(bend));
        }
}
TEST_CASE("pareto_nbd_terms: along the ridge of equal rates of leaving the likelihood is level") {
  // s and β great, s/β fixed: the curvature along it falls off as 1/s, far below the terms that it is the sum of.
  columns const customers = drawn(6, 400);
  for (double const s : {1e4, 1e6, 1e8}) {
    sums const found = by_terms({.5, 10, s, 20 * s}, customers, 5'000);
    double const along = found.second(2, 2) + 2 * found.second(2, 3) + found.second(3, 3);
    CHECK(std::fabs(found.gradient[2] + found.gradient[3]) < 1e4 / s * 400 + 1e-4);
    CHECK(std::fabs(along) < 1e4 / s * 400 + 1e-4);
  }
}
TEST_CASE("pareto_nbd_law: a fit begins with as many repeaters and purchases as there are") {
  purchase_moments moments;
  moments.weight = 2'357;
  moments.frequency = 1.04;
  moments.age = 32.7;
  moments.repeaters = 0.4;
  natural const begun = pareto_nbd_law::start(moments);
  pareto_nbd_law const law{begun[0], begun[1], begun[2], begun[3]};
  CHECK(law.expected(32.7) == doctest::Approx(1.04).epsilon(1e-9));
  CHECK(law.mass(0, 32.7) == doctest::Approx(0.6).epsilon(0.1));
  // Nothing but repeaters, and hardly any.
  for (double const share : {1.0, 1e-6}) {
    moments.repeaters = share;
    for (double const parameter : pareto_nbd_law::start(moments))
      CHECK((parameter > 0 && credence::is_finite(parameter)));
  }
}

}  // namespace test_pareto_nbd_terms
