// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_TIME_HPP
#define CREDENCE_CORE_TIME_HPP

#include <compare>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

#include <credence/core/detail/calendar_shapes.hpp>
#include <credence/core/detail/civil.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// Points in time and lengths of time, in microseconds, made of whatever the host has. The standard library's clocks and
// calendars are told by their shape, so that <chrono> need not be included here.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

inline constexpr std::int64_t earliest_micros = (std::numeric_limits<std::int64_t>::min)();
inline constexpr std::int64_t latest_micros = (std::numeric_limits<std::int64_t>::max)();

template <class Time>
concept other_clock_time = time_point_shaped<Time> && !civil_time_point<Time>;

/// The sum, or where it would not fit, the end of the range on its side.
[[nodiscard]] constexpr std::int64_t saturated_sum(std::int64_t one, std::int64_t other) {
  if (other > 0 && one > latest_micros - other) return latest_micros;
  if (other < 0 && one < earliest_micros - other) return earliest_micros;
  return one + other;
}

/// How far it is from one time, or period, to a later one: from one end to the other it is more than has a sign.
[[nodiscard]] constexpr std::uint64_t elapsed(std::int64_t from, std::int64_t to) {
  return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

/// The product, saturated; the second factor is positive.
[[nodiscard]] constexpr std::int64_t saturated_product(std::int64_t one, std::int64_t positive) {
  std::uint64_t const most = static_cast<std::uint64_t>(latest_micros / positive);
  if (static_cast<std::uint64_t>(one) + most <= 2 * most) return one * positive;  // within ±most, by one comparison
  return one > 0 ? latest_micros : earliest_micros;
}

/// `count` units of numerator/denominator seconds in microseconds: rounded down where the unit is finer, saturated
/// where there are too many.
template <std::int64_t Numerator, std::int64_t Denominator, class Count>
[[nodiscard]] constexpr std::int64_t micros_of(Count const& count) {
  if constexpr (std::is_floating_point_v<Count>) {
    double const micros = static_cast<double>(count) * (1e6 * static_cast<double>(Numerator) / Denominator);
    if (is_nan(micros)) return earliest_micros;  // no time at all; who asks for one sees that it is none
    if (micros >= 0x1p63) return latest_micros;
    if (micros <= -0x1p63) return earliest_micros;
    std::int64_t const whole = static_cast<std::int64_t>(micros);
    return whole - (static_cast<double>(whole) > micros);
  } else {
    constexpr std::int64_t million = 1'000'000;
    if constexpr (std::is_unsigned_v<Count> && sizeof(Count) >= sizeof(std::int64_t)) {
      if (count > static_cast<Count>(latest_micros)) return latest_micros;
    }
    std::int64_t const units = static_cast<std::int64_t>(count);
    if constexpr (million % Denominator == 0) {
      constexpr std::int64_t factor = Numerator * (million / Denominator);
      return saturated_product(units, factor);
    } else if constexpr (Numerator == 1 && Denominator % million == 0) {
      return floor_quotient(units, Denominator / million);
    } else {
      static_assert(million % Denominator == 0, "credence: a clock of this unit cannot be told in microseconds");
      return 0;
    }
  }
}
template <duration_shaped Duration>
[[nodiscard]] constexpr std::int64_t micros_of_duration(Duration const& length) {
  return micros_of<Duration::period::num, Duration::period::den>(length.count());
}

/// The start of a day in microseconds.
[[nodiscard]] constexpr std::int64_t micros_of_day(std::int64_t days) { return micros_of<86'400, 1>(days); }

}  // namespace detail

// --- the built-in conversions ---

template <detail::civil_time_point Time>
struct time_traits<Time> {
  static constexpr std::int64_t to_micros(Time const& time) {
    return detail::micros_of_duration(time.time_since_epoch());
  }
};
/// A day is its first moment. One that is none (30 February) is the earliest time there is, which no sample may have.
template <detail::calendar_day_shaped Day>
struct time_traits<Day> {
  static constexpr std::int64_t to_micros(Day const& day) {
    if (!day.ok()) return detail::earliest_micros;
    return detail::micros_of_day(detail::days_of(
        {static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())}));
  }
};
template <detail::calendar_month_shaped Month>
struct time_traits<Month> {
  static constexpr std::int64_t to_micros(Month const& month) {
    if (!month.ok()) return detail::earliest_micros;
    return detail::micros_of_day(
        detail::days_of({static_cast<int>(month.year()), static_cast<unsigned>(month.month()), 1}));
  }
};

