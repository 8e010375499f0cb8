// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_PARETO_NBD_LAW_HPP
#define CREDENCE_CLV_DETAIL_PARETO_NBD_LAW_HPP

#include <array>
#include <cmath>
#include <cstddef>

#include <credence/clv/covariate_model.hpp>
#include <credence/clv/detail/concave_integral.hpp>
#include <credence/clv/detail/pareto_nbd_moments.hpp>
#include <credence/clv/detail/pareto_nbd_terms.hpp>
#include <credence/clv/detail/purchase_block.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/exponential_integral.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/gauss_legendre.hpp>
#include <credence/math/log_space.hpp>

// Pareto/NBD in plain numbers. All that is special in it is one integral over the time at which the customer left,
//   J = s ∫ from t_x to T of ((α+T)/(α+y))^(r+x) ((β+T)/(β+y))^s dy/(β+y),
// the odds of having left: P(alive) = 1/(1+J). The textbook's difference of two ₂F₁ overflows at a few hundred
// purchases and cancels for who was seen yesterday; the integral does neither. It is taken in w = ln((m+T)/(m+y)),
// m the smaller of α and β: one of the two logarithms is w then, and the exponent is concave in it.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// ∫ from 0 to `within` of (1 + u/scale)^(−shape) du, also at the shape 1: how long of it customers are there.
[[nodiscard]] inline double pareto_time(double shape, double scale, double within) {
  double const logarithm = std::log1p(within / scale);
  double const power = (1 - shape) * logarithm;
  return scale * logarithm * (power == 0 ? 1.0 : std::expm1(power) / power);
}

class pareto_nbd_prepared;

struct pareto_nbd_law {
  static constexpr std::size_t parameter_count = 4;
  using terms = pareto_nbd_terms;
  /// ln α − γ'z and ln β − δ'z: rates λ and μ multiplied by e^(γ'z) and e^(δ'z).
  static constexpr std::array<covariate_slot, 2> covariate_slots{
      {{1, false, -1, "purchase"}, {3, true, -1, "dropout"}}};
  double r = 0;
  double alpha = 0;
  double s = 0;
  double beta = 0;

  /// Half of the customers are taken to have left by twice the mean age, at s = 1: no moment tells where on the ridge
  /// (s, β) the maximum is, and from there searches climb to it. Given that, r is where the share of those without
  /// repeat purchases is about that of the data, and α where the mean number is.
  [[nodiscard]] static std::array<double, 4> start(purchase_moments const& moments) {
    double const beta = 2 * moments.age;
    double const present = pareto_time(1, beta, moments.age);
    double const none = 1 - moments.repeaters;
    double low = 0.02;
    double high = 50;
    for (int halving = 0; halving < 40; ++halving) {
      double const r = std::sqrt(low * high);
      (std::exp(-r * std::log1p(moments.frequency / r)) > none ? low : high) = r;
    }
    return {low, low * present / moments.frequency, 1, beta};
  }

  /// ln J at any number type: the points are put where the values of the parameters have them, as few as it takes.
  template <class Number>
  [[nodiscard]] static Number log_left_odds(std::array<Number, 4> const& natural, purchases const& own) {
    using std::log;
    if (!(own.age > own.recency)) return Number(-infinite_number());
    using math::value_of;
    pareto_nbd_law const values{value_of(natural[0]), value_of(natural[1]), value_of(natural[2]), value_of(natural[3])};
    pareto_integrand integrand = values.integrand_of(own);
    std::size_t const points = pareto_points_for(integrand);
    double const from = integrand.from;
    double const length = integrand.reach - from;
    if (points == 8) return log(natural[2]) + log_piece<8>(natural, own, integrand, from, length);
    if (points == 12) return log(natural[2]) + log_piece<12>(natural, own, integrand, from, length);
    if (points == 16) return log(natural[2]) + log_piece<16>(natural, own, integrand, from, length);
    if (points == 24) return log(natural[2]) + log_piece<24>(natural, own, integrand, from, length);
    return log_left_odds_in_pieces(natural, own);
  }
  /// The same in pieces, which is good for every integrand.
  template <class Number>
  [[nodiscard]] static Number log_left_odds_in_pieces(std::array<Number, 4> const& natural, purchases const& own) {
    using math::log_sum_exp;
    using math::value_of;
    using std::log;
    pareto_nbd_law const values{value_of(natural[0]), value_of(natural[1]), value_of(natural[2]), value_of(natural[3])};
    pareto_integrand const integrand = values.integrand_of(own);
    concave_hump const hump = hump_of([&](double along) { return integrand.exponent(along); }, 0, integrand.reach);
    Number sum(-infinite_number());
    for (int panel = 0; panel < hump.panels; ++panel)
      sum = log_sum_exp(sum, log_piece<16>(natural, own, integrand, hump.from + panel * hump.length(), hump.length()));
    return log(natural[2]) + sum;
  }

