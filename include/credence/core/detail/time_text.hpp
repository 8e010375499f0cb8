// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_TIME_TEXT_HPP
#define CREDENCE_CORE_DETAIL_TIME_TEXT_HPP

#include <cstdint>
#include <cstdio>
#include <string>

#include <credence/core/detail/civil.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A number with so many digits at least: `0007`.
[[nodiscard]] inline std::string padded(std::int64_t number, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*lld", digits + (number < 0), static_cast<long long>(number));
  return text;
}
/// ISO 8601: `2026-03`, `2026-03-09`; the year has a sign where it is below zero.
[[nodiscard]] inline std::string month_text(std::int64_t month) {
  std::int64_t const year = floor_quotient(month, 12);
  return padded(year, 4).append("-").append(padded(month - 12 * year + 1, 2));
}
[[nodiscard]] inline std::string day_text(std::int64_t days) {
  civil_day const day = civil_of_days(days);
  return month_text(12 * day.year + day.month - 1).append("-").append(padded(day.day, 2));
}
/// `2026-W11`: the ISO week that begins on this Monday belongs to the year of its Thursday.
[[nodiscard]] inline std::string iso_week_text(std::int64_t monday) {
  std::int64_t const year = civil_of_days(monday + 3).year;
  return padded(year, 4).append("-W").append(padded((monday + 3 - days_of({year, 1, 1})) / 7 + 1, 2));
}
/// `2026-03-09T12:00:00`, with as much of a fraction as there is.
[[nodiscard]] inline std::string time_text(std::int64_t micros) {
  std::int64_t const days = floor_quotient(micros, 86'400'000'000);
  // As words: the first day there is begins before the earliest time.
  std::int64_t const in_day = static_cast<std::int64_t>(static_cast<std::uint64_t>(micros) -
                                                        static_cast<std::uint64_t>(days) * 86'400'000'000U);
  std::int64_t const seconds = in_day / 1'000'000;
  std::string text = day_text(days);
  text.append("T").append(padded(seconds / 3'600, 2)).append(":").append(padded(seconds / 60 % 60, 2));
  text.append(":").append(padded(seconds % 60, 2));
  if (in_day % 1'000'000 != 0) {
    text.append(".").append(padded(in_day % 1'000'000, 6));
    while (text.back() == '0') text.pop_back();
  }
  return text;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
