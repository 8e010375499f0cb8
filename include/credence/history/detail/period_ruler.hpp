// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PERIOD_RULER_HPP
#define CREDENCE_HISTORY_DETAIL_PERIOD_RULER_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/calendar.hpp>
#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// How long a period of this grid is, where all are of one length.
template <class Grid>
[[nodiscard]] constexpr std::optional<time_span> period_length([[maybe_unused]] Grid const& grid) {
  if constexpr (std::is_same_v<Grid, calendar_day>) {
    return one_day;
  } else if constexpr (std::is_same_v<Grid, calendar_week>) {
    return time_span::from_micros(7 * one_day.micros);
  } else if constexpr (std::is_same_v<Grid, every>) {
    return grid.span;
  } else {
    return std::nullopt;
  }
}

/// How far it is from the beginning of one period to that of another: in a unit of time, or where none is given, in
/// periods. Periods of one length are exact fractions of the unit, rounded once: days of weeks are sevenths.
template <class Grid>
[[nodiscard]] double length_between(Grid const& grid, std::optional<time_span> const& unit, std::int64_t first,
                                    std::int64_t later) {
  double const periods = static_cast<double>(elapsed(first, later));
  if (!unit) return periods;
  std::optional<time_span> const length = detail::period_length(grid);
  double const micros = length ? periods * static_cast<double>(length->micros)
                               : static_cast<double>(elapsed(grid.begin_of(first).micros, grid.begin_of(later).micros));
  return micros / static_cast<double>(unit->micros);
}

/// The same for many, which knows the logarithms of short gaps.
template <class Grid>
class period_ruler {
 public:
  period_ruler(Grid grid, std::optional<time_span> unit) : grid_(std::move(grid)), unit_(unit) {
    if (unit_ && !detail::period_length(grid_)) return;
    logs_.reserve(known_logs);
    for (std::int64_t gap = 0; gap < known_logs; ++gap) logs_.push_back(gap == 0 ? 0 : std::log(between(0, gap)));
  }

  [[nodiscard]] Grid const& grid() const { return grid_; }
  /// What 1 is, where it is always the same.
  [[nodiscard]] std::optional<time_span> unit() const { return unit_ ? unit_ : detail::period_length(grid_); }

  [[nodiscard]] double between(std::int64_t first, std::int64_t later) const {
    return detail::length_between(grid_, unit_, first, later);
  }
  [[nodiscard]] double log_between(std::int64_t first, std::int64_t later) const {
    std::uint64_t const gap = elapsed(first, later);
    return gap < logs_.size() ? logs_[static_cast<std::size_t>(gap)] : std::log(between(first, later));
  }

 private:
  static constexpr std::int64_t known_logs = 512;

  Grid grid_;
  std::optional<time_span> unit_;
  std::vector<double> logs_;  ///< of the gaps that most are; none where they are not all alike
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
