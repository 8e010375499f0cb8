// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_TIME_HPP
#define TRUST_REPORT_TIME_HPP

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <credence/core/calendar.hpp>
#include <credence/core/time.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/timed.hpp>
#include <credence/survey/nps.hpp>

// When answers were given, and the scores of each period.

namespace trust_report {
namespace detail {

/// Takes a number of so many digits from the front.
inline bool take_digits(std::string_view& text, std::size_t const digits, int& number) {
  if (text.size() < digits) return false;
  number = 0;
  for (char const digit : text.substr(0, digits)) {
    if (digit < '0' || digit > '9') return false;
    number = 10 * number + (digit - '0');
  }
  text.remove_prefix(digits);
  return true;
}
inline bool take(std::string_view& text, std::string_view const any_of) {
  if (text.empty() || any_of.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace detail

/// A time as ISO 8601 and databases write it, in the local time of whoever wrote it: `2026-03-09`, `2026-03-09 14:05`,
/// `2026-03-09T14:05:59.25`, with an offset from UTC behind it or none, which is not looked at. None for anything else.
inline std::optional<credence::instant> time_of(std::string_view text) {
  using namespace std::chrono;
  using detail::take;
  using detail::take_digits;
  int years = 0;
  int months = 0;
  int days_of_month = 0;
  if (!take_digits(text, 4, years) || !take(text, "-/") || !take_digits(text, 2, months) || !take(text, "-/") ||
      !take_digits(text, 2, days_of_month))
    return std::nullopt;
  year_month_day const date{year{years}, month{static_cast<unsigned>(months)},
                            day{static_cast<unsigned>(days_of_month)}};
  if (!date.ok()) return std::nullopt;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!text.empty()) {
    if (!take(text, "T ") || !take_digits(text, 2, hour) || !take(text, ":") || !take_digits(text, 2, minute))
      return std::nullopt;
    if (take(text, ":") && !take_digits(text, 2, second)) return std::nullopt;
    if (take(text, ".,"))
      while (take(text, "0123456789")) {
      }
    if (!take(text, "Z") && take(text, "+-")) {
      int offset = 0;
      if (!take_digits(text, 2, offset)) return std::nullopt;
      take(text, ":");
      if (!text.empty() && !take_digits(text, 2, offset)) return std::nullopt;
    }
    if (!text.empty() || hour > 24 || minute > 59 || second > 60) return std::nullopt;
  }
  return credence::instant(local_days{date} + hours{hour} + minutes{minute} + seconds{second});
}

/// The same of a log, where a program may also have written seconds or, of 13 digits, milliseconds since 1970.
inline std::optional<credence::instant> ticks_or_time_of(std::string_view text) {
  constexpr std::size_t seconds = 11;
  constexpr std::size_t milliseconds = 13;
  if (text.size() < 9 || text.size() > milliseconds || text.find_first_not_of("0123456789") != text.npos)
    return time_of(text);
  std::int64_t ticks = 0;
  for (char const digit : text) ticks = 10 * ticks + (digit - '0');
  return text.size() <= seconds ? credence::epoch_seconds(ticks) : credence::epoch_milliseconds(ticks);
}

/// NPS by day, week, month, quarter or year, as was asked.
template <class Policy>
using nps_by = credence::timed<Policy, credence::nps_accumulator>;
using nps_over_time =
    std::variant<nps_by<credence::calendar_month>, nps_by<credence::calendar_day>, nps_by<credence::calendar_week>,
                 nps_by<credence::calendar_quarter>, nps_by<credence::calendar_year>>;

inline constexpr std::array<std::string_view, 5> period_names{"month", "day", "week", "quarter", "year"};

/// Empty, of the period with this name; months where there is none of it.
inline nps_over_time nps_by_period(std::string_view const period, credence::nps_options const& options) {
  credence::nps_accumulator const empty(options);
  if (period == "day") return nps_by<credence::calendar_day>({}, empty);
  if (period == "week") return nps_by<credence::calendar_week>({}, empty);
  if (period == "quarter") return nps_by<credence::calendar_quarter>({}, empty);
  if (period == "year") return nps_by<credence::calendar_year>({}, empty);
  return nps_by<credence::calendar_month>({}, empty);
}

}  // namespace trust_report

#endif
