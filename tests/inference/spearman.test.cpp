// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/spearman.hpp>
#include <limits>
#include <vector>

#include "inference/branches.hpp"

namespace test_spearman {

using credence::spearman;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }
double const no_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("spearman: scipy's rho and p, and Bonett and Wright's interval") {
  std::vector<branch_month> rows = branches();
  rows.resize(40);
  credence::spearman_result const found = spearman(rows, &branch_month::score, &branch_month::outcome);
  CHECK(found.value == about(.271013762018772));
  CHECK(found.p_value == about(.0907394021117964, 1e-10));
  CHECK(found.interval.lower == about(-.0500797658946321, 1e-10));
  CHECK(found.interval.upper == about(.541331385256605, 1e-10));
  // Ranks are all that counts, and the pairs' order nothing.
  for (branch_month& row : rows) *row.score = std::exp(*row.score);
  CHECK(spearman(rows, &branch_month::score, &branch_month::outcome).value == about(found.value));
  CHECK(spearman(rows, &branch_month::outcome, &branch_month::score).value == about(found.value));
}

TEST_CASE("spearman: bad input") {
  struct pair {
    double one;
    double other;
  };
  auto const of = [](std::vector<pair> const& rows) { return spearman(rows, &pair::one, &pair::other); };
  CHECK_FALSE(of({}));
  CHECK_FALSE(of({{1, 2}}));
  CHECK_FALSE(of({{1, 2}, {1, 3}, {1, 4}}));
  CHECK(of({{1, 2}, {2, 3}}).value == 1);
  CHECK(of({{1, 2}, {2, 3}, {3, 9}}).p_value == 0);
  CHECK(credence::is_nan(of({{1, 2}, {2, 3}, {3, 9}, {4, 10}, {5, 11}}).interval.lower));
  CHECK(of({{1, 3}, {2, 2}, {3, 1}}).value == -1);
  credence::spearman_result const dirty =
      of({{1, no_number}, {no_number, 1}, {std::numeric_limits<double>::infinity(), 2}, {1, 2}, {2, 3}});
  CHECK(dirty.count == 2);
  CHECK(dirty.rejected == 3);
  CHECK(dirty.rejections.off_scale == 1);
  CHECK_THROWS_AS(static_cast<void>(spearman(std::vector<pair>{}, &pair::one, &pair::other, {.confidence = 0})),
                  credence::error);
}

}  // namespace test_spearman
