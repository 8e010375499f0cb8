// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/inference/share_interval.hpp>
#include <credence/reviews/helpfulness.hpp>

#include "reviews/timed_reviews.hpp"
#include "support/error_of.hpp"

namespace test_helpfulness {

using credence::helpfulness;
using credence::is_nan;

namespace {

double weight_of(double helpful, double votes, credence::helpfulness_options const& options = {}) {
  timed_review row;
  row.helpful = helpful;
  row.votes = votes;
  return helpfulness(&timed_review::helpful, &timed_review::votes, options)(row);
}

}  // namespace

TEST_CASE("helpfulness: Wilson's centre, and neutral where nobody voted") {
  for (auto const& [helpful, votes] : {std::pair{1.0, 1.0}, {0.0, 3.0}, {7.0, 9.0}, {90.0, 100.0}}) {
    credence::interval const wilson =
        credence::interval_of({helpful / votes, votes}, credence::share_interval::wilson, .95);
    CHECK(weight_of(helpful, votes) == doctest::Approx((wilson.lower + wilson.upper) / 2).epsilon(1e-12));
  }
  CHECK(weight_of(0, 0) == .5);
  CHECK(weight_of(0, 0, {.neutral = .8}) == doctest::Approx(.8));
  CHECK(weight_of(0, 0, {.neutral = 0}) == 0);
  CHECK(weight_of(3, 4, {.neutral = .8}) == doctest::Approx((3 + .8 * 3.8414588206941) / (4 + 3.8414588206941)));
  CHECK(weight_of(3, 4, {.neutral = 1}) <= 1);
  CHECK(weight_of(1, 1) > weight_of(0, 0));
  CHECK(weight_of(0, 1) < weight_of(0, 0));
  CHECK(weight_of(1e15, 1e15) == doctest::Approx(1));
  CHECK(weight_of(7, 9, {.confidence = 1e-9}) == doctest::Approx(7.0 / 9));
}

TEST_CASE("helpfulness: bad input") {
  for (auto const& [helpful, votes] : {std::pair{2.0, 1.0},
                                       {-1.0, 3.0},
                                       {credence::not_a_number(), 3.0},
                                       {1.0, credence::not_a_number()},
                                       {1.0, credence::infinite_number()},
                                       {credence::infinite_number(), credence::infinite_number()}})
    CHECK(is_nan(weight_of(helpful, votes)));
  timed_review row;
  CHECK(is_nan(helpfulness(&timed_review::stars, &timed_review::votes)(row)));  // missing
  CHECK(error_of([] { weight_of(1, 1, {.neutral = 1.5}); }) ==
        "credence: helpfulness_options::neutral is 1.5; it must lie in 0…1");
  CHECK(error_of([] { weight_of(1, 1, {.confidence = 1}); }).find("helpfulness_options::confidence") !=
        std::string::npos);
}

TEST_CASE("helpfulness: without votes neutral is the weight, however little it counts for") {
  struct voted {
    int helpful;
    int votes;
  };
  voted unseen{0, 0};
  CHECK(credence::helpfulness(&voted::helpful, &voted::votes, {.neutral = 0.7, .confidence = 1e-200})(unseen) == 0.7);
  CHECK(credence::helpfulness(&voted::helpful, &voted::votes, {.neutral = 0.7})(unseen) == doctest::Approx(0.7));
}

}  // namespace test_helpfulness
