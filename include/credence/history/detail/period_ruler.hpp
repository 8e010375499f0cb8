// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PERIOD_RULER_HPP
#define CREDENCE_HISTORY_DETAIL_PERIOD_RULER_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
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
class period_ruler {
 public:
  period_ruler(Grid const& grid, std::optional<time_span> const& unit)
      : grid_(std::addressof(grid)), unit_(unit ? unit : detail::period_length(grid)) {
    std::optional<time_span> const length = detail::period_length(grid);
    counts_ = !unit;
    is_even_ = counts_ || length.has_value();
    if (unit) divisor_ = static_cast<double>(unit->micros);
    if (unit && length) factor_ = static_cast<double>(length->micros);
  }

  [[nodiscard]] Grid const& grid() const { return *grid_; }
  /// What 1 is, where it is always the same.
  [[nodiscard]] std::optional<time_span> unit() const { return unit_; }
  /// Does it only matter how many periods there are between?
  [[nodiscard]] bool is_even() const { return is_even_; }

  [[nodiscard]] double between(std::int64_t first, std::int64_t later) const {
    double const gap = static_cast<double>(
        is_even_ ? elapsed(first, later) : elapsed(grid_->begin_of(first).micros, grid_->begin_of(later).micros));
    return counts_ ? gap : gap * factor_ / divisor_;
  }
  [[nodiscard]] double log_between(std::int64_t first, std::int64_t later) const {
    return std::log(between(first, later));
  }

 private:
  Grid const* grid_;
  std::optional<time_span> unit_;
  bool counts_ = false;
  bool is_even_ = false;
  double factor_ = 1;
  double divisor_ = 1;
};

/// The same, which knows the logarithms of short gaps: for many rows.
template <class Grid>
class learned_ruler : public period_ruler<Grid> {
 public:
  learned_ruler(Grid const& grid, std::optional<time_span> const& unit) : period_ruler<Grid>(grid, unit) {
    if (!this->is_even()) return;
    logs_.push_back(0);
    for (std::int64_t gap = 1; gap < known_logs; ++gap) logs_.push_back(period_ruler<Grid>::log_between(0, gap));
  }
  [[nodiscard]] double log_between(std::int64_t first, std::int64_t later) const {
    std::uint64_t const gap = elapsed(first, later);
    return gap < logs_.size() ? logs_[static_cast<std::size_t>(gap)] : period_ruler<Grid>::log_between(first, later);
  }

 private:
  static constexpr std::int64_t known_logs = 512;

  std::vector<double> logs_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
