// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_GROUP_BY_HPP
#define CREDENCE_CORE_GROUP_BY_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Can samples be tallied by (integer key, small integer value) first, and pushed `times` over after?
template <class Accumulator, class Key, class Value>
concept tallied = integer_key<Key> && std::integral<Value> &&
    is_exact<Accumulator, Value>() && pushes_times<Accumulator, Value>;

/// Counts of (key, value) for keys within a window and values 0…15, which is where most identifiers and all survey
/// scales lie: a sample there costs one increment. Nothing is lost by it, for states of counts do not know the order of
/// their samples; and groups still come in the order of their first row, because `settle` looks the rows up again, up
/// to where the last of the keys first came.
template <class Key, class Accumulator, class Iterator, class KeyProjection, class ValueProjection>
class group_tally {
  using value_type =
      std::remove_cvref_t<decltype(project(std::declval<ValueProjection&>(), *std::declval<Iterator>()))>;
  using difference_type = std::iter_difference_t<Iterator>;
  static constexpr std::size_t values = 16;
  static constexpr difference_type first_look = 4'096;  ///< rows that say where the window should lie

 public:
  /// A table is worth its memory from some thousands of rows on.
  static constexpr difference_type worth_from = first_look;

  group_tally(grouped<Key, Accumulator>& groups, Iterator first, Iterator last, KeyProjection key,
              ValueProjection value)
      : groups_(groups), settled_(first), end_(last), key_of_(key), value_of_(value) {
    std::uint64_t const rows = static_cast<std::uint64_t>(last - first);
    window_ = rows >= 1'048'576 ? 65'536 : 4'096;
    std::uint64_t lowest = key_codec<Key>::word(project(key_of_, *first)) ^ sign_bit;
    std::uint64_t highest = lowest;
    for (Iterator row = first; row != first + first_look; ++row) {
      std::uint64_t const key_word = key_codec<Key>::word(project(key_of_, *row)) ^ sign_bit;
      lowest = (std::min)(lowest, key_word);
      highest = (std::max)(highest, key_word);
    }
    // The keys seen first lie in the middle, or as many of them as there is room for.
    std::uint64_t const spread = (std::min)(highest - lowest, window_ - 1);
    base_ = (lowest ^ sign_bit) - (window_ - 1 - spread) / 2;
    counts_.resize(static_cast<std::size_t>(window_) * values);
    positions_.resize(static_cast<std::size_t>(window_));
  }

  void push_rows() {
    for (Iterator row = settled_; row != end_;) {
      // Counters of 32 bits keep the table in the second cache, and are emptied before they can overflow.
      std::uint64_t const most = 0xffff'fffeU;
      Iterator const stop = static_cast<std::uint64_t>(end_ - row) <= most ? end_
                                                                           : row + static_cast<difference_type>(most);
      while ((row = tally(row, stop, key_of_, value_of_, base_, window_, counts_.data())) != stop) {
        push_one(row);
        ++row;
      }
      flush();
    }
  }

 private:
  static constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;  ///< flipped, two's complement orders as a word

  /// Tallies rows up to the first that the table does not hold. Apart from everything else and by value, so that the
  /// loop keeps nothing in memory but the table.
  static Iterator tally(Iterator row, Iterator const stop, KeyProjection key_of, ValueProjection value_of,
                        std::uint64_t base, std::uint64_t window, std::uint32_t* counts) {
    for (; row != stop; ++row) {
      std::uint64_t const at = key_codec<Key>::word(project(key_of, *row)) - base;
      std::uint64_t const value = static_cast<std::uint64_t>(project(value_of, *row));
      if ((at >= window) | (value >= values)) break;
      ++counts[at * values + value];
    }
    return row;
  }

  void push_one(Iterator row) {
    Key const key = project(key_of_, *row);
    if (!groups_.contains(key)) settle(row);
    groups_(key, project(value_of_, *row));
  }

  /// Adds the groups that first came before `until`, in order.
  void settle(Iterator until) {
    for (; settled_ != until; ++settled_) {
      Key const key = project(key_of_, *settled_);
      std::uint64_t const at = key_codec<Key>::word(key) - base_;
      if (at < window_ && positions_[static_cast<std::size_t>(at)] == 0) admit(key, static_cast<std::size_t>(at));
    }
  }
  void admit(Key key, std::size_t at) { positions_[at] = static_cast<std::uint32_t>(groups_.position_of(key) + 1); }

  void flush() {
    std::size_t unsettled = 0;
    for (std::size_t at = 0; at < positions_.size(); ++at) unsettled += positions_[at] == 0 && any(at);
    for (; unsettled != 0; ++settled_) {
      Key const key = project(key_of_, *settled_);
      std::uint64_t const at = key_codec<Key>::word(key) - base_;
      if (at >= window_ || positions_[static_cast<std::size_t>(at)] != 0) continue;
      admit(key, static_cast<std::size_t>(at));
      unsettled -= any(static_cast<std::size_t>(at));
    }
    for (std::size_t at = 0; at < counts_.size(); ++at) {
      if (counts_[at] == 0) continue;
      groups_.push_times(positions_[at / values] - 1, static_cast<value_type>(at % values), counts_[at]);
      counts_[at] = 0;
    }
  }
  [[nodiscard]] bool any(std::size_t at) const {
    std::uint32_t bits = 0;
    for (std::size_t value = 0; value < values; ++value) bits |= counts_[at * values + value];
    return bits != 0;
  }

