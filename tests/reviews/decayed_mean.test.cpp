// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/group_by.hpp>
#include <credence/inference/mean.hpp>
#include <credence/reviews/decayed_mean.hpp>
#include <cstdint>
#include <limits>
#include <vector>

#include "reviews/timed_reviews.hpp"
#include "support/error_of.hpp"

namespace test_decayed_mean {

using credence::decayed_mean;
using credence::decayed_mean_accumulator;
using credence::decayed_mean_options;
using credence::decayed_mean_result;
using credence::instant;
using credence::is_nan;
using credence::not_a_number;
using credence::time_span;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

struct expected {
  double value;
  double standard_error;
  double effective_count;
};

/// From the formula, with weights at a common reference time: the latest there is.
expected naive(std::vector<timed_review> const& rows, long double half_life_micros) {
  instant latest = instant::from_micros((std::numeric_limits<std::int64_t>::min)());
  for (timed_review const& row : rows) latest = (std::max)(latest, *row.time);
  long double sum = 0;
  long double squares = 0;
  long double total = 0;
  std::vector<long double> weights;
  for (timed_review const& row : rows) {
    long double const age = static_cast<long double>(latest.micros) - static_cast<long double>(row.time->micros);
    weights.push_back(row.weight * std::exp2(-age / half_life_micros));
    sum += weights.back();
    squares += weights.back() * weights.back();
    total += weights.back() * *row.stars;
  }
  long double const mean = total / sum;
  long double residuals = 0;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    long double const residual = weights[at] * (*rows[at].stars - mean);
    residuals += residual * residual;
  }
  long double const count = static_cast<long double>(rows.size());
  return {static_cast<double>(mean), static_cast<double>(std::sqrt(count / (count - 1) * residuals) / sum),
          static_cast<double>(sum * sum / squares)};
}

decayed_mean_accumulator gathered(std::vector<timed_review> const& rows, decayed_mean_options const& options) {
  decayed_mean_accumulator seen(options);
  for (timed_review const& row : rows) seen(row.time, row.stars, row.weight);
  return seen;
}
decayed_mean_result of(std::vector<timed_review> const& rows, decayed_mean_options const& options = {}) {
  return gathered(rows, options).result();
}

}  // namespace

