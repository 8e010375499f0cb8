// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/real.hpp>
#include <credence/inference/mean.hpp>
#include <credence/reviews/bayesian_average.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "reviews/counted_ratings.hpp"
#include "support/error_of.hpp"
#include "support/shared_data.hpp"

namespace test_bayesian_average {

using counted_ratings::close;
using credence::bayesian_average;
using credence::bayesian_average_accumulator;
using credence::bayesian_average_options;
using credence::bayesian_average_result;
using credence::is_nan;

namespace {

struct review {
  std::optional<double> stars;
  double weight;
};

/// Of the films with a rating: title, rating and votes.
struct film {
  std::string title;
  double rating;
  double votes;
};
std::vector<film> films_of(std::string const& path) {
  std::ifstream file(path);
  std::vector<film> films;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (char const letter : line) {
      if (letter == '"') {
        quoted = !quoted;
      } else if (letter == ',' && !quoted) {
        fields.emplace_back();
      } else {
        fields.back() += letter;
      }
    }
    if (fields.size() > 3 && !fields[2].empty() && !fields[3].empty())
      films.push_back({fields[0], std::strtod(fields[2].c_str(), nullptr), std::strtod(fields[3].c_str(), nullptr)});
  }
  return films;
}

}  // namespace

// IMDb's formula, WR = v/(v + m)·R + m/(v + m)·C.
TEST_CASE("bayesian_average: published values") {
  bayesian_average_accumulator nines;
  for (int done = 0; done < 30; ++done) nines(9);
  CHECK(close(nines.result({.prior_mean = 7, .prior_weight = 25}).value, 8.090909090909092));
  bayesian_average_accumulator::state_type state;
  bayesian_average_accumulator::push_times({}, state, 8, 500);
  bayesian_average_accumulator::push_times({}, state, 9, 500);
  bayesian_average_accumulator const thousand({.prior_mean = 6.9, .prior_weight = 25'000}, state);
  CHECK(close(thousand.result().value, 6.961538461538462));
  CHECK(thousand.result().mean == 8.5);
  CHECK(thousand.result().weight == 1000);
  CHECK(thousand.result().prior_mean == 6.9);
  CHECK(thousand.result().prior_weight == 25'000);
}

TEST_CASE("bayesian_average: a catalogue of films, their votes as weights") {
  auto const path = shared_data("reviews/vega_movies.csv");
  if (!path) return;
  std::vector<film> const films = films_of(path->string());
  REQUIRE(films.size() == 2988);
  auto const prior = credence::mean(films, &film::rating);
  CHECK(close(prior.value, 6.2834672021419, 1e-13));
  CHECK(close(credence::mean(films, &film::rating, &film::votes).value, 7.162593488896));
  std::size_t found = 0;
  for (film const& each : films) {
    double const expected = each.title == "The Shawshank Redemption" ? 9.0661013221
                            : each.title == "The Godfather"          ? 9.0328013613
                            : each.title == "Inception"              ? 8.7698039365
                                                                     : 0;
    if (expected == 0) continue;
    ++found;
    auto const rated = bayesian_average(std::vector<film>{each}, &film::rating, &film::votes,
                                        {.prior_mean = prior.value, .prior_weight = 25'000});
    CHECK(close(rated.value, expected, 1e-11));
    CHECK(rated.weight == each.votes);
    CHECK(is_nan(rated.interval.lower));  // one row tells no spread, however many votes it stands for
  }
  CHECK(found == 3);
}

// tests/reference/bayesian_average.py, which integrates prior times likelihood numerically.
TEST_CASE("bayesian_average: the interval is that of the posterior") {
  std::vector<review> const plain{{5, 1}, {4, 1}, {4, 1}, {2, 1}, {5, 1}, {3, 1}};
  auto const drawn = bayesian_average(plain, &review::stars, {.prior_mean = 3.5, .prior_weight = 5});
  CHECK(close(drawn.value, 40.5 / 11, 1e-14));
  CHECK(close(drawn.interval.lower, 2.8772092627573675, 1e-10));
  CHECK(close(drawn.interval.upper, 4.486427100878995, 1e-10));
  auto const flat = bayesian_average(plain, &review::stars, {.prior_mean = 3.5, .prior_weight = 0, .confidence = .9});
  CHECK(close(flat.value, 23. / 6, 1e-14));
  CHECK(close(flat.interval.lower, 2.871629931892389, 1e-10));
  CHECK(close(flat.interval.upper, 4.795036734774277, 1e-10));
  std::vector<review> const weighted{{5, .5}, {1, 2}, {4, 1.25}, {3, .75}};
  auto const evidence = bayesian_average(weighted, &review::stars, &review::weight,
                                         {.prior_mean = 4, .prior_weight = .5, .confidence = .8});
  CHECK(close(evidence.value, 13.75 / 5, 1e-14));
  CHECK(close(evidence.interval.lower, 1.6799063089497, 1e-10));
  CHECK(close(evidence.interval.upper, 3.8200936910502996, 1e-10));
  CHECK(evidence.weight == 4.5);
  CHECK(evidence.count == 4);
}

TEST_CASE("bayesian_average: a prior of no weight leaves the mean and its t interval") {
  std::vector<review> const reviews{{5, 1}, {4, 1}, {1, 1}, {2, 1}, {2, 1}};
  auto const found = bayesian_average(reviews, &review::stars, {.prior_mean = 3, .prior_weight = 0});
  auto const mean = credence::mean(reviews, &review::stars);
  CHECK(close(found.value, mean.value));
  CHECK(close(found.standard_error, mean.standard_error));
  CHECK(close(found.interval.lower, mean.interval.lower));
  CHECK(close(found.interval.upper, mean.interval.upper));
}

TEST_CASE("bayesian_average: a known deviation") {
  std::vector<review> const one{{5, 2}};
  auto const found =
      bayesian_average(one, &review::stars, &review::weight, {.prior_mean = 3, .prior_weight = 7, .deviation = 1.5});
  CHECK(close(found.value, 31. / 9));
  CHECK(close(found.standard_error, .5));
  CHECK(close(found.interval.lower, 31. / 9 - 1.959963984540054 / 2));
  CHECK(close(found.interval.upper, 31. / 9 + 1.959963984540054 / 2));
}

TEST_CASE("bayesian_average: what says nothing") {
  bayesian_average_accumulator const nothing;
  auto const prior = nothing.result({.prior_mean = 3.25, .prior_weight = 4});
  CHECK_FALSE(prior);
  CHECK(prior.value == 3.25);
  CHECK(prior.count == 0);
  CHECK(is_nan(prior.mean));
  CHECK(is_nan(prior.interval.lower));
  CHECK(close(nothing.result({.prior_mean = 3, .prior_weight = 4, .deviation = 2}).standard_error, 1));
  auto const neither = nothing.result({.prior_mean = 3, .prior_weight = 0, .deviation = 2});
  CHECK(is_nan(neither.value));
  CHECK(is_nan(neither.standard_error));
  CHECK(neither.interval.confidence == .95);
  bayesian_average_options const options{.prior_mean = 4, .prior_weight = 2};
  auto const weightless = bayesian_average(std::vector<review>{{5, 0}}, &review::stars, &review::weight, options);
  CHECK(weightless.count == 1);
  CHECK_FALSE(weightless);
  CHECK(weightless.value == 4);
  CHECK(is_nan(bayesian_average(std::vector<review>{{5, 1}}, &review::stars, options).interval.lower));
  // Two rows that are worth one rating.
  CHECK(is_nan(bayesian_average(std::vector<review>{{5, .5}, {3, .5}}, &review::stars, &review::weight, options)
                   .interval.lower));
  // All alike, and as the prior has it: nothing tells their spread.
  auto const alike = bayesian_average(std::vector<review>(6, {4, 1}), &review::stars, options);
  CHECK(alike.value == 4);
  CHECK(is_nan(alike.standard_error));
  CHECK(is_nan(alike.interval.upper));
  CHECK(is_nan(bayesian_average(std::vector<review>(6, {5, 1}), &review::stars, {.prior_mean = 4, .prior_weight = 0})
                   .interval.upper));
}

TEST_CASE("bayesian_average: what is dirty") {
  double const infinity = std::numeric_limits<double>::infinity();
  std::vector<review> const dirty{
      {5, 1}, {credence::not_a_number(), 1}, {infinity, 1}, {{}, 1}, {0, 1}, {4, 3}, {4, -1}, {1, 0}};
  bayesian_average_options options{.scale_min = 1, .scale_max = 5, .prior_mean = 3, .prior_weight = 1};
  auto const found = bayesian_average(dirty, &review::stars, &review::weight, options);
  CHECK(found.count == 3);
  CHECK(close(found.value, 20. / 5));
  CHECK(found.rejections == credence::rejections{1, 1, 2, 1, 0});
  CHECK(found.rejected == 5);
  options.on_invalid = credence::on_invalid::raise;
  CHECK(error_of([&] { static_cast<void>(bayesian_average(dirty, &review::stars, options)); }).find("sample 1 ") !=
        std::string::npos);
}

TEST_CASE("bayesian_average: a prior that is unset is missed by the answer only") {
  bayesian_average_accumulator acc({.prior_mean = 4});
  acc(5);
  acc += bayesian_average_accumulator{};
  CHECK(error_of([&] { static_cast<void>(acc.result()); }) ==
        "credence: bayesian_average_options::prior_weight is unset; only ranking() can take it from its catalogue, one "
        "item has none: give it");
  CHECK(error_of([&] {
          static_cast<void>(acc.result({.prior_weight = 2}));
        }).find("bayesian_average_options::prior_mean is unset") != std::string::npos);
  CHECK(acc.result({.prior_mean = 4, .prior_weight = 1}).value == 4.5);
}

TEST_CASE("bayesian_average: wrong options are named") {
  auto const complaint = [](bayesian_average_options const& options) {
    return error_of([&] { static_cast<void>(bayesian_average_accumulator(options)); });
  };
  CHECK(complaint({.prior_weight = -1}) ==
        "credence: bayesian_average_options::prior_weight is -1; it must lie within 0 and 1e100");
  CHECK(complaint({.prior_mean = credence::not_a_number()}).find("bayesian_average_options::prior_mean is nan") !=
        std::string::npos);
  CHECK(complaint({.deviation = 0}).find("bayesian_average_options::deviation is 0") != std::string::npos);
  CHECK(complaint({.scale_min = 5, .scale_max = 1}).find("bayesian_average_options::scale_max is 1") !=
        std::string::npos);
  CHECK(complaint({.confidence = 1}).find("bayesian_average_options::confidence is 1") != std::string::npos);
}

TEST_CASE("bayesian_average: counts beyond 32 bits, retracted, merged and stored") {
  bayesian_average_options const options{.scale_max = 5, .prior_mean = 3, .prior_weight = 10};
  std::uint64_t const many = std::uint64_t{1} << 33;
  bayesian_average_accumulator::state_type state;
  for (int stars : {2, 5, 6}) bayesian_average_accumulator::push_times(options, state, stars, many);
  auto const huge = bayesian_average_accumulator(options, state).result();
  CHECK(huge.count == 2 * many);
  CHECK(huge.rejected == many);
  CHECK(close(huge.value, 3.5, 1e-9));
  CHECK(close(huge.standard_error, 1.5 / std::sqrt(2. * static_cast<double>(many)), 1e-9));

  bayesian_average_accumulator acc(options);
  CHECK_THROWS_AS(acc.retract(4), credence::error);
  std::vector<int> const stars{1, 4, 5, 5, 2, 6, 3};
  for (int const each : stars) acc(each);
  bayesian_average_accumulator const before = acc;
  CHECK_THROWS_AS(acc.retract(-1'000'000), credence::error);
  CHECK(acc == before);
  acc(4);
  acc.retract(4);
  CHECK(acc == before);
  for (std::size_t cut = 0; cut <= stars.size(); ++cut) {
    bayesian_average_accumulator first(options);
    bayesian_average_accumulator second(options);
    for (std::size_t at = 0; at < stars.size(); ++at) (at < cut ? first : second)(stars[at]);
    first += second;
    CHECK(first == before);
  }
  CHECK(credence::from_bytes<bayesian_average_accumulator>(credence::to_bytes(acc)) == acc);
  CHECK_THROWS_AS(acc += bayesian_average_accumulator({.scale_max = 10}), credence::error);
}

}  // namespace test_bayesian_average
