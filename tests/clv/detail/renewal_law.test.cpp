// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <credence/clv/detail/renewal_law.hpp>

#include <cmath>

#include <doctest/doctest.h>

namespace test_renewal_law {

using credence::detail::beta_discrete_weibull_law;
using credence::detail::renewals_to_come;
using credence::detail::shifted_beta_geometric_law;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within).scale(0); }
double const for_ever = credence::infinite_number();

}  // namespace

TEST_CASE("renewals_to_come: mpmath's 2F1 at 30 digits, for discounts of any size") {
  shifted_beta_geometric_law const law{.704, 1.182};
  double const discounts[] = {.1, .01, 1e-3, 1e-5, 1e-8};
  double const sums[] = {2.8913347886158968, 8.4853709985833636, 20.354068814455322, 91.000765030352384,
                         729.99262062257097};
  for (int at = 0; at < 5; ++at) {
    CHECK(renewals_to_come(law, 0, discounts[at], for_ever) == about(sums[at]));
    // The rule for laws without a closed form.
    double head = 0;
    for (double ahead = 1; ahead < 50; ++ahead) head += std::exp(law.log_kept(0, ahead) - discounts[at] * (ahead - 1));
    CHECK(head + credence::detail::renewals_beyond(law, 0, 50, discounts[at]) == about(sums[at], 1e-10));
  }
}

TEST_CASE("renewals_to_come: without a discount, from light tails to those that hardly have a mean") {
  for (double const alpha : {1.001, 1.1, 2.0, 5.0})
    for (double const beta : {.01, 3.0, 1e5}) {
      CAPTURE(alpha);
      CAPTURE(beta);
      double const closed = beta / (alpha - 1);
      CHECK(renewals_to_come(shifted_beta_geometric_law{alpha, beta}, 0, 0, for_ever) == about(closed));
      CHECK(renewals_to_come(beta_discrete_weibull_law{alpha, beta, 1}, 0, 0, for_ever) == about(closed));
    }
  CHECK(renewals_to_come(shifted_beta_geometric_law{2, 3}, 7, 0, for_ever) == about(10));
  CHECK_FALSE(credence::is_finite(renewals_to_come(shifted_beta_geometric_law{1, 3}, 0, 0, for_ever)));
  CHECK_FALSE(credence::is_finite(renewals_to_come(beta_discrete_weibull_law{2, 3, .5}, 0, 0, for_ever)));
  CHECK(renewals_to_come(shifted_beta_geometric_law{2, 3}, 0, 0, 2) == about(3.0 / 5 + 3.0 / 5 * 4 / 6));
  CHECK(renewals_to_come(shifted_beta_geometric_law{2, 3}, 0, 0, 0) == 0);
}

TEST_CASE("half_life_of: the least m with S(m) of a half or less") {
  for (double const alpha : {.05, .3, 1.0, 4.0})
    for (double const beta : {.5, 7.0, 300.0}) {
      shifted_beta_geometric_law const law{alpha, beta};
      double const found = credence::detail::half_life_of(law);
      CHECK(law.log_kept(0, found) <= std::log(.5));
      if (found > 1) CHECK(law.log_kept(0, found - 1) > std::log(.5) - 1e-9);
    }
  CHECK_FALSE(credence::is_finite(credence::detail::half_life_of(shifted_beta_geometric_law{1e-4, 1})));
}

}  // namespace test_renewal_law
