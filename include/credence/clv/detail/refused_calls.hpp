// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_REFUSED_CALLS_HPP
#define CREDENCE_CLV_DETAIL_REFUSED_CALLS_HPP

#include <cstddef>

#include <credence/core/version.hpp>

// As core/refusal.hpp, for calls whose arguments are not rows and projections alone: what no overload takes is told the
// order in a sentence. Braces have no type and never get here.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A type of so many arguments that no call has, so that `refuse` says no when it is asked, and not before.
template <class... Arguments>
inline constexpr bool no_such_call = sizeof...(Arguments) > ~std::size_t{} / 2;

/// The overloads of `Calls`, and one for all that they do not take: `Calls::refuse<Arguments…>()` has the sentence.
template <class Calls>
struct or_refused : Calls {
  using Calls::operator();
  template <class... Arguments>
  requires(!requires(Calls const& calls, Arguments&&... arguments) {
    calls(static_cast<Arguments&&>(arguments)...);
  }) constexpr void
  operator()(Arguments&&...) const {
    Calls::template refuse<Arguments...>();
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
