// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_COUNT_VALUES_HPP
#define CREDENCE_REVIEWS_DETAIL_COUNT_VALUES_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/reviews/detail/value_counts.hpp>

// From rows to the counts of a catalogue, many at a time.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What a catalogue holds: counts on a scale of at most sixteen points from 0 on.
template <class Key>
struct counted_catalogue {
  value_counts<Key> counts;
  std::uint64_t count = 0;  ///< ratings in them
  credence::rejections rejected;

  [[nodiscard]] std::uint64_t seen() const { return count + rejected.total(); }

  /// One rating, of a key that may be an empty optional.
  template <class Own, class Value>
  void push(Own const& key, Value const& value, level_scale const& scale, on_invalid policy) {
    if (!detail::has_answer(key)) return turn_away(policy, rejected, rejection::missing, 0, seen());
    std::size_t const level = detail::accepted_level(scale, value, policy, rejected, [&] { return seen(); });
    if (level == scale.levels()) return;
    counts.add(detail::number_among(counts.items(), key), level + static_cast<std::size_t>(scale.lowest), 1);
    ++count;
  }
  counted_catalogue& operator+=(counted_catalogue const& other) {
    counts += other.counts;
    count += other.count;
    rejected += other.rejected;
    return *this;
  }
  friend bool operator==(counted_catalogue const&, counted_catalogue const&) = default;
};

/// Rows of which key and value are plain integers, and any can be reached, are counted without looking at what they
/// might be otherwise.
template <class Range, class KeyOf, class ValueOf>
inline constexpr bool plain_ratings =
    shareable_rows<Range>&& integer_key<std::remove_cvref_t<projected<Range, KeyOf>>>&&
        std::integral<std::remove_cvref_t<projected<Range, ValueOf>>> &&
    sizeof(projected<Range, ValueOf>) <= sizeof(std::uint64_t);

/// Rows whose items are looked up together.
inline constexpr std::size_t block_of_ratings = 256;

/// Counts plain rows up to the first that asks for more: an item beside the window, a value off the scale or beyond the
/// width of the table. Apart from everything else and by value, so that the loop keeps nothing in memory but the
/// counters.
template <class Key, class Iterator, class KeyOf, class ValueOf>
#if defined(__GNUC__) || defined(__clang__)
[[gnu::noinline]]
#endif
Iterator
count_within(value_counts<Key>& into, Iterator row, Iterator const stop, KeyOf key_of, ValueOf value_of,
             std::uint64_t const lowest, std::uint64_t const levels) {
  key_window const window = into.items().window();
  std::size_t const width = into.values();
  std::uint8_t* const counts = into.counters();
  auto const counted = [&](Iterator at) {
    auto&& here = *at;
    std::uint64_t const item = key_codec<Key>::word(static_cast<Key>(detail::project(key_of, here))) - window.base;
    std::uint64_t const level = static_cast<std::uint64_t>(detail::project(value_of, here)) - lowest;
    if (item >= window.size || level >= levels) return false;
    std::size_t const place = static_cast<std::size_t>(item) * width + static_cast<std::size_t>(level + lowest);
    if (++counts[place] == 0) into.carry(place);
    return true;
  };
  for (; stop - row >= 4; row += 4) {
    if (!counted(row)) return row;
    if (!counted(row + 1)) return row + 1;
    if (!counted(row + 2)) return row + 2;
    if (!counted(row + 3)) return row + 3;
  }
  while (row != stop && counted(row)) ++row;
  return row;
}

