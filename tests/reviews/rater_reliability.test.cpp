// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/reviews/rater_reliability.hpp>
#include <map>
#include <unordered_map>

#include "reviews/timed_reviews.hpp"
#include "support/error_of.hpp"

namespace test_rater_reliability {

using credence::is_nan;
using credence::rater_reliability;

namespace {

template <class Weight>
double weight_of(Weight const& weight, std::optional<int> user) {
  timed_review row;
  row.user = user;
  return weight(row);
}

}  // namespace

TEST_CASE("rater_reliability: a map that is looked at, or kept") {
  std::map<int, double> known{{1, .9}, {2, 0}, {3, 1.5}, {4, credence::not_a_number()}};
  auto const weight = rater_reliability(&timed_review::user, known);
  CHECK(weight_of(weight, 1) == .9);
  CHECK(weight_of(weight, 2) == 0);
  CHECK(is_nan(weight_of(weight, 3)));
  CHECK(is_nan(weight_of(weight, 4)));
  CHECK(weight_of(weight, 5) == .5);
  CHECK(weight_of(weight, std::nullopt) == .5);
  known[5] = .75;
  CHECK(weight_of(weight, 5) == .75);
  CHECK(weight_of(rater_reliability(&timed_review::user, std::unordered_map<int, float>{{1, .25F}}, {.unknown = 0}),
                  1) == .25);
  CHECK(weight_of(rater_reliability(&timed_review::user, std::map<int, int>{}, {.unknown = 0}), 1) == 0);
}

TEST_CASE("rater_reliability: whatever can be called, which may know nothing") {
  auto const known = [](int user) { return user < 3 ? std::optional(user / 2.0) : std::nullopt; };
  auto const weight = rater_reliability(&timed_review::user, known, {.unknown = .125});
  CHECK(weight_of(weight, 1) == .5);
  CHECK(weight_of(weight, 2) == 1);
  CHECK(is_nan(weight_of(weight, -1)));
  CHECK(weight_of(weight, 3) == .125);
  CHECK(weight_of(weight, std::nullopt) == .125);
  CHECK(error_of([&] { static_cast<void>(rater_reliability(&timed_review::user, known, {.unknown = 2})); }) ==
        "credence: rater_reliability_options::unknown is 2; it must lie in 0…1");
}

}  // namespace test_rater_reliability
