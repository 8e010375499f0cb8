// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_NBD_HPP
#define CREDENCE_CLV_NBD_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

#include <credence/clv/detail/fit_customers.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/detail/transaction_model.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gamma.hpp>

// Purchases without churn: the baseline that a model of customers who leave has to beat.

namespace credence {
inline namespace CREDENCE_ABI {

/// What an `nbd` is made of: purchases come at random at a rate λ that differs between customers, Gamma(r, α).
struct nbd_parameters {
  double r = 0;                        ///< shape of the rates, > 0; small: customers differ much
  double alpha = 0;                    ///< their rate, in the unit of time, > 0; the mean rate of purchases is r/α
  std::optional<time_span> unit = {};  ///< how long a unit of time is, where that is known

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("r", self.r);
    visit("alpha", self.alpha);
    visit("unit", self.unit);
  }
  friend constexpr bool operator==(nbd_parameters const&, nbd_parameters const&) = default;
};

namespace detail {

struct nbd_law {
  static constexpr std::size_t parameter_count = 2;
  double r = 0;
  double alpha = 0;

  template <class Number>
  [[nodiscard]] static Number log_likelihood_at(std::array<Number, 2> const& natural, purchases const& own) {
    using math::log_beta;
    using std::log;
    using std::log1p;
    auto const& [shape, rate] = natural;
    // Ratios of gammas by log_beta, and of rates by log1p, which do not lose them where a parameter is great.
    Number sum = -shape * log1p(own.age / rate);
    if (own.frequency > 0)
      sum += math::log_gamma(own.frequency) - log_beta(shape, own.frequency) - own.frequency * log(rate + own.age);
    return sum;
  }
  /// By moments of x ÷ T: the variance beyond that of a Poisson tells the shape.
  [[nodiscard]] static std::array<double, 2> start(purchase_moments const& moments) {
    double const rate = moments.frequency / moments.age;
    double const beyond = moments.frequency_squares - moments.frequency - rate * rate * moments.age_squares;
    double const shape = beyond > 0 ? rate * rate * moments.age_squares / beyond : 10.0;
    double const kept = (std::min)((std::max)(shape, 0.05), 50.0);
    return {kept, kept / rate};
  }

  [[nodiscard]] double log_likelihood(purchases const& own) const {
    return log_likelihood_at(std::array<double, 2>{r, alpha}, own);
  }
  [[nodiscard]] double buys_within(purchases const& own, double ahead) const {
    return -std::expm1(-(r + own.frequency) * std::log1p(ahead / (alpha + own.age)));
  }
  [[nodiscard]] double expected(double within) const { return r / alpha * within; }
  [[nodiscard]] double expected_after(purchases const& own, double ahead) const {
    return (r + own.frequency) / (alpha + own.age) * ahead;
  }
  [[nodiscard]] double expected_for_ever(purchases const&) const { return infinite_number(); }
  [[nodiscard]] double residual(purchases const& own, double delta, double horizon) const {
    return (r + own.frequency) / (alpha + own.age) *
           (is_finite(horizon) ? -std::expm1(-delta * horizon) / delta : 1 / delta);
  }
  [[nodiscard]] double mass(double count, double within) const {
    if (within == 0) return count == 0 ? 1 : 0;
    double const none = -r * std::log1p(within / alpha);
    if (count == 0) return std::exp(none);
    return std::exp(none - std::log(count) - math::log_beta(r, count) - count * std::log1p(alpha / within));
  }
};

}  // namespace detail

/// The negative binomial model (Ehrenberg 1959): every customer buys for ever, at a rate of his own.
///   ln L = ln Γ(r+x) − ln Γ(r) + r ln α − (r+x) ln(α+T)
/// Nobody is lost in it, so that it answers nothing about who is alive, and overrates those who have gone.
class nbd : public nbd_parameters,
            public detail::transaction_model<nbd, detail::nbd_law>,
            public detail::fitted_by_likelihood<nbd> {
 public:
  using parameters_type = nbd_parameters;
  static constexpr std::array<std::string_view, 2> parameter_names{"r", "alpha"};

  /// `nbd{{.r = 0.385, .alpha = 12.07}}`: throws `credence::error` for parameters that are not positive and finite.
  explicit nbd(nbd_parameters const& parameters) : nbd_parameters(parameters) {
    detail::check_positive("nbd_parameters::r", r);
    detail::check_positive("nbd_parameters::alpha", alpha);
  }
  [[nodiscard]] std::array<double, 2> parameters() const { return {r, alpha}; }
  [[nodiscard]] static nbd from_parameters(double const* own, std::optional<time_span> unit = {}) {
    return nbd({own[0], own[1], unit});
  }
  /// The same with other parameters.
  [[nodiscard]] nbd with_parameters(double const* other) const { return from_parameters(other, unit); }
  [[nodiscard]] detail::nbd_law law() const { return {r, alpha}; }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
