// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_LEAVING_CAUSE_HPP
#define CREDENCE_SURVIVAL_LEAVING_CAUSE_HPP

#include <cstdint>
#include <type_traits>

#include <credence/core/error.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Why customers left, as it is asked for: an integer or an enum of the host's, 1 or more; 0 is who is still here, and
/// throws `credence::error`, as what is below does.
struct leaving_cause {
  std::uint64_t number = 1;

  constexpr leaving_cause() = default;
  template <class Cause>
  requires(std::is_integral_v<Cause> || std::is_enum_v<Cause>) constexpr leaving_cause(Cause cause)
      : number(checked(cause)) {}
  friend constexpr bool operator==(leaving_cause const&, leaving_cause const&) = default;

 private:
  template <class Cause>
  static constexpr std::uint64_t checked(Cause cause) {
    if constexpr (std::is_enum_v<Cause>) {
      return checked(static_cast<std::underlying_type_t<Cause>>(cause));
    } else {
      if (!(cause > Cause{}))
        detail::wrong_argument("the cause", cause, "it must be 1 or more; 0 is who is still here");
      return static_cast<std::uint64_t>(cause);
    }
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
