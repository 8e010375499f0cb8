// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_VERIFIED_HPP
#define CREDENCE_REVIEWS_VERIFIED_HPP

#include <utility>

#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/review_weight.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Flag>
struct verified_weight {
  using review_weight_type = verified_weight;
  Flag flag;
  double factor;

  template <class Row>
  requires requires(Flag const& own, Row& row) { detail::project(own, row); }
  constexpr double operator()(Row& row) const {
    auto&& told = detail::project(flag, row);
    if constexpr (number_check::of<decltype(told)>()) {
      double const yes = detail::real_or_none(told);
      if (is_nan(yes)) return yes;
      return yes == 1 ? 1 : yes == 0 ? factor : not_a_number();
    } else {
      return not_a_number();
    }
  }
};

struct verified_function {
  template <class Flag>
  [[nodiscard]] constexpr auto operator()(Flag flag, number factor) const {
    check_fraction("the factor of verified", factor.value);
    return verified_weight<Flag>{std::move(flag), told_weight(factor)};
  }
};

}  // namespace detail

/// A review by who did not buy counts less: `verified(&review::verified, 0.5)`, the weight 1 where the row says `true`
/// (or 1), and the factor, in 0…1, where it says `false` (or 0); 0 leaves those out but for the counts. What is missing
/// or any other number has a weight of NaN, and its review is rejected as `bad_weight`. A projection of the row, that
/// stands where a weight stands, alone or in a product. Throws `credence::error` for a factor outside 0…1.
inline constexpr detail::verified_function verified{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