  template <class Number>
  [[nodiscard]] static Number log_likelihood_at(std::array<Number, 4> const& natural, purchases const& own) {
    using math::log_beta;
    using math::softplus;
    using std::log;
    using std::log1p;
    auto const& [r, alpha, s, beta] = natural;
    // ln Γ(r+x) − ln Γ(r) = ln Γ(x) − ln B(r, x), which does not cancel where r is great.
    Number sum = -(r * log1p(own.age / alpha)) - s * log1p(own.age / beta);
    if (own.frequency > 0)
      sum = sum + (math::log_gamma(own.frequency) - log_beta(r, own.frequency) - own.frequency * log(alpha + own.age));
    if (!(own.age > own.recency)) return sum;
    return sum + softplus(log_left_odds(natural, own));
  }

  /// What is to come of one who is alive is told by x and T alone: see `forgets_recency`.
  [[nodiscard]] double age_scale() const { return alpha < beta ? alpha : beta; }

  [[nodiscard]] std::array<double, 4> natural() const { return {r, alpha, s, beta}; }
  [[nodiscard]] double log_likelihood(purchases const& own) const { return log_likelihood_at(natural(), own); }
  /// By as few points as it takes, which is what most of the time of an answer goes to.
  [[nodiscard]] double alive(purchases const& own) const {
    if (!(own.age > own.recency)) return 1;
    pareto_integrand integrand = integrand_of(own);
    std::size_t const points = pareto_points_for(integrand);
    if (points == 0) return math::expit(-log_left_odds_in_pieces(natural(), own));
    double const top = integrand.by.by_w * integrand.reach +
                       integrand.by.by_more * std::log1p((own.age - own.recency) / (integrand.more + own.recency));
    double const integral = points == 8    ? pareto_integral_of<8>(integrand, top)
                            : points == 12 ? pareto_integral_of<12>(integrand, top)
                            : points == 16 ? pareto_integral_of<16>(integrand, top)
                                           : pareto_integral_of<24>(integrand, top);
    double const rest = integral * (beta <= alpha ? s : s * ((alpha + own.age) / (beta + own.age)));
    // J = e^top · rest.
    return top > 0 ? std::exp(-top) / (std::exp(-top) + rest) : 1 / (1 + std::exp(top) * rest);
  }
  [[nodiscard]] double alive_after(purchases const& own, double ahead) const {
    return alive(own) * std::exp(-s * std::log1p(ahead / (beta + own.age)));
  }
  [[nodiscard]] double buys_within(purchases const& own, double ahead) const {
    if (!(ahead > 0)) return 0;
    // λ and μ are gammas with these rates now; the first purchase at u has to come before the customer leaves.
    double const calm = alpha + own.age;
    double const loyal = beta + own.age;
    double const less = calm < loyal ? calm : loyal;
    double const log_share = log_concave_integral(
        [&](double w) {
          double const at = less * std::expm1(w);
          return w - (r + own.frequency + 1) * std::log1p(at / calm) - s * std::log1p(at / loyal);
        },
        0, std::log1p(ahead / less));
    return alive(own) * (std::exp(log_share) * (less / calm) * (r + own.frequency));
  }
  [[nodiscard]] double expected(double within) const { return r / alpha * pareto_time(s, beta, within); }
  [[nodiscard]] double expected_after(purchases const& own, double ahead) const {
    return rate_now(own) * pareto_time(s, beta + own.age, ahead);
  }
  [[nodiscard]] double expected_for_ever(purchases const& own) const {
    return s > 1 ? rate_now(own) * mean_lifetime(own) : infinite_number();
  }
  [[nodiscard]] double mean_lifetime(purchases const& own) const {
    return s > 1 ? (beta + own.age) / (s - 1) : infinite_number();
  }
  /// ∫ e^(−δu) (1 + u/b)^(−s) du times the rate of purchases, b = β+T, in w = ln(1 + u/b); δ above 0 where the horizon
  /// is infinite.
  [[nodiscard]] double residual(purchases const& own, double delta, double horizon) const {
    double const loyal = beta + own.age;
    double const fall = delta * loyal;
    if (!is_finite(horizon)) return rate_now(own) * loyal * math::scaled_exponential_integral(s, fall);
    double const reach = std::log1p(horizon / loyal);
    auto const exponent = [&](double w) { return (1 - s) * w - fall * std::expm1(w); };
    if (fall > 0) return rate_now(own) * loyal * std::exp(log_concave_integral(exponent, 0, reach));
    // A rate below 0: the exponent turns upwards, and is followed as far as it goes.
    if (!(exponent(reach) < 700)) return infinite_number();
    int const panels = 1 + static_cast<int>(reach * (1 + (std::fabs(1 - s) - fall * std::exp(reach)) / 8));
    double const length = reach / panels;
    double sum = 0;
    for (int panel = 0; panel < panels; ++panel)
      sum +=
          math::gauss_legendre<16>([&](double within) { return std::exp(exponent(panel * length + within)); }, length);
    return rate_now(own) * loyal * sum;
  }
  [[nodiscard]] double mass(double count, double within) const { return mass(count, 0, within); }
  /// P(X(until) − X(from) = count) of a new customer.
  [[nodiscard]] double mass(double count, double from, double until) const {
    double const within = until - from;
    double const stays = std::exp(-s * std::log1p(from / beta));
    double const none = count == 0 ? -std::expm1(-s * std::log1p(from / beta)) : 0.0;
    if (!(within > 0)) return count == 0 ? 1 : 0;
    double const loyal = beta + from;
    double const choose = count == 0 ? 0.0 : -std::log(count) - math::log_beta(r, count);
    // ln P(count purchases in a time `span` | alive throughout).
    auto const bought = [&](double span) {
      double const log_none = choose - r * std::log1p(span / alpha);
      return count == 0 ? log_none : span > 0 ? log_none - count * std::log1p(alpha / span) : -infinite_number();
    };
    double const less = alpha < loyal ? alpha : loyal;
    double const left = log_concave_integral(
        [&](double w) {
          double const at = less * std::expm1(w);
          return bought(at) - (s + 1) * std::log1p(at / loyal) + w;
        },
        0, std::log1p(within / less));
    return none +
           stays * (std::exp(bought(within) - s * std::log1p(within / loyal)) + s * (less / loyal) * std::exp(left));
  }

