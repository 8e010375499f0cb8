// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/tee.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "survey/counted.hpp"

namespace test_nps {

using credence::nps;
using credence::nps_accumulator;
using credence::nps_interval;
using credence::nps_options;
using credence::nps_result;
using credence::on_invalid;

namespace {

struct weighted_answer {
  double score;
  double weight;
};

}  // namespace

// --- published values ---

// brendan-r/NPS (R): tests/testthat/test_01_basics.R gives value, variance and standard error of the first three.
TEST_CASE("nps: value, variance and standard error agree with the R package NPS") {
  struct reference {
    std::uint64_t detractors, passives, promoters;
    double value, variance, error;
  };
  reference const rows[] = {{1, 2, 3, 1.0 / 3, 5.0 / 9, .304}, {1, 0, 1, 0, 1, .707}, {1, 1, 1, 0, 2.0 / 3, .471}};
  for (reference const& row : rows) {
    nps_result const result = counted_nps(row.detractors, row.passives, row.promoters).result();
    double const samples = static_cast<double>(result.count);
    CHECK(result.value == about(100 * row.value));
    CHECK(result.standard_error == about(100 * std::sqrt(row.variance / samples)));
    CHECK(std::fabs(result.standard_error / 100 - row.error) < .0005);
  }
  // breaks (0, 6, 8, 15) of 1:15, which in R are open below: 1…6, 7…8 and 9…15; its var is the n−1 variance
  std::vector<int> to_fifteen;
  for (int score = 1; score <= 15; ++score) to_fifteen.push_back(score);
  nps_result const result = nps(to_fifteen, {.passive_from = 7, .promoter_from = 9, .scale_min = 1, .scale_max = 15});
  CHECK(result.value == about(100 * 2.0 / 30));
  double const error = result.standard_error / 100;
  CHECK(std::fabs(error * error * 15 - .8622) < 5e-5);
}

// The table of brendan-r/NPS (R, run 2026-11) for z = 1.959963984540054; score by the statement of Tango (1998) to six
// digits. In −1…1.
TEST_CASE("nps: intervals agree with the reference table") {
  struct reference {
    std::uint64_t detractors, passives, promoters;
    double value, wald_lower, wald_upper, adjusted_lower, adjusted_upper, score_lower, score_upper;
  };
  reference const rows[] = {
      {30, 20, 50, .2, .0291343011682118, .3708656988317882, .0265307986622297, .3618187159008771, .024884, .362172},
      {0, 0, 10, 1, 1, 1, .475035515447902, 1, .444934, 1},
      {0, 10, 0, 0, 0, 0, -.184650449090589, .184650449090589, -.277533, .277533},
      {1, 1, 1, 0, -.923935882899785, .923935882899785, -.611126143380431, .611126143380431, -.692405, .692405},
      {250, 250, 500, .25, .198609310772989, .301390689227011, .197952442643504, .300552043896875, .197880, .300552},
      {1, 0, 0, -1, -1, -1, -.98498649420252, .48498649420252, -1, .586901}};
  for (reference const& row : rows) {
    nps_accumulator const acc = counted_nps(row.detractors, row.passives, row.promoters);
    nps_result const wald = acc.result({.interval_method = nps_interval::wald});
    nps_result const adjusted = acc.result({.interval_method = nps_interval::adjusted_wald});
    nps_result const score = acc.result();
    CAPTURE(row.value);
    CHECK(score.value == about(100 * row.value));
    CHECK(wald.interval.lower == about(100 * row.wald_lower));
    CHECK(wald.interval.upper == about(100 * row.wald_upper));
    CHECK(adjusted.interval.lower == about(100 * row.adjusted_lower));
    CHECK(adjusted.interval.upper == about(100 * row.adjusted_upper));
    CHECK(std::fabs(score.interval.lower / 100 - row.score_lower) < 1e-6);
    CHECK(std::fabs(score.interval.upper / 100 - row.score_upper) < 1e-6);
    CHECK(score.interval.confidence == .95);
  }
  CHECK(counted_nps(30, 20, 50).result().standard_error == about(8.71779788708135));
  CHECK(counted_nps(1, 1, 1).result().standard_error == about(47.1404520791032));
  CHECK(counted_nps(250, 250, 500).result().standard_error == about(2.62202212042538));
}

// unytics/bigfunctions, the example of its documentation.
TEST_CASE("nps: nine, ten, six and eight make 25") {
  nps_result const result = nps(std::vector<int>{9, 10, 6, 8});
  CHECK(result.value == 25);
  CHECK(result.count == 4);
  CHECK(result.promoters == 2);
  CHECK(result.passives == 1);
  CHECK(result.detractors == 1);
  CHECK(result.promoter_share == .5);
  CHECK(result.passive_share == .25);
  CHECK(result.detractor_share == .25);
  CHECK(result.rejected == 0);
  CHECK_FALSE(result.weighted);
  CHECK(result.effective_count == 4);
}

// brendan-r/NPS (R): nps.test.
TEST_CASE("nps: two samples agree with the R package NPS") {
  nps_result const first = counted_nps(30, 20, 50).result();
  nps_result const second = counted_nps(40, 20, 40).result();
  credence::comparison const wald = compare(first, second, {.interval_method = nps_interval::wald});
  CHECK(wald.difference == about(20));
  CHECK(wald.standard_error == about(12.489995996796796));
  CHECK(wald.interval.lower == about(-4.47994232077117));
  CHECK(wald.interval.upper == about(44.47994232077117));
  CHECK(wald.p_value == about(.10931457620866647));
  credence::comparison const adjusted = compare(first, second, {.interval_method = nps_interval::adjusted_wald});
  CHECK(adjusted.difference == about(19.4174757281553));
  CHECK(adjusted.standard_error == about(12.246736975676));
  CHECK(adjusted.interval.lower == about(-4.58568767230456));
  CHECK(adjusted.interval.upper == about(43.42063912861525));
  CHECK(adjusted.p_value == about(.112847693023246));
  CHECK(adjusted.samples == credence::sample_design::independent);
  // Against a score of 0, which a sample as large as one likes stands for: R gives .0217814627911195 (Wald).
  nps_result const nothing = counted_nps(0, std::uint64_t{1} << 60, 0).result();
  CHECK(compare(first, nothing, {.interval_method = nps_interval::wald}).p_value == about(.0217814627911195));
  CHECK(compare(counted_nps(30, 20, 50).result(), nothing, {.interval_method = nps_interval::adjusted_wald}).p_value ==
        about(.0231989906356618));
}

TEST_CASE("nps: comparisons are antisymmetric, and a sample does not differ from itself") {
  nps_result const samples[] = {counted_nps(30, 20, 50).result(), counted_nps(40, 20, 40).result(),
                                counted_nps(0, 0, 7).result(), counted_nps(5, 0, 0).result(),
                                counted_nps(0, 3, 0).result()};
  for (nps_interval const method : {nps_interval::score, nps_interval::wald, nps_interval::adjusted_wald}) {
    for (nps_result const& first : samples) {
      for (nps_result const& second : samples) {
        CAPTURE(name_of(method));
        CAPTURE(first.value);
        CAPTURE(second.value);
        credence::comparison const there = compare(first, second, {.interval_method = method});
        credence::comparison const back = compare(second, first, {.interval_method = method});
        CHECK(there);
        CHECK(there.difference == about(-back.difference));
        CHECK(there.interval.lower == about(-back.interval.upper, 1e-10));
        CHECK(there.interval.upper == about(-back.interval.lower, 1e-10));
        CHECK(there.p_value == about(back.p_value));
        CHECK(there.interval.lower <= there.difference);
        CHECK(there.difference <= there.interval.upper);
        CHECK(there.interval.lower >= -200);
        CHECK(there.interval.upper <= 200);
        CHECK(there.p_value >= 0);
        CHECK(there.p_value <= 1);
        if (&first == &second) CHECK(there.p_value == 1);
      }
    }
  }
  CHECK_FALSE(compare(samples[0], nps_result{}));
  CHECK(credence::is_nan(compare(nps_result{}, samples[0]).p_value));
  CHECK(contains(message_of([&] { return compare(samples[0], samples[1], {.confidence = 2}); }),
                 "nps_comparison_options::confidence is 2"));
  CHECK(contains(message_of([&] { return compare(samples[0], samples[1], {.interval_method = nps_interval::t}); }),
                 "\"t\""));
}

TEST_CASE("nps: the score test rejects just where the score interval leaves out zero") {
  for (std::uint64_t more = 0; more <= 40; ++more) {
    nps_result const first = counted_nps(10 + more, 20, 60).result();
    nps_result const second = counted_nps(30, 25, 40).result();
    credence::comparison const found = compare(first, second);
    CAPTURE(more);
    CHECK((found.p_value < .05) == (found.interval.lower > 0 || found.interval.upper < 0));
  }
}

// --- weights ---

TEST_CASE("nps: equal weights change nothing but the standard error, by the root of n/(n-1)") {
  nps_accumulator plain;
  nps_accumulator weighted;
  for (int score = 0; score <= 10; ++score) {
    plain(score);
    weighted(score, 2.5);
  }
  nps_result const one = plain.result();
  nps_result const two = weighted.result();
  CHECK(two.weighted);
  CHECK(two.value == about(one.value));
  CHECK(two.effective_count == about(11));
  CHECK(two.standard_error == about(one.standard_error * std::sqrt(11.0 / 10)));
  CHECK(two.promoters == one.promoters);
}

TEST_CASE("nps: weights zero, negative, NaN, infinite, missing") {
  nps_accumulator acc;
  acc(10, 1.0);
  acc(0, 3);
  acc(8, 0.0);
  acc(9, -1.0);
  acc(9, no_number);
  acc(9, infinity);
  acc(9, std::optional<double>{});
  acc(9, 1e-101);
  acc(9, 1e101);
  acc(11, -1.0);  // the score is looked at first
  nps_result const result = acc.result();
  CHECK(result.count == 3);
  CHECK(result.value == about(-50));
  CHECK(result.promoter_share == about(.25));
  CHECK(result.effective_count == about(16.0 / 10));
  CHECK(result.rejections.bad_weight == 6);
  CHECK(result.rejections.off_scale == 1);
  CHECK(result.rejected == 7);
  // SE² = n/(n−1)·Σ(w(s−NPS))²/(Σw)² = 3/2·(1.5² + (3·.5)²)/16
  CHECK(result.standard_error == about(100 * std::sqrt(1.5 * (2.25 + 2.25) / 16)));
}

TEST_CASE("nps: weights that sum to zero say nothing") {
  nps_result const result =
      nps(std::vector<weighted_answer>{{10, 0}, {3, 0}}, &weighted_answer::score, &weighted_answer::weight);
  CHECK_FALSE(result);
  CHECK(result.count == 2);
  CHECK(result.effective_count == 0);
  CHECK(credence::is_nan(result.value));
  CHECK(credence::is_nan(result.standard_error));
  CHECK(credence::is_nan(result.interval.lower));
  CHECK(credence::is_nan(result.promoter_share));
  CHECK_FALSE(compare(result, result));
}

TEST_CASE("nps: one weighted answer, and weighted answers all alike, have an interval") {
  nps_accumulator one;
  one(10, 2.0);
  CHECK(one.result().value == 100);
  CHECK(credence::is_nan(one.result().standard_error));
  CHECK(one.result().interval.lower == about(counted_nps(0, 0, 1).result().interval.lower));
  CHECK(one.result().interval.upper == 100);
  nps_accumulator alike;
  for (int times = 0; times < 5; ++times) alike(10, 1.0);
  CHECK(alike.result().standard_error == 0);
  CHECK(alike.result().interval.lower == about(counted_nps(0, 0, 5).result().interval.lower));
}

TEST_CASE("nps: a weighted interval is that of the effective sample size") {
  nps_accumulator acc;
  for (int times = 0; times < 40; ++times) acc(times % 11, 1.0 + times % 3);
  nps_result const result = acc.result();
  double const net = result.value / 100;
  double const variance = result.promoter_share + result.detractor_share - net * net;
  double const error = result.standard_error / 100;
  credence::observed_net_score const equal{result.detractor_share, result.passive_share, result.promoter_share,
                                           variance / (error * error)};
  for (nps_interval const method : {nps_interval::score, nps_interval::wald, nps_interval::adjusted_wald}) {
    nps_result const chosen = acc.result({.interval_method = method});
    credence::interval const expected = interval_of(equal, method, .95);
    CHECK(chosen.interval.lower == about(100 * expected.lower, 1e-10));
    CHECK(chosen.interval.upper == about(100 * expected.upper, 1e-10));
  }
  nps_result const wald = acc.result({.interval_method = nps_interval::wald});
  CHECK(wald.interval.upper - wald.value == about(1.959963984540054 * result.standard_error, 1e-10));
  nps_result const student = acc.result({.interval_method = nps_interval::t});
  CHECK(student.interval.upper - student.value == about(2.022690920036762 * result.standard_error, 1e-10));  // t₃₉
}

TEST_CASE("nps: a class that holds next to no weight does not make few answers many") {
  nps_accumulator acc;
  for (int times = 0; times < 9; ++times) acc(10, 1.0);
  acc(0, 1e-6);  // next to no variance, so that v/SE² would stand for a great many answers
  nps_result const result = acc.result();
  nps_result const ten = counted_nps(0, 0, 10).result();
  CHECK(result.interval.lower < result.value);
  CHECK(result.interval.lower == about(ten.interval.lower, .05));
}

// --- data that says nothing, or little ---

TEST_CASE("nps: no answer") {
  for (nps_result const& result :
       {nps(std::vector<int>{}), nps(std::vector<int>{11, -1}), nps_accumulator{}.result()}) {
    CHECK_FALSE(result);
    CHECK(result.count == 0);
    CHECK(result.effective_count == 0);
    CHECK(credence::is_nan(result.value));
    CHECK(credence::is_nan(result.standard_error));
    CHECK(credence::is_nan(result.interval.lower));
    CHECK(credence::is_nan(result.interval.upper));
    CHECK(credence::is_nan(result.passive_share));
    CHECK(result.interval.confidence == .95);
  }
}

TEST_CASE("nps: one answer") {
  nps_result const result = nps(std::vector<int>{8});
  CHECK(result);
  CHECK(result.value == 0);
  CHECK(result.standard_error == 0);
  CHECK(result.interval.lower == about(-100 * 3.841458820694124 / 4.841458820694124));  // ∓ z²/(1 + z²)
  CHECK(result.interval.upper == about(100 * 3.841458820694124 / 4.841458820694124));
  nps_result const student = nps(std::vector<int>{8}, {.interval_method = nps_interval::t});
  CHECK(student);
  CHECK(credence::is_nan(student.interval.lower));
}

TEST_CASE("nps: answers all alike have an interval with a width, whatever their number") {
  for (std::uint64_t const count : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{1000}, std::uint64_t{1} << 50}) {
    for (double const confidence : {.5, .95, .999999}) {
      nps_options const options{.confidence = confidence};
      nps_result const all_promote = counted_nps(0, 0, count).result(options);
      nps_result const none_promotes = counted_nps(count, 0, 0).result(options);
      nps_result const all_passive = counted_nps(0, count, 0).result(options);
      CHECK(all_promote.interval.upper == 100);
      CHECK(all_promote.interval.lower < 100);
      CHECK(none_promotes.interval.lower == -100);
      CHECK(none_promotes.interval.upper > -100);
      CHECK(all_passive.interval.lower < 0);
      CHECK(all_passive.interval.upper > 0);
      CHECK(none_promotes.interval.upper == -all_promote.interval.lower);
    }
  }
}

