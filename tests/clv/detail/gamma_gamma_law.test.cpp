// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/gamma_gamma_law.hpp>
#include <credence/math/second_order.hpp>

#include <array>
#include <cmath>
#include <cstddef>

#include <doctest/doctest.h>

namespace test_gamma_gamma_law {

using law = credence::detail::gamma_gamma_law;
using numbers = credence::math::second_order<3>;

namespace {

struct found_and_expected {
  numbers by_hand;
  numbers expected;
};

/// Of a few customers, the last beyond what tables hold, by hand and by forward differentiation.
found_and_expected at(std::array<double, 3> const& natural) {
  double const counts[] = {1, 2, 7, 29, 100'000};
  double const means[] = {11.77, 40, 0.01, 1e4, 30};
  double const weights[] = {1, 2, .5, 1, 3};
  double totals[5];
  double logs[5];
  std::array<numbers, 3> by_logs;
  for (std::size_t place = 0; place < 3; ++place)
    by_logs[place] = exp(credence::math::variable<3>(std::log(natural[place]), place));
  found_and_expected result;
  for (std::size_t each = 0; each < 5; ++each) {
    totals[each] = counts[each] * means[each];
    logs[each] = std::log(totals[each]);
    result.expected += law::log_likelihood_at(by_logs, {counts[each], means[each]}) * weights[each];
  }
  law::terms const terms(natural, 100'000);
  terms.add({counts, totals, logs, weights, 5}, result.by_hand);
  return result;
}

}  // namespace

TEST_CASE("gamma_gamma_law: derivatives by hand are those of forward differentiation") {
  for (std::array<double, 3> const& natural :
       {std::array<double, 3>{6.25, 3.74, 15.44}, {.3, .8, 1e-3}, {40, 2, 1e6}, {1e-3, 30, 5}}) {
    auto const [by_hand, expected] = at(natural);
    CHECK(by_hand.value == doctest::Approx(expected.value).epsilon(1e-10));
    for (std::size_t place = 0; place < 3; ++place)
      CHECK(by_hand.gradient[place] == doctest::Approx(expected.gradient[place]).epsilon(1e-9));
    for (std::size_t place = 0; place < 6; ++place)
      CHECK(by_hand.hessian[place] == doctest::Approx(expected.hessian[place]).epsilon(1e-9));
  }
}

TEST_CASE("gamma_gamma_law: finite wherever a search may go") {
  for (double const p : {1e-8, 1.0, 1e8})
    for (double const q : {1e-8, 1.0, 1e8})
      for (double const gamma : {1e-8, 1.0, 1e8}) {
        auto const [by_hand, expected] = at({p, q, gamma});
        double whole = by_hand.value + expected.value;
        for (double const part : by_hand.gradient) whole += part;
        for (double const part : by_hand.hessian) whole += part;
        CHECK(credence::is_finite(whole));
        CHECK(credence::is_finite(law{p, q, gamma}.log_likelihood({2, 40})));
      }
}

}  // namespace test_gamma_gamma_law
