// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_SHIFTED_BETA_GEOMETRIC_HPP
#define CREDENCE_CLV_SHIFTED_BETA_GEOMETRIC_HPP

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

// Customers under contract, who decide at each renewal whether to stay.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a `shifted_beta_geometric` is made of: each customer leaves at any renewal with a probability θ of his own,
/// which is Beta(α, β) over customers.
struct shifted_beta_geometric_parameters {
  double alpha = 0;                    ///< > 0; the mean churn at the first renewal is α/(α + β)
  double beta = 0;                     ///< > 0; both small: customers differ much
  std::optional<time_span> unit = {};  ///< from one renewal to the next, where that is known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("alpha", self.alpha);
    visit("beta", self.beta);
    visit("unit", self.unit);
  }
  friend constexpr bool operator==(shifted_beta_geometric_parameters const&,
                                   shifted_beta_geometric_parameters const&) = default;
};

/// The shifted-beta-geometric model (Fader & Hardie 2007): retention grows with age, for those likeliest to leave leave
/// first, though no customer changes.
///   S(t) = B(α, β+t) ÷ B(α, β);  retention r(t) = (β+t−1) ÷ (α+β+t−1)
///   ln L = Σ lost(t) ln(S(t−1) − S(t)) + alive(T) ln S(T)
/// `fit<shifted_beta_geometric>(std::vector{1000, 869, 743, 653})`: customers alive at the start and after each
/// renewal; or a range of such ranges, several cohorts of any lengths; or rows and a projection that gives either.
/// Expected lifetimes are infinite unless α > 1. Survival and retention cost some 0.2 µs.
class shifted_beta_geometric
    : public shifted_beta_geometric_parameters,
      public detail::contract_model<shifted_beta_geometric, detail::shifted_beta_geometric_law>,
      public detail::fitted_to_cohorts<shifted_beta_geometric, detail::shifted_beta_geometric_law> {
 public:
  using parameters_type = shifted_beta_geometric_parameters;
  static constexpr std::array<std::string_view, 2> parameter_names{"alpha", "beta"};

  /// `shifted_beta_geometric{{.alpha = 0.668, .beta = 3.806}}`: throws `credence::error` for parameters that are not
  /// positive and finite.
  explicit shifted_beta_geometric(shifted_beta_geometric_parameters const& parameters)
      : shifted_beta_geometric_parameters(parameters) {
    detail::check_positive("shifted_beta_geometric_parameters::alpha", alpha);
    detail::check_positive("shifted_beta_geometric_parameters::beta", beta);
  }
  [[nodiscard]] std::array<double, 2> parameters() const { return {alpha, beta}; }
  [[nodiscard]] static shifted_beta_geometric from_parameters(double const* own, std::optional<time_span> unit = {}) {
    return shifted_beta_geometric({own[0], own[1], unit});
  }
  /// The same customers with other parameters.
  [[nodiscard]] shifted_beta_geometric with_parameters(double const* own) const { return from_parameters(own, unit); }
  [[nodiscard]] detail::shifted_beta_geometric_law law() const { return {alpha, beta}; }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
