// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_RETENTION_MODE_HPP
#define CREDENCE_RETENTION_RETENTION_MODE_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Who counts as retained some periods after the first.
enum class retention_mode : std::uint8_t {
  on,          ///< who was active in that period (the default); also called N-day, bounded, classic
  on_or_after  ///< who was active in that period or a later one; also called unbounded, rolling, "at least"
};
constexpr std::string_view name_of(retention_mode mode) {
  switch (mode) {
    case retention_mode::on: return "on";
    case retention_mode::on_or_after: return "on_or_after";
  }
  return {};
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
