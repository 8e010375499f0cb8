// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/core/detail/sort_reals.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace test_sort_reals {

struct item {
  std::uint64_t word;
  std::size_t place;
};

TEST_CASE("sort_by_word: as a stable sort by comparing, of few and of many, wherever the words differ") {
  for (std::size_t const size : {0U, 1U, 2U, 1'000U, 1'024U, 5'000U}) {
    for (int const shift : {0, 9, 40, 60}) {
      std::vector<item> items(size);
      std::uint64_t word = 88'172'645'463'325'252U;
      for (std::size_t at = 0; at < size; ++at) {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        items[at] = {(word >> 40) % 300 << shift, at};
      }
      std::vector<item> expected = items;
      std::stable_sort(expected.begin(), expected.end(),
                       [](item const& one, item const& other) { return one.word < other.word; });
      credence::detail::sort_by_word(items, [](item const& each) { return each.word; });
      CHECK(std::equal(items.begin(), items.end(), expected.begin(), expected.end(),
                       [](item const& one, item const& other) { return one.place == other.place; }));
    }
  }
}

TEST_CASE("sort_reals: all kinds of reals, and -0 becomes 0") {
  double const infinite = std::numeric_limits<double>::infinity();
  std::vector<double> values{3, -0.0, infinite, -5e-324, 5e-324, -infinite, 0, -1e308, 1e308, 1, -1};
  std::vector<double> expected = values;
  std::sort(expected.begin(), expected.end());
  credence::detail::sort_reals(values);
  CHECK(values == expected);
  CHECK(std::none_of(values.begin(), values.end(), [](double value) { return value == 0 && std::signbit(value); }));
  std::vector<double> many;
  for (int at = 0; at < 3'000; ++at) many.push_back(std::sin(at * at) * std::exp(at % 50));
  expected = many;
  std::sort(expected.begin(), expected.end());
  credence::detail::sort_reals(many);
  CHECK(many == expected);
}

}  // namespace test_sort_reals