TEST_CASE("nps: every interval lies on the scale, in order, around the value") {
  for (std::uint64_t detractors = 0; detractors <= 6; ++detractors)
    for (std::uint64_t passives = 0; passives <= 6; ++passives)
      for (std::uint64_t promoters = 0; promoters <= 6; ++promoters)
        for (nps_interval const method : {nps_interval::score, nps_interval::wald, nps_interval::adjusted_wald}) {
          nps_result const result = counted_nps(detractors, passives, promoters).result({.interval_method = method});
          if (!result) continue;
          CAPTURE(detractors);
          CAPTURE(passives);
          CAPTURE(promoters);
          CHECK(result.interval.lower >= -100);
          CHECK(result.interval.upper <= 100);
          CHECK(result.interval.lower <= result.interval.upper);
          if (method != nps_interval::adjusted_wald) {
            CHECK(result.interval.lower <= result.value);
            CHECK(result.value <= result.interval.upper);
          }
        }
}

// --- dirty samples ---

TEST_CASE("nps: what is turned away is counted by reason") {
  std::vector<std::optional<double>> const answers{10,        9.5,        8.99,     0,         -.001,       10.5,
                                                   no_number, -no_number, infinity, -infinity, std::nullopt};
  nps_result const result = nps(answers);
  CHECK(result.count == 4);
  CHECK(result.promoters == 2);
  CHECK(result.passives == 1);
  CHECK(result.rejections.missing == 1);
  CHECK(result.rejections.not_a_number == 2);
  CHECK(result.rejections.off_scale == 4);
  CHECK(result.rejections.bad_weight == 0);
  CHECK(result.rejected == 7);
  nps_result const codes = nps(std::vector<int>{11, 99, -1, std::numeric_limits<int>::min(), 10});
  CHECK(codes.count == 1);
  CHECK(codes.rejections.off_scale == 4);
}

