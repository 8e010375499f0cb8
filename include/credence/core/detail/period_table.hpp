// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_PERIOD_TABLE_HPP
#define CREDENCE_CORE_DETAIL_PERIOD_TABLE_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The periods of a stretch of time, found by a shift, a look and a comparison instead of the calendar's divisions:
/// time is cut into slots of 2ᵏ microseconds, none longer than a period, so that at most one period begins within a
/// slot. Read by all threads, written by none.
class period_table {
 public:
  period_table() = default;
  /// For the periods from one time to the other; stays empty where they are too many to be worth it.
  template <class Policy>
  period_table(Policy const& policy, instant from, instant to) {
    std::int64_t const first = policy.index_of(from) - 1;
    std::int64_t const last = policy.index_of(to) + 1;
    if (last - first >= most_periods) return;
    std::int64_t shortest = latest_micros;
    for (std::int64_t index = first; index <= last; ++index) {
      instant const begin = policy.begin_of(index);
      instant const end = policy.begin_of(index + 1);
      if (!begin.is_known() || !end.is_known()) return;  // at the ends of time
      shortest = (std::min)(shortest, end.micros - begin.micros);
    }
    shift_ = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(shortest))) - 1;
    base_ = policy.begin_of(first).micros >> shift_;
    std::int64_t const slots = (policy.begin_of(last + 1).micros >> shift_) - base_;
    entries_.reserve(static_cast<std::size_t>(slots));
    for (std::int64_t slot = base_; slot < base_ + slots; ++slot) {
      std::int64_t const index = policy.index_of(instant::from_micros(slot << shift_));
      entries_.push_back({policy.begin_of(index + 1).micros, index});
    }
  }

  /// A slot of the table: the period at its start, and where the next one begins.
  struct entry {
    std::int64_t next_begin;
    std::int64_t index;
  };
  /// As few words as the loop needs, to be kept in registers.
  struct view {
    entry const* entries = nullptr;
    std::uint64_t slots = 0;
    std::int64_t base = 0;
    int shift = 0;

    /// Is this time in the table? Then its period.
    [[nodiscard]] constexpr bool find(std::int64_t micros, std::int64_t& index) const {
      std::uint64_t const slot = static_cast<std::uint64_t>((micros >> shift) - base);
      if (slot >= slots) return false;
      entry const& here = entries[slot];
      index = here.index + (micros >= here.next_begin);
      return true;
    }
  };
  [[nodiscard]] view look() const { return {entries_.data(), entries_.size(), base_, shift_}; }

 private:
  static constexpr std::int64_t most_periods = 4'096;

  std::vector<entry> entries_;
  std::int64_t base_ = 0;
  int shift_ = 0;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
