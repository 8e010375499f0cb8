// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/latest_by.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <credence/inference/mean.hpp>

#include "support/error_of.hpp"

namespace test_latest_by {

using seconds = std::chrono::sys_seconds;

struct review {
  std::optional<int> user;
  std::string product;
  std::optional<seconds> time;
  int stars;
};
std::optional<seconds> at(int second) { return seconds{std::chrono::seconds{second}}; }

TEST_CASE("the latest of each rater and item is kept, the later row of a tie, in the order of the rows") {
  std::vector<review> const rows{{1, "a", at(5), 1}, {2, "a", at(1), 2}, {1, "a", at(9), 3}, {1, "b", at(2), 4},
                                 {1, "a", at(7), 5}, {1, "b", at(2), 6}, {2, "a", at(0), 7}};
  auto const kept = credence::latest_by(rows, &review::user, &review::product, &review::time);
  CHECK(kept.rows == std::vector<std::size_t>{1, 2, 5});
  CHECK(kept.superseded == 4);
  CHECK(kept.rejected == 0);
  CHECK(kept.size() == 3);
  CHECK(&*kept.begin() == &rows[1]);
  CHECK(kept.begin()[2].stars == 6);
  CHECK(kept.end() - kept.begin() == 3);
  CHECK((*--kept.end()).stars == 6);
  static_assert(std::random_access_iterator<decltype(kept.begin())>);
  CHECK(credence::mean(kept, &review::stars).value == doctest::Approx(11.0 / 3));
}

TEST_CASE("random reviews with heavy ties, against a map") {
  std::uint32_t state = 3;
  auto const draw = [&](std::uint32_t below) { return ((state = state * 1'664'525 + 1'013'904'223) >> 8) % below; };
  std::vector<review> rows;
  for (int row = 0; row < 3'000; ++row) {
    rows.push_back(
        {static_cast<int>(draw(30)) * 1'000'003, std::to_string(draw(20)), at(static_cast<int>(draw(6))), row});
    if (draw(50) == 0) rows.back().user.reset();
    if (draw(50) == 0) rows.back().time.reset();
  }
  std::map<std::pair<int, std::string>, std::size_t> latest;
  std::uint64_t missing = 0;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    review const& own = rows[row];
    if (!own.user || !own.time) {
      ++missing;
      continue;
    }
    auto const [found, is_new] = latest.try_emplace({*own.user, own.product}, row);
    if (!is_new && *own.time >= *rows[found->second].time) found->second = row;
  }
  std::vector<bool> known(rows.size());
  for (auto const& entry : latest) known[entry.second] = true;
  auto const kept = credence::latest_by(rows, &review::user, &review::product, &review::time);
  std::vector<bool> found(rows.size());
  for (review const& own : kept) found[static_cast<std::size_t>(own.stars)] = true;
  CHECK(found == known);
  CHECK(kept.size() == latest.size());
  CHECK(kept.superseded == rows.size() - missing - latest.size());
  CHECK(kept.rejections == credence::rejections{.missing = missing});
}

TEST_CASE("rows that are handed over are owned") {
  std::vector<review> rows{{1, "a", at(5), 1}, {1, "a", at(6), 2}};
  auto kept = credence::latest_by(std::move(rows), &review::user, &review::product, &review::time);
  auto const moved = std::move(kept);
  CHECK((*moved.begin()).stars == 2);
  CHECK(credence::mean(moved, &review::stars).count == 1);
}

TEST_CASE("no rows, times that cannot be, and a complaint that names its row") {
  std::vector<review> rows;
  auto const none = credence::latest_by(rows, &review::user, &review::product, &review::time);
  CHECK_FALSE(none);
  CHECK(none.begin() == none.end());
  CHECK(credence::mean(none, &review::stars).count == 0);

  rows = {{1, "a", at(5), 1}, {1, "a", seconds::max(), 2}, {1, "a", {}, 3}};
  auto const kept = credence::latest_by(rows, &review::user, &review::product, &review::time);
  CHECK(kept.rows == std::vector<std::size_t>{0});
  CHECK(kept.rejections == credence::rejections{.missing = 1, .bad_time = 1});
  CHECK(error_of([&] {
          static_cast<void>(credence::latest_by(rows, &review::user, &review::product, &review::time,
                                                {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 1 ") != std::string::npos);
}

}  // namespace test_latest_by
