// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_AGREEMENT_NO_VARIATION_HPP
#define CREDENCE_AGREEMENT_NO_VARIATION_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What agreement beyond chance is where all ratings are the same, and there is nothing to agree about.
enum class no_variation : std::uint8_t { undefined, perfect };
constexpr std::string_view name_of(no_variation policy) {
  switch (policy) {
    case no_variation::undefined: return "undefined";
    case no_variation::perfect: return "perfect";
  }
  return {};
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
