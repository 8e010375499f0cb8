// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/detail/discounted_value.hpp>
#include <credence/clv/nbd.hpp>
#include <credence/core/real.hpp>
#include <vector>

namespace test_discounted_value {

using credence::detail::purchases;
using credence::detail::time_alive;
namespace {
doctest::Approx about(double value, double within = 1e-9) { return doctest::Approx(value).epsilon(within); }
}  // namespace

TEST_CASE("discounted_value: time alive, by Simpson's rule and without churn") {
  auto const law = credence::bg_nbd({.r = 2, .alpha = 4, .a = 1.5, .b = 3}).law();
  purchases const own{3, 20, 26, 0};
  for (double const delta : {-0.01, 0.0, 0.05})
    for (double const horizon : {0.5, 30.0}) {
      double sum = 0;
      for (int at = 0; at <= 2'000; ++at) {
        double const ahead = horizon * at / 2'000;
        sum += (at == 0 || at == 2'000 ? 1
                : at % 2 == 1          ? 4
                                       : 2) *
               std::exp(-delta * ahead) * law.alive_after(own, ahead);
      }
      CHECK(time_alive(law, own, delta, horizon) == about(sum * horizon / 6'000));
    }
  double const endless = credence::infinite_number();
  CHECK(time_alive(law, own, 0, endless) == about(law.alive(own) * law.mean_lifetime(own)));
  CHECK(time_alive(law, own, 0.05, endless) == about(time_alive(law, own, 0.05, 800)));
  CHECK(time_alive(law, own, 0.05, 0) == 0);
  CHECK(time_alive(law, own, -0.05, endless) == endless);
  auto const loyal = credence::nbd({.r = .385, .alpha = 12}).law();
  CHECK(time_alive(loyal, own, 0, 30) == 30);
  CHECK(time_alive(loyal, own, 0.05, 30) == about((1 - std::exp(-1.5)) / 0.05));
  CHECK(time_alive(loyal, own, 0.05, endless) == about(20));
}

TEST_CASE("discounted_value: earned less spent, where either may have no end") {
  double const endless = credence::infinite_number();
  credence::detail::value_terms terms;
  terms.margin = 0.5;
  terms.cost = 2;
  terms.ends = {1, 3};
  CHECK(terms.width() == 5);
  std::vector<double> const out{4, 10, 1, 3, 11};
  CHECK(terms.value(out.data(), 0, 6) == 0.5 * 6 * 4 - 2);
  CHECK(terms.value(out.data(), 1, 6) == 0.5 * 6 * 10 - 6);
  CHECK(terms.value(out.data(), 1, endless) == endless);
  std::vector<double> const served_for_ever{4, 10, 1, endless, 11};
  CHECK(terms.value(served_for_ever.data(), 1, 6) == -endless);
  CHECK(credence::is_nan(terms.value(served_for_ever.data(), 1, endless)));
}

}  // namespace test_discounted_value
