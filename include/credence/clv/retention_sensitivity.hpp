// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_RETENTION_SENSITIVITY_HPP
#define CREDENCE_CLV_RETENTION_SENSITIVITY_HPP

#include <optional>

#include <credence/clv/detail/retained_margins.hpp>
#include <credence/clv/first_margin.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// What a little more retention does to the value of a customer, under the one formula that is usually meant.

namespace credence {
inline namespace CREDENCE_ABI {

/// Rates are of one period, of whatever length.
struct retention_sensitivity_options {
  std::optional<number> margin = {};     ///< of a customer who is there, a period; needed
  std::optional<number> retention = {};  ///< share of customers who stay from one period to the next, in 0…1; needed
  number discount = 0;                   ///< rate of interest a period; greater than −1
  std::optional<whole> periods = {};     ///< how many margins count, 0 or more; unset: all that come
  number acquisition_cost = 0;           ///< 0 or more
  number rise = 0.05;                    ///< by how many points, and by which share of it, retention rises; 0…1
  credence::first_margin first_margin = credence::first_margin::after_a_period;
};

/// A customer's value at one retention, against that at the retention as it is.
struct retention_case {
  double retention = not_a_number();
  double value = not_a_number();            ///< V, the acquisition cost taken away; ±∞ where the sum has no end
  double change = not_a_number();           ///< V − V as it is
  double relative_change = not_a_number();  ///< as a share of V as it is; NaN unless that is positive and finite
  bool capped = false;                      ///< more than all cannot stay: the rise was cut at retention 1

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("retention", self.retention);
    visit("value", self.value);
    visit("change", self.change);
    visit("relative_change", self.relative_change);
    visit("capped", self.capped);
  }
  friend constexpr bool operator==(retention_case const&, retention_case const&) = default;
};

/// The answer of `retention_sensitivity`. "Five per cent more retention" is said of either rise, so that both are here.
struct retention_sensitivity_result {
  retention_case as_is;
  retention_case points;      ///< at r + 0.05
  retention_case percentage;  ///< at 1.05·r

  explicit constexpr operator bool() const { return !is_nan(as_is.value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("as_is", self.as_is);
    visit("points", self.points);
    visit("percentage", self.percentage);
  }
  friend constexpr bool operator==(retention_sensitivity_result const&, retention_sensitivity_result const&) = default;
};

/// V(r) = m·Σ_t (r/(1+d))^t − acquisition cost, at the retention r as it is, at r + 0.05 and at 1.05·r:
/// `retention_sensitivity({.margin = 100, .retention = 0.8, .discount = 0.1})`. t goes from 1, or from 0 with
/// `first_margin::at_once`, over as many margins as `periods` says, or for ever. It is arithmetic, not evidence: what
/// five points do depends on r, d, the horizon and the cost that is set against it, and that retention can be raised
/// alone, at no cost and without a change of margin, is assumed. (Reichheld and Sasser (1990), Harvard Business Review
/// 68(5), 105, report 25 to 85 % more profit in the firms they looked at; later retellings say 95. That is an empirical
/// claim about those firms, and nothing here depends on it.) Throws `credence::error` for what is not set or nonsense.
/// O(1).
[[nodiscard]] inline retention_sensitivity_result retention_sensitivity(retention_sensitivity_options const& options) {
  double const margin = detail::finite_option("retention_sensitivity_options::margin",
                                              detail::needed("retention_sensitivity_options::margin", options.margin));
  double const retention =
      detail::share_option("retention_sensitivity_options::retention",
                           detail::needed("retention_sensitivity_options::retention", options.retention));
  double const discount = detail::rate_option("retention_sensitivity_options::discount", options.discount);
  if (options.periods && options.periods->value < 0)
    detail::wrong_argument("retention_sensitivity_options::periods", options.periods->value, "it must be 0 or more");
  double const periods = options.periods ? static_cast<double>(options.periods->value) : infinite_number();
  double const cost = detail::cost_option("retention_sensitivity_options::acquisition_cost", options.acquisition_cost);
  double const rise = detail::share_option("retention_sensitivity_options::rise", options.rise);

  retention_sensitivity_result result;
  auto const at = [&](double raised) {
    retention_case own;
    own.capped = raised > 1;
    own.retention = own.capped ? 1 : raised;
    double const margins = detail::multiplied(
        margin, detail::retained_margins(own.retention, discount, options.first_margin).sum(periods));
    own.value = is_finite(margins) ? margins - cost : margins;
    return own;
  };
  result.as_is = at(retention);
  result.points = at(retention + rise);
  result.percentage = at(retention * (1 + rise));
  double const before = result.as_is.value;
  result.as_is.change = is_finite(before) ? 0 : not_a_number();
  result.as_is.relative_change = is_finite(before) && before > 0 ? 0 : not_a_number();
  for (retention_case* raised : {&result.points, &result.percentage}) {
    if (!is_finite(before)) continue;
    raised->change = is_finite(raised->value) ? raised->value - before : raised->value;
    if (before > 0) raised->relative_change = is_finite(raised->change) ? raised->change / before : raised->change;
  }
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
