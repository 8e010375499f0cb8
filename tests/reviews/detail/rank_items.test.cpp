// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/reviews/detail/rank_items.hpp>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace test_rank_items {

using credence::detail::key_before;
using credence::detail::rank_items;
using credence::detail::scored_item;

struct item {
  double score;
  std::uint64_t count;
  int key;
};

std::vector<int> ranked(std::vector<item> const& items, std::size_t top) {
  std::vector<scored_item> order;
  for (std::uint32_t at = 0; at < items.size(); ++at) order.emplace_back(items[at].score, at, items[at].count);
  rank_items(
      order, top, [&](std::uint32_t at) { return items[at].count; }, [&](std::uint32_t at) { return items[at].key; });
  std::vector<int> keys;
  for (scored_item const& own : order) keys.push_back(items[own.number].key);
  return keys;
}

TEST_CASE("rank_items: by score, count and key, all or the first, whatever order they came in") {
  std::mt19937 random(5);
  std::vector<item> items;
  for (int key = -3'000; key < 3'000; ++key) {
    // Few scores, some of which differ only in their last bits, and counts beyond 32 bits.
    double const score = 4 + static_cast<double>(random() % 5) * 1e-15 + static_cast<double>(random() % 3);
    items.push_back({score, (random() % 3) << (random() % 2 * 33), key});
  }
  items.push_back({std::numeric_limits<double>::quiet_NaN(), 9, 9'000});
  items.push_back({-std::numeric_limits<double>::infinity(), 1, 9'001});
  std::shuffle(items.begin(), items.end(), random);
  std::vector<item> sorted = items;
  std::sort(sorted.begin(), sorted.end(), [](item const& one, item const& other) {
    bool const first = std::isnan(one.score) || one.count == 0;  // without ratings there is no score
    bool const second = std::isnan(other.score) || other.count == 0;
    return std::tuple(first, first ? 0 : -one.score, ~one.count, one.key) <
           std::tuple(second, second ? 0 : -other.score, ~other.count, other.key);
  });
  for (std::size_t const top : {std::size_t{1}, std::size_t{10}, std::size_t{1'400}, std::size_t{4'000},
                                items.size() - 1, items.size(), ~std::size_t{}}) {
    std::vector<int> expected;
    for (std::size_t at = 0; at < std::min(top, sorted.size()); ++at) expected.push_back(sorted[at].key);
    CHECK(ranked(items, top) == expected);
  }
  CHECK(ranked({}, 3).empty());
}

TEST_CASE("rank_items: keys come as their encodings do") {
  CHECK(key_before(-1, 0));
  CHECK(key_before(std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}));
  CHECK(!key_before(std::uint64_t{1} << 63, std::uint64_t{1}));
  CHECK(key_before(std::string("a"), std::string("ab")));
  CHECK(!key_before(std::string("b"), std::string("b")));
  CHECK(key_before(std::string("a\0b", 3), std::string("aa")));
  CHECK(key_before(std::string("z"), std::string("\xc3\xa9")));
}

}  // namespace test_rank_items
