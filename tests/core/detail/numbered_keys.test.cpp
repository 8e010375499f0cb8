// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/detail/numbered_keys.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

namespace test_numbered_keys {

using credence::detail::key_window;
using credence::detail::no_number;
using credence::detail::numbered_keys;
using credence::detail::page_keys;
using credence::detail::window_of;

TEST_CASE("numbered_keys: keys have the numbers they came with, also many at a time") {
  numbered_keys<std::int64_t> one_by_one;
  numbered_keys<std::int64_t> many;
  std::map<std::int64_t, std::uint32_t> known;
  std::vector<std::int64_t> keys;
  std::uint64_t word = 1;
  for (int at = 0; at < 20'000; ++at) {
    word = word * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    keys.push_back(static_cast<std::int64_t>(at % 3 == 0 ? word >> 50 : at % 3 == 1 ? word : 0 - (word >> 55)));
  }
  keys.push_back((std::numeric_limits<std::int64_t>::min)());
  std::vector<std::uint32_t> numbers(keys.size());
  many.find_or_add_many(keys.data(), keys.size(), numbers.data());
  for (std::size_t at = 0; at < keys.size(); ++at) {
    std::uint32_t const number = one_by_one.find_or_add(keys[at]);
    known.emplace(keys[at], number);
    CHECK(known[keys[at]] == number);
    CHECK(many.find(keys[at]) == numbers[at]);
  }
  CHECK(one_by_one.limit() == known.size());
  CHECK(many.limit() == known.size());
  CHECK(one_by_one.find(std::int64_t{1} << 40) == no_number);
  auto const beside = many.keys_beside();
  for (std::size_t at = 0; at < keys.size(); ++at) CHECK(many.key_at(numbers[at], beside) == keys[at]);
}

TEST_CASE("numbered_keys: within a window keys are numbered as they lie, and others beside it") {
  numbered_keys<int> index(key_window{static_cast<std::uint64_t>(-100), page_keys});
  CHECK(index.find_or_add(-100) == 0);
  CHECK(index.find_or_add(0) == 100);
  CHECK(index.find_or_add(1'000'000) == page_keys);
  CHECK(index.find_or_add(-101) == page_keys + 1);
  CHECK(index.find(-102) == no_number);
  auto const beside = index.keys_beside();
  CHECK(index.key_at(99, beside) == -1);
  CHECK(index.key_at(page_keys + 1, beside) == -101);
  int const keys[] = {5, 1'000'000, 7, -5'000};
  std::uint32_t numbers[4];
  index.find_or_add_many(keys, 4, numbers);
  CHECK(numbers[0] == 105);
  CHECK(numbers[1] == page_keys);
  CHECK(numbers[3] == page_keys + 2);
}

TEST_CASE("window_of: where most keys lie, from zero if that is near, and not for strays") {
  std::vector<std::uint64_t> ordered;
  auto const seen = [&](std::int64_t key) { ordered.push_back(numbered_keys<std::int64_t>::ordered(key)); };
  seen(-1);
  for (std::int64_t key = 0; key < 4'000; ++key) seen(3 * key + 9'000);
  seen(std::int64_t{1} << 60);
  key_window const window = window_of(ordered, 100'000);
  CHECK(window.base == 0);
  CHECK(window.size >= 21'000);
  CHECK(window.size % page_keys == 0);
  CHECK(window_of(ordered, 10'000).size == 0);  // wider than it may be
  CHECK(window_of({}, 10'000).size == 0);
  for (std::uint64_t& each : ordered) each = ~std::uint64_t{} - 50;  // at the end of all keys
  CHECK(window_of(ordered, 100'000).size != 0);
}

}  // namespace test_numbered_keys
