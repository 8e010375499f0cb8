// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_SORT_REALS_HPP
#define CREDENCE_CORE_DETAIL_SORT_REALS_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A word that lies among others as its number does among numbers. Of −0 that of 0: they are equal.
[[nodiscard]] constexpr std::uint64_t ordered_word(double value) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  std::uint64_t const bits = std::bit_cast<std::uint64_t>(value);
  if (bits == sign) return sign;
  return (bits & sign) != 0 ? ~bits : bits | sign;
}
[[nodiscard]] constexpr double real_of_word(std::uint64_t word) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  return std::bit_cast<double>((word & sign) != 0 ? word ^ sign : ~word);
}

/// Sorts items by a word of each, those of equal words keeping their order: eleven bits at a time from the lowest up,
/// passing over those that all of them share. O(n), and twice the memory.
template <class Item, class WordOf>
void sort_by_word(std::vector<Item>& items, WordOf const& word_of) {
  constexpr std::size_t few = 1'024;
  if (items.size() < few) {
    // Not std::stable_sort: clang 19 warns of what libstdc++'s is made of.
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    order.reserve(items.size());
    for (std::size_t at = 0; at < items.size(); ++at) order.emplace_back(word_of(items[at]), at);
    std::sort(order.begin(), order.end());
    std::vector<Item> sorted;
    sorted.reserve(items.size());
    for (auto const& [word, at] : order) sorted.push_back(items[at]);
    items.swap(sorted);
    return;
  }
  constexpr int bits = 11;
  constexpr std::size_t digits = 6;  // 66 bits
  constexpr std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  std::vector<Item> other(items.size());
  std::vector<std::array<std::size_t, mask + 1>> places(digits);
  for (Item const& item : items) {
    std::uint64_t const word = word_of(item);
    for (std::size_t digit = 0; digit < digits; ++digit)
      ++places[digit][static_cast<std::size_t>(word >> (bits * static_cast<int>(digit)) & mask)];
  }
  for (std::size_t digit = 0; digit < digits; ++digit) {
    int const shift = bits * static_cast<int>(digit);
    std::array<std::size_t, mask + 1>& own = places[digit];
    if (own[static_cast<std::size_t>(word_of(items[0]) >> shift & mask)] == items.size()) continue;
    std::size_t before = 0;
    for (std::size_t& place : own) {
      std::size_t const many = place;
      place = before;
      before += many;
    }
    for (Item const& item : items) other[own[static_cast<std::size_t>(word_of(item) >> shift & mask)]++] = item;
    items.swap(other);
  }
}

/// Sorts reals, none of them a NaN, −0 becoming 0: by their bits. A quarter of the time of comparing them for a
/// million.
inline void sort_reals(std::vector<double>& values) {
  std::vector<std::uint64_t> words(values.size());
  for (std::size_t at = 0; at < values.size(); ++at) words[at] = ordered_word(values[at]);
  sort_by_word(words, [](std::uint64_t word) { return word; });
  for (std::size_t at = 0; at < values.size(); ++at) values[at] = real_of_word(words[at]);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
