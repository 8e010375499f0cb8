// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_WIDE_INTEGER_HPP
#define CREDENCE_CORE_WIDE_INTEGER_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// A signed integer of `Words` 64-bit words, two's complement, least significant word first. It holds sums that must
/// stay exact: Σx of any 64-bit samples in two words, Σx² in three. (`__int128` is an extension, and has no bytes of
/// its own on every compiler we serve.) Wraps on overflow, which its users' widths rule out.
template <std::size_t Words>
struct wide_integer {
  std::uint64_t words[Words] = {};

  constexpr wide_integer() = default;
  template <std::integral Integer>
  constexpr explicit wide_integer(Integer from) {
    words[0] = static_cast<std::uint64_t>(from);
    if (from < Integer{}) extend(1, ~std::uint64_t{});
  }
  template <std::size_t Other>
  constexpr explicit wide_integer(wide_integer<Other> const& from) {
    static_assert(Other < Words, "credence: a wide_integer is only ever widened");
    for (std::size_t at = 0; at < Other; ++at) words[at] = from.words[at];
    if (from.negative()) extend(Other, ~std::uint64_t{});
  }

  [[nodiscard]] constexpr bool negative() const { return (words[Words - 1] >> 63) != 0; }

  constexpr wide_integer& operator+=(wide_integer const& other) {
    std::uint64_t carry = 0;
    for (std::size_t at = 0; at < Words; ++at) {
      std::uint64_t const partial = words[at] + carry;
      carry = partial < carry;
      words[at] = partial + other.words[at];
      carry += words[at] < partial;
    }
    return *this;
  }
  constexpr wide_integer& operator-=(wide_integer const& other) { return *this += -other; }
  [[nodiscard]] constexpr wide_integer operator-() const {
    wide_integer negated;
    for (std::size_t at = 0; at < Words; ++at) negated.words[at] = ~words[at];
    for (std::size_t at = 0; at < Words && ++negated.words[at] == 0;) ++at;
    return negated;
  }
  friend constexpr bool operator==(wide_integer const&, wide_integer const&) = default;

  /// The nearest double, ties to even.
  [[nodiscard]] constexpr double to_real() const {
    wide_integer const magnitude = negative() ? -*this : *this;
    std::size_t top = Words;
    while (top > 0 && magnitude.words[top - 1] == 0) --top;
    if (top <= 1) {  // as most are
      double const real = static_cast<double>(magnitude.words[0]);
      return negative() ? -real : real;
    }
    // The 64 leading bits, with a last bit that says whether anything non-zero was cut off, round as the whole does.
    std::uint64_t leading = magnitude.words[top - 1];
    int const shift = std::countl_zero(leading);
    std::uint64_t const next = magnitude.words[top - 2];
    leading = shift == 0 ? leading : (leading << shift) | (next >> (64 - shift));
    std::uint64_t cut_off = next << shift;
    for (std::size_t at = 0; at + 2 < top; ++at) cut_off |= magnitude.words[at];
    double real = static_cast<double>(leading | (cut_off != 0 ? 1U : 0U));
    int exponent = static_cast<int>(64 * (top - 1)) - shift;  // above 0
    for (; exponent > 0; --exponent) real *= 2.0;
    return negative() ? -real : real;
  }

 private:
  constexpr void extend(std::size_t from, std::uint64_t word) {
    for (std::size_t at = from; at < Words; ++at) words[at] = word;
  }
};

namespace detail {

/// The 128-bit product of two 64-bit words, by halves.
[[nodiscard]] constexpr wide_integer<3> word_product(std::uint64_t left, std::uint64_t right) {
  std::uint64_t const mask = 0xffff'ffffULL;
  std::uint64_t const low = (left & mask) * (right & mask);
  std::uint64_t const cross = (left >> 32) * (right & mask) + (low >> 32);  // cannot overflow: (2^32-1)^2 + 2^32
  std::uint64_t const middle = (left & mask) * (right >> 32) + (cross & mask);
  wide_integer<3> product;
  product.words[0] = (middle << 32) | (low & mask);
  product.words[1] = (left >> 32) * (right >> 32) + (cross >> 32) + (middle >> 32);
  return product;
}

}  // namespace detail

/// The exact product; as wide as both factors together.
template <std::size_t Left, std::size_t Right>
[[nodiscard]] constexpr wide_integer<Left + Right> multiply(wide_integer<Left> const& left,
                                                            wide_integer<Right> const& right) {
  wide_integer<Left> const first = left.negative() ? -left : left;
  wide_integer<Right> const second = right.negative() ? -right : right;
  wide_integer<Left + Right> product;
  for (std::size_t row = 0; row < Left; ++row) {
    for (std::size_t column = 0; column < Right; ++column) {
      if (first.words[row] == 0 || second.words[column] == 0) continue;  // as most are: everyday numbers fill one word
      wide_integer<3> const part = detail::word_product(first.words[row], second.words[column]);
      wide_integer<Left + Right> shifted;
      shifted.words[row + column] = part.words[0];
      if (row + column + 1 < Left + Right) shifted.words[row + column + 1] = part.words[1];
      product += shifted;
    }
  }
  return left.negative() != right.negative() ? -product : product;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
