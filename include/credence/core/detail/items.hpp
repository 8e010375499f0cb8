// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_ITEMS_HPP
#define CREDENCE_CORE_DETAIL_ITEMS_HPP

#include <credence/core/host_types.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>

// Metrics of several items ask each respondent for a range of answers: an array, a vector, a span.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A range of answers, any of which may be missing.
template <class Items>
concept item_answers = rows_range<Items> && is_sample<row_of<Items>>;

/// The one place where a projection that returns no such range is complained about. More than one value: with a weight.
struct items_check {
  template <class Items, class... Weight>
  static constexpr bool of() {
    constexpr bool fits = item_answers<Items>;  // apart, lest the compiler explain the concept too
    static_assert(fits,
                  "credence: this projection returns no range of answers; return a std::array, a vector or a span of "
                  "numbers or optionals, one for each item");
    return fits && number_check::of<Weight...>();
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
