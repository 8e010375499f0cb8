// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/group_by.hpp>
#include <credence/inference/mean.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/ces.hpp>
#include <credence/survey/likert.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "survey/asked.hpp"
#include "survey/counted.hpp"

namespace test_likert {

using credence::ces;
using credence::likert;
using credence::likert_measure;
using credence::likert_result;

namespace {

std::vector<int> answers_of(std::size_t count) {
  std::vector<int> answers;
  for (std::size_t at = 0; at < count; ++at) answers.push_back(static_cast<int>(at * at * 7 % 11 % 6));
  return answers;
}

}  // namespace

TEST_CASE("likert: the distribution and what follows from it") {
  std::vector<int> const answers{5, 4, 4, 2, 1, 3, 5, 5, 0, 6};
  likert_result const found = likert(answers);
  REQUIRE(found);
  CHECK(found.count == 8);
  CHECK(found.rejections.off_scale == 2);
  REQUIRE(found.distribution.size() == 5);
  CHECK(found.distribution[0] == credence::likert_level{1, 1, .125});
  CHECK(found.distribution[4] == credence::likert_level{5, 3, .375});
  CHECK(found.value == about(29. / 8));
  CHECK(found.mean == found.value);
  CHECK(found.median == 4);
  CHECK(found.top_share == about(5. / 8));
  CHECK(found.bottom_share == about(2. / 8));
  CHECK(found.net == about(3. / 8));
  CHECK(found.measure == likert_measure::mean_score);
}

TEST_CASE("likert: each measure is that of the metric made for it") {
  std::vector<int> const answers = answers_of(97);
  credence::mean_result const mean = credence::mean(answers, {.scale_min = 1, .scale_max = 5});
  likert_result const by_mean = likert(answers);
  CHECK(by_mean.value == about(mean.value));
  CHECK(by_mean.standard_error == about(mean.standard_error));
  CHECK(by_mean.standard_deviation == about(mean.standard_deviation));
  CHECK(by_mean.interval.lower == about(mean.interval.lower));
  CHECK(by_mean.interval.upper == about(mean.interval.upper));

  credence::csat_result const share = credence::csat(answers);
  likert_result const by_share = likert(answers, {.measure = likert_measure::top_share});
  CHECK(by_share.value == share.value);
  CHECK(by_share.interval == share.interval);
  CHECK(by_share.standard_error == share.standard_error);

  credence::nps_result const net =
      credence::nps(answers, {.passive_from = 3, .promoter_from = 4, .scale_min = 1, .scale_max = 5});
  likert_result const by_net = likert(answers, {.measure = likert_measure::net_share});
  CHECK(by_net.value == about(net.value / 100));
  CHECK(by_net.interval.lower == about(net.interval.lower / 100));
  CHECK(by_net.interval.upper == about(net.interval.upper / 100));
  CHECK(by_net.standard_error == about(net.standard_error / 100));

  // One accumulator answers all, at other cuts too.
  credence::likert_accumulator acc;
  for (int const answer : answers) acc(answer);
  CHECK(acc.result({.measure = likert_measure::net_share}) == by_net);
  CHECK(acc.result({.top_from = 5, .measure = likert_measure::top_share}).value ==
        credence::csat(answers, {.satisfied_from = 5}).value);
  CHECK_THROWS_AS(static_cast<void>(acc.result({.scale_max = 7})), credence::error);
}

TEST_CASE("likert: designs agree with R's survey package") {
  std::vector<asked> const rows = asked_rows();
  check_asked(
      {4.84615384615385, .541201818441165, 4.7906976744186, .401014848571886, .343592156159473, .381541787349303}, 0,
      [&](auto const&... design) { return ces(rows, &asked::ease, design..., {}); });
  check_asked(
      {.615384615384615, .140441681411581, .63953488372093, .15734390608243, .132455160715396, .124196533921165}, 13,
      [&](auto const&... design) {
        return ces(rows, &asked::ease, design..., {.measure = likert_measure::top_share});
      });
  check_asked(
      {.384615384615385, .241216509259318, .453488372093023, .23860821977951, .201231414264928, .142028368281589}, 13,
      [&](auto const&... design) {
        return ces(rows, &asked::ease, design..., {.measure = likert_measure::net_share});
      });
}

TEST_CASE("likert: the median, plain and weighted") {
  auto const median = [](std::vector<int> const& answers) { return likert(answers).median; };
  CHECK(median({1}) == 1);
  CHECK(median({1, 5}) == 3);
  CHECK(median({1, 2, 5}) == 2);
  CHECK(median({2, 2, 3, 3}) == 2.5);
  CHECK(median({1, 1, 1, 5}) == 1);
  CHECK(median({5, 5, 5, 5}) == 5);
  // Against the middle of the sorted answers, and against answers repeated as often as their weight says.
  for (std::size_t count = 1; count < 40; ++count) {
    std::vector<int> sorted = answers_of(count + 3);
    sorted.erase(std::remove(sorted.begin(), sorted.end(), 0), sorted.end());
    if (sorted.empty()) continue;
    credence::likert_accumulator weighted;
    for (int const answer : sorted) weighted(answer, 1 + answer % 3);
    CHECK(likert(sorted).median == [&] {
      std::vector<int> order = sorted;
      std::sort(order.begin(), order.end());
      return (order[(order.size() - 1) / 2] + order[order.size() / 2]) / 2.;
    }());
    std::vector<int> repeated;
    for (int const answer : sorted) repeated.insert(repeated.end(), static_cast<std::size_t>(1 + answer % 3), answer);
    CHECK(weighted.result().median == likert(repeated).median);
    CHECK(weighted.result().mean == about(likert(repeated).mean));
  }
}

TEST_CASE("likert: what says nothing, and what is dirty") {
  likert_result const none = likert(std::vector<int>{});
  CHECK_FALSE(none);
  CHECK(credence::is_nan(none.value));
  CHECK(none.distribution.empty());
  CHECK(none.interval.confidence == .95);
  likert_result const one = likert(std::vector<int>{4});
  CHECK(one.value == 4);
  CHECK(credence::is_nan(one.standard_error));
  CHECK(credence::is_nan(one.interval.lower));
  likert_result const alike = likert(std::vector<int>(9, 4));
  CHECK(alike.standard_error == 0);
  CHECK(alike.interval.lower == 4);
  CHECK(likert(std::vector<int>(9, 4), {.measure = likert_measure::top_share}).interval.upper == 1);
  std::vector<std::optional<double>> const dirty{5., 4.5, std::nullopt, no_number, infinity, -infinity, 1e300, 3.};
  likert_result const counted = likert(dirty);
  CHECK(counted.count == 2);
  CHECK(counted.rejections.missing == 1);
  CHECK(counted.rejections.not_a_number == 1);
  CHECK(counted.rejections.off_scale == 4);
  credence::likert_accumulator strict({.on_invalid = credence::on_invalid::raise});
  strict(3);
  credence::likert_accumulator const before = strict;
  CHECK(contains(message_of([&] { strict(4.5); }), "sample 1 is 4.5, which is off the scale"));
  CHECK(strict == before);
  credence::likert_accumulator weighted;
  for (double const bad : {-1., no_number, infinity}) weighted(4, bad);
  CHECK(weighted.result().rejections.bad_weight == 3);
  weighted(4, 0);
  CHECK_FALSE(weighted.result());
  CHECK(weighted.result().count == 1);
}

TEST_CASE("likert: integers of every type and size, at the ends of theirs") {
  using limits = std::numeric_limits<std::int64_t>;
  CHECK(likert(std::vector<std::int64_t>{limits::min(), limits::max(), 5, 1, 0}).count == 2);
  CHECK(likert(std::vector<std::uint64_t>{~std::uint64_t{}, std::uint64_t{1} << 63, 5, 1}).count == 2);
  // Beneath a scale that begins below 0 nothing wraps round onto it.
  credence::likert_options const signed_scale{.scale_min = -2, .scale_max = 2, .bottom_to = -1, .top_from = 1};
  CHECK(likert(std::vector<std::uint64_t>{~std::uint64_t{}, 2, 0}, signed_scale).count == 2);
  CHECK(likert(std::vector<std::int8_t>{-3, -2, 2, 3, 127, -128}, signed_scale).count == 2);
  CHECK(likert(std::vector<std::uint8_t>{255, 254, 2}, signed_scale).count == 1);
  CHECK(likert(std::vector<bool>{true, false, true}).count == 2);
  // In blocks, by many at once, one by one and by threads: the same state.
  std::vector<std::int8_t> codes;
  for (int at = 0; at < 200'000; ++at) codes.push_back(static_cast<std::int8_t>(at * 37 % 256 - 128));
  credence::likert_accumulator one_by_one(signed_scale);
  for (std::int8_t const code : codes) one_by_one(code);
  CHECK(credence::fold(codes, credence::likert_accumulator(signed_scale)) == one_by_one);
  CHECK(credence::fold(credence::threads{3}, codes, credence::likert_accumulator(signed_scale)) == one_by_one);
  credence::likert_options const wide{.scale_min = 0, .scale_max = 100, .bottom_to = 20, .top_from = 80};
  credence::likert_accumulator wide_one_by_one(wide);
  for (std::int8_t const code : codes) wide_one_by_one(code);
  CHECK(credence::fold(codes, credence::likert_accumulator(wide)) == wide_one_by_one);
  CHECK(wide_one_by_one.result().distribution.size() == 101);
}

TEST_CASE("likert: wrong options name themselves") {
  auto const complaint = [](credence::likert_options const& options) {
    return message_of([&] { credence::likert_accumulator acc(options); });
  };
  CHECK(contains(complaint({.scale_max = 1}), "likert_options::scale_max is 1"));
  CHECK(contains(complaint({.scale_max = 2000}), "a scale has at most 1001 points"));
  CHECK(contains(complaint({.scale_min = -5e18, .scale_max = 5e18}), "likert_options::scale_min"));
  CHECK(contains(complaint({.bottom_to = 0}), "likert_options::bottom_to is 0"));
  CHECK(contains(complaint({.bottom_to = 4}), "to below likert_options::top_from, which is 4"));
  CHECK(contains(complaint({.top_from = 6}), "likert_options::top_from is 6"));
  CHECK(contains(complaint({.confidence = 1}), "likert_options::confidence is 1"));
  CHECK(contains(message_of([&] { credence::ces_accumulator acc({.top_from = 8}); }), "ces_options::top_from is 8"));
  credence::likert_accumulator five;
  five(3);
  credence::likert_accumulator seven({.scale_max = 7});
  seven(3);
  CHECK(contains(message_of([&] { five += seven; }), "scale_max 5 and under scale_min 1, scale_max 7"));
}

TEST_CASE("likert: merged, taken back, stored, grouped") {
  credence::likert_accumulator acc;
  acc(4);
  acc(2, .5);
  credence::likert_accumulator other;
  other += acc;
  CHECK(other == acc);
  acc(5);
  acc.retract(5);
  CHECK(acc == other);
  acc.retract(4);
  CHECK_THROWS_AS(acc.retract(2), credence::error);  // it came with a weight
  CHECK_THROWS_AS(acc.retract(3), credence::error);
  CHECK(credence::from_bytes<credence::likert_accumulator>(credence::to_bytes(other)) == other);
  credence::likert_accumulator emptied;
  emptied(5);
  emptied.retract(5);
  CHECK(emptied == credence::likert_accumulator{});
  std::vector<asked> const rows = asked_rows();
  auto const by_stratum = credence::group_by(rows, &asked::stratum, credence::ces_accumulator{}, &asked::ease);
  CHECK(by_stratum.at(1).result().mean == about(27. / 5));
  CHECK(by_stratum.total().result() == ces(rows, &asked::ease));
}

TEST_CASE("likert: two are compared by what they measure") {
  std::vector<int> const one = answers_of(97);
  std::vector<int> const two = answers_of(41);
  auto const held = [&](likert_measure measure, credence::comparison const& expected, double scale) {
    credence::comparison const found =
        compare(likert(one, {.measure = measure}), likert(two, {.measure = measure}), {.confidence = .9});
    CHECK(found.difference == about(expected.difference / scale, 1e-11));
    CHECK(found.interval.lower == about(expected.interval.lower / scale, 1e-11));
    CHECK(found.interval.upper == about(expected.interval.upper / scale, 1e-11));
    CHECK(found.p_value == about(expected.p_value, 1e-10));
  };
  credence::mean_options const scale{.scale_min = 1, .scale_max = 5};
  held(likert_measure::mean_score, compare(credence::mean(one, scale), credence::mean(two, scale), {.confidence = .9}),
       1);
  held(likert_measure::top_share, compare(credence::csat(one), credence::csat(two), {.confidence = .9}), 1);
  credence::nps_options const nps{.passive_from = 3, .promoter_from = 4, .scale_min = 1, .scale_max = 5};
  held(likert_measure::net_share, compare(credence::nps(one, nps), credence::nps(two, nps), {.confidence = .9}), 100);
  CHECK(credence::is_nan(compare(likert(one), likert(std::vector<int>{})).p_value));
  CHECK(contains(
      message_of([&] { static_cast<void>(compare(likert(one), likert(two, {.measure = likert_measure::net_share}))); }),
      "a result that measures mean_score cannot be compared with one that measures net_share"));
}

}  // namespace test_likert
