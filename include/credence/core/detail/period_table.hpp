// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_PERIOD_TABLE_HPP
#define CREDENCE_CORE_DETAIL_PERIOD_TABLE_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <credence/core/detail/calendar_shapes.hpp>
#include <credence/core/detail/civil.hpp>
#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How many microseconds a tick of these times has, where that is a whole number; else 1: their ticks are microseconds.
template <class Time>
inline constexpr std::int64_t micros_a_tick = 1;
template <civil_time_point Time>
requires(std::is_integral_v<typename Time::rep>&& std::is_signed_v<typename Time::rep> &&
         1'000'000 % Time::period::den ==
             0) inline constexpr std::int64_t micros_a_tick<Time> = Time::period::num * (1'000'000 / Time::period::den);

template <class Time>
[[nodiscard]] constexpr std::int64_t ticks_of(Time const& time) {
  if constexpr (micros_a_tick<Time> != 1) {
    return static_cast<std::int64_t>(time.time_since_epoch().count());
  } else {
    return detail::instant_of(time).micros;
  }
}

/// The periods of a stretch of time, found by a shift, a look and a comparison instead of the calendar's divisions:
/// time is cut into slots of 2ᵏ ticks, none longer than a period, so that at most one period begins within a slot. Read
/// by all threads, written by none.
class period_table {
 public:
  period_table() = default;
  /// For the periods from one time to the other; stays empty where they are too many to be worth it.
  template <class Policy>
  period_table(Policy const& policy, instant from, instant to, std::int64_t unit) {
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
    if (shortest < unit) return;
    shift_ = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(shortest / unit))) - 1;
    base_ = floor_quotient(policy.begin_of(first).micros, unit) >> shift_;
    std::int64_t const slot_count = (floor_quotient(policy.begin_of(last + 1).micros, unit) >> shift_) - base_;
    entries_.reserve(static_cast<std::size_t>(slot_count));
    for (std::int64_t slot = base_; slot < base_ + slot_count; ++slot) {
      std::int64_t const index = policy.index_of(instant::from_micros((slot << shift_) * unit));
      entries_.push_back({-floor_quotient(-policy.begin_of(index + 1).micros, unit), index});  // the first tick in it
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
    std::uint64_t slot_count = 0;
    std::int64_t base = 0;
    int shift = 0;

    /// Is this time in the table? Then its period.
    [[nodiscard]] constexpr bool find(std::int64_t ticks, std::int64_t& index) const {
      std::uint64_t const slot = static_cast<std::uint64_t>((ticks >> shift) - base);
      if (slot >= slot_count) return false;
      entry const& here = entries[slot];
      index = here.index + (ticks >= here.next_begin);
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
