// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/inference/mean.hpp>
#include <credence/reviews/decayed_mean.hpp>
#include <credence/reviews/recency.hpp>
#include <vector>

#include "reviews/timed_reviews.hpp"
#include "support/error_of.hpp"

namespace test_recency {

using credence::instant;
using credence::is_nan;
using credence::recency;
using std::chrono::days;

namespace {

double weight_at(credence::recency_options const& options, std::optional<instant> const& time) {
  timed_review const row{time, 1};
  return recency(&timed_review::time, options)(row);
}

}  // namespace

TEST_CASE("recency: half a half-life ago") {
  instant const now = second(1'700'000'000);
  auto const ago = [&](double half_lives) {
    return weight_at({days{30}, now}, second(1'700'000'000 - static_cast<std::int64_t>(half_lives * 30 * 86'400)));
  };
  CHECK(ago(0) == 1);
  CHECK(ago(1) == .5);
  CHECK(ago(.5) == doctest::Approx(std::sqrt(.5)).epsilon(1e-15));
  CHECK(ago(332) == std::exp2(-332));
  CHECK(ago(333) == 0);  // below 1e-100 it would be a bad weight
  CHECK(weight_at({.observed_until = now}, second(1'700'000'000 - 180 * 86'400)) == .5);
  CHECK(is_nan(ago(-1e-5)));
  CHECK(is_nan(weight_at({days{30}, now}, std::nullopt)));
  CHECK(is_nan(weight_at({days{30}, now}, instant::from_micros(credence::detail::earliest_micros))));
  instant const first = instant::from_micros(credence::detail::earliest_micros + 1);
  instant const last = instant::from_micros(credence::detail::latest_micros - 1);
  CHECK(weight_at({credence::time_span::from_micros(credence::detail::latest_micros), last}, first) ==
        doctest::Approx(.25));
  CHECK(weight_at({credence::time_span::from_micros(1), last}, first) == 0);
}

TEST_CASE("recency: where a weight stands") {
  std::vector<timed_review> const rows = timed_reviews(300, true);
  auto const weight = recency(&timed_review::time, {.half_life = days{90}, .observed_until = second(1'680'000'000)});
  credence::mean_result const found = credence::mean(rows, &timed_review::stars, weight);
  credence::decayed_mean_result const same =
      credence::decayed_mean(rows, &timed_review::time, &timed_review::stars,
                             {.half_life = days{90}, .observed_until = second(1'680'000'000)});
  CHECK(found.value == doctest::Approx(same.value).epsilon(1e-12));
  CHECK(found.standard_error == doctest::Approx(same.standard_error).epsilon(1e-12));
  CHECK(found.rejections.bad_weight > 0);
  CHECK(found.rejected == same.rejected);
}

TEST_CASE("recency: wrong options") {
  CHECK(error_of([] {
          static_cast<void>(recency(&timed_review::time, {days{0}, second(0)}));
        }) == "credence: recency_options::half_life is 0; it must be longer than 0 seconds");
  CHECK(error_of([] {
          static_cast<void>(recency(&timed_review::time, {.half_life = days{3}}));
        }).find("recency_options::observed_until") != std::string::npos);
}

}  // namespace test_recency
