// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/real.hpp>
#include <credence/reviews/star_summary.hpp>
#include <credence/survey/likert.hpp>
#include <credence/survey/share.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "reviews/counted_ratings.hpp"
#include "support/error_of.hpp"

namespace test_star_summary {

using counted_ratings::close;
using counted_ratings::same;
using credence::is_nan;
using credence::star_summary;
using credence::star_summary_accumulator;
using credence::star_summary_result;

namespace {

struct review {
  std::optional<double> stars;
  double weight;
};

/// Ratings on the scale and around it, heavily tied, of weights 0 … 2.
std::vector<review> reviews_of(std::size_t count, std::uint64_t word) {
  std::vector<review> reviews;
  for (std::size_t at = 0; at < count; ++at) {
    word = word * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
    reviews.push_back({static_cast<double>((word >> 33) % 7), static_cast<double>((word >> 40) % 9) / 4});
  }
  return reviews;
}

}  // namespace

TEST_CASE("star_summary: what is asked of the ratings of one item") {
  star_summary_result const found =
      star_summary(std::vector<review>{{5, 1}, {4, 1}, {4, 1}, {2, 1}, {1, 1}, {3, 1}, {5, 1}, {5, 1}}, &review::stars,
                   {.scale_max = 5});
  REQUIRE(found);
  CHECK(found.value == 29. / 8);
  CHECK(found.counts == std::vector<std::uint64_t>{1, 1, 1, 2, 3});
  CHECK(found.shares == std::vector<double>{.125, .125, .125, .25, .375});
  CHECK(found.median == 4);
  CHECK(close(found.variance, (121 - 29. * 29 / 8) / 7));
  CHECK(close(found.standard_error, std::sqrt((121 - 29. * 29 / 8) / 56)));
  // t of 7 degrees of freedom at .975, R 4.2.
  CHECK(close(found.interval.upper, 29. / 8 + 2.364624251592785 * found.standard_error));
  CHECK(found.satisfied == 5);
  CHECK(found.satisfied_share == .625);
  CHECK(found.count == 8);
  CHECK_FALSE(found.weighted);
  CHECK(found.effective_count == 8);
}

TEST_CASE("star_summary: against sorting and sums, without weights") {
  for (std::size_t count = 0; count < 60; ++count) {
    std::vector<review> const reviews = reviews_of(count, count);
    std::vector<double> sorted;
    double sum = 0;
    for (review const& each : reviews)
      if (*each.stars >= 1 && *each.stars <= 5) {
        sorted.push_back(*each.stars);
        sum += *each.stars;
      }
    std::sort(sorted.begin(), sorted.end());
    auto const found = star_summary(reviews, &review::stars);
    CHECK(found.count == sorted.size());
    CHECK(found.rejections.off_scale == count - sorted.size());
    CHECK(static_cast<bool>(found) == !sorted.empty());
    if (sorted.empty()) continue;
    double const n = static_cast<double>(sorted.size());
    double squares = 0;
    for (double const each : sorted) squares += (each - sum / n) * (each - sum / n);
    CHECK(close(found.value, sum / n));
    CHECK(found.median == (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]) / 2);
    if (sorted.size() > 1) CHECK(close(found.variance, squares / (n - 1)));
    CHECK(found.satisfied == static_cast<std::uint64_t>(
                                 std::count_if(sorted.begin(), sorted.end(), [](double each) { return each > 3; })));
  }
}

TEST_CASE("star_summary: with weights, as the metrics of a survey have them") {
  std::vector<review> const reviews = reviews_of(120, 3);
  auto const found = star_summary(reviews, &review::stars, &review::weight, {.satisfied_from = 3, .confidence = .9});
  auto const mean = credence::likert(reviews, &review::stars, &review::weight, {.confidence = .9});
  auto const share = credence::share(reviews, &review::stars, &review::weight,
                                     {.satisfied_from = 3, .scale_min = 1, .scale_max = 5, .confidence = .9});
  CHECK(found.weighted);
  CHECK(same(found.value, mean.value));
  CHECK(same(found.interval.lower, mean.interval.lower));
  CHECK(same(found.standard_error, mean.standard_error));
  CHECK(same(found.median, mean.median));
  CHECK(close(found.variance, mean.standard_deviation * mean.standard_deviation));
  CHECK(same(found.effective_count, mean.effective_count));
  CHECK(found.satisfied == share.satisfied);
  CHECK(close(found.satisfied_share, share.value));
  CHECK(close(found.satisfied_interval.lower, share.interval.lower));
  CHECK(close(found.satisfied_interval.upper, share.interval.upper));
  CHECK(found.rejections == mean.rejections);
}

