// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_RANK_ITEMS_HPP
#define CREDENCE_REVIEWS_DETAIL_RANK_ITEMS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// The order of a catalogue: by score, then by the number of ratings, then by the encoded key, so that it never depends
// on the order of the rows.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// An item with its score, as it is sorted: one without ratings has none, whatever a prior says of it.
struct scored_item {
  std::uint64_t place;   ///< less for a better score; most of all for none
  std::uint32_t number;  ///< among the items
  std::uint32_t count;   ///< of its ratings, or `many`

  static constexpr std::uint32_t many = ~std::uint32_t{};
  constexpr scored_item(double score, std::uint32_t own_number, std::uint64_t own_count)
      : place(place_of_score(own_count == 0 ? not_a_number() : score)),
        number(own_number),
        count(own_count < many ? static_cast<std::uint32_t>(own_count) : many) {}
  scored_item() = default;

  [[nodiscard]] static constexpr std::uint64_t place_of_score(double score) {
    return is_nan(score) ? ~std::uint64_t{} : ~ordered_word(score);
  }
};
/// Does one key come before another, as they are encoded?
template <class Key>
[[nodiscard]] bool key_before(Key const& one, Key const& other) {
  if constexpr (integer_key<Key>) {
    using codec = key_codec<Key>;
    bool const below = codec::negative(one);
    return below == codec::negative(other) ? codec::word(one) < codec::word(other) : below;
  } else if constexpr (std::is_same_v<Key, std::string>) {
    return one < other;  // as its encoding does, without making one
  } else {
    std::string first;
    std::string second;
    codec_of<Key>::encode(first, one);
    codec_of<Key>::encode(second, other);
    return first < second;
  }
}

/// The first `top` of these in order, or all of them. Of what ties in score, `key_at(number)` is asked, and
/// `count_of(number)` where both have too many ratings for 32 bits. O(n) where few are asked for; else the upper half
/// of the scores is sorted by its bits, and then what agrees in it.
template <class CountOf, class KeyAt>
void rank_items(std::vector<scored_item>& items, std::size_t top, CountOf const& count_of, KeyAt const& key_at) {
  auto const before = [&](scored_item const& one, scored_item const& other) {
    if (one.place != other.place) return one.place < other.place;
    if (one.number == other.number) return false;
    if (one.count != other.count) return one.count > other.count;
    if (one.count == scored_item::many) {
      std::uint64_t const ones = count_of(one.number);
      std::uint64_t const others = count_of(other.number);
      if (ones != others) return ones > others;
    }
    return detail::key_before(key_at(one.number), key_at(other.number));
  };
  auto const nth = [&](std::size_t at) { return items.begin() + static_cast<std::ptrdiff_t>(at); };
  if (top < items.size() / 4) {
    std::nth_element(items.begin(), nth(top), items.end(), before);
    items.erase(nth(top), items.end());
    std::sort(items.begin(), items.end(), before);
    return;
  }
  constexpr int lower_bits = 31;
  sort_by_word(items, [](scored_item const& item) { return item.place >> lower_bits; });
  for (std::size_t from = 0; from < items.size();) {
    std::size_t to = from + 1;
    while (to < items.size() && items[to].place >> lower_bits == items[from].place >> lower_bits) ++to;
    if (to - from > 1) std::sort(nth(from), nth(to), before);
    from = to;
  }
  if (top < items.size()) items.erase(nth(top), items.end());
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
