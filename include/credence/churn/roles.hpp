// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_ROLES_HPP
#define CREDENCE_CHURN_ROLES_HPP

#include <utility>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Projection>
struct reason_argument {
  using named_argument = void;
  Projection projection;
};
struct reason_of_function {
  template <class Projection>
  [[nodiscard]] constexpr auto operator()(Projection projection) const {
    return reason_argument<Projection>{std::move(projection)};
  }
};

}  // namespace detail

/// `reason_of(&subscription::reason)`: why a span ended, behind the projections; any `key_like`, such as an enum that
/// tells those who chose to leave from those whose card failed. An empty optional is a reason of its own: none was
/// given.
inline constexpr detail::reason_of_function reason_of{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
