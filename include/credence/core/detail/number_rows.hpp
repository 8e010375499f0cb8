// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_NUMBER_ROWS_HPP
#define CREDENCE_CORE_DETAIL_NUMBER_ROWS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <type_traits>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// What those that number the keys of many rows share.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Who, or what, a projection names: of an optional, what is in it; nothing is no key.
template <class Projected>
using present_key = stored_key<typename answer_type<std::remove_cvref_t<std::decay_t<Projected>>>::type>;
template <class Projected>
constexpr bool check_present_key() {
  return check_key<typename answer_type<std::remove_cvref_t<Projected>>::type>();
}

/// The number of the key that a projection named; only where it named one.
template <class Numbers, class Own>
[[nodiscard]] std::uint32_t number_among(Numbers& numbers, Own const& own) {
  if constexpr (is_optional<Own>) {
    return numbers.number_of(*own);
  } else {
    return numbers.number_of(own);
  }
}

/// The number of a host's key where it has one, else `no_number`: an empty optional has none, and an integer of another
/// type is what it is, not what is left of it.
template <class Key, class Own>
[[nodiscard]] std::uint32_t number_found(numbered_keys<Key> const& numbers, Own const& own) {
  if constexpr (is_optional<Own>) {
    return own ? detail::number_found(numbers, *own) : no_number;
  } else {
    constexpr bool of_one_kind = integer_key<Key> ? integer_key<Own> : requires(Key const& key) {
      codec_of<Key>::equal(key, own);
    };
    static_assert(of_one_kind,
                  "credence: this key is of another kind than those of the rows; ask with a key of the type that the "
                  "projection returned (an integer for integers, text for text)");
    if constexpr (!of_one_kind) {
      return no_number;
    } else if constexpr (integer_key<Key>) {
      Key const kept = static_cast<Key>(own);
      return codec_of<Key>::equal(kept, own) ? numbers.find(kept) : no_number;
    } else {
      return numbers.find(own);
    }
  }
}

/// Asks for the row that is so many further on: while a block is entered, the next would not be on its way.
template <std::size_t Rows, class Iterator, class Sentinel>
void fetch_ahead([[maybe_unused]] Iterator const& row, [[maybe_unused]] Sentinel const& end) {
#if defined(__GNUC__) || defined(__clang__)
  if constexpr (std::contiguous_iterator<Iterator> && std::sized_sentinel_for<Sentinel, Iterator>) {
    if (static_cast<std::size_t>(end - row) > Rows)
      __builtin_prefetch(static_cast<void const*>(std::to_address(row) + Rows));
  }
#endif
}

/// Numbers that suit the keys of these rows, as far as a look at some of them tells.
template <class Key, class Range, class KeyOf>
[[nodiscard]] numbered_keys<Key> numbers_for(Range& rows, KeyOf const& key) {
  constexpr std::int64_t looks = 4'096;
  auto const begin = std::ranges::begin(rows);
  auto const size = static_cast<std::int64_t>(std::ranges::end(rows) - begin);
  if (size < 4 * looks) return {};
  std::vector<std::uint64_t> seen;
  for (std::int64_t look = 0; look < looks; ++look) {
    auto&& row = *(begin + static_cast<std::iter_difference_t<iterator_of<Range>>>(size / looks * look));
    auto&& own = detail::project(key, row);
    if constexpr (is_optional<std::remove_cvref_t<decltype(own)>>) {
      if (own) seen.push_back(numbered_keys<Key>::ordered(*own));
    } else {
      seen.push_back(numbered_keys<Key>::ordered(own));
    }
  }
  std::sort(seen.begin(), seen.end());
  numbered_keys<Key> numbers(detail::window_of(seen, static_cast<std::uint64_t>(size)));
  if (numbers.limit() == 0) numbers.expect(keys_among(seen, static_cast<std::uint64_t>(size)));
  return numbers;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