/// Counts up to a block of plain rows, of which any may be odd, and whose items may have to be looked up in a table:
/// in steps, so that what is looked into is asked for before.
template <class Key, class Iterator, class KeyOf, class ValueOf>
void count_block(counted_catalogue<Key>& into, Iterator& row, Iterator const stop, KeyOf key_of, ValueOf value_of,
                 level_scale const& scale) {
  Key keys[block_of_ratings];
  std::uint32_t numbers[block_of_ratings];
  std::size_t places[block_of_ratings];
  std::size_t filled = 0;
  std::size_t const levels = scale.levels();
  std::size_t widest = 0;
  for (std::size_t read = 0; read < block_of_ratings && row != stop; ++read, static_cast<void>(++row)) {
    detail::fetch_ahead<block_of_ratings>(row, stop);
    auto&& here = *row;
    std::size_t const level = scale.level_of(detail::project(value_of, here));
    keys[filled] = static_cast<Key>(detail::project(key_of, here));
    if (level >= levels) {
      ++into.rejected.off_scale;
      continue;
    }
    places[filled] = level + static_cast<std::size_t>(scale.lowest);
    widest = (std::max)(widest, places[filled++]);
  }
  if (filled == 0) return;
  into.counts.items().find_or_add_many(keys, filled, numbers);
  into.counts.reach(widest);
  std::size_t const width = into.counts.values();
  std::uint8_t* const counts = into.counts.counters();
  for (std::size_t at = 0; at < filled; ++at) {
    places[at] += std::size_t{numbers[at]} * width;
    fetch(counts + places[at]);
  }
  for (std::size_t at = 0; at < filled; ++at)
    if (++counts[places[at]] == 0) into.counts.carry(places[at]);
  into.count += filled;
}

/// Plain rows of one stretch; nothing is thrown for what is off the scale.
template <class Key, class Iterator, class KeyOf, class ValueOf>
void count_plain(counted_catalogue<Key>& into, Iterator row, Iterator const stop, KeyOf const& key_of,
                 ValueOf const& value_of, level_scale const& scale) {
  auto const lowest = static_cast<std::uint64_t>(scale.lowest);
  while (row != stop) {
    if (into.counts.items().window().size != 0 && lowest < into.counts.values()) {
      std::uint64_t const levels =
          (std::min)(std::uint64_t{into.counts.values()} - lowest, std::uint64_t{scale.levels()});
      Iterator const reached = detail::count_within(into.counts, row, stop, key_of, value_of, lowest, levels);
      into.count += static_cast<std::uint64_t>(reached - row);
      row = reached;
      if (row == stop) return;
      detail::count_block(into, row, row + 1, key_of, value_of, scale);
    } else {
      detail::count_block(into, row, stop, key_of, value_of, scale);
    }
  }
}

/// Rows into an empty catalogue. With an executor tasks count stretches of plain rows, and the counts are added.
template <class Key, class Executor, class Range, class KeyOf, class ValueOf>
[[nodiscard]] counted_catalogue<Key> count_values([[maybe_unused]] Executor& run, Range& rows, KeyOf const& key_of,
                                                  ValueOf const& value_of, level_scale const& scale,
                                                  on_invalid policy) {
  counted_catalogue<Key> all;
  if constexpr (plain_ratings<Range, KeyOf, ValueOf>) {
    if (policy == on_invalid::reject) {
      auto const begin = std::ranges::begin(rows);
      auto const size = static_cast<std::uint64_t>(std::ranges::end(rows) - begin);
      using difference_type = std::iter_difference_t<iterator_of<Range>>;
      all.counts = value_counts<Key>(detail::numbers_for<Key>(rows, key_of));
      std::size_t tasks = 1;
      if constexpr (!std::is_same_v<Executor, calling_thread>)
        tasks = static_cast<std::size_t>(lesser(detail::concurrency(run), size / chunk_rows + 1));
      auto const stop = begin + static_cast<difference_type>(size);
      if (tasks == 1) {
        detail::count_plain(all, begin, stop, key_of, value_of, scale);
        return all;
      }
      if constexpr (!std::is_same_v<Executor, calling_thread>) {
        std::vector<counted_catalogue<Key>> parts(tasks);  // each makes room for its own: a window may be wide
        auto const count_own = [&](std::size_t task) {
          counted_catalogue<Key> part = all;
          auto const from = static_cast<difference_type>(size / tasks * task);
          auto const to = static_cast<difference_type>(task + 1 == tasks ? size : size / tasks * (task + 1));
          detail::count_plain(part, begin + from, begin + to, key_of, value_of, scale);
          parts[task] = std::move(part);
        };
        detail::run_tasks(run, tasks, count_own, identity{});
        for (counted_catalogue<Key> const& part : parts) all += part;
        return all;
      }
    }
  }
  std::uint64_t done = 0;
  auto const end = std::ranges::end(rows);
  at_row([&] { return done; },
         [&] {
           for (auto row = std::ranges::begin(rows); row != end; ++row, static_cast<void>(++done)) {
             auto&& here = *row;
             all.push(detail::project(key_of, here), detail::project(value_of, here), scale, policy);
           }
         });
  return all;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
