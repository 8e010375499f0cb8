// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PARETO_NBD_HPP
#define CREDENCE_CLV_PARETO_NBD_HPP

#include <array>
#include <optional>
#include <string_view>

#include <credence/clv/detail/fit_customers.hpp>
#include <credence/clv/detail/pareto_nbd_law.hpp>
#include <credence/clv/detail/pareto_nbd_prepared.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// Purchases of customers who leave at any time, unseen.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a `pareto_nbd` is made of. Customers differ in the rate λ of their purchases, Gamma(r, α), and in the rate μ at
/// which they leave, Gamma(s, β), independently.
struct pareto_nbd_parameters {
  double r = 0;                        ///< shape of the rates of purchase, > 0; small: customers differ much
  double alpha = 0;                    ///< their rate, in the unit of time, > 0; the mean rate of purchases is r/α
  double s = 0;                        ///< shape of the rates of leaving, > 0
  double beta = 0;                     ///< their rate, in the unit of time, > 0; half have left after β(2^(1/s) − 1)
  std::optional<time_span> unit = {};  ///< how long a unit of time is, where that is known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("r", self.r);
    visit("alpha", self.alpha);
    visit("s", self.s);
    visit("beta", self.beta);
    visit("unit", self.unit);
  }
  friend constexpr bool operator==(pareto_nbd_parameters const&, pareto_nbd_parameters const&) = default;
};

/// The Pareto/NBD model (Schmittlein, Morrison & Colombo 1987): a customer buys at random at a rate λ until he leaves,
/// which he may at any moment, at a rate μ.
///   ln L = ln Γ(r+x) − ln Γ(r) + r ln α + s ln β − (r+x) ln(α+T) − s ln(β+T) + ln(1 + J)
///   J    = s ∫ from t_x to T of ((α+T)/(α+y))^(r+x) ((β+T)/(β+y))^s dy/(β+y),   P(alive) = 1/(1 + J)
/// J is integrated, ln J to 1e-12 or to the last digits of its exponent, so that nothing overflows and nothing cancels:
/// any purchases, any ages, s = 1 and α far from β are ordinary. Lifetimes have a mean only where s > 1, and customers
/// still to come a finite number of purchases for ever: on most data s is below 1, and both are +∞.
/// Cost of P(alive) and of expectations: some 0.2 µs, µs where J is steep; of the other answers about 1 µs.
class pareto_nbd : public pareto_nbd_parameters,
                   public detail::transaction_model<pareto_nbd, detail::pareto_nbd_law>,
                   public detail::fitted_by_likelihood<pareto_nbd> {
  using base = detail::transaction_model<pareto_nbd, detail::pareto_nbd_law>;

 public:
  using parameters_type = pareto_nbd_parameters;
  static constexpr std::array<std::string_view, 4> parameter_names{"r", "alpha", "s", "beta"};

  /// `pareto_nbd{{.r = 0.553, .alpha = 10.58, .s = 0.606, .beta = 11.67}}`: throws `credence::error` for parameters
  /// that are not positive and finite.
  explicit pareto_nbd(pareto_nbd_parameters const& parameters) : pareto_nbd_parameters(parameters) {
    detail::check_positive("pareto_nbd_parameters::r", r);
    detail::check_positive("pareto_nbd_parameters::alpha", alpha);
    detail::check_positive("pareto_nbd_parameters::s", s);
    detail::check_positive("pareto_nbd_parameters::beta", beta);
  }
  [[nodiscard]] std::array<double, 4> parameters() const { return {r, alpha, s, beta}; }
  [[nodiscard]] static pareto_nbd from_parameters(double const* own, std::optional<time_span> unit = {}) {
    return pareto_nbd({own[0], own[1], own[2], own[3], unit});
  }
  /// The same with other parameters.
  [[nodiscard]] pareto_nbd with_parameters(double const* other) const { return from_parameters(other, unit); }
  [[nodiscard]] detail::pareto_nbd_law law() const { return {r, alpha, s, beta}; }

  using base::purchase_count_probability;
  /// P(count purchases in (from, until]) of a new customer, alive at `from` or not.
  [[nodiscard]] double purchase_count_probability(whole count, number from, number until) const {
    if (count.value < 0) detail::wrong_argument("`count`", count.value, "it must be 0 or more");
    double const begin = detail::sound_time("`from`", from);
    double const end = detail::sound_time("`until`", until);
    if (end < begin) detail::wrong_argument("`until`", until.value, "it must not be earlier than `from`");
    return law().mass(static_cast<double>(count.value), begin, end);
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
