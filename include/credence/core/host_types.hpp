// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_HOST_TYPES_HPP
#define CREDENCE_CORE_HOST_TYPES_HPP

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

// The four points where a host's own types come in. Each is a class template to specialise, a concept that says
// whether that was done, and a sentence that the compiler prints where it was not. Ratings and money have their
// specialisations here, times in core/time.hpp, and keys, which also need a hash and an encoding, in core/keys.hpp.

/// Ratings, weights and every other plain quantity. A specialisation has `static double to_real(T const&)`; it answers
/// a NaN for "not a number". Built in: arithmetic types, enums, `bool` proxies, and types that convert to double.
template <class Value>
struct real_traits;

namespace detail {

template <class Value>
concept known_real = std::is_enum_v<Value> || std::convertible_to<Value const&, double>;
template <class Money>
concept minor_units = std::integral<Money> && !std::same_as<Money, bool>;

}  // namespace detail

template <detail::known_real Value>
struct real_traits<Value> {
  using built_in = void;  ///< so that a host's own specialisation for an enum is told from this one
  static constexpr double to_real(Value const& value) noexcept(noexcept(static_cast<double>(value))) {
    if constexpr (std::is_enum_v<Value>) {
      return static_cast<double>(static_cast<std::underlying_type_t<Value>>(value));
    } else {
      return static_cast<double>(value);
    }
  }
};

template <class Value>
concept real_like = requires(std::remove_cvref_t<Value> const& value) {
  { real_traits<std::remove_cvref_t<Value>>::to_real(value) } -> std::convertible_to<double>;
};

/// Points in time. A specialisation has `static std::int64_t to_micros(T const&)`, microseconds since 1970 in UTC or
/// local time; the least or greatest there is says "no time that can be told". Built in, in core/time.hpp: `sys_time`,
/// `local_time`, `year_month_day`, `year_month`.
template <class Time>
struct time_traits;

template <class Time>
concept time_like = requires(std::remove_cvref_t<Time> const& time) {
  { time_traits<std::remove_cvref_t<Time>>::to_micros(time) } -> std::same_as<std::int64_t>;
};

/// Money. A specialisation has `sum_type`, which default-constructs to zero, `static void add(sum_type&, T const&)` and
/// `static double to_real(sum_type const&)`. Built in: integers, of minor units, summed exactly in 128 bits; and
/// floating-point amounts, summed with compensation.
template <class Money>
struct money_traits;

template <detail::minor_units Money>
struct money_traits<Money> {
  using sum_type = wide_integer<2>;
  static constexpr void add(sum_type& sum, Money const& amount) { sum += sum_type(amount); }
  static constexpr double to_real(sum_type const& sum) { return sum.to_real(); }
};

template <std::floating_point Money>
struct money_traits<Money> {
  using sum_type = compensated_sum;
  static constexpr void add(sum_type& sum, Money const& amount) { sum += static_cast<double>(amount); }
  static constexpr double to_real(sum_type const& sum) { return sum.value(); }
};

template <class Money>
concept money_like = requires(typename money_traits<std::remove_cvref_t<Money>>::sum_type& sum,
                              std::remove_cvref_t<Money> const& amount) {
  money_traits<std::remove_cvref_t<Money>>::add(sum, amount);
  { money_traits<std::remove_cvref_t<Money>>::to_real(sum) } -> std::convertible_to<double>;
};

/// What groups are told apart by. A host's own type says how it is written with keys that credence knows (integers,
/// strings, tuples of them …): `static auto to_key(T const&)` and `static T from_key(known const&)`.
/// Built in: integers, enums, strings (kept as `std::string`), optional, pair, tuple, calendar and clock types.
template <class Key>
struct key_traits;

namespace detail {

template <class Value>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;

/// The type inside an optional, or the type itself: an empty optional is "no answer", never a number.
template <class Value>
struct answer_type {
  using type = Value;
};
template <class Value>
struct answer_type<std::optional<Value>> {
  using type = Value;
};

/// Is a sample of this type read without a call of the host's that may throw?
template <class Value>
inline constexpr bool reads_quietly = true;
template <real_like Value>
inline constexpr bool reads_quietly<Value> = noexcept(real_traits<Value>::to_real(std::declval<Value const&>()));
template <class Value>
inline constexpr bool reads_quietly<std::optional<Value>> = reads_quietly<Value>;

template <class Value>
inline constexpr bool is_sample = real_like<typename answer_type<std::remove_cvref_t<Value>>::type>;

/// What a metric asks of the values of a row, in a class for those that ask something else: `value_check` of their
/// accumulator. The one place where a projection that returns no number is complained about, in words that say what to
/// write.
struct number_check {
  template <class... Values>
  static constexpr bool of() {
    static_assert(
        (is_sample<Values> && ...),
        "credence: this projection returns a type that is not a number; return a number (rows of a struct need a "
        "projection, such as &row::score), or specialise credence::real_traits<T> with `static double "
        "to_real(T const&)`");
    return (is_sample<Values> && ...);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
