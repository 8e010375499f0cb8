// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BETA_DROPOUT_HPP
#define CREDENCE_CLV_DETAIL_BETA_DROPOUT_HPP

#include <cmath>

#include <credence/core/version.hpp>
#include <credence/math/gamma.hpp>

// A customer who buys at a rate λ ~ Gamma(shape, rate) and leaves after each purchase with probability p ~ Beta(a, b):
// what is left of him after a time. Given λ and p he leaves at the rate λp, so that both answers are means over p
// alone.
//   stays   E[(1 + pv)^−R]             v = ahead ÷ rate, R = shape
//   buys    E[(1 − (1 + pv)^−R) ÷ p]
// With z = v ÷ (1 + v) they are (1 − z)^a ₂F₁(a, C + 1 − R; C + 1; z) and C/ε·[1 − (1 − z)^ε ₂F₁(ε, C − R; C; z)],
// where ε = a − 1 and C = a + b − 1. The series are used where they lose nothing: for z up to 0.9, and where their
// terms do not cancel; elsewhere the means are integrals.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What is known of one customer's rate and dropout, and how far ahead to look.
struct beta_dropout {
  double shape = 0;
  double rate = 0;
  double a = 0;
  double b = 0;

  /// P(he has not left `ahead` from now | he is here). Relative error 1e-13, and some 1e-16 (a + b) of great a and b.
  [[nodiscard]] double stays(double ahead) const;
  /// E[purchases within `ahead` from now | he is here]. Relative error 1e-13.
  [[nodiscard]] double buys(double ahead) const;

 private:
  static constexpr double greatest_z = 0.9;
  static constexpr double allowed_cancellation = 30;
  static constexpr double relative_end = 0x1p-60;

  [[nodiscard]] double buys_by_positive_terms(double z, double log_rest) const;
  template <class Function>
  [[nodiscard]] double mean_over_dropout(double centre, double reach, Function const& function) const;
};

inline double beta_dropout::stays(double const ahead) const {
  if (ahead == 0) return 1;
  double const v = ahead / rate;
  double const z = ahead / (rate + ahead);
  double const log_rest = -std::log1p(v);  // log(1 − z)
  double const c = a + b - 1;
  if (z <= greatest_z) {
    double term = 1;
    double sum = 1;
    double size = 1;
    for (double n = 0; std::fabs(term) > relative_end * std::fabs(sum) && size < 1e300; n += 1) {
      term *= (a + n) * (c + 1 - shape + n) * z / ((c + 1 + n) * (n + 1));
      sum += term;
      size += std::fabs(term);
    }
    if (size <= allowed_cancellation * sum) return std::exp(a * log_rest) * sum;
  }
  double const centre = a / (a + b + shape * v);
  return mean_over_dropout(centre, shape * v, [&](double p) { return std::exp(-shape * std::log1p(p * v)); });
}

inline double beta_dropout::buys(double const ahead) const {
  if (ahead == 0) return 0;
  double const v = ahead / rate;
  double const z = ahead / (rate + ahead);
  double const log_rest = -std::log1p(v);
  double const c = a + b - 1;
  double const epsilon = a - 1;
  if (z <= greatest_z) {
    double const g = epsilon == 0 ? -log_rest : -std::expm1(epsilon * log_rest) / epsilon;
    double term = (c - shape) * z;
    double sum = term;
    double size = std::fabs(term);
    for (double n = 1; std::fabs(term) > relative_end * size && size < 1e300; n += 1) {
      term *= (epsilon + n) * (c - shape + n) * z / ((c + n) * (n + 1));
      sum += term;
      size += std::fabs(term);
    }
    double const power = std::exp(epsilon * log_rest);
    double const mean = c * g - power * sum;
    if (std::fabs(c * g) + power * size <= allowed_cancellation * mean) return mean;
    if (c >= shape) return buys_by_positive_terms(z, log_rest);
  }
  // In each p the purchases until he leaves are at most shape × v, which is what they are where p is next to nothing.
  double const most = shape * v;
  return mean_over_dropout(a / (a + b), most, [&](double p) {
    return p * most < 1e-17 ? most : -std::expm1(-shape * std::log1p(p * v)) / p;
  });
}

/// R (1 − z)^ε Σ m_n z^n: the derivative by z of the mean is R (1 − z)^(a − 2) ₂F₁(a, C − R; C + 1; z), and where
/// C >= R that has no negative term, nor then has this.
inline double beta_dropout::buys_by_positive_terms(double const z, double const log_rest) const {
  double const c = a + b - 1;
  double const epsilon = a - 1;
  double slope = 1;
  double own = 1;
  double power = z;
  double sum = z;
  for (double n = 1; power * own > relative_end * sum; n += 1) {
    slope *= (a + n - 1) * (c - shape + n - 1) / ((c + n) * n);
    own = ((n + epsilon) * own + slope) / (n + 1);
    power *= z;
    sum += power * own;
  }
  return shape * std::exp(epsilon * log_rest) * sum;
}

/// E[function(p)] over p ~ Beta(a, b), by the double exponential rule in y = logit p around that of `centre`. The
/// function falls from p = 0 on, no faster than p^−∞, and bends near p = 1 ÷ reach.
template <class Function>
double beta_dropout::mean_over_dropout(double const centre, double const reach, Function const& function) const {
  constexpr double half_pi = 1.5707963267948966;
  double const rest = 1 - centre;
  double const log_centre = std::log(centre);
  double const log_rest = std::log1p(-centre);
  // The density's width in y, where that is narrow; else what the functions bend in.
  double const width =
      1 / std::sqrt((a + b) * centre * rest + reach * centre / ((1 + reach * centre) * (1 + reach * centre)));
  double const scale = width < 1 ? width : 1.0;
  // Between two points y must not move by more than 0.3 as far out as the bend is.
  double const bend = std::fabs(log_centre - log_rest + std::log1p(reach));
  double const step = (std::fmax)(1.0 / 256, (std::fmin)(1.0 / 32, 0.3 / (std::fmax)(bend, 1.0)));
  double sum = 0;
  double density = 0;
  for (int const side : {1, -1}) {
    for (int place = side > 0 ? 0 : 1; place < 20'000; ++place) {
      double const at = side * step * place;
      double const move = scale * half_pi * std::sinh(at);
      // log(p ÷ centre) and log((1 − p) ÷ rest), without their difference where both are near.
      double const up = move < -600 ? move - log_rest : -std::log1p(rest * std::expm1(-move));
      double const down = move > 600 ? -move - log_centre : -std::log1p(centre * std::expm1(move));
      double const weight = std::cosh(at) * std::exp(a * up + b * down);
      double const term = weight * function(centre * std::exp(up));
      density += weight;
      sum += term;
      if (place > 16 && weight <= relative_end * density && term <= relative_end * sum) break;
    }
  }
  // The weights add up to the beta function, but only where they are centred do they do so to the last digit.
  if (centre == a / (a + b)) return sum / density;
  return sum * step * scale * half_pi * std::exp(a * log_centre + b * log_rest - math::log_beta(a, b));
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
