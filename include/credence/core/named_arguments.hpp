// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_NAMED_ARGUMENTS_HPP
#define CREDENCE_CORE_NAMED_ARGUMENTS_HPP

#include <utility>

#include <credence/core/design.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/version.hpp>

// Projections that a call may be given come by name, behind those that it must be given, in any order:
// `grouped_by(&customer::plan)`. How a call finds its own among them.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Projection>
struct group_argument {
  using named_argument = void;
  Projection projection;
};
struct grouped_by_function {
  template <class Projection>
  [[nodiscard]] constexpr auto operator()(Projection projection) const {
    return group_argument<Projection>{std::move(projection)};
  }
};

template <template <class...> class Wrapper, class Argument>
inline constexpr bool is_wrapped = false;
template <template <class...> class Wrapper, class... Parts>
inline constexpr bool is_wrapped<Wrapper, Wrapper<Parts...>> = true;

/// The argument that this wrapper made, among those of a call; `not_given` where there is none.
template <template <class...> class Wrapper>
[[nodiscard]] constexpr not_given picked() {
  return {};
}
template <template <class...> class Wrapper, class First, class... Rest>
[[nodiscard]] constexpr auto picked(First const& first, Rest const&... rest) {
  if constexpr (is_wrapped<Wrapper, First>) {
    static_assert(!(is_wrapped<Wrapper, Rest> || ...),
                  "credence: one of the projections that come by name was given twice");
    return first;
  } else {
    return detail::picked<Wrapper>(rest...);
  }
}

/// Are all arguments that come by name among those that this call takes?
template <template <class...> class... Wrappers>
struct taking {
  template <class Argument>
  static constexpr bool one = (is_wrapped<Wrappers, Argument> || ...) || !requires {
    typename Argument::named_argument;
  };
  template <class... Arguments>
  static constexpr bool all = (one<Arguments> && ...);
};

}  // namespace detail

/// `grouped_by(&customer::plan)`: an answer for each group, or a comparison of the groups. Any `key_like`.
inline constexpr detail::grouped_by_function grouped_by{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
