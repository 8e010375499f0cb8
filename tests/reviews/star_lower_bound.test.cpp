// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/real.hpp>
#include <credence/math/normal.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "reviews/counted_ratings.hpp"
#include "support/error_of.hpp"

namespace test_star_lower_bound {

using counted_ratings::close;
using credence::is_nan;
using credence::star_lower_bound;
using credence::star_lower_bound_accumulator;
using credence::star_lower_bound_options;
using credence::star_lower_bound_result;

namespace {

struct review {
  std::optional<double> stars;
  double weight;
};

star_lower_bound_result of(std::vector<std::uint64_t> const& counts, double critical) {
  return counted_ratings::accumulated<star_lower_bound_accumulator>(
             counts, {.confidence = credence::math::normal_cdf(critical)}, 1)
      .result();
}

// Mean and deviation of Σ s_k·p_k from the means and covariances of a Dirichlet distribution.
struct moments {
  double mean = 0;
  double deviation = 0;
};
moments dirichlet(std::vector<double> const& points, std::vector<double> const& evidence) {
  double total = 0;
  for (double const each : evidence) total += each;
  moments found;
  double variance = 0;
  for (std::size_t row = 0; row < points.size(); ++row) {
    found.mean += points[row] * evidence[row] / total;
    for (std::size_t column = 0; column < points.size(); ++column) {
      double const own = row == column ? evidence[row] / total : 0;
      variance += points[row] * points[column] * (own - evidence[row] / total * evidence[column] / total) / (total + 1);
    }
  }
  found.deviation = std::sqrt(variance);
  return found;
}

}  // namespace

// Miller's formula with its own code (the answer of Stack Overflow 40958727), run for this project.
TEST_CASE("star_lower_bound: agrees with the published code") {
  struct reference {
    std::vector<std::uint64_t> counts;
    double mean, at_165, at_196;
  };
  double const unknown = credence::not_a_number();
  for (reference const& row : {reference{{25, 20, 75, 80, 60}, 3.490566037735849, 3.3684307456209077, 3.3454867808955},
                               {{0, 0, 0, 0, 10}, 13. / 3, 3.818855442651916, 3.722207189952901},
                               {{0, 0, 0, 0, 5}, 4, 3.2964376360264858, unknown},
                               {{0, 0, 0, 0, 1}, 10. / 3, 2.4036636531319653, unknown},
                               {{0, 0, 0, 0, 0}, 3, 2.0473720558371173, 1.8684142659238},
                               {{1, 0, 0, 0, 1}, 3, 2.064537929302163, unknown},
                               {{0, 0, 0, 0, 1000}, 5015. / 1005, 4.981076679704123, unknown}}) {
    star_lower_bound_result const found = of(row.counts, 1.65);
    CAPTURE(found.count);
    CHECK(close(found.posterior_mean, row.mean));
    CHECK(close(found.value, row.at_165));
    if (!is_nan(row.at_196)) CHECK(close(of(row.counts, 1.959963984540054).value, row.at_196));
    CHECK(static_cast<bool>(found) == (found.count != 0));
  }
}

TEST_CASE("star_lower_bound: any prior, scale and weights, against the covariances of Dirichlet") {
  std::uint64_t word = 7;
  auto const below = [&word](std::uint64_t limit) {
    word = word * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
    return (word >> 33) % limit;
  };
  for (int trial = 0; trial < 50; ++trial) {
    int const lowest = static_cast<int>(below(7)) - 5;
    std::size_t const levels = 2 + below(6);
    star_lower_bound_options options{.scale_min = lowest,
                                     .scale_max = lowest + static_cast<int>(levels) - 1,
                                     .confidence = .9,
                                     .one_sided = trial % 2 == 0};
    std::vector<double> evidence(levels, 1);
    if (trial % 3 != 0) {
      for (double& each : evidence) each = static_cast<double>(below(40)) / 8;
      evidence[0] += .125;
      options.prior = evidence;
    }
    std::vector<double> points;
    for (std::size_t at = 0; at < levels; ++at) points.push_back(lowest + static_cast<double>(at));
    star_lower_bound_accumulator acc(options);
    double weight = 0;
    std::size_t const count = below(30);
    for (std::size_t done = 0; done < count; ++done) {
      std::size_t const at = below(levels);
      double const times = static_cast<double>(below(9)) / 4;
      acc(points[at], times);
      evidence[at] += times;
      weight += times;
    }
    auto const found = acc.result();
    moments const expected = dirichlet(points, evidence);
    CHECK(close(found.posterior_mean, expected.mean));
    if (expected.deviation > 1e-6) {
      CHECK(close(found.standard_error, expected.deviation, 1e-10));
      CHECK(close(found.value,
                  expected.mean - (trial % 2 == 0 ? 1.2815515655446004 : 1.6448536269514722) * expected.deviation,
                  1e-10));
      CHECK(close(found.interval.upper, expected.mean + 1.6448536269514722 * expected.deviation, 1e-10));
    }
    CHECK(found.count == count);
    CHECK(close(found.weight, weight));
  }
}

TEST_CASE("star_lower_bound: the prior alone, and none") {
  auto const none = star_lower_bound(std::vector<review>{}, &review::stars, {.scale_max = 5});
  CHECK_FALSE(none);
  CHECK(none.posterior_mean == 3);
  CHECK(close(none.standard_error, std::sqrt(2. / 6)));
  CHECK(close(none.value, 3 - 1.6448536269514722 * std::sqrt(2. / 6)));
  CHECK(close(none.interval.lower, 3 - 1.959963984540054 * std::sqrt(2. / 6)));
  std::vector<double> const nothing(5, 0);
  auto const empty = star_lower_bound(std::vector<review>{}, &review::stars, {.prior = nothing});
  CHECK(is_nan(empty.posterior_mean));
  CHECK(is_nan(empty.value));
  CHECK(is_nan(empty.interval.lower));
  // A few that are alike do not tell their spread.
  std::vector<review> const alike(3, review{5, 1});
  auto const same = star_lower_bound(alike, &review::stars, {.prior = nothing});
  CHECK(same.posterior_mean == 5);
  CHECK(is_nan(same.standard_error));
  CHECK(is_nan(same.value));
  CHECK(is_nan(same.interval.upper));
  CHECK(same);
  auto const weightless = star_lower_bound(std::vector<review>{{5, 0}}, &review::stars, &review::weight);
  CHECK(weightless.count == 1);
  CHECK_FALSE(weightless);
  CHECK(weightless.value == none.value);
}

TEST_CASE("star_lower_bound: what is dirty") {
  double const infinity = std::numeric_limits<double>::infinity();
  std::vector<review> const reviews{
      {5, 1},       {credence::not_a_number(), 1}, {infinity, 1}, {{}, 1}, {0, 1}, {6, 1}, {3.5, 1}, {4, -1}, {4, 0},
      {4, infinity}};
  auto const found = star_lower_bound(reviews, &review::stars, &review::weight);
  CHECK(found.count == 2);
  CHECK(found.weight == 1);
  CHECK(found.rejections == credence::rejections{1, 1, 4, 2, 0});
  CHECK(found.rejected == 8);
  CHECK(found.value == star_lower_bound(std::vector<review>{{5, 1}}, &review::stars).value);
  CHECK(error_of([&] {
          static_cast<void>(star_lower_bound(reviews, &review::stars, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 1 ") != std::string::npos);
}

TEST_CASE("star_lower_bound: wrong options are named") {
  auto const complaint = [](star_lower_bound_options const& options) {
    return error_of([&] { static_cast<void>(star_lower_bound_accumulator(options)); });
  };
  CHECK(complaint({.prior = {1, 2, 3}}) ==
        "credence: the size of star_lower_bound_options::prior is 3; it must have a number for each of the 5 points of "
        "the scale, or none");
  for (double const wrong : {-1., credence::not_a_number(), std::numeric_limits<double>::infinity()})
    CHECK(complaint({.prior = {1, 1, wrong, 1, 1}}).find("a number of star_lower_bound_options::prior is ") !=
          std::string::npos);
  CHECK(complaint({.scale_max = 1}).find("star_lower_bound_options::scale_max is 1") != std::string::npos);
  CHECK(complaint({.confidence = 0}).find("star_lower_bound_options::confidence is 0") != std::string::npos);
}

TEST_CASE("star_lower_bound: the prior shapes the answer only") {
  star_lower_bound_accumulator one({.prior = {0, 0, 1, 1, 0}});
  star_lower_bound_accumulator other;
  for (int stars = 1; stars <= 5; ++stars) {
    one(stars);
    other(6 - stars);
  }
  one += other;
  CHECK(one.result().posterior_mean == 3 + 1. / 12);
  CHECK(one.result({}).posterior_mean == 3);
  CHECK(credence::from_bytes<star_lower_bound_accumulator>(credence::to_bytes(one)) == one);
  // A prior that does not fit its scale is refused in bytes too.
  star_lower_bound_accumulator const misfit(star_lower_bound_options{.prior = {1, 1}}, other.state());
  CHECK_FALSE(misfit.valid());
  CHECK_THROWS_AS(static_cast<void>(credence::from_bytes<star_lower_bound_accumulator>(credence::to_bytes(misfit))),
                  credence::error);
  CHECK(error_of([&] {
          one += star_lower_bound_accumulator({.scale_max = 2, .prior = {1, 2}});
        }).find("gathered under scale_min 1, scale_max 5 and under scale_min 1, scale_max 2") != std::string::npos);
}

TEST_CASE("star_lower_bound: counts beyond 32 bits, and retraction") {
  std::uint64_t const many = std::uint64_t{1} << 33;
  star_lower_bound_accumulator::state_type state;
  for (int stars : {1, 5}) star_lower_bound_accumulator::push_times({}, state, stars, many);
  auto const found = star_lower_bound_accumulator({}, state).result();
  CHECK(found.count == 2 * many);
  CHECK(close(found.standard_error, 2 / std::sqrt(2. * static_cast<double>(many)), 1e-9));
  star_lower_bound_accumulator acc;
  acc(4);
  acc(2, .5);
  star_lower_bound_accumulator const before = acc;
  CHECK_THROWS_AS(acc.retract(3), credence::error);
  CHECK_THROWS_AS(acc.retract(2), credence::error);
  CHECK(acc == before);
  acc(5);
  acc.retract(5);
  CHECK(acc == before);
}

}  // namespace test_star_lower_bound
