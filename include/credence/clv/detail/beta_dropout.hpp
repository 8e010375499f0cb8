// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_BETA_DROPOUT_HPP
#define CREDENCE_CLV_DETAIL_BETA_DROPOUT_HPP

#include <cmath>

#include <credence/core/real.hpp>
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
  static constexpr double most_of_a_sum = 1e300;
  static constexpr double relative_end = 0x1p-60;

  /// sum · e^exponent, of a sum that may be as great as the power is small.
  [[nodiscard]] static double with_power(double sum, double exponent) {
    double const half = std::exp(exponent / 2);
    return half * sum * half;
  }
  [[nodiscard]] double buys_by_positive_terms(double z, double log_rest) const;

  /// A point of the dropout probability to integrate from, and how wide the integrand is there, in logit p.
  struct middle {
    double p = 0;
    double width = 1;
  };
  [[nodiscard]] middle middle_of_those_who_stay(double v) const;
  template <class Terms>
  void integrate(middle const& from, double v, Terms&& terms) const;
};

inline double beta_dropout::stays(double const ahead) const {
  if (ahead == 0) return 1;
  double const v = ahead / rate;
  double const z = ahead / (rate + ahead);
  double const c = a + b - 1;
  if (z <= greatest_z) {
    double term = 1;
    double sum = 1;
    double size = 1;
    for (double n = 0; std::fabs(term) > relative_end * std::fabs(sum) && size < most_of_a_sum; n += 1) {
      term *= (a + n) * (c + 1 - shape + n) * z / ((c + 1 + n) * (n + 1));
      sum += term;
      size += std::fabs(term);
    }
    if (size < most_of_a_sum && size <= allowed_cancellation * sum) return with_power(sum, -a * std::log1p(v));
  }
  middle const from = middle_of_those_who_stay(v);
  double sum = 0;
  integrate(from, v, [&](double spread, double up, double down) {
    // log((1 + pv) ÷ (1 + v·middle)), by whichever of the two is the less, so that nothing cancels.
    double const moved = from.p * v * std::expm1(up);
    double const growth = up < 0 ? -std::log1p(-moved / (1 + from.p * std::exp(up) * v))
                                 : std::log1p(moved / (1 + from.p * v));
    double const term = spread * std::exp(a * up + b * down - shape * growth);
    sum += term;
    return term <= relative_end * sum;
  });
  return sum * std::exp(a * std::log(from.p) + b * std::log1p(-from.p) - shape * std::log1p(from.p * v) -
                        math::log_beta(a, b));
}

inline double beta_dropout::buys(double const ahead) const {
  if (ahead == 0) return 0;
  double const v = ahead / rate;
  double const z = ahead / (rate + ahead);
  double const log_rest = -std::log1p(v);  // log(1 − z)
  double const c = a + b - 1;
  double const epsilon = a - 1;
  if (z <= greatest_z) {
    double const g = epsilon == 0 ? -log_rest : -std::expm1(epsilon * log_rest) / epsilon;
    double term = (c - shape) * z;
    double sum = term;
    double size = std::fabs(term);
    for (double n = 1; std::fabs(term) > relative_end * size && size < most_of_a_sum; n += 1) {
      term *= (epsilon + n) * (c - shape + n) * z / ((c + n) * (n + 1));
      sum += term;
      size += std::fabs(term);
    }
    double const power_log = epsilon * log_rest;
    double const mean = c * g - with_power(sum, power_log);
    if (size < most_of_a_sum) {
      if (std::fabs(c * g) + with_power(size, power_log) <= allowed_cancellation * mean) return mean;
      double const anew = c >= shape ? buys_by_positive_terms(z, log_rest) : not_a_number();
      if (!is_nan(anew)) return anew;
    }
  }
  double const most = shape * v;  // what he buys where p is next to nothing
  double const odds = a * b / (a + b);
  double sum = 0;
  double density = 0;
  double const centre = a / (a + b);
  integrate({centre, 1 / std::sqrt(odds)}, v, [&](double spread, double up, double down) {
    double const weight = spread * std::exp(a * up + b * down);
    double const p = centre * std::exp(up);
    double const term = weight * (p * most < 1e-17 ? most : -std::expm1(-shape * std::log1p(p * v)) / p);
    density += weight;
    sum += term;
    return weight <= relative_end * density && term <= relative_end * sum;
  });
  return sum / density;
}

