// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/churn/churn_scores.hpp>
#include <credence/core/bytes.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_churn_scores {

using scored::customer;

TEST_CASE("churn_scores: what is not good is left out and counted, by the first of the two that is not") {
  credence::churn_scores_result const found = scored::gathered({{0.5, 1, 0},
                                                                {0.5, 0, 0},
                                                                {-7, 0, 0},
                                                                {{}, 1, 0},
                                                                {scored::no_number, 5, 0},
                                                                {scored::infinity, 1, 0},
                                                                {0.5, {}, 0},
                                                                {0.5, 2, 0},
                                                                {0.5, -1, 0}})
                                                  .result();
  CHECK(found.positives == 1);
  CHECK(found.negatives == 2);
  CHECK(found.count == 3);
  CHECK(found.rejected == 6);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 3);
  CHECK(found);
  CHECK_FALSE(scored::gathered({}).result());
  CHECK_FALSE(scored::gathered({{0.5, 1, 0}}).result());
}

TEST_CASE("churn_scores: labels of any kind that is 0 or 1") {
  credence::churn_scores_accumulator seen;
  seen(3, true);
  seen(3U, false);
  seen(2.5F, 1.0);
  seen(2.5, 0.5);
  seen(2.5, scored::no_number);
  CHECK(seen.result().positives == 2);
  CHECK(seen.result().negatives == 1);
  CHECK(seen.result().rejections.off_scale == 1);
  CHECK(seen.result().rejections.not_a_number == 1);
}

TEST_CASE("churn_scores: raise names the row and leaves what was seen") {
  std::vector<customer> const customers{{0.5, 1, 0}, {0.5, 0, 0}, {0.5, 7, 0}};
  CHECK(error_of([&] {
          static_cast<void>(credence::churn_scores(customers, &customer::score, &customer::left,
                                                   {.on_invalid = credence::on_invalid::raise}));
        }) == "credence: sample 2 is 7, which is off the scale");
  credence::churn_scores_accumulator seen({.on_invalid = credence::on_invalid::raise});
  seen(1, 1);
  auto const before = seen;
  CHECK_THROWS_AS(seen(scored::no_number, 1), credence::invalid_sample);
  CHECK_THROWS_AS(seen(1, 0.5), credence::invalid_sample);
  CHECK(seen == before);
}

TEST_CASE("churn_scores: the same customers in any order and any parts are equal, and have equal bytes") {
  std::vector<customer> customers = scored::random_customers(5'000, 40, 1);
  customers.push_back({-0.0, 1, 0});
  customers.push_back({0.0, 0, 0});
  auto const whole = scored::gathered(customers);
  credence::churn_scores_accumulator parts;
  for (std::size_t at = customers.size(); at-- != 0;) {
    if (at % 1'000 == 0) {
      credence::churn_scores_accumulator own;
      own(customers[at].score, customers[at].left);
      parts += own;
    } else {
      parts(customers[at].score, customers[at].left);
    }
  }
  CHECK(parts == whole);
  CHECK(credence::to_bytes(parts) == credence::to_bytes(whole));
  CHECK(credence::from_bytes<credence::churn_scores_accumulator>(credence::to_bytes(parts)) == whole);
  parts(0.5, 1);
  CHECK_FALSE(parts == whole);
}

}  // namespace test_churn_scores
