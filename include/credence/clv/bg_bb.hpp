// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_BG_BB_HPP
#define CREDENCE_CLV_BG_BB_HPP

#include <array>
#include <optional>
#include <string_view>

#include <credence/clv/detail/bg_bb_law.hpp>
#include <credence/clv/detail/fit_customers.hpp>
#include <credence/clv/detail/opportunity_model.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit.hpp>

// Purchases of customers who may buy at certain occasions only: a gala, a conference, a yearly appeal for gifts.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a `bg_bb` is made of: at each opportunity a customer who is still there buys with a probability p ~ Beta(α, β),
/// and before each he leaves with a probability θ ~ Beta(γ, δ).
struct bg_bb_parameters {
  double alpha = 0;                    ///< of purchases, > 0; the mean of p is α/(α + β)
  double beta = 0;                     ///< of purchases, > 0; both small: customers differ much
  double gamma = 0;                    ///< of dropout, > 0; the mean of θ is γ/(γ + δ)
  double delta = 0;                    ///< of dropout, > 0
  std::optional<time_span> unit = {};  ///< from one opportunity to the next, where that is known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("alpha", self.alpha);
    visit("beta", self.beta);
    visit("gamma", self.gamma);
    visit("delta", self.delta);
    visit("unit", self.unit);
  }
  friend constexpr bool operator==(bg_bb_parameters const&, bg_bb_parameters const&) = default;
};

/// BG/BB (Fader, Hardie & Shang 2010). A customer is told by x purchases at n opportunities, `age`, the last of them at
/// the t_x-th, `recency`; the purchase that made him a customer is not among them. What counts is whole.
///   L = [B(α+x, β+n−x) B(γ, δ+n) + Σ_{i=0}^{n−t_x−1} B(α+x, β+t_x−x+i) B(γ+1, δ+t_x+i)] ÷ B(α, β) B(γ, δ)
/// Where purchases may happen at any time, take `bg_nbd`, `mbg_nbd` or `pareto_nbd`. A million donors of six appeals
/// are 22 different ones at most, so that fits are done in no time, and rows may be counts: `fit<bg_bb>(rows,
/// &row::frequency, &row::recency, &row::age, weighted_by(&row::donors))`. A customer costs O(n − t_x).
class bg_bb : public bg_bb_parameters,
              public detail::opportunity_model<bg_bb, detail::bg_bb_law>,
              public detail::fitted_by_likelihood<bg_bb> {
 public:
  using parameters_type = bg_bb_parameters;
  static constexpr std::array<std::string_view, 4> parameter_names{"alpha", "beta", "gamma", "delta"};

  /// `bg_bb{{.alpha = 1.204, .beta = .750, .gamma = .657, .delta = 2.783}}`: throws `credence::error` for parameters
  /// that are not positive and finite.
  explicit bg_bb(bg_bb_parameters const& parameters) : bg_bb_parameters(parameters) {
    detail::check_positive("bg_bb_parameters::alpha", alpha);
    detail::check_positive("bg_bb_parameters::beta", beta);
    detail::check_positive("bg_bb_parameters::gamma", gamma);
    detail::check_positive("bg_bb_parameters::delta", delta);
  }
  [[nodiscard]] std::array<double, 4> parameters() const { return {alpha, beta, gamma, delta}; }
  [[nodiscard]] static bg_bb from_parameters(double const* own, std::optional<time_span> unit = {}) {
    return bg_bb({own[0], own[1], own[2], own[3], unit});
  }
  /// The same customers with other parameters.
  [[nodiscard]] bg_bb with_parameters(double const* own) const { return from_parameters(own, unit); }
  [[nodiscard]] detail::bg_bb_law law() const { return {alpha, beta, gamma, delta}; }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
