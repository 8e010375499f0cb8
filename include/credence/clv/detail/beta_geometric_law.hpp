// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_LAW_HPP
#define CREDENCE_CLV_DETAIL_BETA_GEOMETRIC_LAW_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <credence/clv/covariate_model.hpp>
#include <credence/clv/detail/beta_dropout.hpp>
#include <credence/clv/detail/beta_geometric_bulk.hpp>
#include <credence/clv/detail/beta_geometric_terms.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/log_space.hpp>

// The law of BG/NBD and MBG/NBD. They differ in one thing only: whether a customer may already leave at his first
// purchase.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <bool LeavesAtFirst>
struct beta_geometric_law {
  static constexpr std::size_t parameter_count = 4;
  using terms = beta_geometric_terms<LeavesAtFirst>;
  /// After Fader & Hardie (2007): a and b have coefficients of their own, for with one in common, as CLVTools has it,
  /// covariates could not change the mean dropout a/(a + b).
  static constexpr std::array<covariate_slot, 3> covariate_slots{
      {{1, false, -1, "alpha: purchase"}, {2, true, 1, "a: dropout"}, {3, true, 1, "b: dropout"}}};
  static constexpr double first = LeavesAtFirst ? 1 : 0;  ///< occasions to leave before the first repeat purchase

  double r = 0;
  double alpha = 0;
  double a = 0;
  double b = 0;

  /// Ratios of gammas by log_beta, which does not lose them where a parameter is great.
  template <class Number>
  [[nodiscard]] static Number log_likelihood_at(std::array<Number, 4> const& natural, purchases const& own) {
    using math::log_beta;
    using std::log1p;
    auto const& [shape, rate, leave, stay] = natural;
    double const occasions = own.frequency + first;
    Number sum = -shape * log1p(own.age / rate);
    if (own.frequency > 0) {
      using std::log;
      sum += math::log_gamma(own.frequency) - log_beta(shape, own.frequency) - own.frequency * log(rate + own.age);
    }
    if (occasions > 0) {
      using math::softplus;
      sum += log_beta(leave + stay, occasions) - log_beta(stay, occasions);
      sum += softplus(log_odds_of_having_left(natural, own));
    }
    return sum;
  }
  [[nodiscard]] double log_likelihood(purchases const& own) const {
    return log_likelihood_at(std::array<double, 4>{r, alpha, a, b}, own);
  }
  [[nodiscard]] double alive(purchases const& own) const {
    if (own.frequency + first == 0) return 1;
    double const growth = (r + own.frequency) * std::log1p((own.age - own.recency) / (alpha + own.recency));
    // Beyond, e^growth may overflow where what it makes of the answer may still be told.
    if (growth > 600) return math::expit(-log_odds_of_having_left(std::array<double, 4>{r, alpha, a, b}, own));
    return 1 / (1 + a / (b + (own.frequency + first - 1)) * std::exp(growth));
  }
  [[nodiscard]] double alive_after(purchases const& own, double ahead) const {
    return alive(own) * after(own).stays(ahead);
  }
  [[nodiscard]] double buys_within(purchases const& own, double ahead) const {
    return alive(own) * -std::expm1(-(r + own.frequency) * std::log1p(ahead / (alpha + own.age)));
  }
  [[nodiscard]] double expected(double within) const {
    return (LeavesAtFirst ? b / (a + b) : 1.0) * beta_dropout{r, alpha, a, b + first}.buys(within);
  }
  [[nodiscard]] double expected_after(purchases const& own, double ahead) const {
    return alive(own) * after(own).buys(ahead);
  }
  [[nodiscard]] double expected_for_ever(purchases const& own) const {
    if (!(a > 1)) return infinite_number();
    return alive(own) * ((a + b + own.frequency + first - 1) / (a - 1));
  }
  [[nodiscard]] double mean_lifetime(purchases const& own) const {
    if (!(a > 1) || !(r + own.frequency > 1)) return infinite_number();
    return (alpha + own.age) / (r + own.frequency - 1) * ((a + b + own.frequency + first - 1) / (a - 1));
  }
  /// He is still here and bought so often, or left at the last of so many.
  [[nodiscard]] double mass(double count, double within) const {
    if (within == 0) return count == 0 ? 1 : 0;
    double const gone = within / (alpha + within);
    double const occasions = count + first;
    double here = -r * std::log1p(within / alpha);
    if (count > 0) here += -std::log(count) - math::log_beta(r, count) - count * std::log1p(alpha / within);
    if (occasions == 0) return std::exp(here);
    double const stayed = math::log_beta(a + b, occasions) - math::log_beta(b, occasions);
    // B(a + 1, b') ÷ B(a, b') with b' one less than for those who stayed.
    double const left = std::exp(stayed) * (a / (b + occasions - 1));
    return std::exp(stayed + here) + left * (count > 0 ? math::incomplete_beta(count, r, gone) : 1.0);
  }

  /// What a customer who is here will do is analytic in ln(age_scale + T) within ±π of the real axis.
  [[nodiscard]] double age_scale() const { return alpha; }
  /// For many customers: not for several threads at once.
  [[nodiscard]] beta_geometric_bulk<beta_geometric_law> prepared(double ahead) const {
    return beta_geometric_bulk<beta_geometric_law>(*this, ahead);
  }
  /// What is known of a customer's rate and dropout, if he is still here.
  [[nodiscard]] beta_dropout after(purchases const& own) const {
    return {r + own.frequency, alpha + own.age, a, b + own.frequency + first};
  }

  /// Where a fit begins: r and α agree with the share without repeat purchases and with the mean frequency, given a
  /// dropout that the silence of repeat buyers hints at.
  [[nodiscard]] static std::array<double, 4> start(purchase_moments const& seen) {
    double const repeaters = (std::clamp)(seen.repeaters, 0.01, 0.99);
    double const age = seen.age > 0 ? seen.age : 1;
    double const often = (std::fmax)(1.0, seen.frequency / repeaters);
    // Of one who is still here the last purchase is 1 ÷ (x + 1) of his age ago in the mean, of one who left about half.
    double const alive = 1 / (often + 1);
    double const gone = (std::clamp)((seen.silence - alive) / 0.5, 0.05, 0.95);
    double const dropout = (std::clamp)(gone / often, 0.02, 0.6);
    beta_geometric_law found{1, 1, 3 * dropout, 3 - 3 * dropout};
    double const leaves_at_first = LeavesAtFirst ? dropout : 0;
    double const none = (std::clamp)((1 - repeaters - leaves_at_first) / (1 - leaves_at_first), 0.01, 0.99);
    double const log_none = std::log(none);
    double least = std::log(0.02);
    double most = std::log(50.0);
    for (int halving = 0; halving < 20; ++halving) {
      // (α ÷ (α + age))^r = none; the smaller r, the more do some customers buy.
      double const middle = (least + most) / 2;
      found.r = std::exp(middle);
      found.alpha = age / std::expm1(-log_none / found.r);
      (found.expected(age) > seen.frequency ? least : most) = middle;
    }
    found.alpha = (std::fmax)(found.alpha, 1e-6 * age);
    return {found.r, found.alpha, found.a, found.b};
  }

 private:
  /// ln of P(left at the last purchase) ÷ P(still here), given all.
  template <class Number>
  [[nodiscard]] static Number log_odds_of_having_left(std::array<Number, 4> const& natural, purchases const& own) {
    using std::log;
    using std::log1p;
    auto const& [shape, rate, leave, stay] = natural;
    return log(leave) - log(stay + (own.frequency + first - 1)) +
           (shape + own.frequency) * log1p((own.age - own.recency) / (rate + own.recency));
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
