// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <unordered_map>
#include <vector>

#include <credence/core/key_index.hpp>
#include <credence/core/keys.hpp>

namespace test_key_index {

using credence::detail::key_index;

namespace {

// Keys in a vector, found through the index, with whatever hash.
struct indexed {
  std::uint64_t (*hash)(std::uint64_t);
  std::vector<std::uint64_t> keys{};
  key_index index{};
  std::size_t compared = 0;

  std::size_t find(std::uint64_t key) {
    return index.find(hash(key), [&](std::size_t at) {
      ++compared;
      return keys[at] == key;
    });
  }
  void insert(std::uint64_t key) {
    index.insert(hash(key), keys.size());
    keys.push_back(key);
  }
};

}  // namespace

TEST_CASE("what was inserted is found, and nothing else, through every growth") {
  std::mt19937_64 random(6);
  indexed table{credence::detail::mixed};
  std::unordered_map<std::uint64_t, std::size_t> expected;
  CHECK(table.find(1) == key_index::none);
  for (int round = 0; round < 20'000; ++round) {
    std::uint64_t const key = random() % 8'000;
    auto const known = expected.find(key);
    REQUIRE(table.find(key) == (known == expected.end() ? key_index::none : known->second));
    if (known == expected.end()) {
      expected.emplace(key, table.keys.size());
      table.insert(key);
    }
  }
  // A copy stands for itself.
  key_index const before = table.index;
  std::size_t const position = table.keys.size();
  table.insert(1'000'000);
  CHECK(table.find(1'000'000) == position);
  CHECK(before.find(table.hash(1'000'000), [](std::size_t) { return true; }) == key_index::none);
}

TEST_CASE("keys with one and the same hash are told apart") {
  indexed table{[](std::uint64_t) { return std::uint64_t{0}; }};
  for (std::uint64_t key = 0; key < 200; ++key) table.insert(key);
  for (std::uint64_t key = 0; key < 200; ++key) CHECK(table.find(key) == key);
  CHECK(table.find(200) == key_index::none);
}

TEST_CASE("the part of the hash in a slot spares most comparisons") {
  indexed table{credence::detail::mixed};
  for (std::uint64_t key = 0; key < 10'000; ++key) table.insert(key);
  table.compared = 0;
  for (std::uint64_t key = 0; key < 10'000; ++key) CHECK(table.find(key) == key);
  for (std::uint64_t key = 10'000; key < 20'000; ++key) CHECK(table.find(key) == key_index::none);
  CHECK(table.compared < 10'010);
}

TEST_CASE("more groups than a slot can number are refused before anything is allocated") {
  key_index index;
  CHECK_THROWS_WITH_AS(index.insert(1, 0xffff'fffeU),
                       "credence: a grouped accumulator holds at most 4,294,967,294 groups", credence::error);
  CHECK(index.find(1, [](std::size_t) { return true; }) == key_index::none);
}

}  // namespace test_key_index
