// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_FIRST_MARGIN_HPP
#define CREDENCE_CLV_FIRST_MARGIN_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// When does a new customer bring his first margin? The two conventions of simple lifetime value, which differ by one
/// margin in full.
enum class first_margin : std::uint8_t {
  after_a_period,  ///< if he is still there after the first period, and discounted once: margins count r/(1+d), …
  at_once          ///< when he comes, in full: margins count 1, r/(1+d), …
};
constexpr std::string_view name_of(first_margin when) {
  switch (when) {
    case first_margin::after_a_period: return "after_a_period";
    case first_margin::at_once: return "at_once";
  }
  return {};
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
