// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_MBG_NBD_HPP
#define CREDENCE_CLV_MBG_NBD_HPP

#include <array>
#include <optional>
#include <string_view>

#include <credence/clv/detail/beta_geometric_law.hpp>
#include <credence/clv/detail/fit_customers.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Purchases of customers who may leave after each purchase, the first one too.

namespace credence {
inline namespace CREDENCE_ABI {

/// What an `mbg_nbd` is made of: a customer buys at random at a rate λ ~ Gamma(r, α) and leaves after each purchase,
/// the first one among them, with probability p ~ Beta(a, b).
struct mbg_nbd_parameters {
  double r = 0;                        ///< shape of the rates, > 0; small: customers differ much
  double alpha = 0;                    ///< their rate, in the unit of time, > 0; the mean rate of purchases is r/α
  double a = 0;                        ///< of dropout, > 0; its mean is a/(a + b)
  double b = 0;                        ///< of dropout, > 0
  std::optional<time_span> unit = {};  ///< how long a unit of time is, where that is known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("r", self.r);
    visit("alpha", self.alpha);
    visit("a", self.a);
    visit("b", self.b);
    visit("unit", self.unit);
  }
  friend constexpr bool operator==(mbg_nbd_parameters const&, mbg_nbd_parameters const&) = default;
};

/// MBG/NBD (Batislam, Denizel & Filiztekin 2007; Hoppe & Wagner 2007): BG/NBD where a customer may already leave at
/// the first purchase, so that those who never came back are not all alive.
///   ln L = ln Γ(R) − ln Γ(r) + r ln α − R ln(α+T) + ln B(a, b+x+1) − ln B(a, b) + ln(1 + e^u),
///   u = ln a − ln(b+x) + R ln((α+T)/(α+t_x)),  R = r + x;  P(alive) = 1/(1 + e^u)
/// Answers are to a relative 1e-13; for ever they are infinite unless a > 1, as on most real data.
/// Cost of one expectation: up to 0.4 µs, some 10 µs where the time ahead is over nine times α+T.
class mbg_nbd : public mbg_nbd_parameters,
                public detail::transaction_model<mbg_nbd, detail::beta_geometric_law<true>>,
                public detail::fitted_by_likelihood<mbg_nbd> {
 public:
  using parameters_type = mbg_nbd_parameters;
  static constexpr std::array<std::string_view, 4> parameter_names{"r", "alpha", "a", "b"};

  /// `mbg_nbd{{.r = .525, .alpha = 6.183, .a = .891, .b = 1.614}}`: throws `credence::error` for parameters that are
  /// not positive and finite.
  explicit mbg_nbd(mbg_nbd_parameters const& parameters) : mbg_nbd_parameters(parameters) {
    detail::check_positive("mbg_nbd_parameters::r", r);
    detail::check_positive("mbg_nbd_parameters::alpha", alpha);
    detail::check_positive("mbg_nbd_parameters::a", a);
    detail::check_positive("mbg_nbd_parameters::b", b);
  }
  [[nodiscard]] std::array<double, 4> parameters() const { return {r, alpha, a, b}; }
  [[nodiscard]] static mbg_nbd from_parameters(double const* own, std::optional<time_span> unit = {}) {
    return mbg_nbd({own[0], own[1], own[2], own[3], unit});
  }
  /// The same with other parameters.
  [[nodiscard]] mbg_nbd with_parameters(double const* other) const { return from_parameters(other, unit); }
  [[nodiscard]] detail::beta_geometric_law<true> law() const { return {r, alpha, a, b}; }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
