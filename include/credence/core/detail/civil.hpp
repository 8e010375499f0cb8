// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_CIVIL_HPP
#define CREDENCE_CORE_DETAIL_CIVIL_HPP

#include <cstdint>

#include <credence/core/version.hpp>

// The Gregorian calendar, carried on before 1582 and before the year 0, in whole numbers.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Rounded down, where `/` rounds towards zero. The divisor is positive.
[[nodiscard]] constexpr std::int64_t floor_quotient(std::int64_t dividend, std::int64_t divisor) {
  std::int64_t const quotient = dividend / divisor;
  return quotient - (dividend - quotient * divisor < 0);
}

/// A day of the calendar: the month and the day from 1.
struct civil_day {
  std::int64_t year = 1970;
  unsigned month = 1;
  unsigned day = 1;
};

// Both directions count in years that begin with March, so that the leap day is the last of its year, and the lengths
// of the months from March on are those of a straight line rounded down (Zeller's congruence; in this form Neri and
// Schneider 2022, Software: Practice and Experience 53, 937). An era is 400 years, 146,097 days; so many of them are
// added that all days of an instant, ±292,278 years, count from zero in 32 bits.
inline constexpr std::int64_t eras_before_1970 = 735;
inline constexpr std::int64_t first_day_counted = 719'468 + 146'097 * eras_before_1970;  ///< before 1970-01-01
inline constexpr std::int64_t first_year_counted = 400 * eras_before_1970;

/// The calendar's day of so many days since 1970-01-01; right for ±106,751,991 days.
[[nodiscard]] constexpr civil_day civil_of_days(std::int64_t days) {
  std::uint32_t const counted = static_cast<std::uint32_t>(days + first_day_counted);
  std::uint32_t const in_centuries = 4 * counted + 3;
  std::uint32_t const century = in_centuries / 146'097;
  std::uint32_t const in_years = (in_centuries % 146'097) | 3U;
  // ÷ 1461 as a product: the quotient is the year of the century, the rest of it its day.
  std::uint64_t const product = std::uint64_t{2'939'745} * in_years;
  std::uint32_t const year_of_century = static_cast<std::uint32_t>(product >> 32);
  std::uint32_t const day_of_year = static_cast<std::uint32_t>(product & 0xffff'ffffU) / 2'939'745 / 4;
  std::uint32_t const in_months = 2'141 * day_of_year + 197'913;
  std::uint32_t const month = in_months >> 16;
  std::uint32_t const day = (in_months & 0xffffU) / 2'141;
  bool const next_year = day_of_year >= 306;  // January and February belong to the year that began in March before
  return {static_cast<std::int64_t>(100 * century + year_of_century) - first_year_counted + next_year,
          next_year ? month - 12 : month, day + 1};
}

/// 12·year + month − 1: months counted on from the year 0.
[[nodiscard]] constexpr std::int64_t month_of_days(std::int64_t days) {
  civil_day const found = civil_of_days(days);
  return 12 * found.year + found.month - 1;
}

/// Days since 1970-01-01. The day may lie beyond the end of its month.
[[nodiscard]] constexpr std::int64_t days_of(civil_day const& at) {
  bool const before_march = at.month <= 2;
  std::int64_t const year = at.year - before_march;
  std::int64_t const century = floor_quotient(year, 100);
  std::int64_t const month = before_march ? at.month + 12 : at.month;
  std::int64_t const leap_days = floor_quotient(year, 4) - century + floor_quotient(century, 4);
  return 365 * year + leap_days + (979 * month - 2'919) / 32 + at.day - 1 - 719'468;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
