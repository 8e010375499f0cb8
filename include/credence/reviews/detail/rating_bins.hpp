// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_RATING_BINS_HPP
#define CREDENCE_REVIEWS_DETAIL_RATING_BINS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/keyed_totals.hpp>

// Ratings dealt out to groups of raters as they are read. What is kept of the raters of one group fits into a cache;
// of all of them it does not, and each rating would wait for memory.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

inline constexpr int bin_shift = 13;  ///< 8,192 raters a group: 128 kB at 16 bytes each
inline constexpr std::uint32_t bin_raters = std::uint32_t{1} << bin_shift;

template <class Value>
inline constexpr bool is_packed_value = std::is_integral_v<Value> && sizeof(Value) <= 2;

/// A rating of a group: the item, the rater's number within the group, and what was given. Stars and the like go with
/// the two into one word, which one store writes.
template <class Value, bool Weighted, bool Packed = is_packed_value<Value> && !Weighted>
struct binned_rating {
  std::uint64_t word;

  static binned_rating of(std::uint32_t rater, std::uint32_t item, Value value, double) {
    return {std::uint64_t{item} | std::uint64_t{rater % bin_raters} << 32 |
            static_cast<std::uint64_t>(static_cast<std::uint16_t>(value)) << 48};
  }
  [[nodiscard]] std::uint32_t item() const { return static_cast<std::uint32_t>(word); }
  [[nodiscard]] std::uint32_t rater() const { return static_cast<std::uint32_t>(word >> 32) % bin_raters; }
  [[nodiscard]] double value() const {
    return static_cast<double>(static_cast<Value>(static_cast<std::uint16_t>(word >> 48)));
  }
  [[nodiscard]] static constexpr double weight() { return 1; }
};
template <class Value>
struct binned_rating<Value, false, false> {
  std::uint32_t own_item;
  std::uint32_t own_rater;
  double own_value;

  static binned_rating of(std::uint32_t rater, std::uint32_t item, Value value, double) {
    return {item, rater % bin_raters, static_cast<double>(value)};
  }
  [[nodiscard]] std::uint32_t item() const { return own_item; }
  [[nodiscard]] std::uint32_t rater() const { return own_rater; }
  [[nodiscard]] double value() const { return own_value; }
  [[nodiscard]] static constexpr double weight() { return 1; }
};
template <class Value>
struct binned_rating<Value, true, false> : binned_rating<Value, false, false> {
  double own_weight;

  static binned_rating of(std::uint32_t rater, std::uint32_t item, Value value, double weight) {
    return {binned_rating<Value, false, false>::of(rater, item, value, 1), weight};
  }
  [[nodiscard]] double weight() const { return own_weight; }
};

/// Ratings by groups of raters, in each in the order in which they came.
template <class Rating>
class rating_bins {
 public:
  /// Makes room for raters of numbers below `limit`: before any of them is put in.
  void reach(std::uint32_t limit) { bins_.resize((std::size_t{limit} + bin_raters - 1) >> bin_shift); }
  void put(std::uint32_t rater, Rating const& rating) {
    bin& own = bins_[rater >> bin_shift];
    if (own.at == own.end) own.grow();
    // Stores wait for one another: the lines that are written next must be on their way.
    constexpr std::ptrdiff_t ahead = 128 / sizeof(Rating);
    if (own.end - own.at > ahead) detail::fetch(own.at + ahead);
    *own.at++ = rating;
  }
  [[nodiscard]] std::size_t groups() const { return bins_.size(); }
  template <class Use>
  void each_of(std::size_t group, Use const& use) const {
    bin const& own = bins_[group];
    for (std::size_t number = 0; number < own.chunks.size(); ++number) {
      Rating const* const first = own.chunks[number].get();
      Rating const* const end = number + 1 == own.chunks.size() ? own.at : first + bin::size_of(number);
      for (Rating const* rating = first; rating != end; ++rating) use(*rating);
    }
  }

 private:
  /// Chunks, each twice as large as that before, up to some pages.
  struct bin {
    Rating* at = nullptr;
    Rating* end = nullptr;
    std::vector<std::unique_ptr<Rating[]>> chunks;

    static std::size_t size_of(std::size_t number) { return std::size_t{64} << (std::min)(number, std::size_t{6}); }
    void grow() {
      std::size_t const size = size_of(chunks.size());
      chunks.emplace_back(new Rating[size]);  // not filled with noughts first
      at = chunks.back().get();
      end = at + size;
    }
  };

  std::vector<bin> bins_;
};

/// What one pass over the rows leaves: what the items got, and the ratings by groups of raters.
template <class Kept, bool Weighted>
struct rating_groups {
  using rating_type = binned_rating<Kept, Weighted>;

  std::uint64_t count = 0;
  /// Values are summed from the first that weighs on, so that little is lost where all lie far from nought.
  double origin = 0;
  bool has_origin = false;
  std::vector<rating_total> items;
  std::vector<std::uint64_t> item_counts;  ///< where weights do not say it
  rating_bins<rating_type> bins;

  template <class Ratings>
  void take(Ratings const& known, std::uint32_t const* raters, std::uint32_t const* rated,
            std::vector<Kept> const& values, std::vector<double> const& weights) {
    for (std::size_t at = 0; !has_origin && at < values.size(); ++at) {
      has_origin = !Weighted || weights[at] > 0;
      origin = static_cast<double>(values[at]);
    }
    items.resize(known.items.limit());
    if (Weighted) item_counts.resize(items.size());
    bins.reach(known.raters.limit());
    for (std::size_t at = 0; at < values.size(); ++at) {
      double weight = 1;
      if constexpr (Weighted) {
        weight = weights[at];
        ++item_counts[rated[at]];
      }
      rating_total& own = items[rated[at]];
      own.sum += weight * (static_cast<double>(values[at]) - origin);
      own.weight += weight;
    }
    for (std::size_t at = 0; at < values.size(); ++at)
      bins.put(raters[at], rating_type::of(raters[at], rated[at], values[at], Weighted ? weights[at] : 1));
    count += values.size();
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
