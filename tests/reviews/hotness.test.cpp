// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/reviews/hotness.hpp>
#include <vector>

#include "reviews/timed_reviews.hpp"
#include "support/error_of.hpp"

namespace test_hotness {

using credence::hotness;
using credence::hotness_accumulator;
using credence::hotness_options;
using credence::instant;
using credence::vote_score_result;

namespace {

doctest::Approx about(double value) { return doctest::Approx(value).epsilon(1e-12); }

std::vector<timed_review> votes_of(std::size_t positive, std::size_t negative, instant when) {
  std::vector<timed_review> rows(positive, {when, 1});
  rows.insert(rows.end(), negative, {when, 0});
  return rows;
}
vote_score_result of(std::vector<timed_review> const& rows, hotness_options const& options = {}) {
  hotness_accumulator seen(options);
  for (timed_review const& row : rows) seen(row.time, row.stars);
  return seen.result();
}

}  // namespace

TEST_CASE("hotness: Reddit's value, and what its parts do") {
  instant const when = second(1'262'304'000);
  // +100 at this time, from Reddit's own _sorts.pyx: 2852.5777111 (it rounds to seven digits).
  CHECK(std::round(of(votes_of(100, 0, when)).value * 1e7) / 1e7 == about(2852.5777111));
  double const youth = 128'275'997.0 / 45'000;
  CHECK(of(votes_of(130, 30, when)).value == about(2 + youth));
  CHECK(of(votes_of(30, 130, when)).value == about(-2 + youth));
  for (auto const& [up, down] : {std::pair{1, 0}, {0, 1}, {7, 7}})
    CHECK(of(votes_of(static_cast<std::size_t>(up), static_cast<std::size_t>(down), when)).value == about(youth));
  CHECK(of(votes_of(0, 3, when)).value == about(youth - std::log10(3)));
  // Ten times the votes, or a decay younger.
  CHECK(of(votes_of(1'000, 0, second(0)), {.epoch = second(0)}).value == about(3));
  CHECK(of(votes_of(10, 0, second(3'600)), {.epoch = second(0), .decay = std::chrono::minutes{30}}).value == about(3));
  CHECK(of(votes_of(10, 0, second(-3'600)), {.epoch = second(0), .decay = std::chrono::hours{1}}).value == about(0));
  // Both ends of time.
  instant const first = instant::from_micros(credence::detail::earliest_micros + 1);
  instant const last = instant::from_micros(credence::detail::latest_micros - 1);
  CHECK(of(votes_of(1, 0, last), {.epoch = first}).value == about(0x1p64 / 45e9));
  CHECK(of(votes_of(1, 0, first), {.epoch = last}).value == about(-0x1p64 / 45e9));
}

TEST_CASE("hotness: posted when the earliest vote was, in any order and split") {
  std::vector<timed_review> rows = timed_reviews(300, true);
  vote_score_result const found = hotness(rows, &timed_review::time, &timed_review::stars, {.satisfied_from = 4});
  std::uint64_t up = 0;
  std::uint64_t down = 0;
  instant earliest = instant::from_micros(credence::detail::latest_micros);
  for (timed_review const& row : rows) {
    if (!row.time || !row.time->is_known() || !row.stars || !credence::is_finite(*row.stars)) continue;
    ++(*row.stars >= 4 ? up : down);
    earliest = (std::min)(earliest, *row.time);
  }
  CHECK(found.positives == up);
  CHECK(found.negatives == down);
  CHECK(found.count == up + down);
  CHECK(found.count + found.rejected == rows.size());
  CHECK(found.posted == earliest);
  double const margin = static_cast<double>(up) - static_cast<double>(down);
  CHECK(found.value == about(std::copysign(std::log10(std::fabs(margin)), margin) +
                             (static_cast<double>(earliest.micros) / 1e6 - 1'134'028'003) / 45'000));
  std::reverse(rows.begin(), rows.end());
  hotness_accumulator merged({.satisfied_from = 4});
  hotness_accumulator rest({.satisfied_from = 4});
  for (std::size_t at = 0; at < rows.size(); ++at) (at % 3 == 0 ? merged : rest)(rows[at].time, rows[at].stars);
  merged += rest;
  CHECK(merged.result() == found);
  CHECK(merged.valid());
  CHECK(credence::from_bytes<hotness_accumulator>(credence::to_bytes(merged)) == merged);
  CHECK(merged.result({.decay = std::chrono::hours{1}}).value != found.value);
}

TEST_CASE("hotness: bad input") {
  CHECK_FALSE(of({}));
  CHECK_FALSE(of({}).posted);
  CHECK(hotness_accumulator{}.valid());
  vote_score_result const none =
      of({{std::nullopt, 1}, {second(1), std::nullopt}, {second(1), credence::not_a_number()}});
  CHECK_FALSE(none);
  CHECK(none.rejections == credence::rejections{.missing = 2, .not_a_number = 1});
  std::vector<timed_review> rows = votes_of(5, 0, second(9));
  rows.push_back({instant::from_micros(credence::detail::latest_micros), 1});
  CHECK(error_of([&] {
          static_cast<void>(
              hotness(rows, &timed_review::time, &timed_review::stars, {.on_invalid = credence::on_invalid::raise}));
        }) == "credence: sample 5 has a time that cannot be");
  CHECK(of(rows).rejections.bad_time == 1);
  CHECK(error_of([] { hotness_accumulator(hotness_options{.decay = std::chrono::seconds{0}}); }) ==
        "credence: hotness_options::decay is 0; it must be longer than 0 seconds");
  CHECK(error_of([] {
          hotness_accumulator(hotness_options{.epoch = instant::from_micros(credence::detail::earliest_micros)});
        }).find("hotness_options::epoch") != std::string::npos);
  CHECK(error_of([] {
          hotness_accumulator(hotness_options{.satisfied_from = credence::not_a_number()});
        }).find("hotness_options::satisfied_from") != std::string::npos);
  // Huge counts, as they come from bytes.
  credence::detail::vote_times const many{std::uint64_t{1} << 40, 1, second(0), {}};
  CHECK(hotness_accumulator({.epoch = second(0)}, many).result().value == about(40 * std::log10(2)));
  CHECK_FALSE(hotness_accumulator({}, {~std::uint64_t{}, 1, second(0), {}}).valid());
  CHECK_FALSE(hotness_accumulator({}, {0, 0, second(0), {}}).valid());
  CHECK_FALSE(hotness_accumulator({}, {1, 0, instant::from_micros(credence::detail::latest_micros), {}}).valid());
}

}  // namespace test_hotness
