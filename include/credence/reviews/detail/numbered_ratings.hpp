// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_NUMBERED_RATINGS_HPP
#define CREDENCE_REVIEWS_DETAIL_NUMBERED_RATINGS_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// Who rated what, by number.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The raters and the items of ratings that were taken, in the order of the rows. Not every number below `limit()` need
/// be somebody's: a window of keys has gaps, and a number without a rating is nobody.
template <class Rater, class Item>
struct numbered_ratings {
  numbered_keys<Rater> raters;
  numbered_keys<Item> items;
  std::vector<std::uint32_t> rater_of;
  std::vector<std::uint32_t> item_of;
  credence::rejections rejected;

  [[nodiscard]] std::size_t size() const { return rater_of.size(); }
};

template <class Range, class RaterOf, class ItemOf>
using numbered_ratings_of =
    numbered_ratings<present_key<projected<Range, RaterOf>>, present_key<projected<Range, ItemOf>>>;

template <class Range, class RaterOf, class ItemOf>
constexpr bool check_rating_keys() {
  constexpr bool rater = check_present_key<projected<Range, RaterOf>>();
  constexpr bool item = check_present_key<projected<Range, ItemOf>>();
  return rater && item;
}

/// One kind of key of some rows, and then their numbers. Integers are numbered a block at a time, so that the processor
/// waits for several slots of the table at once; others as they come.
template <class Key, std::size_t Rows>
class key_block {
 public:
  template <class Own>
  void put(numbered_keys<Key>& numbers, std::size_t at, Own const& own) {
    if constexpr (!integer_key<Key>) {
      numbers_[at] = detail::number_among(numbers, own);
    } else if constexpr (is_optional<Own>) {
      keys_[at] = static_cast<Key>(*own);
    } else {
      keys_[at] = static_cast<Key>(own);
    }
  }
  [[nodiscard]] std::uint32_t const* numbered(numbered_keys<Key>& numbers, std::size_t count) {
    if constexpr (integer_key<Key>) numbers.find_or_add_many(keys_, count, numbers_);
    return numbers_;
  }

 private:
  struct none {};
  [[no_unique_address]] std::conditional_t<integer_key<Key>, Key[Rows], none> keys_;
  std::uint32_t numbers_[Rows];
};

template <class Key, class Range, class KeyOf>
[[nodiscard]] numbered_keys<Key> numbers_to_fill(Range& rows, KeyOf const& key) {
  if constexpr (integer_key<Key> && shareable_rows<Range>) {
    return detail::numbers_for<Key>(rows, key);
  } else {
    static_cast<void>(rows);
    static_cast<void>(key);
    return {};
  }
}

/// Is the row taken? Some that enter rows also keep where they stand.
template <class Enter, class Row>
[[nodiscard]] bool entered(Enter& enter, Row& row, rejections& rejected, std::uint64_t position) {
  if constexpr (requires { enter(row, rejected, position); }) {
    return enter(row, rejected, position);
  } else {
    return enter(row, rejected);
  }
}

/// Reads rows once. Of each that has both keys `enter(row, rejected[, position])` reads what else is asked of it, to
/// the end of a vector of its own, and answers whether it is taken; what it turns away it counts, or raises: the
/// complaint gets the row's position here. A row that is turned away leaves no key behind. `take(ratings, raters,
/// items, count)` is given the numbers of some ratings at a time, and may leave the columns of `ratings` empty.
template <class Range, class RaterOf, class ItemOf, class Enter, class Take>
[[nodiscard]] auto read_rating_blocks(on_invalid policy, Range& rows, RaterOf const& rater, ItemOf const& item,
                                      Enter&& enter, Take const& take) {
  using ratings_type = numbered_ratings_of<Range, RaterOf, ItemOf>;
  using rater_type = typename decltype(ratings_type::raters)::key_type;
  using item_type = typename decltype(ratings_type::items)::key_type;
  constexpr std::size_t rating_block = 256;  // what is read of them stays in the first cache
  ratings_type ratings{.raters = detail::numbers_to_fill<rater_type>(rows, rater),
                       .items = detail::numbers_to_fill<item_type>(rows, item),
                       .rater_of = {},
                       .item_of = {},
                       .rejected = {}};
  auto row = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  key_block<rater_type, rating_block> rater_block;
  key_block<item_type, rating_block> item_block;
  std::uint64_t done = 0;
  at_row([&] { return done; },
         [&] {
           while (row != end) {
             std::size_t filled = 0;
             for (; filled < rating_block && row != end; ++row, static_cast<void>(++done)) {
               detail::fetch_ahead<rating_block>(row, end);
               auto&& own_row = *row;
               auto&& who = detail::project(rater, own_row);
               auto&& what = detail::project(item, own_row);
               if (!detail::has_answer(who) || !detail::has_answer(what)) {
                 turn_away(policy, ratings.rejected, rejection::missing, 0, done);
                 continue;
               }
               if (!detail::entered(enter, own_row, ratings.rejected, done)) continue;
               rater_block.put(ratings.raters, filled, who);
               item_block.put(ratings.items, filled, what);
               ++filled;
             }
             std::uint32_t const* const raters = rater_block.numbered(ratings.raters, filled);
             take(ratings, raters, item_block.numbered(ratings.items, filled), filled);
           }
         });
  return ratings;
}

/// All of them, in the order of the rows.
template <class Range, class RaterOf, class ItemOf, class Enter>
[[nodiscard]] auto read_ratings(on_invalid policy, Range& rows, RaterOf const& rater, ItemOf const& item,
                                Enter&& enter) {
  std::size_t expected = 0;
  if constexpr (shareable_rows<Range>)
    expected = static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows));
  return detail::read_rating_blocks(
      policy, rows, rater, item, enter,
      [&](auto& ratings, std::uint32_t const* raters, std::uint32_t const* items, std::size_t count) {
        if (ratings.size() == 0) {
          ratings.rater_of.reserve(expected);
          ratings.item_of.reserve(expected);
        }
        ratings.rater_of.insert(ratings.rater_of.end(), raters, raters + count);
        ratings.item_of.insert(ratings.item_of.end(), items, items + count);
      });
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
