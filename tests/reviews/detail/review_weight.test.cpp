// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/inference/mean.hpp>
#include <credence/reviews/detail/review_weight.hpp>
#include <credence/reviews/helpfulness.hpp>
#include <credence/reviews/rater_reliability.hpp>
#include <credence/reviews/recency.hpp>
#include <credence/reviews/verified.hpp>
#include <map>
#include <utility>
#include <vector>

#include "reviews/timed_reviews.hpp"

namespace test_review_weight {

using credence::is_nan;

namespace greedy {

/// A host that multiplies everything.
struct row {
  bool bought = true;
};
template <class Left, class Right>
int operator*(Left const&, Right const&) = delete;
template <class Left, class Right>
int operator*(Left&&, Right&&) = delete;

}  // namespace greedy

TEST_CASE("review_weight: a product is the product, and a weight") {
  std::vector<timed_review> const rows = timed_reviews(200, true);
  std::map<int, double> const known{{1, .9}, {2, .1}, {3, 0}};
  auto const recent = credence::recency(&timed_review::time, {std::chrono::days{90}, second(1'700'000'000)});
  auto const bought = credence::verified(&timed_review::verified, 0.5);
  auto const helped = credence::helpfulness(&timed_review::helpful, &timed_review::votes);
  auto const reliable = credence::rater_reliability(&timed_review::user, known);
  auto const weight = recent * bought * helped * reliable;
  auto const same = recent * (bought * (helped * reliable));
  std::uint64_t unfit = 0;
  for (timed_review const& row : rows) {
    double const direct = recent(row) * bought(row) * helped(row) * reliable(row);
    unfit += is_nan(direct);
    CHECK((is_nan(direct) ? is_nan(weight(row)) : weight(row) == doctest::Approx(direct).epsilon(1e-15)));
    CHECK((is_nan(direct) ? is_nan(same(row)) : same(row) == doctest::Approx(direct).epsilon(1e-15)));
    CHECK((is_nan(direct) || (weight(row) >= 0 && weight(row) <= 1)));
  }
  CHECK(unfit > 0);
  credence::mean_result const found = credence::mean(rows, &timed_review::stars, weight);
  CHECK(found);
  CHECK(found.rejections.bad_weight > 0);
  // Too little to be squared is nothing, not a bad weight.
  auto const little = credence::verified(&timed_review::verified, 1e-60);
  timed_review row;
  row.verified = false;
  CHECK((little * little)(row) == 0);
  CHECK((little * bought)(row) == .5e-60);
}

TEST_CASE("review_weight: a host's own operator is not asked") {
  auto const one = credence::verified(&greedy::row::bought, 0.5);
  auto other = credence::verified(&greedy::row::bought, 0.25);
  greedy::row const row{false};
  CHECK((one * one)(row) == .25);
  CHECK((one * other)(row) == .125);
  CHECK((other * one)(row) == .125);
  CHECK((other * std::move(other) * one * credence::verified(&greedy::row::bought, 1))(row) == .03125);
}

}  // namespace test_review_weight