  /// For many customers: tables of what depends on the frequency alone. Worth it from some hundred customers on.
  [[nodiscard]] pareto_nbd_prepared prepared(double ahead) const;

 private:
  [[nodiscard]] pareto_integrand integrand_of(purchases const& own) const {
    bool const beta_is_less = beta <= alpha;
    double const less = beta_is_less ? beta : alpha;
    double const reach = std::log1p((own.age - own.recency) / (less + own.recency));
    return {pareto_exponent_of(beta_is_less, r + own.frequency, s),
            less,
            beta_is_less ? alpha : beta,
            own.age,
            own.recency,
            reach,
            0};
  }
  /// ln of the part of J/s that lies from w = `from` on.
  template <std::size_t Points, class Number>
  [[nodiscard]] static Number log_piece(std::array<Number, 4> const& natural, purchases const& own,
                                        pareto_integrand const& integrand, double from, double length) {
    using math::log_sum_exp;
    using std::log;
    using std::log1p;
    auto const& [r, alpha, s, beta] = natural;
    auto const& rule = math::gauss_legendre_points<Points>;
    double const all = integrand.less + own.age;
    Number terms[Points];
    for (std::size_t at = 0; at < Points; ++at) {
      double const w = from + length * rule.nodes[at];
      double const before = -all * std::expm1(-w);  // T − y
      double const seen = all * std::exp(-w);       // m + y
      double const y = seen - integrand.less;
      Number const left = beta + y;
      terms[at] = (r + own.frequency) * log1p(before / (alpha + y)) + s * log1p(before / left) - log(left) +
                  std::log(seen * length * rule.weights[at]);
    }
    return log_sum_exp(terms, Points);
  }
  /// Purchases expected in a unit of time from now on, were the customer, if alive, to stay.
  [[nodiscard]] double rate_now(purchases const& own) const {
    return alive(own) * ((r + own.frequency) / (alpha + own.age));
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
