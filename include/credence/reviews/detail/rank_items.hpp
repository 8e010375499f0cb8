// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_RANK_ITEMS_HPP
#define CREDENCE_REVIEWS_DETAIL_RANK_ITEMS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
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

/// An item with its score, as it is sorted.
struct scored_item {
  std::uint64_t place;  ///< less for a better score; most of all for none
  std::uint64_t count;
  std::uint32_t number;  ///< among the items
};
[[nodiscard]] constexpr std::uint64_t place_of_score(double score) {
  return is_nan(score) ? ~std::uint64_t{} : ~ordered_word(score);
}

/// Does one key come before another, as they are encoded?
template <class Key>
[[nodiscard]] bool key_before(Key const& one, Key const& other) {
  if constexpr (integer_key<Key>) {
    using codec = key_codec<Key>;
    bool const below = codec::negative(one);
    return below == codec::negative(other) ? codec::word(one) < codec::word(other) : below;
  } else {
    std::string first;
    std::string second;
    codec_of<Key>::encode(first, one);
    codec_of<Key>::encode(second, other);
    return first < second;
  }
}

/// The first `top` of these in order, or all of them. `key_at(number)` answers an item's key, asked only of what ties
/// in score and count. O(n) where few are asked for, else O(n) but for ties.
template <class KeyAt>
void rank_items(std::vector<scored_item>& items, std::size_t top, KeyAt const& key_at) {
  auto const before = [&](scored_item const& one, scored_item const& other) {
    if (one.place != other.place) return one.place < other.place;
    if (one.count != other.count) return one.count > other.count;
    return one.number != other.number && detail::key_before(key_at(one.number), key_at(other.number));
  };
  if (top < items.size() / 4) {
    auto const cut = items.begin() + static_cast<std::ptrdiff_t>(top);
    std::nth_element(items.begin(), cut, items.end(), before);
    items.erase(cut, items.end());
    std::sort(items.begin(), items.end(), before);
    return;
  }
  sort_by_word(items, [](scored_item const& item) { return item.place; });
  for (std::size_t from = 0; from < items.size();) {
    std::size_t to = from + 1;
    while (to < items.size() && items[to].place == items[from].place) ++to;
    if (to - from > 1)
      std::sort(items.begin() + static_cast<std::ptrdiff_t>(from), items.begin() + static_cast<std::ptrdiff_t>(to),
                before);
    from = to;
  }
  if (top < items.size()) items.erase(items.begin() + static_cast<std::ptrdiff_t>(top), items.end());
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
