// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_CALENDAR_KEYS_HPP
#define CREDENCE_CORE_CALENDAR_KEYS_HPP

#include <tuple>
#include <type_traits>

#include <credence/core/detail/calendar_shapes.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/version.hpp>

// The standard library's clocks and calendars as keys, each written with integers in the order of time: time points,
// durations, year_month_day, year_month, year, month or day, weekday (Monday first).

namespace credence {
inline namespace CREDENCE_ABI {

template <detail::time_point_shaped Key>
struct key_traits<Key> {
  using rep = typename Key::rep;
  static_assert(std::is_integral_v<rep>, "credence: a clock that counts in floating point is no key");
  static constexpr rep to_key(Key const& key) { return key.time_since_epoch().count(); }
  static constexpr Key from_key(rep count) { return Key(typename Key::duration(count)); }
};
template <detail::duration_shaped Key>
struct key_traits<Key> {
  using rep = typename Key::rep;
  static_assert(std::is_integral_v<rep>, "credence: a duration that counts in floating point is no key");
  static constexpr rep to_key(Key const& key) { return key.count(); }
  static constexpr Key from_key(rep count) { return Key(count); }
};
template <detail::calendar_month_shaped Key>
struct key_traits<Key> {
  using known = std::tuple<int, unsigned>;
  static constexpr known to_key(Key const& key) {
    return {static_cast<int>(key.year()), static_cast<unsigned>(key.month())};
  }
  static constexpr Key from_key(known const& key) {
    return Key(decltype(Key().year())(std::get<0>(key)), decltype(Key().month())(std::get<1>(key)));
  }
};
template <detail::calendar_day_shaped Key>
struct key_traits<Key> {
  using known = std::tuple<int, unsigned, unsigned>;
  static constexpr known to_key(Key const& key) {
    return {static_cast<int>(key.year()), static_cast<unsigned>(key.month()), static_cast<unsigned>(key.day())};
  }
  static constexpr Key from_key(known const& key) {
    return Key(decltype(Key().year())(std::get<0>(key)), decltype(Key().month())(std::get<1>(key)),
               decltype(Key().day())(std::get<2>(key)));
  }
};
template <detail::year_shaped Key>
struct key_traits<Key> {
  static constexpr int to_key(Key const& key) { return static_cast<int>(key); }
  static constexpr Key from_key(int year) { return Key(year); }
};
template <detail::month_shaped Key>
struct key_traits<Key> {
  static constexpr unsigned to_key(Key const& key) { return static_cast<unsigned>(key); }
  static constexpr Key from_key(unsigned number) { return Key(number); }
};
template <detail::weekday_shaped Key>
struct key_traits<Key> {
  static constexpr unsigned to_key(Key const& key) { return key.iso_encoding(); }
  static constexpr Key from_key(unsigned number) { return Key(number); }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
