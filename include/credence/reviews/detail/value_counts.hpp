// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_VALUE_COUNTS_HPP
#define CREDENCE_REVIEWS_DETAIL_VALUE_COUNTS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How often an item was given each whole value from 0 on, which is all that scores of stars and votes ask.
inline constexpr std::size_t most_values = 16;
using item_values = std::array<std::uint64_t, most_values>;

/// The counts of every item of a catalogue: 8 bytes an item whose values lie within 0…7, as stars do, 16 within 0…15,
/// so that those of many items stay in the second cache. What a counter of 8 bits cannot hold is carried into one of 32
/// beside it; there are none of those until then.
template <class Key>
class value_counts {
 public:
  using index_type = numbered_keys<Key>;
  static constexpr int bits = 8;  ///< of a counter
  static constexpr std::uint64_t most_times = (std::uint64_t{1} << (bits + 32)) - 1;

  value_counts() = default;
  explicit value_counts(index_type items) : items_(std::move(items)) { reach(); }

  [[nodiscard]] index_type& items() { return items_; }
  [[nodiscard]] index_type const& items() const { return items_; }
  [[nodiscard]] std::size_t values() const { return values_; }
  /// Room for all items that have a number, and for values up to this one.
  void reach(std::size_t value = 0) {
    if (value >= values_) widen();
    std::size_t const needed = std::size_t{items_.limit()} * values_;
    if (needed <= counts_.size()) return;
    // By a quarter: a catalogue of a hundred million is not to take twice what it needs.
    if (needed > counts_.capacity()) counts_.reserve(needed > counts_.size() / 4 * 5 ? needed : counts_.size() / 4 * 5);
    counts_.resize(needed);
    if (!carried_.empty()) carried_.resize(needed);
  }

