// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/inference/share_interval.hpp>
#include <cstddef>

#include "math/tables.hpp"

namespace test_share_interval {

// The references were computed with 50 digits: see tests/reference/survey_oracle.py.

using credence::interval;
using credence::share_interval;

namespace {

// Successes, trials, confidence, then lower and upper bound of wilson, agresti_coull and wald.
constexpr tables::row<9> closed_table[] = {
#include "inference/share_closed_table.inc"
};
// Successes, trials, confidence, then lower and upper bound of clopper_pearson and jeffreys (−1 where not computed).
// Jeffreys' bound at the end itself is 0 or 1 by definition.
constexpr tables::row<7> exact_table[] = {
#include "inference/share_exact_table.inc"
};
// Successes and trials of two samples, confidence, lower, upper, standard error, p.
constexpr tables::row<9> pair_table[] = {
#include "inference/share_pair_table.inc"
};

// Relative to the bound, and to what it leaves of 1.
double error_of_bounds(interval const& got, double lower, double upper) {
  return std::fmax(std::fmax(tables::relative_error(got.lower, lower), std::fabs(got.upper - upper)),
                   std::fabs(got.lower - lower));
}

}  // namespace

TEST_CASE("share interval: wilson, agresti_coull and wald") {
  double wilson = 0;
  double agresti_coull = 0;
  double wald = 0;
  for (tables::row<9> const& row : closed_table) {
    credence::observed_share const sample{row[0] / row[1], row[1]};
    interval const by_wilson = interval_of(sample, share_interval::wilson, row[2]);
    wilson = std::fmax(wilson, error_of_bounds(by_wilson, row[3], row[4]));
    interval const by_agresti = interval_of(sample, share_interval::agresti_coull, row[2]);
    agresti_coull = std::fmax(agresti_coull, std::fabs(by_agresti.lower - row[5]));
    agresti_coull = std::fmax(agresti_coull, std::fabs(by_agresti.upper - row[6]));
    interval const by_wald = interval_of(sample, share_interval::wald, row[2]);
    wald = std::fmax(wald, std::fmax(std::fabs(by_wald.lower - row[7]), std::fabs(by_wald.upper - row[8])));
  }
  CHECK(wilson <= 1e-13 * tables::leeway);
  CHECK(agresti_coull <= 1e-14 * tables::leeway);
  CHECK(wald <= 1e-14 * tables::leeway);
}

TEST_CASE("share interval: clopper_pearson and jeffreys") {
  double clopper_pearson = 0;
  double jeffreys = 0;
  for (tables::row<7> const& row : exact_table) {
    credence::observed_share const sample{row[0] / row[1], row[1]};
    interval const by_clopper = interval_of(sample, share_interval::clopper_pearson, row[2]);
    clopper_pearson = std::fmax(clopper_pearson, error_of_bounds(by_clopper, row[3], row[4]));
    if (row[5] < 0) continue;
    interval const by_jeffreys = interval_of(sample, share_interval::jeffreys, row[2]);
    jeffreys = std::fmax(jeffreys, error_of_bounds(by_jeffreys, row[5], row[6]));
  }
  CHECK(clopper_pearson <= 1e-12 * tables::leeway);
  CHECK(jeffreys <= 1e-12 * tables::leeway);
}

TEST_CASE("share interval: two samples") {
  double bounds = 0;
  double error = 0;
  double p_value = 0;
  for (tables::row<9> const& row : pair_table) {
    credence::comparison const found = compare(credence::observed_share{row[0] / row[1], row[1]},
                                               credence::observed_share{row[2] / row[3], row[3]}, row[4]);
    bounds = std::fmax(bounds,
                       std::fmax(std::fabs(found.interval.lower - row[5]), std::fabs(found.interval.upper - row[6])));
    error = std::fmax(error, tables::relative_error(found.standard_error, row[7]));
    p_value = std::fmax(p_value, std::fabs(found.p_value - row[8]));
    CHECK(found.interval.confidence == row[4]);
  }
  CHECK(bounds <= 1e-14 * tables::leeway);
  CHECK(error <= 1e-13 * tables::leeway);
  CHECK(p_value <= 1e-13 * tables::leeway);
}

TEST_CASE("share interval: no trials, and wrong calls") {
  for (share_interval const method :
       {share_interval::wilson, share_interval::agresti_coull, share_interval::clopper_pearson,
        share_interval::jeffreys, share_interval::wald}) {
    CHECK(credence::is_nan(interval_of({0, 0}, method, .95).lower));
    CHECK(credence::is_nan(interval_of({.5, credence::not_a_number()}, method, .95).upper));
    for (double const wrong : {0.0, 1.0, -1.0, credence::not_a_number()})
      CHECK_THROWS_AS(static_cast<void>(interval_of({.5, 10}, method, wrong)), credence::error);
    CHECK_FALSE(name_of(method).empty());
    // sizes that are not whole, and less than one
    for (double const size : {.01, .5, 1.5, 2266.5}) {
      interval const bounds = interval_of({.3, size}, method, .95);
      CHECK(bounds.lower >= 0);
      CHECK(bounds.lower <= .3);
      CHECK(bounds.upper >= .3);
      CHECK(bounds.upper <= 1);
    }
  }
  CHECK(name_of(static_cast<share_interval>(99)).empty());
  CHECK_FALSE(compare(credence::observed_share{.5, 0}, credence::observed_share{.5, 10}, .95));
  CHECK_THROWS_AS(static_cast<void>(compare(credence::observed_share{.5, 1}, credence::observed_share{.5, 10}, 1.0)),
                  credence::error);
}

// Clopper and Pearson's bounds are where a binomial tail is γ/2.
TEST_CASE("share interval: clopper_pearson never covers less than its level") {
  for (int trials : {5, 20}) {
    for (double truth = .01; truth < 1; truth += .01) {
      double covered = 0;
      double probability = std::pow(1 - truth, trials);
      for (int successes = 0; successes <= trials; ++successes) {
        interval const bounds = interval_of({successes / static_cast<double>(trials), static_cast<double>(trials)},
                                            share_interval::clopper_pearson, .9);
        if (bounds.lower <= truth && truth <= bounds.upper) covered += probability;
        probability *= truth / (1 - truth) * (trials - successes) / (successes + 1);
      }
      CHECK(covered >= .9 - 1e-12);
    }
  }
}

}  // namespace test_share_interval
