// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_CALENDAR_HPP
#define CREDENCE_CORE_CALENDAR_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include <credence/core/detail/calendar_shapes.hpp>
#include <credence/core/detail/civil.hpp>
#include <credence/core/detail/time_text.hpp>
#include <credence/core/error.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Periods of the calendar. They follow that of a place with a fixed offset from UTC; where the host's times are local
// already, the offset stays 0. A place whose offset changes with the season has no fixed one: give `over_time` local
// times (`local(&event::time, &event::offset)`), and a day has its 23 or 25 hours.

namespace credence {
inline namespace CREDENCE_ABI {

/// The weekday on which weeks begin: implicit from `std::chrono::weekday`. Monday, as ISO 8601 has it, by default.
struct week_start {
  std::uint8_t iso_number = 1;  ///< 1 Monday … 7 Sunday

  constexpr week_start() = default;
  template <detail::weekday_shaped Weekday>
  constexpr week_start(Weekday const& weekday) : iso_number(static_cast<std::uint8_t>(weekday.iso_encoding())) {}
  friend constexpr bool operator==(week_start const&, week_start const&) = default;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("iso_number", self.iso_number);
  }
};

namespace detail {

inline constexpr std::int64_t micros_a_day = 86'400'000'000;

/// Places lie within a day of UTC (from −12 to +14 hours today).
template <class Complain>
constexpr bool check_offset(char const* argument, time_span offset, Complain const& complain) {
  return (offset.micros < micros_a_day && offset.micros > -micros_a_day) ||
         complain(argument, static_cast<double>(offset.micros) / 1e6,
                  "seconds of offset from UTC must be less than a day's");
}

/// Which day it is at a place, in days since 1970-01-01 there, and when such a day begins.
[[nodiscard]] constexpr std::int64_t day_at(instant time, time_span offset) {
  return floor_quotient(saturated_sum(time.micros, offset.micros), micros_a_day);
}
[[nodiscard]] constexpr instant start_of_day(std::int64_t days, time_span offset) {
  return instant::from_micros(saturated_sum(micros_of<86'400, 1>(days), -offset.micros));
}
[[nodiscard]] constexpr std::int64_t first_day_of_month(std::int64_t month) {
  std::int64_t const year = floor_quotient(month, 12);
  return days_of({year, static_cast<unsigned>(month - 12 * year) + 1, 1});
}

}  // namespace detail

/// Calendar days, numbered from 1970-01-01; called `2026-03-09`.
struct calendar_day {
  time_span offset{};                       ///< of the place's clocks from UTC
  std::optional<instant> observed_until{};  ///< up to when events were looked for

  [[nodiscard]] constexpr std::int64_t index_of(instant time) const { return detail::day_at(time, offset); }
  [[nodiscard]] constexpr instant begin_of(std::int64_t index) const { return detail::start_of_day(index, offset); }
  [[nodiscard]] std::string name_of(std::int64_t index) const { return detail::day_text(index); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_offset("calendar_day::offset", offset, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.offset);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("offset", self.offset);
    visit("observed_until", self.observed_until);
  }
  static constexpr std::string_view type_id() { return "calendar_day"; }
  friend constexpr bool operator==(calendar_day const&, calendar_day const&) = default;
};

/// Weeks, numbered from the one that 1970-01-01 lies in, a Thursday; called `2026-W11` where they begin on Monday, else
/// by their first day.
struct calendar_week {
  week_start first_weekday{};               ///< Monday by default
  time_span offset{};                       ///< of the place's clocks from UTC
  std::optional<instant> observed_until{};  ///< up to when events were looked for

  [[nodiscard]] constexpr std::int64_t index_of(instant time) const {
    return detail::floor_quotient(detail::day_at(time, offset) + days_before(), 7);
  }
  [[nodiscard]] constexpr instant begin_of(std::int64_t index) const {
    return detail::start_of_day(first_day(index), offset);
  }
  [[nodiscard]] std::string name_of(std::int64_t index) const {
    return first_weekday.iso_number == 1 ? detail::iso_week_text(first_day(index)) : detail::day_text(first_day(index));
  }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return ((first_weekday.iso_number >= 1 && first_weekday.iso_number <= 7) ||
            complain("calendar_week::first_weekday", static_cast<double>(first_weekday.iso_number),
                     "it must be a day of the week")) &&
           detail::check_offset("calendar_week::offset", offset, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.first_weekday, self.offset);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("first_weekday", self.first_weekday);
    visit("offset", self.offset);
    visit("observed_until", self.observed_until);
  }
  static constexpr std::string_view type_id() { return "calendar_week"; }
  friend constexpr bool operator==(calendar_week const&, calendar_week const&) = default;

  /// Of the first week, before 1970-01-01.
  [[nodiscard]] constexpr std::int64_t days_before() const { return (4 + 7 - first_weekday.iso_number) % 7; }
  /// Of a week, in days since 1970-01-01.
  [[nodiscard]] constexpr std::int64_t first_day(std::int64_t index) const { return 7 * index - days_before(); }
};

/// Months, numbered 12·year + month − 1; called `2026-03`.
struct calendar_month {
  time_span offset{};                       ///< of the place's clocks from UTC
  std::optional<instant> observed_until{};  ///< up to when events were looked for

