// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_MBG_CNBD_K_HPP
#define CREDENCE_CLV_MBG_CNBD_K_HPP

#include <array>
#include <optional>
#include <string_view>

#include <credence/clv/cnbd_k_fit.hpp>
#include <credence/clv/detail/cnbd_k_law.hpp>
#include <credence/clv/detail/fit_stages.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/number.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Customers who buy more regularly than at random.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a `mbg_cnbd_k` is made of.
struct mbg_cnbd_k_parameters {
  whole k = 1;                         ///< stages of a gap between purchases, 1 … 1000: 1 is chance, more is regular
  double r = 0;                        ///< shape of the rates of stages, > 0
  double alpha = 0;                    ///< their rate, in the unit of time, > 0; the mean rate of stages is r/α
  double a = 0;                        ///< of the chance to leave with a purchase, Beta(a, b), > 0
  double b = 0;                        ///< > 0
  std::optional<time_span> unit = {};  ///< how long a unit of time is, where that is known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("k", self.k);
    visit("r", self.r);
    visit("alpha", self.alpha);
    visit("a", self.a);
    visit("b", self.b);
    visit("unit", self.unit);
  }
  friend constexpr bool operator==(mbg_cnbd_k_parameters const&, mbg_cnbd_k_parameters const&) = default;
};

/// MBG/CNBD-k: as `bg_cnbd_k`, but a customer may leave with his first purchase too, as in `mbg_nbd`. With R = r + kx,
/// b' = b + x + 1, ℓ = Σ ln(gap) and Ω as in the law:
///   ln L = (k−1)ℓ − x ln Γ(k) + ln Γ(R) − ln Γ(r) + r ln α + ln B(a, b') − ln B(a, b)
///          + ln(Ω (α+T)^−R + a ÷ (b'−1) · (α+t_x)^−R)
/// For a given k the term with ℓ is a constant; k itself cannot be chosen by likelihood without it: let histories
/// carry `log_gaps`, as rows of rfm do, and leave `.k` of the fit unset. k = 1 is `mbg_nbd`. All answers are sums of
/// positive terms, to 1e-12 relative. Source: Platzer and Reutterer (2016), Marketing Science 35, 779; Reutterer,
/// Platzer and Schröder (2021), International Journal of Research in Marketing 38, 194; the sums over stages are ours.
class mbg_cnbd_k : public mbg_cnbd_k_parameters,
                   public detail::transaction_model<mbg_cnbd_k, detail::cnbd_k_law<true>>,
                   public detail::fitted_by_stages<mbg_cnbd_k> {
 public:
  using parameters_type = mbg_cnbd_k_parameters;
  static constexpr std::array<std::string_view, 4> parameter_names{"r", "alpha", "a", "b"};

  /// `mbg_cnbd_k{{.k = 2, .r = 0.9, .alpha = 6, .a = 0.9, .b = 2.5}}`: throws `credence::error` for a k outside
  /// 1 … 1000, and for parameters that are not positive and finite.
  explicit mbg_cnbd_k(mbg_cnbd_k_parameters const& parameters) : mbg_cnbd_k_parameters(parameters) {
    detail::check_stages("mbg_cnbd_k_parameters::k", k);
    detail::check_positive("mbg_cnbd_k_parameters::r", r);
    detail::check_positive("mbg_cnbd_k_parameters::alpha", alpha);
    detail::check_positive("mbg_cnbd_k_parameters::a", a);
    detail::check_positive("mbg_cnbd_k_parameters::b", b);
  }
  /// Those that a fit finds; k is fixed while it does.
  [[nodiscard]] std::array<double, 4> parameters() const { return {r, alpha, a, b}; }
  [[nodiscard]] static mbg_cnbd_k from_parameters(double const* own, whole stages, std::optional<time_span> unit = {}) {
    return mbg_cnbd_k({stages, own[0], own[1], own[2], own[3], unit});
  }
  /// The same with other parameters.
  [[nodiscard]] mbg_cnbd_k with_parameters(double const* other) const { return from_parameters(other, k, unit); }
  [[nodiscard]] detail::cnbd_k_law<true> law() const { return {static_cast<int>(k.value), r, alpha, a, b}; }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
