// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_COVARIATES_HPP
#define CREDENCE_CLV_COVARIATES_HPP

#include <tuple>
#include <utility>

#include <credence/core/version.hpp>

// What is known of a customer beside his purchases, and does not change: how he was won, where he lives.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class... Projections>
struct purchase_covariates_argument {
  using named_argument = void;
  std::tuple<Projections...> projections;
};
template <class... Projections>
struct dropout_covariates_argument {
  using named_argument = void;
  std::tuple<Projections...> projections;
};

struct purchase_covariates_function {
  template <class... Projections>
  [[nodiscard]] constexpr auto operator()(Projections... projections) const {
    return purchase_covariates_argument<Projections...>{{std::move(projections)...}};
  }
};
struct dropout_covariates_function {
  template <class... Projections>
  [[nodiscard]] constexpr auto operator()(Projections... projections) const {
    return dropout_covariates_argument<Projections...>{{std::move(projections)...}};
  }
};

}  // namespace detail

/// `purchase_covariates(&customer::is_member, &customer::log_income)`: numbers that shift how often a customer buys, in
/// a fit of a model that takes them. A category is as many numbers of 0 and 1 as it has values, less one.
inline constexpr detail::purchase_covariates_function purchase_covariates{};
/// The same for how soon he is lost.
inline constexpr detail::dropout_covariates_function dropout_covariates{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
