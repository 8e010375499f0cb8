// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/reviews/verified.hpp>

#include "reviews/timed_reviews.hpp"
#include "support/error_of.hpp"

namespace test_verified {

using credence::is_nan;
using credence::verified;

TEST_CASE("verified: 1 or the factor; anything else is no weight") {
  auto const weight = verified(&timed_review::verified, 0.25);
  timed_review row;
  CHECK(weight(row) == 1);
  row.verified = false;
  CHECK(weight(row) == .25);
  CHECK(verified(&timed_review::verified, {0})(row) == 0);
  row.verified.reset();
  CHECK(is_nan(weight(row)));
  auto const told = verified(&timed_review::weight, 1e-300);
  CHECK(told(row) == 1);
  row.weight = 0;
  CHECK(told(row) == 0);
  for (double const other : {.5, 2.0, -1.0, credence::not_a_number(), credence::infinite_number()}) {
    row.weight = other;
    CHECK(is_nan(told(row)));
  }
  static_assert([] {
    bool const flag = false;
    return verified([](bool each) { return each; }, 0.5)(flag);
  }() == .5);
}

TEST_CASE("verified: a wrong factor") {
  for (double const factor : {-.1, 1.1, credence::not_a_number()})
    CHECK(error_of([&] {
            static_cast<void>(verified(&timed_review::verified, factor));
          }).starts_with("credence: the factor of verified is "));
}

}  // namespace test_verified
