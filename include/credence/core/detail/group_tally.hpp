// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_GROUP_TALLY_HPP
#define CREDENCE_CORE_DETAIL_GROUP_TALLY_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/accumulator.hpp>
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
///
/// Where the first rows promise a thousand keys or fewer, the window is narrow and counted in 16 bits, value by value:
/// the values that most samples have lie together, and stay in the first cache. That is faster than a bare loop with a
/// histogram for each key. The first key beside it widens the window, and as its keys may lie far apart, the counters
/// of one key then share a line.
template <class Key, class Accumulator, class Iterator, class KeyProjection, class ValueProjection>
class group_tally {
  using row_type = std::iter_reference_t<Iterator>;
  using value_type = std::remove_cvref_t<projected_at<Iterator, ValueProjection>>;
  using difference_type = std::iter_difference_t<Iterator>;
  static constexpr std::size_t values = 16;
  static constexpr difference_type first_look = 4'096;  ///< rows that say where the window should lie
  static constexpr std::uint64_t narrow = 1'024;
  static constexpr difference_type most_rows = 0xffff;  ///< that counters of 16 bits can take

 public:
  /// A table is worth its memory from some thousands of rows on.
  static constexpr difference_type worth_from = first_look;

  group_tally(grouped<Key, Accumulator>& groups, Iterator first, Iterator last, KeyProjection key,
              ValueProjection value)
      : groups_(groups), settled_(first), end_(last), key_of_(key), value_of_(value) {
    std::vector<std::uint64_t> seen;
    seen.reserve(static_cast<std::size_t>(first_look));
    for (Iterator row = first; row != first + first_look; ++row) seen.push_back(ordered(row));
    lowest_ = *std::min_element(seen.begin(), seen.end());
    highest_ = *std::max_element(seen.begin(), seen.end());
    if (highest_ - lowest_ >= wide()) {
      // A stray key (−1 for "unknown") must not move the window away from all others.
      std::nth_element(seen.begin(), seen.begin() + first_look / 2, seen.end());
      lowest_ = highest_ = seen[static_cast<std::size_t>(first_look) / 2];
    }
    if (highest_ - lowest_ < narrow) {
      quick_.resize(static_cast<std::size_t>(narrow) * values);
      place(narrow);
    } else {
      place(wide());
    }
  }

