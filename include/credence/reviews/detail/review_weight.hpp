// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_REVIEW_WEIGHT_HPP
#define CREDENCE_REVIEWS_DETAIL_REVIEW_WEIGHT_HPP

#include <type_traits>
#include <utility>

#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What a review counts for, in 0…1: projections of its row, and their products, which are such projections themselves.
// NaN where the row does not tell, so that who takes the weight rejects the row as `bad_weight`, and counts it.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Ours, whatever else a host has that can be multiplied.
template <class Type>
concept review_weight = requires {
  typename std::remove_cvref_t<Type>::review_weight_type;
};

/// A weight as metrics take it: one too little to be squared counts for nothing, instead of being a bad weight.
[[nodiscard]] constexpr double told_weight(double weight) { return !is_nan(weight) && weight < 1e-100 ? 0 : weight; }

/// Is this an option, or a number of the row, in 0…1?
[[nodiscard]] constexpr bool is_fraction(double value) { return is_finite(value) && value >= 0 && value <= 1; }
constexpr void check_fraction(char const* argument, double const& value) {
  if (!is_fraction(value)) wrong_argument(argument, value, "it must lie in 0…1");
}

/// What a row says as a double; NaN for what is missing.
template <class Value>
[[nodiscard]] constexpr double real_or_none(Value const& value) {
  return detail::has_answer(value) ? detail::real_of(value) : not_a_number();
}

template <class First, class Second>
struct weight_product {
  using review_weight_type = weight_product;
  First first;
  Second second;

  template <class Row>
  requires requires(First const& one, Second const& other, Row& row) {
    detail::project(one, row);
    detail::project(other, row);
  }
  constexpr double operator()(Row& row) const {
    return told_weight(detail::project(first, row) * detail::project(second, row));
  }
};

/// The product of two weights. Written twice, for whatever a host's own operator takes, this one is the better match:
/// it must not be able to step in for types that it knows nothing of.
template <review_weight First, review_weight Second>
[[nodiscard]] constexpr auto operator*(First&& first, Second&& second) {
  return weight_product<std::remove_cvref_t<First>, std::remove_cvref_t<Second>>{std::forward<First>(first),
                                                                                 std::forward<Second>(second)};
}
template <review_weight First, review_weight Second>
[[nodiscard]] constexpr auto operator*(First const& first, Second const& second) {
  return weight_product<First, Second>{first, second};
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
