// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_PERIOD_CLOCK_HPP
#define CREDENCE_CORE_DETAIL_PERIOD_CLOCK_HPP

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <type_traits>

#include <credence/core/detail/period_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Which period a row lies in.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Numbers that no period has: the rows whose time is missing, and those whose time cannot be, are groups of their own.
inline constexpr std::int64_t missing_time = (std::numeric_limits<std::int64_t>::min)();
inline constexpr std::int64_t bad_time = missing_time + 1;
[[nodiscard]] constexpr bool is_period(std::int64_t index) { return index > bad_time; }

/// Tells which period a time lies in.
template <class Policy>
class period_clock {
 public:
  constexpr period_clock(Policy const& policy, bool raises) : policy_(policy), raises_(raises) {}

  template <class Time>
  constexpr std::int64_t operator()(Time const& time) const {
    if constexpr (check_time<Time>()) {
      instant const when = detail::instant_of(time);
      if (when.is_known()) return policy_.index_of(when);
      rejection const reason = detail::has_answer(time) ? rejection::bad_time : rejection::missing;
      // The fold knows the position, and says it.
      if (raises_) raise(invalid_sample(complaint(reason, 0), 0));
      return reason == rejection::missing ? missing_time : bad_time;
    } else {
      return bad_time;
    }
  }

 private:
  Policy policy_;
  bool raises_;
};

/// The number of the period that a row lies in: what `group_by` groups by.
template <class Policy, class TimeProjection>
struct period_projection {
  period_clock<Policy> clock;
  TimeProjection time;
  period_table::view table;

  template <class Row>
  constexpr auto operator()(Row& row) const -> decltype(clock(detail::project(time, row))) {
    auto&& when = detail::project(time, row);
    std::int64_t index = 0;
    return table.find(detail::ticks_of(when), index) ? index : clock(when);
  }
};

/// A table of the periods that some rows, evenly spread, lie in. Of few rows, or of rows that cannot be looked at
/// before they are folded, an empty one.
template <class Range, class Policy, class Time>
[[nodiscard]] period_table table_of(Range& rows, Policy const& policy, Time const& time) {
  if constexpr (shareable_rows<Range>) {
    constexpr std::int64_t looks = 4'096;
    auto const begin = std::ranges::begin(rows);
    auto const size = static_cast<std::int64_t>(std::ranges::end(rows) - begin);
    if (size < 4 * looks) return {};
    instant earliest = instant::from_micros(latest_micros);
    instant latest = instant::from_micros(earliest_micros);
    for (std::int64_t look = 0; look < looks; ++look) {
      auto&& row = *(begin + static_cast<std::iter_difference_t<iterator_of<Range>>>(size / looks * look));
      instant const when = detail::instant_of(detail::project(time, row));
      if (!when.is_known()) continue;
      earliest = (std::min)(earliest, when);
      latest = (std::max)(latest, when);
    }
    if (latest < earliest) return {};
    return {policy, earliest, latest, micros_a_tick<std::remove_cvref_t<projected<Range, Time>>>};
  } else {
    return {};
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
