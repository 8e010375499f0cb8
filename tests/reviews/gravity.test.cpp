// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/reviews/gravity.hpp>
#include <vector>

#include "reviews/timed_reviews.hpp"
#include "support/error_of.hpp"

namespace test_gravity {

using credence::gravity;
using credence::gravity_accumulator;
using credence::gravity_options;
using credence::instant;

namespace {

doctest::Approx about(double value) { return doctest::Approx(value).epsilon(1e-12); }
instant const posted = second(1'700'000'000);
instant const three_hours_on = second(1'700'000'000 + 3 * 3'600);

}  // namespace

TEST_CASE("gravity: Hacker News' value, falling") {
  std::vector<timed_review> rows(99, {three_hours_on, true});
  rows.push_back({posted, true});
  rows.push_back({three_hours_on, false});
  auto const found = gravity(rows, &timed_review::time, &timed_review::stars, {.observed_until = three_hours_on});
  CHECK(found.value == about(5.4637294593864105));  // 100 points after 3 hours, (p − 1)/(h + 2)^1.8
  CHECK(found.positives == 100);
  CHECK(found.negatives == 1);
  CHECK(found.posted == posted);
  gravity_accumulator seen;
  for (timed_review const& row : rows) seen(row.time, row.stars);
  CHECK(seen.result({.observed_until = three_hours_on}) == found);
  CHECK(seen.result({.observed_until = posted}).value == about(99 / std::pow(2, 1.8)));
  CHECK(seen.result({.observed_until = three_hours_on, .exponent = 0}).value == about(99));
  instant const last = instant::from_micros(credence::detail::latest_micros - 1);
  double const hours = (static_cast<double>(last.micros) - static_cast<double>(posted.micros)) / 3.6e9;
  CHECK(seen.result({.observed_until = last}).value == about(99 / std::pow(hours + 2, 1.8)));
  CHECK(
      gravity(rows, &timed_review::time, &timed_review::stars, {.satisfied_from = 2, .observed_until = posted}).value ==
      about(-1 / std::pow(2, 1.8)));
}

TEST_CASE("gravity: without a time to be of, and before the posting") {
  gravity_accumulator seen;
  seen(posted, 1);
  CHECK(error_of([&] { static_cast<void>(seen.result()); }).find("gravity_options::observed_until is unset") !=
        std::string::npos);
  CHECK(error_of([] { static_cast<void>(gravity_accumulator{}.result()); }) != "no error");
  auto const early = seen.result({.observed_until = second(0)});
  CHECK_FALSE(early);
  CHECK(early.count == 1);
  CHECK_FALSE(seen.result({.observed_until = second(1'700'000'000 - 1)}));
  CHECK_FALSE(gravity_accumulator({.observed_until = posted}).result());
  CHECK(error_of([] { gravity_accumulator(gravity_options{.exponent = -1}); }) ==
        "credence: gravity_options::exponent is -1; it must lie in 0…1000");
  CHECK(error_of([] { gravity_accumulator(gravity_options{.exponent = credence::not_a_number()}); }) != "no error");
  CHECK(error_of([] {
          gravity_accumulator(gravity_options{.observed_until = instant::from_micros(credence::detail::latest_micros)});
        }).find("gravity_options::observed_until") != std::string::npos);
}

}  // namespace test_gravity
