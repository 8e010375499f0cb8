// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_ROWS_HPP
#define CREDENCE_CORE_ROWS_HPP

#include <iterator>
#include <type_traits>
#include <utility>

#include <credence/core/version.hpp>

// The ranges that metrics take, told by the customisation points that <iterator> has too: <ranges>, with all its views,
// would add a tenth to the time in which a host compiles.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Range>
using iterator_of = decltype(std::ranges::begin(std::declval<std::remove_reference_t<Range>&>()));
template <class Range>
using sentinel_of = decltype(std::ranges::end(std::declval<std::remove_reference_t<Range>&>()));
template <class Range>
using row_of = std::iter_reference_t<iterator_of<Range>>;

template <class Range>
concept iterable = requires {
  typename iterator_of<Range>;
  typename sentinel_of<Range>;
};

}  // namespace detail

/// A range of rows: anything with a begin and an end that can be read once. Containers, spans, arrays, views,
/// input-only and move-only ranges with sentinels, as an lvalue or an rvalue; `std::ranges::input_range` says the same.
template <class Range>
concept rows_range = detail::iterable<Range> && std::input_iterator<detail::iterator_of<Range>>;

namespace detail {

/// Rows that tasks can share out: any one can be reached, and their number is known.
template <class Range>
concept shareable_rows = rows_range<Range> && std::random_access_iterator<iterator_of<Range>> &&
    std::sized_sentinel_for<sentinel_of<Range>, iterator_of<Range>>;

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
