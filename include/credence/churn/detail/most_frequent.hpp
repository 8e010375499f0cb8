// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_MOST_FREQUENT_HPP
#define CREDENCE_CHURN_DETAIL_MOST_FREQUENT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Encoded keys, each with its place: the most frequent first, by `count_at(place)`, equal ones in the order of the
/// keys.
template <class CountAt>
void most_frequent_first(std::vector<std::pair<std::string, std::size_t>>& keys, CountAt const& count_at) {
  std::sort(keys.begin(), keys.end(), [&](auto const& one, auto const& other) {
    std::uint64_t const many = count_at(one.second);
    std::uint64_t const others = count_at(other.second);
    return many != others ? many > others : one.first < other.first;
  });
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
