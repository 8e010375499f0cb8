// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/bytes.hpp>
#include <credence/survey/net_sentiment.hpp>
#include <credence/survey/nps.hpp>
#include <limits>
#include <optional>
#include <vector>

#include "survey/asked.hpp"
#include "survey/counted.hpp"

namespace test_net_sentiment {

using credence::net_sentiment;
using credence::net_sentiment_options;
using credence::net_sentiment_result;

TEST_CASE("net_sentiment: positive less negative, by sign") {
  enum class tone : signed char { bad = -1, none = 0, good = 1 };
  using enum tone;
  net_sentiment_result const found = net_sentiment(std::vector<tone>{good, good, none, bad, good});
  CHECK(found.value == about(.4));
  CHECK(found.positive == 3);
  CHECK(found.neutral == 1);
  CHECK(found.negative == 1);
  CHECK(found.positive_share == about(.6));
  double const least = (std::numeric_limits<double>::min)();
  net_sentiment_result const reals = net_sentiment(std::vector<double>{least, -least, 0., -0., 1e308, -1e308});
  CHECK(reals.positive == 2);
  CHECK(reals.neutral == 2);
  CHECK(reals.negative == 2);
  CHECK(net_sentiment(std::vector<unsigned>{0, 1, 4'000'000'000}).positive == 2);
}

TEST_CASE("net_sentiment: VADER's cuts, both ends included") {
  net_sentiment_options const vader{.negative_to = -.05, .positive_from = .05, .scale_min = -1, .scale_max = 1};
  net_sentiment_result const found =
      net_sentiment(std::vector<double>{-.05, -.0499999, 0, .0499999, .05, 1, -1, 1.01}, vader);
  CHECK(found.negative == 2);
  CHECK(found.neutral == 3);
  CHECK(found.positive == 2);
  CHECK(found.rejections.off_scale == 1);
  // Of stars: three is neutral.
  net_sentiment_result const stars = net_sentiment(
      std::vector<int>{1, 2, 3, 4, 5}, {.negative_to = 2, .positive_from = 4, .scale_min = 1, .scale_max = 5});
  CHECK(stars.negative == 2);
  CHECK(stars.neutral == 1);
  CHECK(stars.positive == 2);
}

TEST_CASE("net_sentiment: the interval, error and comparison are those of NPS") {
  std::vector<int> one;
  std::vector<int> two;
  for (int at = 0; at < 60; ++at) (at % 3 == 0 ? two : one).push_back(at * at % 7 - 2);
  credence::nps_options const as_nps{.passive_from = 0, .promoter_from = 1, .scale_min = -9, .scale_max = 9};
  auto const method = credence::net_score_interval::adjusted_wald;
  for (auto const& rows : {one, two}) {
    net_sentiment_result const found = net_sentiment(rows);
    credence::nps_result const nps = credence::nps(rows, as_nps);
    CHECK(found.value == about(nps.value / 100));
    CHECK(found.interval.lower == about(nps.interval.lower / 100));
    CHECK(found.interval.upper == about(nps.interval.upper / 100));
    CHECK(found.standard_error == about(nps.standard_error / 100));
  }
  credence::comparison const found =
      compare(net_sentiment(one), net_sentiment(two), {.confidence = .8, .interval_method = method});
  credence::comparison const nps =
      compare(credence::nps(one, as_nps), credence::nps(two, as_nps), {.confidence = .8, .interval_method = method});
  CHECK(found.difference == about(nps.difference / 100));
  CHECK(found.interval.lower == about(nps.interval.lower / 100));
  CHECK(found.p_value == about(nps.p_value));
  CHECK(credence::is_nan(compare(net_sentiment(one), net_sentiment_result{}).p_value));
}

TEST_CASE("net_sentiment: designs agree with R's survey package") {
  std::vector<asked> const rows = asked_rows();
  check_asked(
      {.384615384615385, .241216509259318, .453488372093023, .23860821977951, .201231414264928, .142028368281589}, 13,
      [&](auto const&... design) {
        return net_sentiment(rows, [](asked const& row) { return row.ease - 4; }, design..., {});
      });
}

TEST_CASE("net_sentiment: bad input") {
  CHECK_FALSE(net_sentiment(std::vector<int>{}));
  CHECK(net_sentiment(std::vector<int>{1}).value == 1);
  std::vector<std::optional<double>> const dirty{1, std::nullopt, no_number, infinity};
  net_sentiment_result const counted = net_sentiment(dirty);
  CHECK(counted.count == 1);
  CHECK(counted.rejections.missing == 1);
  CHECK(counted.rejections.not_a_number == 1);
  CHECK(counted.rejections.off_scale == 1);
  auto const complaint = [](net_sentiment_options const& options) {
    return message_of([&] { credence::net_sentiment_accumulator acc(options); });
  };
  CHECK(contains(complaint({.negative_to = 1, .positive_from = 0}), "net_sentiment_options::positive_from is 0"));
  CHECK(contains(complaint({.negative_to = 1, .positive_from = 1}), "it must be greater than"));
  CHECK(contains(complaint({.negative_to = 0.5}), "net_sentiment_options::positive_from"));
  CHECK(contains(complaint({.scale_max = -1}), "net_sentiment_options::scale_max is -1"));
  CHECK(contains(complaint({.positive_from = no_number}), "it must be a finite number"));
  CHECK(contains(complaint({.confidence = 2}), "net_sentiment_options::confidence is 2"));
  credence::net_sentiment_accumulator acc;
  acc(-1);
  acc(1, 2.5);
  CHECK(credence::from_bytes<credence::net_sentiment_accumulator>(credence::to_bytes(acc)) == acc);
  credence::net_sentiment_accumulator cut({.positive_from = .5});
  cut(1);
  CHECK(contains(message_of([&] { acc += cut; }), "cannot be merged"));
}

}  // namespace test_net_sentiment
