// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_LANE_MATH_HPP
#define CREDENCE_CLV_DETAIL_LANE_MATH_HPP

#include <bit>
#include <cstdint>

#include <credence/core/version.hpp>

// A logarithm and an exponential without branches or tables, in operations that every processor does on several numbers
// at once: a compiler turns a loop over them with a fixed count into such ones, at -O2 too. Whole numbers come from
// conversions to 32 bits, not from adding and taking off a great number, which -ffast-math would undo.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

inline constexpr double lane_ln2_high = 0x1.62e42fefp-1;  ///< its product with an exponent is exact
inline constexpr double lane_ln2_low = 0x1.473de6af278edp-34;

/// `below` for a sign below 0, else `above`: with masks, for a comparison becomes a branch at a compiler's whim.
[[nodiscard]] inline double lane_chosen(double const sign, double const below, double const above) noexcept {
  std::uint64_t const mask = 0 - (std::bit_cast<std::uint64_t>(sign) >> 63);
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(below) & mask) |
                               (std::bit_cast<std::uint64_t>(above) & ~mask));
}

/// exp(−x) for x >= 0; what is less than 1e-304 is 1e-304. Relative error below 3e-16.
[[nodiscard]] inline double lane_exp_of_minus(double const x) noexcept {
  double const bounded = lane_chosen(700.0 - x, 700.0, x);
  std::int32_t const halvings = static_cast<std::int32_t>(bounded * 1.4426950408889634 + 0.5);
  double const count = static_cast<double>(halvings);
  double const rest = (count * lane_ln2_high - bounded) + count * lane_ln2_low;
  // (e^r − 1 − r) ÷ r² for |r| <= ln 2 ÷ 2, at Chebyshev's points (tests/reference/lane_math.py).
  double sum = 2.51004037165766914e-8;
  sum = 2.76201121395723645e-7 + rest * sum;
  sum = 2.75572684216826123e-6 + rest * sum;
  sum = 0.0000248015212461314944 + rest * sum;
  sum = 0.000198412698630782798 + rest * sum;
  sum = 0.00138888889172457876 + rest * sum;
  sum = 0.00833333333333005689 + rest * sum;
  sum = 0.0416666666666240636 + rest * sum;
  sum = 0.166666666666666675 + rest * sum;
  sum = 0.500000000000000102 + rest * sum;
  double const power = 1.0 + (rest + rest * rest * sum);
  std::uint64_t const scale = static_cast<std::uint64_t>(static_cast<std::uint32_t>(1023 - halvings)) << 52;
  return power * std::bit_cast<double>(scale);
}

/// The e with x = m·2^e for an m from √½ to √2; of x >= 1.
[[nodiscard]] inline std::uint64_t lane_exponent_of(double const x) noexcept {
  constexpr std::uint64_t root_of_half = 0x3fe6'a09e'667f'3bcdU;
  return (std::bit_cast<std::uint64_t>(x) - root_of_half) >> 52;
}

/// x >= 1 as mantissa × 2^exponent.
struct lane_parts {
  double mantissa;
  double exponent;
};
[[nodiscard]] inline lane_parts lane_parts_of(double const x) noexcept {
  std::uint64_t const exponent = lane_exponent_of(x);
  return {std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) - (exponent << 52)),
          static_cast<double>(static_cast<std::int32_t>(exponent))};
}

/// log(mantissa) + exponent·log 2, given mantissa − 1.
[[nodiscard]] inline double lane_log_of(double const above_one, double const exponent) noexcept {
  double const ratio = above_one / (above_one + 2.0);
  double const square = ratio * ratio;
  // (log((1 + f) ÷ (1 − f)) ÷ f − 2) ÷ f² for |f| <= 0.1716, likewise.
  double sum = 0.14617807153417325;
  sum = 0.153316117220550079 + square * sum;
  sum = 0.181828924325368712 + square * sum;
  sum = 0.222222110893794962 + square * sum;
  sum = 0.285714286262538376 + square * sum;
  sum = 0.399999999998988905 + square * sum;
  sum = 0.666666666666666971 + square * sum;
  return exponent * lane_ln2_high + (2.0 * ratio + (ratio * square * sum + exponent * lane_ln2_low));
}

/// log(x) for finite x >= 1. Relative error below 4e-16.
[[nodiscard]] inline double lane_log(double const x) noexcept {
  lane_parts const parts = lane_parts_of(x);
  return lane_log_of(parts.mantissa - 1.0, parts.exponent);
}

/// log(1 + x) for x from 0 to 1e300. Relative error below 5e-16.
[[nodiscard]] inline double lane_log1p(double const x) noexcept {
  std::uint64_t const exponent = lane_exponent_of(1.0 + x);
  // The mantissa less 1 by x, not by the rounded 1 + x.
  double const scale = std::bit_cast<double>((std::uint64_t{1023} - exponent) << 52);
  return lane_log_of((scale - 1.0) + x * scale, static_cast<double>(static_cast<std::int32_t>(exponent)));
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
