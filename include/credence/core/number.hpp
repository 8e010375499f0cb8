// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_NUMBER_HPP
#define CREDENCE_CORE_NUMBER_HPP

#include <cstdint>
#include <limits>
#include <type_traits>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

// Fields of options are not plain `double` and `int`: with a host's `int n`, `{.top = n}` into a double or a size is a
// narrowing error on clang. These take any arithmetic type by a conversion that is checked instead of narrowed. They
// take it by reference: clang from 17 may do as it likes with a NaN passed by value under -ffast-math.

/// A real number in an option. Takes any arithmetic type; a NaN or an infinity is refused by the option that it is
/// given to, which can name itself.
struct number {
  double value = 0;

  constexpr number() = default;
  template <class Arithmetic>
  requires std::is_arithmetic_v<Arithmetic>
  constexpr number(Arithmetic const& from) : value(static_cast<double>(from)) {}
  constexpr operator double() const { return value; }
  friend constexpr bool operator==(number const&, number const&) = default;
};

/// A whole number in an option, of 64 bits with a sign. Takes any arithmetic type; what is not whole or does not fit
/// throws `credence::error`.
struct whole {
  std::int64_t value = 0;

  constexpr whole() = default;
  template <class Arithmetic>
  requires std::is_arithmetic_v<Arithmetic>
  constexpr whole(Arithmetic const& from) : value(checked(from)) {}
  constexpr operator std::int64_t() const { return value; }
  friend constexpr bool operator==(whole const&, whole const&) = default;

 private:
  template <class Arithmetic>
  static constexpr std::int64_t checked(Arithmetic const& from) {
    if constexpr (std::is_floating_point_v<Arithmetic>) {
      // 2^63 itself does not fit, and every double below it that is whole does.
      if (!is_finite(static_cast<double>(from)) || from < Arithmetic(-0x1p63) || from >= Arithmetic(0x1p63) ||
          static_cast<Arithmetic>(static_cast<std::int64_t>(from)) != from)
        detail::wrong_argument("an option", static_cast<double>(from), "it must be a whole number of 64 bits");
    } else if constexpr (std::is_unsigned_v<Arithmetic> && sizeof(Arithmetic) >= sizeof(std::int64_t)) {
      if (from > static_cast<Arithmetic>((std::numeric_limits<std::int64_t>::max)()))
        detail::wrong_argument("an option", from, "it must be a whole number of 64 bits");
    }
    return static_cast<std::int64_t>(from);
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