/// R (1 − z)^ε Σ m_n z^n: the derivative by z of the mean is R (1 − z)^(a − 2) ₂F₁(a, C − R; C + 1; z), and where
/// C >= R that has no negative term, nor then has this. NaN where the
/// sum overflows.
inline double beta_dropout::buys_by_positive_terms(double const z, double const log_rest) const {
  double const c = a + b - 1;
  double const epsilon = a - 1;
  double slope = z;
  double term = z;
  double sum = z;
  for (double n = 1; term > relative_end * sum && sum < most_of_a_sum; n += 1) {
    slope *= (a + n - 1) * (c - shape + n - 1) * z / ((c + n) * n);
    term = ((n + epsilon) * z * term + slope) / (n + 1);
    sum += term;
  }
  if (!(sum < most_of_a_sum)) return not_a_number();
  return shape * with_power(sum, epsilon * log_rest);
}

/// Where p^a (1 − p)^b (1 + pv)^−R is greatest: a quadratic has one root between 0 and 1.
inline beta_dropout::middle beta_dropout::middle_of_those_who_stay(double const v) const {
  double const squared = (a + b - shape) * v;
  double const half = (a + b + (shape - a) * v) / 2;
  double const root = std::sqrt(half * half + squared * a);
  double const p = half > 0 ? a / (half + root) : (root - half) / squared;
  double const tilt = v * (1 - 2 * p - p * p * v) / ((1 + p * v) * (1 + p * v));
  double const curvature = p * (1 - p) * (a + b + shape * tilt);
  return {p, curvature > 0 ? 1 / std::sqrt(curvature) : 1.0};
}

/// Adds up over p by the double exponential rule in y = logit p: `terms` is given the rule's weight, log(p ÷ middle)
/// and log((1 − p) ÷ (1 − middle)), and says when no more is to come on this side.
template <class Terms>
void beta_dropout::integrate(middle const& from, double const v, Terms&& terms) const {
  constexpr double half_pi = 1.5707963267948966;
  double const rest = 1 - from.p;
  double const log_middle = std::log(from.p);
  double const log_rest = std::log1p(-from.p);
  double const scale = half_pi * (std::fmin)(1.0, from.width);
  // What a customer does bends near p = 1 ÷ (R v), and how many are like him near p = 1/2; so far out too y must not
  // move by more than 0.3 from point to point.
  double const logit = log_middle - log_rest;
  double const bend = (std::fmax)(std::fabs(logit + std::log1p(v * (std::fmax)(1.0, shape))), std::fabs(logit));
  double const step = (std::fmax)(1.0 / 256, (std::fmin)(1.0 / 32, 0.3 / (std::fmax)(bend, 1.0)));
  for (int side = 1; side >= -1; side -= 2) {
    for (int place = side > 0 ? 0 : 1; place < 20'000; ++place) {
      double const at = side * step * place;
      double const move = scale * std::sinh(at);
      // Each by the form that loses nothing: their difference is `move`, and 1 + one of the two may be next to 0.
      double const fall = rest * std::expm1(-move);
      double const rise = from.p * std::expm1(move);
      double up = move < -600 ? move - log_rest : -std::log1p(fall);
      double const down = move > 600 ? -move - log_middle : rise < -0.5 ? up - move : -std::log1p(rise);
      if (fall < -0.5) up = move + down;
      if (terms(step * scale * std::cosh(at), up, down) && place > 16) break;
    }
  }
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
