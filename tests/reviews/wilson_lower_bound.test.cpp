// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/real.hpp>
#include <credence/reviews/wilson_lower_bound.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "reviews/counted_ratings.hpp"
#include "support/error_of.hpp"

namespace test_wilson_lower_bound {

using counted_ratings::close;
using credence::is_nan;
using credence::wilson_lower_bound;
using credence::wilson_lower_bound_accumulator;
using credence::wilson_lower_bound_options;
using credence::wilson_lower_bound_result;

namespace {

struct vote {
  std::optional<double> stars;
  double weight;
};

wilson_lower_bound_result of(std::uint64_t satisfied, std::uint64_t count, wilson_lower_bound_options options = {}) {
  wilson_lower_bound_accumulator::state_type state;
  wilson_lower_bound_accumulator::push_times(options, state, 0, count - satisfied);
  wilson_lower_bound_accumulator::push_times(options, state, 1, satisfied);
  return wilson_lower_bound_accumulator(options, state).result();
}

}  // namespace

// statsmodels 0.13.5, proportion_confint(method="wilson"); the last three at z = 1.281551565545.
TEST_CASE("wilson_lower_bound: agrees with statsmodels") {
  struct reference {
    std::uint64_t satisfied, count;
    double lower;
  };
  for (reference const& row : {reference{0, 10, 0},
                               {9, 10, .595849973205},
                               {5, 10, .236593090513},
                               {90, 100, .825634338495},
                               {1, 1, .206549314377},
                               {600, 1000, .569309429514},
                               {5500, 10000, .540231955772},
                               {2, 2, .342380227507},
                               {100, 101, .946032842006}}) {
    CAPTURE(row.count);
    wilson_lower_bound_result const found = of(row.satisfied, row.count);
    CHECK(close(found.value, row.lower));
    CHECK(found.value == found.interval.lower);
    CHECK(found.satisfied == row.satisfied);
    CHECK(found.weight == static_cast<double>(row.count));
  }
  CHECK(close(of(0, 10).interval.upper, .277532799863));
  CHECK(close(of(9, 10).interval.upper, .982123786905));
  for (reference const& row : {reference{40, 60, .585151313959}, {10, 11, .739494988452}, {1, 1, .378447503225}}) {
    CHECK(close(of(row.satisfied, row.count, {.confidence = .8}).value, row.lower, 1e-11));
    wilson_lower_bound_result const one = of(row.satisfied, row.count, {.confidence = .9, .one_sided = true});
    CHECK(close(one.value, row.lower, 1e-11));
    CHECK(one.interval.lower < one.value);
  }
}

TEST_CASE("wilson_lower_bound: a weight is so many votes") {
  std::vector<vote> const votes{{5, 2}, {4, .5}, {3, 1.5}, {1, 0}, {5, 1}};
  auto const found = wilson_lower_bound(votes, &vote::stars, &vote::weight, {.satisfied_from = 4});
  double const n = 5;
  double const p = 3.5 / n;
  double const z = 1.959963984540054;
  // The roots in t of (p − t)² = z²·t(1 − t)/n.
  double const a = 1 + z * z / n;
  double const b = 2 * p + z * z / n;
  CHECK(close(found.value, (b - std::sqrt(b * b - 4 * a * p * p)) / (2 * a)));
  CHECK(close(found.interval.upper, (b + std::sqrt(b * b - 4 * a * p * p)) / (2 * a)));
  CHECK(close(found.satisfied_share, p));
  CHECK(found.count == 5);
  CHECK(found.satisfied == 3);
  CHECK(found.weight == n);
  // Weights of 3 are as three votes each.
  std::vector<vote> thrice(votes);
  for (vote& each : thrice) each.weight = 3;
  CHECK(close(wilson_lower_bound(thrice, &vote::stars, &vote::weight, {.satisfied_from = 4}).value, of(9, 15).value));
}

TEST_CASE("wilson_lower_bound: what says nothing, and what is dirty") {
  auto const none = wilson_lower_bound(std::vector<vote>{}, &vote::stars);
  CHECK_FALSE(none);
  CHECK(is_nan(none.value));
  CHECK(is_nan(none.interval.lower));
  CHECK(none.interval.confidence == .95);
  CHECK(is_nan(none.satisfied_share));
  CHECK(none.weight == 0);
  double const infinity = std::numeric_limits<double>::infinity();
  std::vector<vote> const votes{
      {5, 1},        {credence::not_a_number(), 1}, {infinity, 1}, {{}, 1}, {6, 1}, {-1, 1}, {4, -1},
      {4, infinity}, {4, credence::not_a_number()}, {1, 0}};
  auto const found =
      wilson_lower_bound(votes, &vote::stars, &vote::weight, {.satisfied_from = 4, .scale_min = 1, .scale_max = 5});
  CHECK(found.count == 2);
  CHECK(found.weight == 1);
  CHECK(found.rejections == credence::rejections{1, 1, 3, 3, 0});
  CHECK(found.rejected == 8);
  CHECK(found.value == of(1, 1).value);
  auto const weightless = wilson_lower_bound(std::vector<vote>{{5, 0}}, &vote::stars, &vote::weight);
  CHECK(weightless.count == 1);
  CHECK_FALSE(weightless);
  CHECK(is_nan(weightless.value));
  CHECK(error_of([&] {
          static_cast<void>(wilson_lower_bound(votes, &vote::stars,
                                               {.satisfied_from = 4, .on_invalid = credence::on_invalid::raise}));
        }).find("sample 1 ") != std::string::npos);
}

TEST_CASE("wilson_lower_bound: wrong options are named") {
  CHECK(error_of([] { wilson_lower_bound_accumulator({.confidence = 1}); }) ==
        "credence: wilson_lower_bound_options::confidence is 1; it must lie strictly between 0 and 1");
  CHECK(error_of([] { wilson_lower_bound_accumulator({.satisfied_from = 4, .scale_max = 3}); }) ==
        "credence: wilson_lower_bound_options::scale_max is 3; it must not be less than "
        "wilson_lower_bound_options::satisfied_from, which is 4");
}

TEST_CASE("wilson_lower_bound: counts beyond 32 bits, retracted and merged") {
  std::uint64_t const many = std::uint64_t{3} << 31;
  wilson_lower_bound_result const found = of(many, 2 * many);
  CHECK(found.count == 2 * many);
  CHECK(close(found.value, .5 - 1.959963984540054 * .5 / std::sqrt(2. * static_cast<double>(many)), 1e-10));
  wilson_lower_bound_accumulator acc;
  acc(1);
  acc(1, .5);
  CHECK_THROWS_AS(acc.retract(0), credence::error);
  acc.retract(1);
  CHECK_THROWS_AS(acc.retract(1), credence::error);  // what is left came with a weight
  CHECK(acc.result().weight == .5);
  wilson_lower_bound_accumulator both = acc;
  both += acc;
  CHECK(both.result({.one_sided = true}).count == 2);
  CHECK(credence::from_bytes<wilson_lower_bound_accumulator>(credence::to_bytes(both)) == both);
}

}  // namespace test_wilson_lower_bound