  grouped<Key, Accumulator>& groups_;
  Iterator settled_;  ///< every key before this row has its group
  Iterator end_;
  KeyProjection key_of_;
  ValueProjection value_of_;
  std::uint64_t window_ = 0;  ///< how many keys the table holds, from `base_` on
  std::uint64_t base_ = 0;
  std::vector<std::uint32_t> counts_;     ///< `values` a key
  std::vector<std::uint32_t> positions_;  ///< of a key's group, plus one; 0 where it has none yet
};

template <class Range, class Key, class Accumulator, class KeyProjection, class... Projections>
void group_serially(Range& rows, grouped<Key, Accumulator>& groups, KeyProjection& key_of,
                    Projections&... projections) {
  auto row = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  if constexpr (std::ranges::random_access_range<Range> && std::ranges::common_range<Range> &&
                sizeof...(Projections) == 1) {
    if constexpr ((tallied<Accumulator, Key, std::remove_cvref_t<projected<Range, Projections>>> && ...)) {
      using tally = group_tally<Key, Accumulator, decltype(row), KeyProjection, Projections...>;
      if (end - row >= tally::worth_from && Accumulator::takes_blocks(groups.options())) {
        tally(groups, row, end, key_of, projections...).push_rows();
        return;
      }
    }
  }
  std::uint64_t done = 0;
  at_row([&] { return done; },
         [&] {
           for (; row != end; ++row, ++done) {
             auto&& projected_row = *row;
             groups(project(key_of, projected_row), project(projections, projected_row)...);
           }
         });
}

/// Task i reads all rows in order and keeps the groups whose mixed hash is i modulo the task count: every group sees
/// its samples in order, so no bits change, and no maps are merged. The groups are then put in the order of their first
/// row.
template <class Executor, class Range, class Key, class Accumulator, class KeyProjection, class... Projections>
void group_in_parallel(Executor& run, Range& rows, grouped<Key, Accumulator>& groups, KeyProjection const& key_of,
                       Projections const&... projections) {
  struct found {
    std::uint64_t first_row;
    std::size_t part;
    std::size_t position;
  };
  std::size_t const tasks = concurrency(run);
  std::vector<grouped<Key, Accumulator>> parts(tasks, groups);
  std::vector<std::vector<std::uint64_t>> first_rows(tasks);
  run_tasks(run, tasks, [&](std::size_t task) {
    auto own = [&](auto key, auto... values) {
      grouped<Key, Accumulator> part = groups;
      std::vector<std::uint64_t> seen;
      std::uint64_t done = 0;
      auto const end = std::ranges::end(rows);
      for (auto row = std::ranges::begin(rows); row != end; ++row, ++done) {
        auto&& projected_row = *row;
        auto&& this_key = project(key, projected_row);
        if (codec_of<decltype(this_key)>::hash(this_key) % tasks != task) continue;
        at_row([&] { return done; }, [&] { part(this_key, project(values, projected_row)...); });
        if (part.size() > seen.size()) seen.push_back(done);
      }
      parts[task] = std::move(part);
      first_rows[task] = std::move(seen);
    };
    own(key_of, projections...);
  });
  std::vector<found> order;
  for (std::size_t part = 0; part < tasks; ++part)
    for (std::size_t at = 0; at < first_rows[part].size(); ++at) order.push_back({first_rows[part][at], part, at});
  std::sort(order.begin(), order.end(),
            [](found const& left, found const& right) { return left.first_row < right.first_row; });
  for (found const& each : order) groups.adopt(parts[each.part], each.position);
}

struct group_by_function {
  template <std::ranges::input_range Range, projection_of<Range> KeyProjection, accumulator Accumulator,
            projection_of<Range>... Projections>
  auto operator()(Range&& rows, KeyProjection key, Accumulator const& empty, Projections... projections) const {
    return start<Range, KeyProjection>(empty, [&](auto& groups) {
      if constexpr (sizeof...(Projections) == 0) {
        identity itself;
        group_serially(rows, groups, key, itself);
      } else {
        group_serially(rows, groups, key, projections...);
      }
    });
  }

  template <executor Executor, std::ranges::input_range Range, projection_of<Range> KeyProjection,
            accumulator Accumulator, projection_of<Range>... Projections>
  auto operator()(Executor&& run, Range&& rows, KeyProjection key, Accumulator const& empty,
                  Projections... projections) const {
    if constexpr (!std::ranges::random_access_range<Range> || !std::ranges::sized_range<Range>) {
      return (*this)(rows, std::move(key), empty, std::move(projections)...);
    } else {
      return start<Range, KeyProjection>(empty, [&](auto& groups) {
        if constexpr (sizeof...(Projections) == 0) {
          group_in_parallel(run, rows, groups, key, identity{});
        } else {
          group_in_parallel(run, rows, groups, key, projections...);
        }
      });
    }
  }

 private:
  template <class Range, class KeyProjection, class Accumulator, class Fill>
  static auto start(Accumulator const& empty, Fill const& fill) {
    using key_type = std::remove_cvref_t<projected<Range, KeyProjection>>;
    if constexpr (check_key<key_type>()) {
      grouped<stored_key<key_type>, Accumulator> groups(empty);
      fill(groups);
      return groups;
    } else {
      return grouped<int, Accumulator>(empty);
    }
  }
};

}  // namespace detail

/// `group_by([executor,] rows, key, empty accumulator, projections…)`: one accumulator a key, as a `grouped`, in the
/// order in which keys first come. One pass, or one a task with an executor; the bits are the same. O(rows) on average;
/// the memory of the groups. Small integer samples under integer keys are tallied: about one increment a row.
inline constexpr detail::group_by_function group_by{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