  [[nodiscard]] constexpr std::int64_t index_of(instant time) const {
    return detail::month_of_days(detail::day_at(time, offset));
  }
  [[nodiscard]] constexpr instant begin_of(std::int64_t index) const {
    return detail::start_of_day(detail::first_day_of_month(index), offset);
  }
  [[nodiscard]] std::string name_of(std::int64_t index) const { return detail::month_text(index); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_offset("calendar_month::offset", offset, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.offset);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("offset", self.offset);
    visit("observed_until", self.observed_until);
  }
  static constexpr std::string_view type_id() { return "calendar_month"; }
  friend constexpr bool operator==(calendar_month const&, calendar_month const&) = default;
};

/// Quarters, numbered 4·year + quarter − 1; called `2026-Q1`.
struct calendar_quarter {
  time_span offset{};                       ///< of the place's clocks from UTC
  std::optional<instant> observed_until{};  ///< up to when events were looked for

  [[nodiscard]] constexpr std::int64_t index_of(instant time) const {
    return detail::floor_quotient(detail::month_of_days(detail::day_at(time, offset)), 3);
  }
  [[nodiscard]] constexpr instant begin_of(std::int64_t index) const {
    return detail::start_of_day(detail::first_day_of_month(3 * index), offset);
  }
  [[nodiscard]] std::string name_of(std::int64_t index) const {
    std::int64_t const year = detail::floor_quotient(index, 4);
    return detail::padded(year, 4).append("-Q").append(detail::padded(index - 4 * year + 1, 1));
  }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_offset("calendar_quarter::offset", offset, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.offset);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("offset", self.offset);
    visit("observed_until", self.observed_until);
  }
  static constexpr std::string_view type_id() { return "calendar_quarter"; }
  friend constexpr bool operator==(calendar_quarter const&, calendar_quarter const&) = default;
};

/// Years, numbered as they are; called `2026`.
struct calendar_year {
  time_span offset{};                       ///< of the place's clocks from UTC
  std::optional<instant> observed_until{};  ///< up to when events were looked for

  [[nodiscard]] constexpr std::int64_t index_of(instant time) const {
    return detail::civil_of_days(detail::day_at(time, offset)).year;
  }
  [[nodiscard]] constexpr instant begin_of(std::int64_t index) const {
    return detail::start_of_day(detail::first_day_of_month(12 * index), offset);
  }
  [[nodiscard]] std::string name_of(std::int64_t index) const { return detail::padded(index, 4); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_offset("calendar_year::offset", offset, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.offset);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("offset", self.offset);
    visit("observed_until", self.observed_until);
  }
  static constexpr std::string_view type_id() { return "calendar_year"; }
  friend constexpr bool operator==(calendar_year const&, calendar_year const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