  /// A value of an item that has a number, so many times.
  void add(std::uint32_t item, std::size_t value, std::uint64_t times) {
    reach(value);
    std::size_t const at = std::size_t{item} * values_ + value;
    std::uint64_t const low = counts_[at] + (times & 0xffU);
    if (std::uint64_t const above = (low >> bits) + (times >> bits); above != 0) carry(at, above);  // it may throw
    counts_[at] = static_cast<std::uint8_t>(low & 0xffU);
  }
  /// The counters, `values()` an item, for loops that count up by themselves: where one has come to 0 again, they
  /// `carry`. Valid until room is made for more.
  [[nodiscard]] std::uint8_t* counters() { return counts_.data(); }
#if defined(__GNUC__) || defined(__clang__)
  [[gnu::noinline, gnu::cold]]
#endif
  void
  carry(std::size_t place, std::uint64_t how_often = 1) {
    if (carried_.empty()) carried_.resize(counts_.size());
    if (how_often > 0xffff'ffffU - carried_[place]) too_many_ratings();
    carried_[place] += static_cast<std::uint32_t>(how_often);
  }
  /// Takes one back; only where there is one.
  void take(std::uint32_t item, std::size_t value) {
    std::size_t const at = std::size_t{item} * values_ + value;
    if (counts_[at]-- == 0) --carried_[at];
  }
  [[nodiscard]] std::uint64_t times(std::uint32_t item, std::size_t value) const {
    std::size_t const at = std::size_t{item} * values_ + value;
    if (value >= values_ || at >= counts_.size()) return 0;
    return counts_[at] + (carried_.empty() ? 0 : std::uint64_t{carried_[at]} << bits);
  }
  /// Was this item given any value? Not one without a number.
  [[nodiscard]] bool has_any(std::uint32_t item) const {
    std::uint64_t any = 0;
    for (std::size_t value = 0; item != no_number && value < values_; ++value) any |= times(item, value);
    return any != 0;
  }

  /// Of an item that has any.
  [[nodiscard]] item_values of(std::uint32_t item) const {
    item_values own{};
    std::size_t const from = std::size_t{item} * values_;
    for (std::size_t value = 0; value < values_; ++value) own[value] = counts_[from + value];
    if (!carried_.empty())
      for (std::size_t value = 0; value < values_; ++value) own[value] += std::uint64_t{carried_[from + value]} << bits;
    return own;
  }
  /// `tell(item, counts)` for each item that was given any value, by number.
  template <class Tell>
  void each_item(Tell const& tell) const {
    item_values own{};
    std::size_t const all = counts_.size() / values_;
    for (std::size_t item = 0; item < all; ++item) {
      std::uint64_t any = 0;
      for (std::size_t value = 0; value < values_; ++value) any |= own[value] = counts_[item * values_ + value];
      if (!carried_.empty())
        for (std::size_t value = 0; value < values_; ++value)
          any |= own[value] += std::uint64_t{carried_[item * values_ + value]} << bits;
      if (any != 0) tell(static_cast<std::uint32_t>(item), std::as_const(own));
    }
  }

  value_counts& operator+=(value_counts const& other) {
    if (std::addressof(other) == this) return *this += value_counts(other);
    if (items_.limit() == 0) {
      if constexpr (index_type::takes_windows) items_ = index_type(other.items_.window());
    }
    auto const& beside = other.items_.keys_beside();
    // Asked of all before any is added: half of another catalogue would be none.
    if (!carried_.empty() || !other.carried_.empty())
      other.each_item([&](std::uint32_t theirs, item_values const& counts) {
        std::uint32_t const mine = items_.find(other.items_.key_at(theirs, beside));
        if (mine == no_number) return;
        for (std::size_t value = 0; value < other.values_; ++value)
          if (counts[value] > most_times - times(mine, value)) too_many_ratings();
      });
    other.each_item([&](std::uint32_t theirs, item_values const& counts) {
      std::uint32_t const mine = items_.find_or_add(other.items_.key_at(theirs, beside));
      for (std::size_t value = 0; value < other.values_; ++value)
        if (counts[value] != 0) add(mine, value, counts[value]);
    });
    return *this;
  }
  /// The same items with the same counts, in whatever order they came?
  friend bool operator==(value_counts const& left, value_counts const& right) {
    bool equal = true;
    std::size_t in_left = 0;
    std::size_t in_right = 0;
    right.each_item([&](std::uint32_t, item_values const&) { ++in_right; });
    auto const& beside = left.items_.keys_beside();
    left.each_item([&](std::uint32_t item, item_values const& counts) {
      ++in_left;
      if (!equal) return;
      std::uint32_t const there = right.items_.find(left.items_.key_at(item, beside));
      equal = there != no_number;
      for (std::size_t value = 0; equal && value < most_values; ++value)
        equal = counts[value] == right.times(there, value);
    });
    return equal && in_left == in_right;
  }

  template <class Writer>
  void write(Writer& out) const {
    std::vector<item_values> all(items_.limit());
    std::vector<unsigned char> there(items_.limit());
    each_item([&](std::uint32_t item, item_values const& counts) {
      all[item] = counts;
      there[item] = 1;
    });
    auto const& beside = items_.keys_beside();
    auto const order = detail::ordered_keys<Key>(
        all.size(), [&](std::size_t at) { return items_.key_at(static_cast<std::uint32_t>(at), beside); },
        [&](std::size_t at) { return there[at] != 0; });
    out.put_count(order.size());
    for (auto const& [key, at] : order) {
      out.put(key);
      std::uint64_t given = 0;  // which values, by bits
      for (std::size_t value = 0; value < most_values; ++value)
        if (all[at][value] != 0) given |= std::uint64_t{1} << value;
      out.put(given);
      for (std::uint64_t const times : all[at])
        if (times != 0) out.put(times);
    }
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    *this = {};
    std::uint64_t count = 0;
    if (!in.get_count(count)) return false;
    ordered_key_reader<Key> keys;
    for (; count != 0; --count) {
      Key key{};
      std::uint64_t given = 0;
      if (!keys.read(in, key) || !in.get(given) || given == 0 || given >> most_values != 0) return false;
      std::uint32_t const item = items_.find_or_add(key);
      for (std::size_t value = 0; value < most_values; ++value) {
        if ((given >> value & 1U) == 0) continue;
        std::uint64_t times = 0;
        if (!in.get(times) || times == 0 || times > most_times) return false;
        add(item, value, times);
      }
    }
    return true;
  }

 private:
  [[noreturn]] static void too_many_ratings() {
    raise(error("credence: a catalogue holds at most 1,099,511,627,775 ratings of one value an item"));
  }
  /// From 8 values an item to 16.
  void widen() {
    auto const spread = [this](auto& narrow) {
      if (narrow.empty()) return;
      std::remove_reference_t<decltype(narrow)> wide(narrow.size() / values_ * most_values);
      for (std::size_t at = 0; at < narrow.size(); ++at) wide[at / values_ * most_values + at % values_] = narrow[at];
      narrow.swap(wide);
    };
    spread(counts_);
    spread(carried_);
    values_ = most_values;
  }

  index_type items_;
  std::size_t values_ = most_values / 2;
  std::vector<std::uint8_t> counts_;
  std::vector<std::uint32_t> carried_;  ///< how often a counter has begun anew; empty where none has
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
