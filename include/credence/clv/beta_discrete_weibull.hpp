// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_BETA_DISCRETE_WEIBULL_HPP
#define CREDENCE_CLV_BETA_DISCRETE_WEIBULL_HPP

#include <array>
#include <optional>
#include <string_view>

#include <credence/clv/detail/contract_model.hpp>
#include <credence/clv/detail/fit_contract.hpp>
#include <credence/clv/detail/renewal_law.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit.hpp>

// Customers under contract whose own churn changes with the time they have stayed.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a `beta_discrete_weibull` is made of: a customer with a θ of his own, which is Beta(α, β) over customers, is
/// still there after t renewals with probability (1 − θ)^(t^c).
struct beta_discrete_weibull_parameters {
  double alpha = 0;                    ///< > 0; the mean churn at the first renewal is α/(α + β)
  double beta = 0;                     ///< > 0; both small: customers differ much
  double c = 0;                        ///< > 0; above 1 each customer's churn grows with time, below 1 it falls
  std::optional<time_span> unit = {};  ///< from one renewal to the next, where that is known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("alpha", self.alpha);
    visit("beta", self.beta);
    visit("c", self.c);
    visit("unit", self.unit);
  }
  friend constexpr bool operator==(beta_discrete_weibull_parameters const&,
                                   beta_discrete_weibull_parameters const&) = default;
};

/// The beta-discrete-Weibull model (Fader, Hardie, Liu, Davin & Steenburgh 2018): customers differ, and each changes
/// as well.
///   S(t) = B(α, β + t^c) ÷ B(α, β);  ln L = Σ lost(t) ln(S(t−1) − S(t)) + alive(T) ln S(T)
/// With c = 1 it is the `shifted_beta_geometric`, against which `likelihood_ratio_test` tells whether c is worth it.
/// `fit<beta_discrete_weibull>` takes what `fit<shifted_beta_geometric>` takes. Expected lifetimes are infinite unless
/// αc > 1. Sums for ever cost some 0.2 ms; they are good to 1e-12.
class beta_discrete_weibull
    : public beta_discrete_weibull_parameters,
      public detail::contract_model<beta_discrete_weibull, detail::beta_discrete_weibull_law>,
      public detail::fitted_to_cohorts<beta_discrete_weibull, detail::beta_discrete_weibull_law> {
 public:
  using parameters_type = beta_discrete_weibull_parameters;
  static constexpr std::array<std::string_view, 3> parameter_names{"alpha", "beta", "c"};

  /// `beta_discrete_weibull{{.alpha = 0.214, .beta = 1.427, .c = 1.724}}`: throws `credence::error` for parameters that
  /// are not positive and finite.
  explicit beta_discrete_weibull(beta_discrete_weibull_parameters const& parameters)
      : beta_discrete_weibull_parameters(parameters) {
    detail::check_positive("beta_discrete_weibull_parameters::alpha", alpha);
    detail::check_positive("beta_discrete_weibull_parameters::beta", beta);
    detail::check_positive("beta_discrete_weibull_parameters::c", c);
  }
  [[nodiscard]] std::array<double, 3> parameters() const { return {alpha, beta, c}; }
  [[nodiscard]] static beta_discrete_weibull from_parameters(double const* own, std::optional<time_span> unit = {}) {
    return beta_discrete_weibull({own[0], own[1], own[2], unit});
  }
  /// The same customers with other parameters.
  [[nodiscard]] beta_discrete_weibull with_parameters(double const* own) const { return from_parameters(own, unit); }
  [[nodiscard]] detail::beta_discrete_weibull_law law() const { return {alpha, beta, c}; }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
