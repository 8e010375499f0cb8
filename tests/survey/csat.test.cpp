// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survey/csat.hpp>
#include <credence/survey/share.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "survey/counted.hpp"

namespace test_csat {

using credence::csat;
using credence::csat_accumulator;
using credence::csat_options;
using credence::csat_result;

TEST_CASE("csat: the share of fours and fives") {
  csat_result const result = csat(std::vector<int>{5, 4, 4, 3, 1, 0, 6, 5});
  CHECK(result);
  CHECK(result.count == 6);
  CHECK(result.satisfied == 4);
  CHECK(result.value == about(4.0 / 6));
  CHECK(result.rejections.off_scale == 2);
  CHECK(result.interval.confidence == .95);
}

TEST_CASE("csat: the scale and the cut are options") {
  // as the issue writes it
  csat_result const issue = csat(std::vector<int>{5, 4, 1}, {.satisfied_from = 4, .scale_max = 5});
  CHECK(issue.satisfied == 2);
  csat_result const seven = csat(std::vector<double>{7, 6.5, 5.99, 1, 7.01}, {.satisfied_from = 6, .scale_max = 7});
  CHECK(seven.count == 4);
  CHECK(seven.satisfied == 2);
  CHECK(csat(std::vector<int>{1, 2}, {.satisfied_from = 1}).value == 1);
  CHECK(csat(std::vector<int>{4, 5}, {.satisfied_from = 5}).value == .5);
}

TEST_CASE("csat: its interval is that of a share") {
  std::vector<int> answers;
  for (int times = 0; times < 37; ++times) answers.push_back(times % 5 + 1);
  for (credence::share_interval const method :
       {credence::share_interval::wilson, credence::share_interval::agresti_coull,
        credence::share_interval::clopper_pearson, credence::share_interval::jeffreys,
        credence::share_interval::wald}) {
    csat_result const found = csat(answers, {.confidence = .9, .interval_method = method});
    credence::share_result const expected =
        counted_share(found.satisfied, found.count, {.confidence = .9, .interval_method = method}).result();
    CHECK(found.interval == expected.interval);
    CHECK(found.standard_error == expected.standard_error);
  }
}

TEST_CASE("csat: bad input") {
  CHECK_FALSE(csat(std::vector<int>{}));
  CHECK(credence::is_nan(csat(std::vector<int>{9}).value));
  csat_result const one = csat(std::vector<int>{5});
  CHECK(one.value == 1);
  CHECK(one.interval.lower == about(.206549314377, 1e-11));
  CHECK(one.interval.upper == 1);
  std::vector<std::optional<double>> const dirty{5, std::nullopt, no_number, infinity};
  csat_result const counted = csat(dirty);
  CHECK(counted.rejections.missing == 1);
  CHECK(counted.rejections.not_a_number == 1);
  CHECK(counted.rejections.off_scale == 1);
  auto const complaint = [](csat_options const& options) { return message_of([&] { csat_accumulator acc(options); }); };
  CHECK(contains(complaint({.satisfied_from = 6}), "csat_options::scale_max is 5"));
  CHECK(contains(complaint({.satisfied_from = 6}), "csat_options::satisfied_from, which is 6"));
  CHECK(contains(complaint({.satisfied_from = 0}), "csat_options::satisfied_from is 0"));
  CHECK(contains(complaint({.satisfied_from = 0}), "csat_options::scale_min, which is 1"));
  for (double const wrong : {0.0, 1.0, no_number})
    CHECK(contains(complaint({.confidence = wrong}), "csat_options::confidence is "));
  csat_accumulator acc(csat_options{.on_invalid = credence::on_invalid::raise});
  acc(4);
  csat_accumulator const before = acc;
  CHECK(contains(message_of([&] { acc(6); }), "sample 1 is 6, which is off the scale"));
  CHECK(acc == before);
  csat_accumulator seven(csat_options{.satisfied_from = 6, .scale_max = 7});
  CHECK(contains(message_of([&] {
                   seven(6);
                   acc += seven;
                 }),
                 "credence.csat"));
}

namespace {

constexpr csat_accumulator folded_early() {
  csat_accumulator acc;
  for (int stars = 0; stars <= 6; ++stars) acc(stars);
  csat_accumulator other;
  other(5, 2);
  acc += other;
  acc.retract(1);
  return acc;
}
static_assert(folded_early().state().counts[0] == 2);
static_assert(folded_early().state().counts[1] == 3);
static_assert(folded_early().state().rejected.off_scale == 2);

}  // namespace

}  // namespace test_csat