TEST_CASE("decayed_mean: the formula, of any half-life, order and split") {
  std::vector<timed_review> rows = timed_reviews(500);
  for (double const days : {3.0, 7.5, 180.0, 36'500.0}) {
    time_span const half_life = time_span::from_micros(static_cast<std::int64_t>(days * 86.4e9));
    decayed_mean_options const options{.half_life = half_life};
    expected const direct = naive(rows, static_cast<long double>(half_life.micros));
    auto const agrees = [&](decayed_mean_result const& found) {
      CHECK(found.value == about(direct.value));
      CHECK(found.standard_error == about(direct.standard_error));
      CHECK(found.effective_count == about(direct.effective_count));
      CHECK(found.count == rows.size());
    };
    decayed_mean_result const found =
        decayed_mean(rows, &timed_review::time, &timed_review::stars, &timed_review::weight, {.half_life = half_life});
    agrees(found);
    CHECK(found == of(rows, options));
    for (std::size_t const cut : {std::size_t{0}, std::size_t{1}, std::size_t{250}, std::size_t{499}}) {
      decayed_mean_accumulator first =
          gathered({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(cut)}, options);
      decayed_mean_accumulator const second =
          gathered({rows.begin() + static_cast<std::ptrdiff_t>(cut), rows.end()}, options);
      decayed_mean_accumulator other = second;
      other += first;
      first += second;
      agrees(first.result());
      agrees(other.result());
      CHECK(first.valid());
    }
    std::sort(rows.begin(), rows.end(),
              [](timed_review const& one, timed_review const& two) { return one.time < two.time; });
    agrees(of(rows, options));
    std::reverse(rows.begin(), rows.end());
    agrees(of(rows, options));
  }
}

TEST_CASE("decayed_mean: a half-life that is for ever is the mean, with its error") {
  std::vector<timed_review> const rows = timed_reviews(300);
  decayed_mean_result const found =
      decayed_mean(rows, &timed_review::time, &timed_review::stars, &timed_review::weight,
                   {.half_life = time_span::from_micros(credence::detail::latest_micros)});
  credence::mean_result const plain = credence::mean(rows, &timed_review::stars, &timed_review::weight);
  // 86 million seconds are a 1e-5th of 292,000 years: weights are a little less alike.
  CHECK(found.value == about(plain.value, 1e-4));
  CHECK(found.interval.lower == about(plain.interval.lower, 1e-4));
  CHECK(found.interval.upper == about(plain.interval.upper, 1e-4));
  CHECK(found.effective_count == about(plain.effective_count, 1e-4));
}

TEST_CASE("decayed_mean: a half-life older counts half, whenever it is asked") {
  using std::chrono::days;
  // (5 + 2/2 + 3/4)/(1 + 1/2 + 1/4)
  std::vector<timed_review> const rows{{second(0), 2}, {second(86'400 * 30), 5}, {second(-86'400 * 30), 3}};
  auto const asked = [&](std::optional<instant> const& now) {
    return decayed_mean(rows, &timed_review::time, &timed_review::stars,
                        {.half_life = days{30}, .observed_until = now});
  };
  CHECK(asked({}).value == about(6.75 / 1.75));
  CHECK(asked(second(86'400 * 30)) == asked({}));
  CHECK(asked(second(86'400 * 900)) == asked({}));
  CHECK(asked({}).latest == second(86'400 * 30));
  decayed_mean_result const earlier = asked(second(86'400 * 30 - 1));
  CHECK(earlier.value == about((2 + 1.5) / 1.5));
  CHECK(earlier.rejections.bad_time == 1);
  CHECK(earlier.latest == second(0));
  CHECK(decayed_mean_options{}.half_life == time_span(days{180}));
}

TEST_CASE("decayed_mean: what is too old to weigh anything is counted all the same") {
  time_span const micro = time_span::from_micros(1);
  instant const first = instant::from_micros(credence::detail::earliest_micros + 1);
  instant const last = instant::from_micros(credence::detail::latest_micros - 1);
  for (time_span const half_life : {micro, time_span::from_micros(3), time_span::from_micros(1'000'000'007)}) {
    decayed_mean_options const options{.half_life = half_life};
    for (bool const backwards : {false, true}) {
      std::vector<timed_review> rows{{first, 1}, {first, 5}, {second(0), 2}, {last, 4}, {last, 3}};
      if (backwards) std::reverse(rows.begin(), rows.end());
      decayed_mean_result const found = of(rows, options);
      CHECK(found.value == 3.5);
      CHECK(found.count == 5);
      CHECK(found.effective_count == 2);
      CHECK(found.standard_error == about(std::sqrt(5.0 / 4 * .5) / 2));
      CHECK(gathered(rows, options).valid());
    }
  }
  // One half-life apart where time is at its ends, and where microseconds are all there is.
  CHECK(of({{first, 1}, {instant::from_micros(first.micros + 1), 4}}, {.half_life = micro}).value == 3);
  CHECK(of({{last, 4}, {instant::from_micros(last.micros - 1), 1}}, {.half_life = micro}).value == 3);
  time_span const longest = time_span::from_micros(credence::detail::latest_micros);
  CHECK(of({{first, 1}, {last, 4}}, {.half_life = longest}).value == about((1.0 / 4 + 4) / 1.25, 1e-12));
  CHECK(of({{second(0), 1}, {last, 4}}, {.half_life = longest}).value == about(3));
}

TEST_CASE("decayed_mean: where the spread is not told, neither is the error") {
  auto const silent = [](decayed_mean_result const& found) {
    return is_nan(found.standard_error) && is_nan(found.interval.lower) && is_nan(found.interval.upper);
  };
  CHECK_FALSE(of({}));
  CHECK(is_nan(of({}).value));
  CHECK_FALSE(of({}).latest);
  CHECK(of({}).interval.confidence == .95);
  decayed_mean_result const one = of({{second(5), 4}});
  CHECK(one);
  CHECK(one.value == 4);
  CHECK(one.effective_count == 1);
  CHECK(silent(one));
  CHECK(silent(of({{second(0), 4.1}, {second(0), 4.1}, {second(9), 4.1}})));
  CHECK(silent(of({{second(0), 4}, {second(86'400 * 30), 1}})));  // less than two reviews' worth
  CHECK_FALSE(silent(of({{second(0), 4, .3}, {second(0), 1, .3}})));
  CHECK(of({{second(0), 1}, {second(0), 3}}).interval.upper == about(2 + 12.7062047361747));
  // A weight of 0 is a weight, and moves nothing.
  decayed_mean_result const none = of({{second(0), 4, 0}});
  CHECK_FALSE(none);
  CHECK(none.count == 1);
  CHECK(is_nan(none.value));
  CHECK(of({{second(0), 4}, {second(1LL << 40), 1, 0}}).latest == second(0));
}

TEST_CASE("decayed_mean: what is no review is left out, by reason, or raised with its position") {
  std::vector<timed_review> rows{{second(3), 4}};
  rows.push_back({std::nullopt, 4});
  rows.push_back({instant::from_micros(credence::detail::earliest_micros), 4});
  rows.push_back({instant::from_micros(credence::detail::latest_micros), 4});
  rows.push_back({second(101), 4});
  rows.push_back({second(3), std::nullopt});
  rows.push_back({second(3), not_a_number()});
  rows.push_back({second(3), credence::infinite_number()});
  rows.push_back({second(3), 5.5});
  for (double const weight : {-1.0, not_a_number(), credence::infinite_number()})
    rows.push_back({second(3), 4, weight});
  rows.push_back({std::nullopt, not_a_number(), -1});
  decayed_mean_options options{.scale_max = 5, .observed_until = second(100)};
  credence::rejections const why{.missing = 3, .not_a_number = 1, .off_scale = 2, .bad_weight = 3, .bad_time = 3};
  decayed_mean_result const found = of(rows, options);
  CHECK(found.count == 1);
  CHECK(found.rejections == why);
  CHECK(found.rejected == 12);
  decayed_mean_accumulator const seen = gathered(rows, options);
  CHECK(seen.valid());
  CHECK(credence::from_bytes<decayed_mean_accumulator>(credence::to_bytes(seen)) == seen);

  auto const raised = [&](timed_review const& bad) {
    std::vector<timed_review> some(70'000, {second(3), 4});
    some.push_back(bad);
    return error_of([&] {
      static_cast<void>(decayed_mean(some, &timed_review::time, &timed_review::stars, &timed_review::weight,
                                     {.observed_until = second(100), .on_invalid = credence::on_invalid::raise}));
    });
  };
  CHECK(raised({second(101), 4}) == "credence: sample 70000 has a time that cannot be");
  CHECK(raised({std::nullopt, 4}) == "credence: sample 70000 is missing");
  CHECK(raised({second(3), not_a_number()}) == "credence: sample 70000 is not a number");
  CHECK(raised({second(3), 4, -1}).starts_with("credence: sample 70000 has a weight"));
  options.on_invalid = credence::on_invalid::raise;
  decayed_mean_accumulator strict(options);
  strict(second(1), 3);
  decayed_mean_accumulator const before = strict;
  CHECK(error_of([&] { strict(second(1), 6); }) == "credence: sample 1 is 6, which is off the scale");
  CHECK(strict == before);
}

TEST_CASE("decayed_mean: wrong options, and states of two half-lives") {
  CHECK(error_of([] { decayed_mean_accumulator(decayed_mean_options{.half_life = std::chrono::hours{0}}); }) ==
        "credence: decayed_mean_options::half_life is 0; it must be longer than 0 seconds");
  CHECK(error_of([] { decayed_mean_accumulator(decayed_mean_options{.half_life = std::chrono::seconds{-2}}); }) ==
        "credence: decayed_mean_options::half_life is -2; it must be longer than 0 seconds");
  CHECK(error_of([] {
          decayed_mean_accumulator(decayed_mean_options{.scale_min = 3, .scale_max = 1});
        }).find("decayed_mean_options::scale_max") != std::string::npos);
  CHECK(error_of([] {
          decayed_mean_accumulator(decayed_mean_options{.confidence = 1});
        }).find("decayed_mean_options::confidence") != std::string::npos);
  decayed_mean_accumulator one = gathered({{second(0), 4}}, {});
  decayed_mean_accumulator const other = gathered({{second(86'400), 4}}, {.half_life = std::chrono::days{90}});
  CHECK(error_of([&] { one += other; }).find("cannot be merged") != std::string::npos);
  CHECK_FALSE(decayed_mean_accumulator({.half_life = std::chrono::hours{5}}, other.state()).valid());
  CHECK(one.result({.confidence = .5}).interval.confidence == .5);
}

TEST_CASE("decayed_mean: of groups") {
  std::vector<timed_review> const rows = timed_reviews(400, true);
  decayed_mean_options const options{.half_life = std::chrono::days{30}, .observed_until = second(1'690'000'000)};
  auto const groups = credence::group_by(rows, &timed_review::product, decayed_mean_accumulator(options),
                                         &timed_review::time, &timed_review::stars, &timed_review::weight);
  decayed_mean_accumulator together(options);
  for (auto const& [product, own] : groups) {
    std::vector<timed_review> of_product;
    for (timed_review const& row : rows)
      if (row.product == product) of_product.push_back(row);
    CHECK(own == gathered(of_product, options));
    together += own;
  }
  CHECK(together.result().value == about(of(rows, options).value));
  CHECK(together.result().rejections == of(rows, options).rejections);
}

TEST_CASE("decayed mean: observed until a time that cannot be told is a wrong call") {
  for (std::int64_t const unknown :
       {(std::numeric_limits<std::int64_t>::min)(), (std::numeric_limits<std::int64_t>::max)()})
    CHECK(error_of([&] {
            credence::decayed_mean_accumulator({.observed_until = credence::instant::from_micros(unknown)});
          }).find("decayed_mean_options::observed_until") != std::string::npos);
}

}  // namespace test_decayed_mean
