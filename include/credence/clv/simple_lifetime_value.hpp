// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_SIMPLE_LIFETIME_VALUE_HPP
#define CREDENCE_CLV_SIMPLE_LIFETIME_VALUE_HPP

#include <optional>

#include <credence/clv/detail/retained_margins.hpp>
#include <credence/clv/first_margin.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// Lifetime value from three averages: what it is worth when every customer is as any other.

namespace credence {
inline namespace CREDENCE_ABI {

/// Rates are of one period, of whatever length: margin a month with retention and discount a month.
struct simple_lifetime_value_options {
  std::optional<number> margin = {};     ///< of a customer who is there, a period, less what serving him costs; needed
  std::optional<number> retention = {};  ///< share of customers who stay from one period to the next, in 0…1; needed
  number discount = 0;                   ///< rate of interest a period, as 0.01; greater than −1
  number acquisition_cost = 0;           ///< what a new customer costs, once, now; 0 or more
  credence::first_margin first_margin = credence::first_margin::after_a_period;
};

/// The answer of `simple_lifetime_value`, in the unit of the margin.
struct simple_lifetime_value_result {
  double value = not_a_number();              ///< margins to come, as of now; +∞ where 1 + d ≤ r
  double net_value = not_a_number();          ///< less the acquisition cost
  double margin_multiple = not_a_number();    ///< value of one unit of margin: r/(1 + d − r)
  double expected_lifetime = not_a_number();  ///< periods until he leaves, 1/(1 − r); +∞ where nobody leaves

  explicit constexpr operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("net_value", self.net_value);
    visit("margin_multiple", self.margin_multiple);
    visit("expected_lifetime", self.expected_lifetime);
  }
  friend constexpr bool operator==(simple_lifetime_value_result const&, simple_lifetime_value_result const&) = default;
};

/// Lifetime value of a customer with a constant margin m, retention r and discount rate d:
///   Σ_{t≥1} m·(r/(1+d))^t = m·r/(1 + d − r),
/// the first margin a period from now and only of those who stayed; or, with `.first_margin = first_margin::at_once`,
/// Σ_{t≥0} = m·(1+d)/(1 + d − r). `simple_lifetime_value({.margin = 100, .retention = 0.8, .discount = 0.1})` is
/// 266.67. It is +∞ (−∞ of a negative margin, 0 of none) where r ≥ 1 + d. That all customers stay with the same
/// probability understates the value of a base in which some are more loyal: see `shifted_beta_geometric`. Throws
/// `credence::error` for what is not set or nonsense. O(1). Source: Gupta and Lehmann (2003), Journal of Interactive
/// Marketing 17(1), 9.
[[nodiscard]] inline simple_lifetime_value_result simple_lifetime_value(simple_lifetime_value_options const& options) {
  double const margin = detail::finite_option("simple_lifetime_value_options::margin",
                                              detail::needed("simple_lifetime_value_options::margin", options.margin));
  double const retention =
      detail::share_option("simple_lifetime_value_options::retention",
                           detail::needed("simple_lifetime_value_options::retention", options.retention));
  double const discount = detail::rate_option("simple_lifetime_value_options::discount", options.discount);
  double const cost = detail::cost_option("simple_lifetime_value_options::acquisition_cost", options.acquisition_cost);
  simple_lifetime_value_result result;
  result.margin_multiple = detail::retained_margins(retention, discount, options.first_margin).sum(infinite_number());
  result.value = detail::multiplied(margin, result.margin_multiple);
  result.net_value = is_finite(result.value) ? result.value - cost : result.value;
  result.expected_lifetime = retention < 1 ? 1 / (1 - retention) : infinite_number();
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
