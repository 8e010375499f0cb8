// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_ITEM_SCORE_HPP
#define CREDENCE_REVIEWS_DETAIL_ITEM_SCORE_HPP

#include <cstddef>
#include <cstdint>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// How a catalogue is scored: the ratings of an item have been counted by value, and an accumulator's `scoring`, made
// once for all items, answers what the accumulator would if it had been pushed them:
//
//     explicit scoring(options)                  throws what `result()` would
//     item_score operator()(counted) const       no allocation, no quantile
//     shown_score in_full(counted) const         with the interval: dearer, for what is shown only
//
// Both give the numbers of `result()`, since they are of one formula.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How many ratings of an item have the whole value 0, 1, …, `values` − 1. Those off the scale are not counted.
struct counted_values {
  std::uint64_t const* counts;
  std::size_t values;
};

struct item_score {
  double value = not_a_number();
  double mean = not_a_number();  ///< of the ratings; of votes the share of the satisfied
  std::uint64_t count = 0;       ///< ratings on the scale
};

/// With its interval.
struct shown_score {
  item_score score;
  credence::interval interval;
};

/// The whole numbers from 0 on that lie within two bounds, both of which belong to them: `first` up to below `last`.
struct whole_values {
  std::size_t first;
  std::size_t last;

  constexpr whole_values(double lowest, double highest) : first(reaching(lowest)), last(reaching(highest)) {
    if (highest >= 0 && static_cast<double>(last) <= highest) ++last;
  }
  [[nodiscard]] constexpr std::size_t end(counted_values const& item) const {
    return last < item.values ? last : item.values;
  }
  /// The first whole number from 0 on that reaches a bound, or one far beyond what is ever counted.
  [[nodiscard]] static constexpr std::size_t reaching(double bound) {
    if (!(bound > 0)) return 0;
    if (bound > 0x1p30) return std::size_t{1} << 30;
    auto const below = static_cast<std::size_t>(bound);
    return static_cast<double>(below) < bound ? below + 1 : below;
  }
};

/// Count and sum of values, exact while there are fewer than 2⁶⁰.
struct value_sums {
  std::uint64_t count = 0;
  std::uint64_t sum = 0;

  constexpr value_sums(counted_values const& item, whole_values const& scale) {
    for (std::size_t value = scale.first; value < scale.end(item); ++value) {
      count += item.counts[value];
      sum += value * item.counts[value];
    }
  }
  /// NaN where there are none.
  [[nodiscard]] constexpr double mean() const {
    return count == 0 ? not_a_number() : static_cast<double>(sum) / static_cast<double>(count);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
