// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_NEW_CUSTOMER_VALUE_HPP
#define CREDENCE_CLV_NEW_CUSTOMER_VALUE_HPP

#include <optional>
#include <vector>

#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/detail/customers_read.hpp>
#include <credence/clv/detail/discounted_value.hpp>
#include <credence/clv/detail/retained_margins.hpp>
#include <credence/clv/discount.hpp>
#include <credence/clv/lifetime_values.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// What a customer is worth of whom nothing is known yet: the other side of what it may cost to win him.

namespace credence {
inline namespace CREDENCE_ABI {

/// Times are in the unit of the model of purchases.
struct new_customer_value_options {
  std::optional<number> horizon = {};  ///< from the first purchase on, 0 or more; unset: for ever
  discount_rate discount = {};         ///< annual_rate{0.10}, or period_rate{…}; by default nothing is discounted
  number margin = 1;                   ///< share of spend that is left, in −1…1
  number cost_per_period = 0;          ///< of serving a customer who is alive, for one unit of time; 0 or more
  bool counts_first_purchase = true;   ///< is the first purchase, of now and in full, part of the value?
  number acquisition_cost = 0;         ///< what it costs to win him; 0 or more
};

/// The answer of `new_customer_value`, in the host's money.
struct new_customer_value_result {
  double value = not_a_number();                 ///< as of the first purchase; ±∞ where it has no end
  double net_value = not_a_number();             ///< less the acquisition cost
  double expected_purchases = not_a_number();    ///< repeat purchases up to the horizon, the first not among them
  double discounted_purchases = not_a_number();  ///< the same, each worth what it is as of the first
  double expected_spend = not_a_number();        ///< of a purchase, over the population; +∞ where it has no mean

  explicit constexpr operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("net_value", self.net_value);
    visit("expected_purchases", self.expected_purchases);
    visit("discounted_purchases", self.discounted_purchases);
    visit("expected_spend", self.expected_spend);
  }
  friend constexpr bool operator==(new_customer_value_result const&, new_customer_value_result const&) = default;
};

/// What a customer who has just come is worth: `new_customer_value(fit, spend, {.horizon = 52.0, .discount =
/// annual_rate{0.10}, .margin = 0.3, .acquisition_cost = 12})`,
///   margin·E[M]·(1 + D) − cost·L,
/// as in `customer_lifetime_value`, of a customer of age 0, and with the 1 for the first purchase, unless that is told
/// not to count. `fit` and `spend` are fits or models. Throws `credence::error` unless the fits converged, for wrong
/// options, and for an annual rate where the unit of the model is not known.
template <class Fit, class Spend>
[[nodiscard]] new_customer_value_result new_customer_value(Fit const& fit, Spend const& spend,
                                                           new_customer_value_options const& options = {}) {
  new_customer_value_result result;
  if constexpr (detail::check_fit<Fit>() && detail::check_spend<Spend>()) {
    auto const& model = detail::model_of(fit);
    double const cost = detail::cost_option("new_customer_value_options::acquisition_cost", options.acquisition_cost);
    detail::value_terms const terms =
        detail::terms_of_value(model,
                               {.horizon = options.horizon,
                                .discount = options.discount,
                                .margin = options.margin,
                                .cost_per_period = options.cost_per_period},
                               {.horizon = "new_customer_value_options::horizon",
                                .discount = "new_customer_value_options::discount",
                                .margin = "new_customer_value_options::margin",
                                .cost_per_period = "new_customer_value_options::cost_per_period"});
    detail::purchases const just_won;
    std::vector<double> out(terms.width());
    terms(model.law(), just_won, out.data());
    result.expected_spend = detail::model_of(spend).law().expected({});
    result.expected_purchases = terms.expected(model.law(), just_won, out.data());
    result.discounted_purchases = out[0];
    if (options.counts_first_purchase) out[0] += 1;
    result.value = terms.value(out.data(), 0, result.expected_spend);
    result.net_value = is_finite(result.value) ? result.value - cost : result.value;
  }
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