  void push_rows() {
    for (Iterator row = settled_; row != end_;) {
      // The counters are emptied before they can overflow.
      Iterator const stop = up_to(row, 0xffff'fffeU);
      while (row != stop) {
        row = quick_.empty() ? tally(row, stop, key_of_, value_of_, base_, window_, counts_.data())
                             : tally_quickly(row, stop);
        if (row == stop) break;
        if (!quick_.empty() && !(word(row) - base_ < window_)) {
          widen();
        } else {
          push_one(row);
          ++row;
        }
      }
      flush();
    }
  }

 private:
  static constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;  ///< flipped, two's complement orders as a word

  [[nodiscard]] Key key_at(Iterator at) {
    row_type row = *at;
    return detail::project(key_of_, row);
  }
  [[nodiscard]] std::uint64_t word(Iterator row) { return key_codec<Key>::word(key_at(row)); }
  [[nodiscard]] std::uint64_t ordered(Iterator row) { return word(row) ^ sign_bit; }
  [[nodiscard]] Iterator up_to(Iterator row, std::uint64_t most) const {
    return static_cast<std::uint64_t>(end_ - row) <= most ? end_ : row + static_cast<difference_type>(most);
  }
  [[nodiscard]] std::uint64_t wide() const { return end_ - settled_ >= 1'048'576 ? 65'536 : 4'096; }

  /// An empty table of so many keys: those seen first lie in the middle, or as many of them as there is room for.
  void place(std::uint64_t window) {
    window_ = window;
    std::uint64_t const spread = (std::min)(highest_ - lowest_, window - 1);
    bool const from_zero = lowest_ >= sign_bit && highest_ - sign_bit < window;  // as most identifiers are: see `tally`
    base_ = from_zero ? 0 : (lowest_ ^ sign_bit) - (window - 1 - spread) / 2;
    counts_.assign(static_cast<std::size_t>(window) * values, 0);
    positions_.assign(static_cast<std::size_t>(window), 0);
  }
  void widen() {
    flush();
    quick_.clear();
    place(wide());
  }

  /// The counter of a key in the window and a value.
  [[nodiscard]] static constexpr std::size_t place_of(std::uint64_t key, std::uint64_t value, bool is_narrow) {
    return static_cast<std::size_t>(is_narrow ? value * narrow + key : key * values + value);
  }
  /// Tallies rows up to the first that the table does not hold. Apart from everything else and by value, so that the
  /// loop keeps nothing in memory but the table; `base` and `window` may be constants, which saves two instructions of
  /// ten; four rows a turn, for the same reason.
  template <class Counter, class Base, class Window>
#if defined(__GNUC__) || defined(__clang__)
  [[gnu::noinline]]
#endif
  static Iterator
  tally(Iterator row, Iterator const stop, KeyProjection key_of, ValueProjection value_of, Base base, Window window,
        Counter* counts) {
    auto const counted = [&](Iterator at) {
      row_type here = *at;
      std::uint64_t const key = key_codec<Key>::word(detail::project(key_of, here)) - base;
      std::uint64_t const value = static_cast<std::uint64_t>(detail::project(value_of, here));
      if (key >= window || value >= values) return false;
      ++counts[place_of(key, value, std::is_same_v<Counter, std::uint16_t>)];
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
  /// The same in counters of 16 bits, which are poured out before they can overflow.
  Iterator tally_quickly(Iterator row, Iterator const stop) {
    constexpr std::integral_constant<std::uint64_t, 0> zero;
    constexpr std::integral_constant<std::uint64_t, narrow> window;
    while (row != stop) {
      Iterator const short_stop = stop - row <= room_ ? stop : row + room_;
      Iterator const reached = base_ == 0 ? tally(row, short_stop, key_of_, value_of_, zero, window, quick_.data())
                                          : tally(row, short_stop, key_of_, value_of_, base_, window, quick_.data());
      room_ -= reached - row;
      row = reached;
      if (row != short_stop) break;
      if (room_ == 0) pour(quick_.data(), counts_.data());
    }
    return row;
  }
  void pour(std::uint16_t* from, std::uint32_t* into) {
    for (std::size_t at = 0; at < narrow * values; ++at) into[at] += from[at];
    for (std::size_t at = 0; at < narrow * values; ++at) from[at] = 0;
    room_ = most_rows;
  }

  void push_one(Iterator row) {
    Key const key = key_at(row);
    if (!groups_.contains(key)) settle(row);
    row_type here = *row;
    groups_(key, detail::project(value_of_, here));
  }

  /// Adds the groups that first came before `until`, in order.
  void settle(Iterator until) {
    for (; settled_ != until; ++settled_) admit_unless_known(settled_);
  }
  /// Gives the row's key its group, and answers its place in the table; `window_` for what is not in the table or
  /// known.
  std::uint64_t admit_unless_known(Iterator row) {
    Key const key = key_at(row);
    std::uint64_t const at = key_codec<Key>::word(key) - base_;
    if (at >= window_ || positions_[static_cast<std::size_t>(at)] != 0) return window_;
    positions_[static_cast<std::size_t>(at)] = static_cast<std::uint32_t>(groups_.position_of(key) + 1);
    return at;
  }

  void flush() {
    if (!quick_.empty()) pour(quick_.data(), counts_.data());
    std::size_t unsettled = 0;
    for (std::size_t at = 0; at < positions_.size(); ++at) unsettled += positions_[at] == 0 && any(at);
    for (; unsettled != 0; ++settled_) {
      std::uint64_t const at = admit_unless_known(settled_);
      unsettled -= at != window_ && any(static_cast<std::size_t>(at));
    }
    for (std::size_t at = 0; at < positions_.size(); ++at) {
      for (std::size_t value = 0; value < values; ++value) {
        std::uint32_t& times = count_of(at, value);
        if (times != 0) groups_.push_times(positions_[at] - 1, static_cast<value_type>(value), times);
        times = 0;
      }
    }
  }
  [[nodiscard]] std::uint32_t& count_of(std::size_t at, std::size_t value) {
    return counts_[place_of(at, value, !quick_.empty())];
  }
  [[nodiscard]] bool any(std::size_t at) {
    std::uint32_t bits = 0;
    for (std::size_t value = 0; value < values; ++value) bits |= count_of(at, value);
    return bits != 0;
  }

  grouped<Key, Accumulator>& groups_;
  Iterator settled_;  ///< every key before this row has its group
  Iterator end_;
  KeyProjection key_of_;
  ValueProjection value_of_;
  std::uint64_t lowest_ = 0;  ///< of the keys in the first rows, in order as words
  std::uint64_t highest_ = 0;
  std::uint64_t window_ = 0;  ///< how many keys the table holds, from `base_` on
  std::uint64_t base_ = 0;
  difference_type room_ = most_rows;      ///< how many more rows `quick_` can take
  std::vector<std::uint16_t> quick_;      ///< empty where the window is wide; else as `counts_`, which it flows into
  std::vector<std::uint32_t> counts_;     ///< `values` a key: see `place_of`
  std::vector<std::uint32_t> positions_;  ///< of a key's group, plus one; 0 where it has none yet
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