TEST_CASE("star_summary: what says nothing, and what is dirty") {
  auto const none = star_summary(std::vector<review>{}, &review::stars);
  CHECK_FALSE(none);
  CHECK(is_nan(none.value));
  CHECK(is_nan(none.median));
  CHECK(is_nan(none.satisfied_share));
  CHECK(none.counts.empty());
  CHECK(none.shares.empty());
  CHECK(none.interval.confidence == .95);
  auto const one = star_summary(std::vector<review>{{4, 1}}, &review::stars);
  CHECK(one.value == 4);
  CHECK(is_nan(one.variance));
  CHECK(is_nan(one.standard_error));
  CHECK(is_nan(one.interval.lower));
  CHECK(close(one.satisfied_interval.lower, .206549314377));
  // A few that are alike do not tell their spread.
  auto const alike = star_summary(std::vector<review>(5, {4, 1}), &review::stars);
  CHECK(alike.variance == 0);
  CHECK(is_nan(alike.interval.lower));
  CHECK(is_nan(alike.interval.upper));
  auto const weightless = star_summary(std::vector<review>(3, {4, 0}), &review::stars, &review::weight);
  CHECK(weightless.count == 3);
  CHECK(weightless.satisfied == 3);
  CHECK_FALSE(weightless);
  CHECK(is_nan(weightless.value));
  double const infinity = std::numeric_limits<double>::infinity();
  std::vector<review> const dirty{
      {5, 1}, {credence::not_a_number(), 1}, {-infinity, 1}, {{}, 1}, {2.5, 1}, {6, 1}, {4, -1}, {2, 0}};
  auto const found = star_summary(dirty, &review::stars, &review::weight);
  CHECK(found.count == 2);
  CHECK(found.value == 5);
  CHECK(found.rejections == credence::rejections{1, 1, 3, 1, 0});
  CHECK(found.rejected == 6);
  CHECK(error_of([&] {
          static_cast<void>(star_summary(dirty, &review::stars, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 1 ") != std::string::npos);
}

TEST_CASE("star_summary: wrong options are named") {
  CHECK(error_of([] { star_summary_accumulator({.scale_max = 3}); }) ==
        "credence: star_summary_options::satisfied_from is 4; it must lie from star_summary_options::scale_min, which "
        "is 1, to star_summary_options::scale_max, which is 3");
  CHECK(error_of([] { star_summary_accumulator({.scale_min = 5}); }) ==
        "credence: star_summary_options::scale_max is 5; it must be greater than star_summary_options::scale_min, "
        "which is 5");
  CHECK(error_of([] { star_summary_accumulator({.confidence = 2}); }).find("star_summary_options::confidence is 2") !=
        std::string::npos);
}

TEST_CASE("star_summary: counts beyond 32 bits, retracted, merged and stored") {
  std::uint64_t const many = std::uint64_t{1} << 33;
  star_summary_accumulator::state_type state;
  for (int stars : {2, 4}) star_summary_accumulator::push_times({}, state, stars, many);
  auto const huge = star_summary_accumulator({}, state).result();
  CHECK(huge.count == 2 * many);
  CHECK(huge.value == 3);
  CHECK(huge.median == 3);
  CHECK(close(huge.standard_error, 1 / std::sqrt(2. * static_cast<double>(many))));

  star_summary_accumulator acc;
  CHECK_THROWS_AS(acc.retract(3), credence::error);
  CHECK(acc == star_summary_accumulator{});
  for (int stars = 0; stars < 7; ++stars) acc(stars);
  star_summary_accumulator const before = acc;
  acc(5);
  acc.retract(5);
  acc.retract(6);
  acc.retract(0);
  CHECK_THROWS_AS(acc.retract(9), credence::error);  // nothing off the scale is held any more
  acc(-1);
  acc(7);
  CHECK(acc == before);
  acc += before;
  CHECK(acc.result().counts == std::vector<std::uint64_t>(5, 2));
  CHECK(acc.result({.satisfied_from = 5}).satisfied == 2);
  CHECK(credence::from_bytes<star_summary_accumulator>(credence::to_bytes(acc)) == acc);
  CHECK_THROWS_AS(acc += star_summary_accumulator({.scale_max = 10}), credence::error);
}

}  // namespace test_star_summary
