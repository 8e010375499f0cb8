// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include "support/clv_reference.hpp"
#include "support/error_of.hpp"

#include <credence/clv/beta_discrete_weibull.hpp>
#include <credence/clv/shifted_beta_geometric.hpp>
#include <credence/math/likelihood_ratio_test.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace test_beta_discrete_weibull {

using credence::beta_discrete_weibull;
using counts = std::vector<double>;

namespace {

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within).scale(0); }

// Fader & Hardie (2007), as in shifted_beta_geometric.test.cpp.
counts const regular{1000, 631, 468, 382, 326, 289, 262, 241};
counts const high_end{1000, 869, 743, 653, 593, 551, 517, 491};

double residual(beta_discrete_weibull const& model, int renewal, double rate) {
  return model.discounted_residual_lifetime(renewal, {.discount = credence::period_rate{rate}});
}

}  // namespace

TEST_CASE("beta_discrete_weibull: the fit finds the maxima of clv.md") {
  auto const first = credence::fit<beta_discrete_weibull>(regular);
  REQUIRE(first);
  CHECK(first.model().alpha == about(.45561395, 1e-6));
  CHECK(first.model().beta == about(.77932545, 1e-6));
  CHECK(first.model().c == about(1.28345135, 1e-6));
  CHECK(first.log_likelihood == about(-1679.60283291, 1e-9));
  auto const second = credence::fit<beta_discrete_weibull>(high_end);
  CHECK(second.model().alpha == about(.21425334, 1e-6));
  CHECK(second.model().beta == about(1.42657492, 1e-6));
  CHECK(second.model().c == about(1.72356484, 1e-6));
  CHECK(second.log_likelihood == about(-1605.31421321, 1e-9));
  // The gradient of the log-likelihood, by central differences, vanishes there.
  for (std::size_t at = 0; at < 3; ++at) {
    std::vector<double> shifted = second.parameters;
    shifted[at] = second.parameters[at] * (1 + 1e-4);
    double const above = second.model().with_parameters(shifted.data()).log_likelihood(high_end);
    shifted[at] = second.parameters[at] * (1 - 1e-4);
    double const below = second.model().with_parameters(shifted.data()).log_likelihood(high_end);
    CHECK(std::fabs(above - below) / 2e-4 < 1e-3);
  }

  // Percent at years 1 to 12, to the digits given, at the maxima of mpmath.
  for (clv_reference_row const& row : clv_reference("BdW ")) {
    if (row.values.size() != 12) continue;
    bool const is_regular = row.model.find("Regular") != std::string::npos;
    beta_discrete_weibull const& model = is_regular ? first.model() : second.model();
    for (int year = 1; year <= 12; ++year)
      CHECK(100 * model.survival(year) == about(row.values[static_cast<std::size_t>(year) - 1], 3e-7));
  }
  CHECK(100 * first.model().survival(12) == about(17.733140, 3e-7));
  CHECK(100 * second.model().survival(12) == about(40.392959, 3e-7));
}

TEST_CASE("beta_discrete_weibull: with c = 1 it is the shifted-beta-geometric") {
  beta_discrete_weibull const model{{.alpha = 1.7, .beta = 1.182, .c = 1}};
  credence::shifted_beta_geometric const plain{{.alpha = 1.7, .beta = 1.182}};
  for (int renewal : {1, 2, 7, 100, 100'000, 1'000'000'000}) {
    CHECK(model.survival(renewal) == about(plain.survival(renewal)));
    CHECK(model.retention_rate(renewal) == about(plain.retention_rate(renewal)));
    CHECK(model.churn_rate(renewal) == about(plain.churn_rate(renewal)));
    for (double const rate : {.1, .001, 1e-6}) {
      double const other = plain.discounted_residual_lifetime(renewal, {.discount = credence::period_rate{rate}});
      CHECK(residual(model, renewal, rate) == about(other));
    }
  }
  CHECK(model.expected_lifetime() == about(plain.expected_lifetime()));
  CHECK(model.log_likelihood(regular) == about(plain.log_likelihood(regular)));
  auto const test = credence::likelihood_ratio_test(credence::fit<credence::shifted_beta_geometric>(high_end),
                                                    credence::fit<beta_discrete_weibull>(high_end));
  CHECK(test.statistic == about(2 * (1611.15814739 - 1605.31421321), 1e-6));
  CHECK(test.degrees_of_freedom == 1);
}

TEST_CASE("beta_discrete_weibull: sums for ever agree with sums") {
  // mpmath 1.2, 30 digits: sum of S to t = 49 and sumem beyond it.
  CHECK(beta_discrete_weibull{{.alpha = 4, .beta = 1.5, .c = .5}}.expected_lifetime() == about(3.1202419429252827));
  CHECK(beta_discrete_weibull{{.alpha = 4, .beta = 1.5, .c = 2}}.expected_lifetime() == about(1.30213269116235975));
  beta_discrete_weibull const model{{.alpha = .45561395, .beta = .77932545, .c = 1.28345135}};
  double sum = 0;
  for (int renewal = 3; renewal < 4000; ++renewal)
    sum += model.survival(renewal) / model.survival(2) * std::pow(1.01, 3 - renewal);
  CHECK(residual(model, 3, .01) == about(sum));
  // αc = 0.58: no mean.
  CHECK_FALSE(credence::is_finite(model.expected_lifetime()));
}

TEST_CASE("beta_discrete_weibull: data that say nothing, or not enough") {
  using credence::fit_status;
  auto const of = [](counts const& alive) { return credence::fit<beta_discrete_weibull>(alive).status; };
  CHECK(of({}) == fit_status::degenerate_data);
  CHECK(of({10, 10}) == fit_status::degenerate_data);
  CHECK(of({10, 0}) == fit_status::degenerate_data);
  CHECK(of({10, 6, 4}) == fit_status::flat_ridge);
  CHECK(of({1000, 500, 250, 125, 62}) == fit_status::flat_ridge);
  CHECK(error_of([] { (void)beta_discrete_weibull({.alpha = 1, .beta = 1, .c = -1}); }).find("::c is -1") !=
        std::string::npos);
}

TEST_CASE("beta_discrete_weibull: parameters far out") {
  for (double const alpha : {1e-8, 1.0, 1e8})
    for (double const beta : {1e-8, 1.0, 1e8})
      for (double const c : {1e-8, 1.0, 1e8}) {
        CAPTURE(alpha);
        CAPTURE(beta);
        CAPTURE(c);
        beta_discrete_weibull const model{{.alpha = alpha, .beta = beta, .c = c}};
        CHECK(model.survival(1) == about(beta / (alpha + beta)));
        CHECK(credence::is_finite(model.log_likelihood(regular)));
        CHECK(residual(model, 1, .01) <= 101 * (1 + 1e-12));
        CHECK(model.survival(1'000'000) <= model.survival(1));
      }
}

}  // namespace test_beta_discrete_weibull