/// A point in time: microseconds since the start of 1970, in UTC or, where the host's times are local, in local time.
/// Implicit from `sys_time`, `local_time`, `year_month_day`, `year_month` and every type with `time_traits`; finer
/// times are rounded down. What lies beyond ±292,000 years is the earliest or the latest instant, of which `is_known`
/// says that it stands for no time that could be told.
struct instant {
  std::int64_t micros = 0;

  constexpr instant() = default;
  // The order matters: asked of `instant` itself, before its own traits are there, the answer would stay no.
  template <class Time>
  requires(!std::same_as<Time, instant>) && time_like<Time> constexpr instant(Time const& time)
      : micros(time_traits<Time>::to_micros(time)) {}

  [[nodiscard]] static constexpr instant from_micros(std::int64_t micros) {
    instant made;
    made.micros = micros;
    return made;
  }
  [[nodiscard]] constexpr bool is_known() const {
    // As words, the two ends are neighbours: one comparison.
    return static_cast<std::uint64_t>(micros) + static_cast<std::uint64_t>(detail::latest_micros) + 2 > 1;
  }
  /// Back into one of the standard library's times, rounded down to its unit.
  template <detail::civil_time_point Time>
  [[nodiscard]] constexpr explicit operator Time() const {
    using period = typename Time::duration::period;
    using rep = typename Time::duration::rep;
    if constexpr (std::is_floating_point_v<rep>) {
      return Time(typename Time::duration(static_cast<rep>(micros) * (static_cast<rep>(period::den) / period::num) /
                                          rep(1'000'000)));
    } else if constexpr (1'000'000 % period::den == 0) {
      constexpr std::int64_t unit = period::num * (1'000'000 / period::den);
      return Time(typename Time::duration(static_cast<rep>(detail::floor_quotient(micros, unit))));
    } else {
      return Time(typename Time::duration(static_cast<rep>(micros) * (period::den / 1'000'000)));
    }
  }
  friend constexpr auto operator<=>(instant const&, instant const&) = default;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("micros", self.micros);
  }
};
template <>
struct time_traits<instant> {
  static constexpr std::int64_t to_micros(instant const& time) { return time.micros; }
};

/// A length of time in microseconds. Implicit from `std::chrono` durations, finer ones rounded down; a bare number has
/// no unit and does not compile.
struct time_span {
  std::int64_t micros = 0;

  constexpr time_span() = default;
  template <detail::duration_shaped Duration>
  constexpr time_span(Duration const& length) : micros(detail::micros_of_duration(length)) {}

  [[nodiscard]] static constexpr time_span from_micros(std::int64_t micros) {
    time_span made;
    made.micros = micros;
    return made;
  }
  friend constexpr auto operator<=>(time_span const&, time_span const&) = default;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("micros", self.micros);
  }
};

/// Saturates at the ends, as all conversions do.
[[nodiscard]] constexpr instant operator+(instant time, time_span span) {
  return instant::from_micros(detail::saturated_sum(time.micros, span.micros));
}

namespace detail {

template <class Time>
inline constexpr bool is_time = time_like<typename answer_type<std::remove_cvref_t<Time>>::type>;

/// The one place where a projection that returns no time is complained about, in words that say what to write.
template <class Time>
constexpr bool check_time() {
  using time_type = typename answer_type<std::remove_cvref_t<Time>>::type;
  static_assert(!std::is_arithmetic_v<time_type>,
                "credence: this projection returns a bare number, which says nothing of its unit; wrap it: "
                "credence::epoch_seconds(&event::ticks) or credence::epoch_milliseconds(&event::ticks)");
  static_assert(!other_clock_time<time_type>,
                "credence: this clock (steady_clock, file_clock) does not count from 1970; record the time of "
                "system_clock");
  static_assert(
      is_time<Time> || std::is_arithmetic_v<time_type> || other_clock_time<time_type>,
      "credence: this projection returns a type that is not a time; return a sys_time, local_time or "
      "year_month_day, or specialise credence::time_traits<T> with `static std::int64_t to_micros(T const&)`");
  return is_time<Time>;
}

/// A time as an instant; an empty optional is the earliest, which is none.
template <class Time>
[[nodiscard]] constexpr instant instant_of(Time const& time) {
  if constexpr (is_optional<Time>) {
    return time ? detail::instant_of(*time) : instant::from_micros(earliest_micros);
  } else {
    return instant::from_micros(time_traits<Time>::to_micros(time));
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
