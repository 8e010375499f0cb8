// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_TIME_PROJECTION_HPP
#define CREDENCE_CORE_TIME_PROJECTION_HPP

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// What makes times of rows whose times need more than a look: ticks that have no unit, and offsets that come with the
// event.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Type>
concept tick_like = std::is_arithmetic_v<Type> && !std::same_as<Type, bool>;

/// Ticks of 1/PerSecond of a second since 1970 as an instant; of an optional, an optional one.
template <std::int64_t PerSecond, class Ticks>
[[nodiscard]] constexpr auto instant_of_ticks(Ticks const& ticks) {
  if constexpr (is_optional<Ticks>) {
    return ticks ? std::optional<instant>(instant_of_ticks<PerSecond>(*ticks)) : std::nullopt;
  } else {
    static_assert(tick_like<Ticks>,
                  "credence: epoch_seconds and epoch_milliseconds take plain numbers, or a "
                  "projection that returns one");
    return instant::from_micros(micros_of<1, PerSecond>(ticks));
  }
}

template <std::int64_t PerSecond, class Projection>
struct epoch_projection {
  Projection projection;

  template <class Row>
  requires requires(Projection const& own, Row&& row) { detail::project(own, std::forward<Row>(row)); }
  constexpr auto operator()(Row&& row) const {
    return instant_of_ticks<PerSecond>(detail::project(projection, std::forward<Row>(row)));
  }
};

template <std::int64_t PerSecond>
struct epoch_function {
  template <class Ticks>
  [[nodiscard]] constexpr auto operator()(Ticks const& ticks) const {
    if constexpr (tick_like<Ticks>) {
      return instant_of_ticks<PerSecond>(ticks);
    } else {
      return epoch_projection<PerSecond, Ticks>{ticks};
    }
  }
};

template <class Time, class Offset>
struct local_projection {
  Time time;
  Offset offset;

  template <class Row>
  requires requires(Time const& own, Offset const& offset_of, Row& row) {
    detail::project(own, row);
    detail::project(offset_of, row);
  }
  constexpr auto operator()(Row& row) const {
    auto&& when = detail::project(time, row);
    auto&& beside = detail::project(offset, row);
    using time_type = std::remove_cvref_t<decltype(when)>;
    if constexpr (check_time<time_type>() && check_offset<decltype(beside)>()) {
      instant const utc = detail::instant_of(when);
      return utc.is_known() ? utc + time_span(beside) : utc;
    } else {
      return instant();
    }
  }

 private:
  template <class Beside>
  static constexpr bool check_offset() {
    constexpr bool fits = std::convertible_to<std::remove_cvref_t<Beside>, time_span>;
    static_assert(fits, "credence: the offset of a local time has a unit; return a std::chrono duration");
    return fits;
  }
};

struct local_function {
  template <class Time, class Offset>
  [[nodiscard]] constexpr auto operator()(Time time, Offset offset) const {
    return local_projection<Time, Offset>{time, offset};
  }
};

}  // namespace detail

/// Ticks that count seconds since 1970 (UTC): of a projection the projection that returns the time,
/// `over_time(rows, epoch_seconds(&event::ts), …)`; of a number the instant itself. A bare integer is never taken for a
/// time.
inline constexpr detail::epoch_function<1> epoch_seconds{};
/// The same for milliseconds.
inline constexpr detail::epoch_function<1'000> epoch_milliseconds{};

/// `local(&event::time, &event::offset)`: the time projection of events that each carry their own offset from UTC, a
/// duration that is added to the time.
inline constexpr detail::local_function local{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
