// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/clv/rfm_scores.hpp>
#include <credence/history/rfm_table.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_rfm_scores {

using credence::rfm_scores;
using credence::rfm_segment;

struct customer {
  std::optional<double> days;
  int orders = 0;
  double spend = 0;
};
auto scored(std::vector<customer> const& rows, credence::rfm_scores_options const& options = {}) {
  return rfm_scores(rows, &customer::days, &customer::orders, &customer::spend, options);
}

TEST_CASE("rfm_scores: one more than how many fifths of the customers are worse") {
  std::vector<customer> rows;
  for (int at = 0; at < 10; ++at) rows.push_back({10.0 * at, 9 - at, 100.0 - at});
  auto const found = scored(rows);
  REQUIRE(found.size() == 10);
  for (std::size_t at = 0; at < 10; ++at) {
    int const score = 5 - static_cast<int>(at) / 2;  // the first bought last, most often and most
    CHECK(found[at] == credence::rfm_score{score, score, score, credence::segment_of(score, score)});
  }
  CHECK(found.count == 10);
  CHECK(found.segments.front().segment == rfm_segment::champions);
  CHECK(found.segments.front().count == 2);
}

TEST_CASE("rfm_scores: on random rows with heavy ties, monotone and as counted") {
  std::vector<customer> rows;
  std::uint64_t word = 12'345;
  auto const below = [&](std::uint64_t limit) {
    word = word * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return static_cast<int>((word >> 33) % limit);
  };
  for (int at = 0; at < 2'000; ++at)
    rows.push_back({below(40) * 0.5, below(3) == 0 ? below(9) : 0, below(7) * 10.0 - 20});
  for (int const quantiles : {2, 5, 10}) {
    auto const found = scored(rows, {.quantiles = quantiles});
    std::uint64_t seen = 0;
    for (auto const& each : found.segments) seen += each.count;
    CHECK(seen == rows.size());
    for (std::size_t at = 0; at < rows.size(); at += 37) {
      std::size_t worse[3] = {};
      for (std::size_t other = 0; other < rows.size(); ++other) {
        worse[0] += *rows[other].days > *rows[at].days;
        worse[1] += rows[other].orders < rows[at].orders;
        worse[2] += rows[other].spend < rows[at].spend;
        if (*rows[other].days == *rows[at].days) CHECK(found[other].recency == found[at].recency);
        if (rows[other].spend < rows[at].spend) CHECK(found[other].monetary <= found[at].monetary);
      }
      auto const score = [&](std::size_t which, std::size_t parts) {
        return static_cast<int>(1 + worse[which] * parts / rows.size());
      };
      auto const parts = static_cast<std::size_t>(quantiles);
      CHECK(found[at].recency == score(0, parts));
      CHECK(found[at].frequency == score(1, parts));
      CHECK(found[at].monetary == score(2, parts));
      CHECK(found[at].segment == credence::segment_of(score(0, 5), score(1, 5)));
    }
  }
}

TEST_CASE("rfm_scores: what a segment is like") {
  auto const found = scored({{1, 5, 10}, {1, 5, 30}, {9, 0, 2}, {9, 0, 4}});
  auto const& best =
      *std::find_if(found.segments.begin(), found.segments.end(), [](auto const& each) { return each.count != 0; });
  CHECK(best.segment == rfm_segment::need_attention);  // half are worse: 1 + ⌊5/2⌋
  CHECK(best.share == 0.5);
  CHECK(best.mean_recency == 1);
  CHECK(best.mean_frequency == 5);
  CHECK(best.mean_monetary == 20);
  CHECK(found.segments.back().segment == rfm_segment::hibernating);
  CHECK(found.segments.back().mean_recency == 9);
  CHECK(credence::is_nan(found.segments.front().mean_monetary));
  CHECK(found.segments.front().share == 0);
}

TEST_CASE("rfm_scores: nobody, one, all alike, and rows that cannot be scored") {
  CHECK(!scored({}));
  CHECK(scored({}).segments.size() == credence::rfm_segments - 1);
  CHECK(scored({{3, 1, 2}})[0] == credence::rfm_score{1, 1, 1, rfm_segment::hibernating});
  auto const alike = scored({{0.0, 1, 2}, {-0.0, 1, 2}, {0.0, 1, 2}});
  CHECK(alike[0] == alike[1]);
  CHECK(alike[2].recency == 1);
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<customer> const dirty{{1, 1, 1}, {std::nullopt, 1, 1}, {1, 1, nan}, {HUGE_VAL, 1, 1}, {0, 2, 2}};
  auto const found = scored(dirty);
  CHECK(found.count == 2);
  CHECK(found.rejections == credence::rejections{.missing = 1, .not_a_number = 1, .off_scale = 1});
  CHECK(found[1] == credence::rfm_score{});
  CHECK(found[4].recency == 3);
  CHECK(error_of([&] { static_cast<void>(scored(dirty, {.on_invalid = credence::on_invalid::raise})); }).find("1") !=
        std::string::npos);
  for (int const wrong : {1, 101, -5})
    CHECK(error_of([&] {
            static_cast<void>(scored(dirty, {.quantiles = wrong}));
          }).find("rfm_scores_options::quantiles") != std::string::npos);
}

TEST_CASE("rfm_scores: of a table of rfm, by how long ago the last purchase was") {
  credence::rfm_table<int> const table(
      {{.key = 1, .frequency = 2, .recency = 9, .age = 10, .monetary_value = 5}, {.key = 2, .age = 10}}, {}, {}, {},
      {});
  auto const found = rfm_scores(table);
  CHECK(found[0] == credence::rfm_score{3, 3, 3, rfm_segment::need_attention});
  CHECK(found[1] == credence::rfm_score{1, 1, 1, rfm_segment::hibernating});
}

}  // namespace test_rfm_scores