TEST_CASE("nps: raise names the position and leaves the accumulator as it was") {
  nps_accumulator acc(nps_options{.on_invalid = on_invalid::raise});
  acc(9);
  acc(3);
  nps_accumulator const before = acc;
  CHECK_THROWS_AS(acc(11), credence::invalid_sample);
  CHECK(acc == before);
  CHECK_THROWS_AS(acc(no_number), credence::invalid_sample);
  CHECK_THROWS_AS(acc(std::optional<int>{}), credence::invalid_sample);
  CHECK_THROWS_AS(acc(9, -1.0), credence::invalid_sample);
  CHECK_THROWS_AS(acc(9, no_number), credence::invalid_sample);
  CHECK(acc == before);
  std::vector<double> answers(200'000, 9.0);
  answers[150'000] = 11;
  answers[190'000] = no_number;
  std::vector<weighted_answer> weighted(200'000, weighted_answer{9, 1});
  weighted[150'000].weight = -1;
  weighted[190'000].score = 12;
  auto const position_of = [](auto const& action) {
    try {
      action();
    } catch (credence::invalid_sample const& complaint) {
      CHECK(contains(complaint.what(), "sample " + std::to_string(complaint.position())));
      return complaint.position();
    }
    return std::uint64_t{0};
  };
  nps_options const raising{.on_invalid = on_invalid::raise};
  std::vector<std::int8_t> const narrow(answers.begin(), answers.begin() + 150'001);
  credence::threads const executor{4};
  CHECK(position_of([&] { nps(answers, raising); }) == 150'000);
  CHECK(position_of([&] { nps(narrow, raising); }) == 150'000);
  CHECK(position_of([&] { nps(executor, answers, raising); }) == 150'000);
  CHECK(position_of([&] { nps(executor, narrow, raising); }) == 150'000);
  CHECK(position_of([&] { nps(weighted, &weighted_answer::score, &weighted_answer::weight, raising); }) == 150'000);
  CHECK(position_of([&] { nps(executor, weighted, &weighted_answer::score, &weighted_answer::weight, raising); }) ==
        150'000);
  CHECK(contains(message_of([&] { nps(answers, raising); }), "sample 150000 is 11, which is off the scale"));
}

TEST_CASE("nps: raise leaves every part of a tee, and every group, as it was") {
  credence::nps_accumulator const raising(nps_options{.on_invalid = on_invalid::raise});
  auto both = credence::tee(credence::csat_accumulator{}, raising);
  both(5);
  auto const before = both;
  CHECK_THROWS_AS(both(11), credence::invalid_sample);  // for csat it is off the scale too, and would be counted
  CHECK(both == before);
  both(7);
  CHECK(both.get<0>().result().rejected == 1);

  credence::grouped<std::string, nps_accumulator> groups(raising);
  groups("web", 9);
  auto const groups_before = groups;
  CHECK_THROWS_AS(groups("web", 11), credence::invalid_sample);
  CHECK_THROWS_AS(groups("shop", 11), credence::invalid_sample);
  CHECK(groups == groups_before);
  CHECK_FALSE(groups.contains("shop"));
}

TEST_CASE("nps: a projection that throws half way leaves the accumulator with what it had") {
  struct failure {};
  std::vector<int> const answers{10, 10, 3, 10};
  auto const failing = [](int answer) {
    if (answer == 3) throw failure{};
    return answer;
  };
  nps_accumulator acc = counted_nps(1, 2, 3);
  CHECK_THROWS_AS(acc = credence::fold(answers, acc, failing), failure);
  CHECK(acc == counted_nps(1, 2, 3));
  CHECK_THROWS_AS(nps(credence::threads{2}, answers, failing), failure);
  try {
    for (int const answer : answers) acc(failing(answer));
  } catch (failure const&) {
  }
  CHECK(acc == counted_nps(1, 2, 5));
}

// --- wrong calls ---

TEST_CASE("nps: confidence must lie strictly between 0 and 1") {
  for (double const wrong : {0.0, 1.0, -.5, 1.5, no_number, infinity}) {
    nps_options const options{.confidence = wrong};
    CHECK(contains(message_of([&] { nps(std::vector<int>{9}, options); }), "nps_options::confidence is "));
    CHECK(contains(message_of([&] { static_cast<void>(nps_accumulator{}.result(options)); }), "between 0 and 1"));
  }
  CHECK(contains(message_of([] { nps(std::vector<int>{9}, {.confidence = 95}); }), "nps_options::confidence is 95;"));
  CHECK(nps(std::vector<int>{9}, {.confidence = .5f}).interval.confidence == .5);
}

TEST_CASE("nps: options that contradict each other are both named") {
  auto const complaint = [](nps_options const& options) { return message_of([&] { nps_accumulator acc(options); }); };
  std::string const cuts = complaint({.passive_from = 9, .promoter_from = 7});
  CHECK(contains(cuts, "nps_options::promoter_from is 7"));
  CHECK(contains(cuts, "nps_options::passive_from, which is 9"));
  std::string const top = complaint({.scale_max = 5});
  CHECK(contains(top, "nps_options::scale_max is 5"));
  CHECK(contains(top, "nps_options::promoter_from, which is 9"));
  std::string const foot = complaint({.scale_min = 8});
  CHECK(contains(foot, "nps_options::passive_from is 7"));
  CHECK(contains(foot, "nps_options::scale_min, which is 8"));
  CHECK(contains(complaint({.scale_min = no_number}), "nps_options::scale_min is nan; it must be a finite number"));
  CHECK(contains(complaint({.scale_max = infinity}), "nps_options::scale_max is inf"));
  CHECK(contains(complaint({.confidence = no_number}), "nps_options::confidence is nan"));
  CHECK(contains(message_of([] { static_cast<void>(counted_nps(1, 1, 1).result({.scale_max = 12})); }), "result()"));
}

TEST_CASE("nps: other scales") {
  // one to five, as the issue writes it
  nps_result const five = nps(std::vector<int>{1, 2, 3, 4, 4, 5, 0, 6},
                              {.passive_from = 4, .promoter_from = 5, .scale_min = 1, .scale_max = 5});
  CHECK(five.detractors == 3);
  CHECK(five.passives == 2);
  CHECK(five.promoters == 1);
  CHECK(five.rejections.off_scale == 2);
  // no passives, and scales of one point
  nps_result const sharp = nps(std::vector<int>{6, 7}, {.passive_from = 7, .promoter_from = 7});
  CHECK(sharp.passives == 0);
  CHECK(sharp.value == 0);
  CHECK(nps(std::vector<int>{3, 4}, {.passive_from = 3, .promoter_from = 3, .scale_min = 3, .scale_max = 3}).count ==
        1);
  // a scale below zero, with cuts between the integers
  nps_result const below = nps(std::vector<int>{-3, -2, -1, 0, 1, 2, 3, 4},
                               {.passive_from = -.5, .promoter_from = 1.5, .scale_min = -3, .scale_max = 3});
  CHECK(below.detractors == 3);
  CHECK(below.passives == 2);
  CHECK(below.promoters == 2);
  CHECK(below.rejections.off_scale == 1);
}

TEST_CASE("nps: unlike scales refuse to merge, and the message names the accumulator") {
  nps_accumulator ten = counted_nps(1, 2, 3);
  nps_accumulator five(nps_options{.passive_from = 4, .promoter_from = 5, .scale_min = 1, .scale_max = 5});
  five(4);
  nps_accumulator const before = ten;
  CHECK(contains(message_of([&] { ten += five; }), "credence.nps"));
  CHECK(ten == before);
  nps_accumulator empty;
  empty += five;
  CHECK(empty == five);
  five += nps_accumulator{};
  CHECK(five.result().count == 1);
}

// --- size ---

TEST_CASE("nps: counts beyond 2^32") {
  std::uint64_t const many = (std::uint64_t{1} << 32) + 5;
  nps_accumulator acc = counted_nps(many, 1, 3 * many);
  CHECK(acc.result().count == 4 * many + 1);
  CHECK(acc.result().value == about(100 * static_cast<double>(2 * many) / static_cast<double>(4 * many + 1)));
  nps_accumulator doubled = counted_nps(1, 2, 3);
  for (int times = 0; times < 40; ++times) {
    doubled += doubled;
    doubled = credence::from_bytes<nps_accumulator>(credence::to_bytes(doubled));
  }
  CHECK(doubled.result().promoters == std::uint64_t{3} << 40);
  CHECK(doubled.result().value == about(100.0 / 3));
  CHECK(doubled.result().interval.lower < doubled.result().value);
  CHECK(doubled.result().interval.upper - doubled.result().interval.lower ==
        about(2 * 1.959963984540054 * doubled.result().standard_error, 1e-9));
}

// --- retract ---

TEST_CASE("nps: a retracted answer was never there, and what is not there cannot be retracted") {
  nps_accumulator acc;
  acc(9);
  nps_accumulator const before = acc;
  acc(3);
  acc.retract(3);
  acc(11);
  acc.retract(11);
  acc(std::optional<int>{});
  acc.retract(std::optional<int>{});
  acc(no_number);
  acc.retract(no_number);
  CHECK(acc == before);
  CHECK_THROWS_AS(acc.retract(3), credence::error);
  CHECK_THROWS_AS(acc.retract(11), credence::error);
  acc(8, 2.0);
  CHECK_THROWS_AS(acc.retract(8), credence::error);  // that one came with a weight
  acc.retract(9);
  CHECK_THROWS_AS(acc.retract(9), credence::error);
}

// --- constant expressions ---

namespace {

constexpr nps_accumulator folded_early() {
  nps_accumulator acc;
  for (int score = 0; score <= 11; ++score) acc(score);
  nps_accumulator other;
  other(10);
  other(10, 2.0);
  acc += other;
  acc.retract(0);
  return acc;
}
constexpr int raw[] = {9, 10, 6, 8, 12};
constexpr std::int8_t narrow[] = {9, 10, 6, 8, 12};
static_assert(folded_early().state().counts[0] == 6);
static_assert(folded_early().state().counts[1] == 2);
static_assert(folded_early().state().counts[2] == 4);
static_assert(folded_early().state().rejected.off_scale == 1);
static_assert(folded_early() == folded_early());
static_assert(folded_early().valid());
static_assert(credence::fold(raw, nps_accumulator{}).state().counts[2] == 2);
static_assert(credence::fold(narrow, nps_accumulator{}) == credence::fold(raw, nps_accumulator{}));
static_assert(std::is_trivially_copyable_v<nps_accumulator>);
static_assert(!noexcept(nps(raw)));

}  // namespace

}  // namespace test_nps
