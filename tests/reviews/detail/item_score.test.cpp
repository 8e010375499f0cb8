// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/real.hpp>
#include <credence/reviews/bayesian_average.hpp>
#include <credence/reviews/detail/item_score.hpp>
#include <credence/reviews/shrunk_rating.hpp>
#include <credence/reviews/star_lower_bound.hpp>
#include <credence/reviews/wilson_lower_bound.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reviews/counted_ratings.hpp"
#include "support/error_of.hpp"

namespace test_item_score {

using counted_ratings::check_scoring;
using credence::detail::counted_values;
using credence::detail::value_sums;
using credence::detail::whole_values;

TEST_CASE("item score: the whole values of a scale") {
  std::vector<std::uint64_t> const counts{1, 2, 3, 4, 5, 6};
  counted_values const item{counts.data(), counts.size()};
  for (double lowest = -2; lowest < 8; lowest += 0.25)
    for (double highest = lowest; highest < 9; highest += 0.25) {
      std::uint64_t count = 0;
      std::uint64_t sum = 0;
      for (std::size_t value = 0; value < counts.size(); ++value) {
        double const real = static_cast<double>(value);
        if (real < lowest || real > highest) continue;
        count += counts[value];
        sum += value * counts[value];
      }
      value_sums const found(item, whole_values(lowest, highest));
      CHECK(found.count == count);
      CHECK(found.sum == sum);
    }
  CHECK(value_sums(item, whole_values(-1e308, 1e308)).count == 21);
  CHECK(value_sums(item, whole_values(1e308, 1e308)).count == 0);
  CHECK(value_sums(item, whole_values(-1e308, -1)).count == 0);
  CHECK(credence::is_nan(value_sums(counted_values{nullptr, 0}, whole_values(0, 5)).mean()));
}

TEST_CASE("item score: the scoring of a catalogue is that of the accumulators") {
  check_scoring<credence::wilson_lower_bound_accumulator>({});
  check_scoring<credence::wilson_lower_bound_accumulator>(
      {.satisfied_from = 3.5, .scale_min = 1, .scale_max = 5, .confidence = .9, .one_sided = true});
  check_scoring<credence::wilson_lower_bound_accumulator>({.satisfied_from = -3, .scale_max = 7.5});
  check_scoring<credence::shrunk_rating_accumulator>({.satisfied_from = 4, .scale_min = 1, .scale_max = 5});
  check_scoring<credence::star_lower_bound_accumulator>({});
  check_scoring<credence::star_lower_bound_accumulator>(
      {.scale_min = -1, .scale_max = 2, .prior = {0, 0, .5, 0}, .confidence = .8, .one_sided = false});
  check_scoring<credence::star_lower_bound_accumulator>({.scale_max = 10, .prior = std::vector<double>(10, 0)});
  check_scoring<credence::bayesian_average_accumulator>({.prior_mean = 3.5, .prior_weight = 25});
  check_scoring<credence::bayesian_average_accumulator>(
      {.scale_min = .5, .scale_max = 9.5, .prior_mean = 4, .prior_weight = 0});
  check_scoring<credence::bayesian_average_accumulator>(
      {.scale_min = 1, .scale_max = 5, .prior_mean = 3.5, .prior_weight = 7, .deviation = 1.1, .confidence = .9});
}

TEST_CASE("item score: a catalogue needs its prior") {
  CHECK(error_of([] {
          credence::bayesian_average_accumulator::scoring({.prior_weight = 3});
        }).find("bayesian_average_options::prior_mean is unset") != std::string::npos);
}

}  // namespace test_item_score
