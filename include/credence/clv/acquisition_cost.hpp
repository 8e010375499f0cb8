// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_ACQUISITION_COST_HPP
#define CREDENCE_CLV_ACQUISITION_COST_HPP

#include <credence/clv/detail/retained_margins.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// What a customer is worth against what it costs to win one.

namespace credence {
inline namespace CREDENCE_ABI {

/// Lifetime value ÷ acquisition cost (LTV:CAC), without a unit: below 1 a customer costs more than he brings. +∞ or −∞
/// of a customer who costs nothing; NaN where value and cost are both 0, and of a value that is NaN, as one of which
/// the data say nothing. Throws `credence::error` for a cost that is negative or not finite.
[[nodiscard]] inline double value_to_cost_ratio(number const& value, number const& acquisition_cost) {
  double const cost = detail::cost_option("`acquisition_cost`", acquisition_cost);
  if (is_nan(value.value) || (value.value == 0 && cost == 0)) return not_a_number();
  if (!is_finite(value.value) || cost == 0) return value.value > 0 ? infinite_number() : -infinite_number();
  return value.value / cost;
}

struct affordable_acquisition_cost_options {
  number ratio = 1;  ///< lifetime value wanted for each unit of cost, > 0: at 1 nothing is lost and nothing won
};

/// The highest acquisition cost at which value ÷ cost is still the ratio that is wanted: value ÷ ratio, and 0 for a
/// customer who is worth nothing or less. NaN of a value that is NaN, +∞ of one without end. Throws `credence::error`
/// for a ratio that is not positive and finite. In many firms the ratio wanted is 3: a custom, not a law.
[[nodiscard]] inline double affordable_acquisition_cost(number const& value,
                                                        affordable_acquisition_cost_options const& options = {}) {
  double const ratio = options.ratio;
  if (!is_finite(ratio) || !(ratio > 0))
    detail::wrong_argument("affordable_acquisition_cost_options::ratio", ratio, "it must be positive and finite");
  if (is_nan(value.value)) return not_a_number();
  if (value.value <= 0) return 0;
  return is_finite(value.value) ? value.value / ratio : infinite_number();
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
