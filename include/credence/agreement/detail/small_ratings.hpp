// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_DETAIL_SMALL_RATINGS_HPP
#define CREDENCE_AGREEMENT_DETAIL_SMALL_RATINGS_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// Most ratings are points of a short scale, given by a few raters. Those are counted where they lie, a byte for each
// point of each unit, in place of being put in order: some five times faster.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The least and the greatest of some integers.
struct integer_span {
  std::int64_t lowest = (std::numeric_limits<std::int64_t>::max)();
  std::int64_t highest = (std::numeric_limits<std::int64_t>::min)();

  constexpr void add(std::int64_t value) {
    lowest = value < lowest ? value : lowest;
    highest = value > highest ? value : highest;
  }
  /// How far apart they are.
  [[nodiscard]] constexpr std::uint64_t width() const {
    return static_cast<std::uint64_t>(highest) - static_cast<std::uint64_t>(lowest);
  }
  [[nodiscard]] constexpr std::size_t place(std::int64_t value) const {
    return static_cast<std::size_t>(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(lowest));
  }
};

/// An integer whose type a signed one of 64 bits holds.
template <class Value>
inline constexpr bool is_short_integer = std::integral<Value> &&
                                         (sizeof(Value) < sizeof(std::int64_t) || std::is_signed_v<Value>);
/// Can ratings be counted so? Rows are read twice.
template <class Range, class Unit, class Rater, class Value>
inline constexpr bool countable_ratings =
    std::forward_iterator<iterator_of<Range>>&& is_short_integer<std::remove_cvref_t<projected<Range, Unit>>>&&
        is_short_integer<std::remove_cvref_t<projected<Range, Rater>>>&&
            is_short_integer<typename answer_type<std::remove_cvref_t<projected<Range, Value>>>::type>;

struct small_ratings {
  static constexpr std::size_t most_points = 16;
  static constexpr std::size_t most_raters = 64;

  std::size_t points = 0;  ///< of the scale, from `lowest`
  std::int64_t lowest = 0;
  std::vector<std::uint8_t> counts;  ///< unit after unit, `points` each
  std::uint64_t good = 0;            ///< ratings, the duplicates among them
  std::uint64_t duplicates = 0;      ///< left out: the rater had rated the unit before

  /// Nothing where the scale is long, the raters many, or the units far apart. Missing ratings are turned away.
  template <class Range, class Unit, class Rater, class Value>
  [[nodiscard]] static std::optional<small_ratings> of(Range& rows, Unit const& unit, Rater const& rater,
                                                       Value const& value, on_invalid policy, rejections& rejected) {
    integer_span units;
    integer_span raters;
    integer_span values;
    small_ratings found;
    std::uint64_t position = 0;
    rejections missing = rejected;
    auto const end = std::ranges::end(rows);
    for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
      auto&& rating = *at;
      auto&& own = detail::project(value, rating);
      if (!detail::has_answer(own)) {
        turn_away(policy, missing, rejection::missing, 0, position);
        continue;
      }
      values.add(whole_answer(own));
      units.add(static_cast<std::int64_t>(detail::project(unit, rating)));
      raters.add(static_cast<std::int64_t>(detail::project(rater, rating)));
      ++found.good;
    }
    if (found.good == 0 || values.width() >= most_points || raters.width() >= most_raters ||
        units.width() >= 4 * found.good + 64)
      return std::nullopt;
    rejected = missing;
    found.points = static_cast<std::size_t>(values.width()) + 1;
    found.lowest = values.lowest;
    std::size_t const size = static_cast<std::size_t>(units.width()) + 1;
    found.counts.resize(size * found.points);
    std::vector<std::uint64_t> rated(size);  // by which raters, a bit each
    for (auto at = std::ranges::begin(rows); at != end; ++at) {
      auto&& rating = *at;
      auto&& own = detail::project(value, rating);
      if (!detail::has_answer(own)) continue;
      std::size_t const place = units.place(static_cast<std::int64_t>(detail::project(unit, rating)));
      std::uint64_t const bit = std::uint64_t{1}
                                << raters.place(static_cast<std::int64_t>(detail::project(rater, rating)));
      bool const again = (rated[place] & bit) != 0;
      rated[place] |= bit;
      found.duplicates += again;
      std::uint8_t& count = found.counts[place * found.points + values.place(whole_answer(own))];
      count = static_cast<std::uint8_t>(count + !again);
    }
    return found;
  }

  /// Calls `each(counts, ratings)` for every unit with two ratings or more.
  template <class Each>
  void units(Each const& each_unit) const {
    for (std::uint8_t const* own = counts.data(); own != counts.data() + counts.size(); own += points) {
      unsigned ratings = 0;
      for (std::size_t point = 0; point < points; ++point) ratings += own[point];
      if (ratings > 1) each_unit(own, ratings);
    }
  }

 private:
  template <class Value>
  static constexpr std::int64_t whole_answer(Value const& value) {
    if constexpr (is_optional<Value>) {
      return static_cast<std::int64_t>(*value);
    } else {
      return static_cast<std::int64_t>(value);
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
