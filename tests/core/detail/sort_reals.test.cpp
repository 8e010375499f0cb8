// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <credence/core/detail/sort_reals.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace test_sort_reals {

using credence::detail::ordered_word;
using credence::detail::real_of_word;
using credence::detail::sort_reals;

TEST_CASE("sort_reals: words lie as their numbers do, and go back") {
  double const infinity = std::numeric_limits<double>::infinity();
  std::vector<double> const rising{-infinity, -1e300, -2,        -1, -5e-324, 0,       5e-324,
                                   1e-310,    1,      1 + 2e-16, 2,  1e300,   infinity};
  for (std::size_t at = 0; at < rising.size(); ++at) {
    CHECK(real_of_word(ordered_word(rising[at])) == rising[at]);
    if (at != 0) CHECK(ordered_word(rising[at - 1]) < ordered_word(rising[at]));
  }
  CHECK(ordered_word(-0.0) == ordered_word(0.0));
  CHECK_FALSE(std::signbit(real_of_word(ordered_word(-0.0))));
}

TEST_CASE("sort_reals: few and many, of any bits, of one value, of values that share most of their bits") {
  std::mt19937_64 random(41);
  for (std::size_t const count : {0u, 1u, 2u, 1'000u, 1'023u, 1'024u, 1'025u, 5'000u}) {
    for (int kind = 0; kind < 5; ++kind) {
      std::vector<double> values(count);
      for (double& value : values) {
        do {
          std::uint64_t const word = random();
          value = kind == 0   ? std::bit_cast<double>(word)
                  : kind == 1 ? static_cast<double>(word % 9) - 4
                  : kind == 2 ? static_cast<double>(word % 65'536)
                  : kind == 3 ? 1 + static_cast<double>(word % 1'000) * 0x1p-52
                              : 7.25;
        } while (std::isnan(value));
        if (kind == 1 && random() % 3 == 0) value = -0.0;
      }
      std::vector<double> expected = values;
      std::sort(expected.begin(), expected.end());
      sort_reals(values);
      CHECK(values == expected);
      for (double const value : values) CHECK_FALSE((value == 0 && std::signbit(value)));
    }
  }
}

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

}  // namespace test_sort_reals
