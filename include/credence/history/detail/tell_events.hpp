// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_TELL_EVENTS_HPP
#define CREDENCE_HISTORY_DETAIL_TELL_EVENTS_HPP

#include <cstdint>

#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What every answer says of the events it is made of: how many were used, how many were not, and why.
template <class Result>
constexpr void tell_events(Result& result, std::uint64_t rows, rejections const& rejected) {
  result.count = rows;
  result.rejections = rejected;
  result.rejected = rejected.total();
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
