// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/math/normal.hpp>
#include <cstdint>

#include "math/tables.hpp"

namespace test_net_score {

// The references were computed with 50 digits: see tests/reference/survey_oracle.py.

using credence::interval;
using credence::net_score_interval;
using credence::observed_net_score;

namespace {

// Three counts, confidence, then lower and upper bound of score, wald and adjusted_wald.
constexpr tables::row<10> one_sample[] = {
#include "inference/net_score_table.inc"
};
// Three counts, confidence, lower, upper.
constexpr tables::row<6> one_sample_t[] = {
#include "inference/net_score_t_table.inc"
};
// Six counts, confidence, then lower, upper, error and p of score, wald and adjusted_wald.
constexpr tables::row<19> two_samples[] = {
#include "inference/net_score_pair_table.inc"
};

observed_net_score observed(double negative, double neutral, double positive) {
  double const total = negative + neutral + positive;
  return {negative / total, neutral / total, positive / total, total};
}

struct worst {
  double error = 0;
  std::size_t row = 0;
  void operator()(double got, double expected, std::size_t at) {
    double const here = credence::is_finite(got) ? std::fabs(got - expected) : HUGE_VAL;
    if (here <= error) return;
    error = here;
    row = at;
  }
};

}  // namespace

TEST_CASE("net score: intervals of one sample, in -1...1") {
  worst score;
  worst closed;
  for (std::size_t at = 0; at < std::size(one_sample); ++at) {
    tables::row<10> const& row = one_sample[at];
    observed_net_score const sample = observed(row[0], row[1], row[2]);
    interval const by_score = interval_of(sample, net_score_interval::score, row[3]);
    interval const by_wald = interval_of(sample, net_score_interval::wald, row[3]);
    interval const by_adjusted = interval_of(sample, net_score_interval::adjusted_wald, row[3]);
    score(by_score.lower, row[4], at);
    score(by_score.upper, row[5], at);
    closed(by_wald.lower, row[6], at);
    closed(by_wald.upper, row[7], at);
    closed(by_adjusted.lower, row[8], at);
    closed(by_adjusted.upper, row[9], at);
    CHECK(by_score.confidence == row[3]);
  }
  for (std::size_t at = 0; at < std::size(one_sample_t); ++at) {
    tables::row<6> const& row = one_sample_t[at];
    interval const by_t = interval_of(observed(row[0], row[1], row[2]), net_score_interval::t, row[3]);
    closed(by_t.lower, row[4], at);
    closed(by_t.upper, row[5], at);
  }
  CAPTURE(score.row);
  CAPTURE(closed.row);
  CHECK(score.error <= 2e-12 * tables::leeway);
  CHECK(closed.error <= 1e-13 * tables::leeway);
}

TEST_CASE("net score: two samples, in -2...2") {
  worst bounds;
  worst p_value;
  worst error;
  worst closed;
  for (std::size_t at = 0; at < std::size(two_samples); ++at) {
    tables::row<19> const& row = two_samples[at];
    observed_net_score const first = observed(row[0], row[1], row[2]);
    observed_net_score const second = observed(row[3], row[4], row[5]);
    credence::comparison const by_score = compare(first, second, net_score_interval::score, row[6]);
    bounds(by_score.interval.lower, row[7], at);
    bounds(by_score.interval.upper, row[8], at);
    error(by_score.standard_error, row[9], at);
    p_value(by_score.p_value, row[10], at);
    std::size_t column = 11;
    for (net_score_interval const method : {net_score_interval::wald, net_score_interval::adjusted_wald}) {
      credence::comparison const found = compare(first, second, method, row[6]);
      closed(found.interval.lower, row[column++], at);
      closed(found.interval.upper, row[column++], at);
      closed(found.standard_error, row[column++], at);
      p_value(found.p_value, row[column++], at);
    }
  }
  CAPTURE(bounds.row);
  CAPTURE(error.row);
  CAPTURE(p_value.row);
  CAPTURE(closed.row);
  CHECK(bounds.error <= 2e-12 * tables::leeway);
  CHECK(error.error <= 1e-13 * tables::leeway);
  // A difference of 1e-6 of two shares has lost six of their digits; the errors of large samples are as small.
  CHECK(p_value.error <= 1e-10 * tables::leeway);
  CHECK(closed.error <= 1e-13 * tables::leeway);
}

// 10⁹ detractors, 3 passives, one promoter: what is left of the variance near the end of the scale is 1e-7 of its
// terms. The bound by bisection with 80 digits.
TEST_CASE("net score: a bound next to the end of the scale, where nearly all answers are alike") {
  double const expected = -.9999998641219423433197580382;
  interval const bounds = interval_of(observed(1e9, 3, 1), net_score_interval::score, 1 - 1e-15);
  CHECK(std::fabs(bounds.upper - expected) <= 1e-12);
  CHECK(std::fabs(interval_of(observed(1, 3, 1e9), net_score_interval::score, 1 - 1e-15).lower + expected) <= 1e-12);
}

// Over all outcomes of 1…40 answers, and lopsided ones of up to 10^12, at six confidences.
TEST_CASE("net score: the score interval takes fewer than 60 evaluations of its equation") {
  int most = 0;
  auto const count = [&most](observed_net_score const& sample, double confidence) {
    if (sample.negative <= 0 || sample.positive <= 0) return;  // closed
    double const critical = credence::math::normal_critical(confidence);
    credence::math::root_result const lower = credence::detail::score_bound(sample, critical, 1);
    credence::math::root_result const upper = credence::detail::score_bound(sample, critical, -1);
    CHECK(lower.converged);
    CHECK(upper.converged);
    most = (std::max)(most, lower.evaluations + upper.evaluations);
  };
  for (double const confidence : {1e-9, .5, .9, .95, .999999, 1 - 1e-15}) {
    for (int total = 1; total <= 40; ++total)
      for (int negative = 0; negative <= total; ++negative)
        for (int neutral = 0; neutral <= total - negative; ++neutral)
          count(observed(negative, neutral, total - negative - neutral), confidence);
    for (double total = 100; total <= 1e12; total *= 10)
      for (double one : {1.0, 3.0, std::sqrt(total), total / 3})
        for (double other : {1.0, 2.0, total / 5}) {
          count(observed(one, other, total - one - other), confidence);
          count(observed(one, total - one - other, other), confidence);
          count(observed(total - one - other, one, other), confidence);
        }
  }
  CAPTURE(most);
  CHECK(most > 4);
  CHECK(most < 60);
  MESSAGE("at most " << most << " evaluations");
}

TEST_CASE("net score: no samples, few samples, wrong calls") {
  for (net_score_interval const method : {net_score_interval::score, net_score_interval::wald, net_score_interval::t,
                                          net_score_interval::adjusted_wald}) {
    CHECK(credence::is_nan(interval_of({1, 0, 0, 0}, method, .95).lower));
    CHECK_THROWS_AS(static_cast<void>(interval_of({1, 0, 0, 5}, method, 0)), credence::error);
    CHECK_THROWS_AS(static_cast<void>(interval_of({1, 0, 0, 5}, method, 1)), credence::error);
    CHECK_THROWS_AS(static_cast<void>(interval_of({1, 0, 0, 5}, method, credence::not_a_number())), credence::error);
    CHECK_FALSE(name_of(method).empty());
  }
  CHECK(credence::is_nan(interval_of({.5, .5, 0, 1}, net_score_interval::t, .95).upper));
  CHECK(name_of(static_cast<net_score_interval>(99)).empty());
  CHECK_FALSE(compare({1, 0, 0, 0}, {1, 0, 0, 5}, net_score_interval::score, .95));
  CHECK_THROWS_AS(static_cast<void>(compare({1, 0, 0, 2}, {1, 0, 0, 5}, net_score_interval::t, .95)), credence::error);
  // samples less than one, as weights far apart leave them
  interval const part = interval_of({.5, .25, .25, .3}, net_score_interval::score, .95);
  CHECK(part.lower >= -1);
  CHECK(part.lower < -.25);
  CHECK(part.upper > -.25);
  CHECK(part.upper <= 1);
}

// A sample of one class has no error of its own: how far its score could lie elsewhere is what the likeliest common
// score of both says. z by a search of the likelihood in plain doubles, nested by thirds.
TEST_CASE("net score: one sample, or both, of a single class") {
  auto const score = [](observed_net_score const& one, observed_net_score const& two) {
    auto const compared = compare(one, two, net_score_interval::score, .95);
    CHECK(compared.interval.lower <= compared.difference);
    CHECK(compared.difference <= compared.interval.upper);
    CHECK((compared.p_value < .05) == !(compared.interval.lower <= 0 && 0 <= compared.interval.upper));
    return compared;
  };
  auto const promoters = score(observed(0, 0, 5), observed(20, 30, 50));
  CHECK(promoters.z == doctest::Approx(1.6267074593489883).epsilon(1e-7));
  CHECK(promoters.p_value == doctest::Approx(.10379924374720075).epsilon(1e-7));
  CHECK(score(observed(0, 11, 0), observed(20, 30, 50)).z == doctest::Approx(-2.0437377407743496).epsilon(1e-7));
  CHECK(score(observed(0, 0, 5), observed(10, 20, 30)).z == doctest::Approx(1.5619710888709972).epsilon(1e-7));
  CHECK(score(observed(20, 30, 50), observed(0, 0, 5)).z == doctest::Approx(-promoters.z).epsilon(1e-12));
  CHECK(score(observed(5, 0, 0), observed(50, 30, 20)).z == doctest::Approx(-promoters.z).epsilon(1e-12));
  auto const alike = score(observed(0, 0, 5), observed(0, 0, 50));
  CHECK(alike.difference == 0);
  CHECK(alike.z == 0);
  CHECK(alike.p_value == 1);
  CHECK(alike.interval.lower < 0);
  CHECK(alike.interval.upper > 0);
  CHECK(score(observed(0, 7, 0), observed(0, 7, 0)).z == 0);
  CHECK(score(observed(0, 0, 5), observed(5, 0, 0)).difference == 2);
}

TEST_CASE("net score: the shares under the hypothesis keep it and are likelier than their neighbours") {
  observed_net_score const sample = observed(30, 20, 50);
  for (double candidate = -.95; candidate < 1; candidate += .1) {
    double const negative = (credence::detail::constrained_variance(sample, candidate) - candidate * (1 - candidate)) /
                            2;
    auto const likelihood = [&](double share) {
      return 30 * std::log(share) + 20 * std::log(1 - 2 * share - candidate) + 50 * std::log(share + candidate);
    };
    CHECK(likelihood(negative) > likelihood(negative * 1.001));
    CHECK(likelihood(negative) > likelihood(negative * .999));
  }
}

}  // namespace test_net_score
