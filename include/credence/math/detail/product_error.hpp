// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_DETAIL_PRODUCT_ERROR_HPP
#define CREDENCE_MATH_DETAIL_PRODUCT_ERROR_HPP

#include <bit>
#include <cstdint>

#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

/// left * right - product, within 2^-104 of it, where `product` is their product rounded (or nearly that).
///
/// This is what std::fma is for, but clang splits fma into a rounded product and a sum under -ffast-math. So: each
/// factor is cut into a head of 26 bits and a rest of 27, whose products are exact, and the sums are fenced. Source:
/// Dekker, Numerische Mathematik 18 (1971) 224-242.
[[nodiscard]] inline double product_error(double const left, double const right, double const product) noexcept {
  auto const head = [](double const whole) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(whole) & 0xffff'ffff'f800'0000ULL);
  };
  using credence::detail::fenced;
  double const left_head = fenced(head(left));
  double const left_rest = fenced(left - left_head);
  double const right_head = fenced(head(right));
  double const right_rest = fenced(right - right_head);
  double const heads = fenced(fenced(left_head * right_head) - product);
  return fenced(fenced(heads + fenced(left_head * right_rest)) + fenced(left_rest * right_head)) +
         left_rest * right_rest;
}

}  // namespace detail
}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
