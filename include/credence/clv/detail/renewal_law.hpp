// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_RENEWAL_LAW_HPP
#define CREDENCE_CLV_DETAIL_RENEWAL_LAW_HPP

#include <array>
#include <cmath>
#include <cstddef>

#include <credence/clv/detail/beta_step.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/hypergeometric.hpp>
#include <credence/math/log_space.hpp>

// How many customers are still there after so many renewals, S(t), and what they will be worth: the laws of
// `shifted_beta_geometric` and `beta_discrete_weibull`, the first of which is also how customers of BG/BB leave.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// S(t) = B(α, β+t) ÷ B(α, β).
struct shifted_beta_geometric_law {
  static constexpr std::size_t parameter_count = 2;
  double alpha = 0;
  double beta = 0;

  /// ln S(until) − ln S(from), for `double` and `second_order`.
  template <class Number>
  [[nodiscard]] static Number log_kept_at(std::array<Number, 2> const& natural, double from, double until) {
    return log_beta_step(natural[0], natural[1] + from, Number(until - from));
  }
  [[nodiscard]] double log_kept(double from, double until) const {
    return log_kept_at<double>({alpha, beta}, from, until);
  }
  /// S(t) ÷ S(t − 1).
  [[nodiscard]] double retention(double renewal) const {
    return (beta + (renewal - 1)) / (alpha + beta + (renewal - 1));
  }
  [[nodiscard]] double churn(double renewal) const { return alpha / (alpha + beta + (renewal - 1)); }
  /// In the end S falls as t^−decay …
  [[nodiscard]] double decay() const { return alpha; }
  /// … which it does from here on, by the logarithm of t.
  [[nodiscard]] static double log_far() { return 200; }
  /// Σ_{j≥1} S(from+j) ÷ S(from) · e^(−δ(j−1)), δ >= 0.
  [[nodiscard]] double renewals_for_ever(double from, double delta) const {
    double const behind = beta + from;
    if (delta == 0) return alpha > 1 ? behind / (alpha - 1) : infinite_number();
    return behind / (alpha + behind) *
           math::hypergeometric_one_complement(behind + 1, alpha + behind + 1, -std::expm1(-delta));
  }
};

/// S(t) = B(α, β+t^c) ÷ B(α, β).
struct beta_discrete_weibull_law {
  static constexpr std::size_t parameter_count = 3;
  double alpha = 0;
  double beta = 0;
  double shape = 0;

  template <class Number>
  [[nodiscard]] static Number log_kept_at(std::array<Number, 3> const& natural, double from, double until) {
    using std::expm1;
    if (from == 0) return log_beta_step(natural[0], natural[1], power_of(until, natural[2]));
    Number const begin = power_of(from, natural[2]);
    Number const stretch = bounded(natural[2] * std::log1p((until - from) / from));
    return log_beta_step(natural[0], natural[1] + begin, begin * expm1(stretch));
  }
  [[nodiscard]] double log_kept(double from, double until) const {
    return log_kept_at<double>({alpha, beta, shape}, from, until);
  }
  [[nodiscard]] double retention(double renewal) const { return std::exp(log_kept(renewal - 1, renewal)); }
  [[nodiscard]] double churn(double renewal) const { return -std::expm1(log_kept(renewal - 1, renewal)); }
  [[nodiscard]] double decay() const { return alpha * shape; }
  [[nodiscard]] double log_far() const { return greatest_log / (shape > 1 ? shape : 1.0); }

 private:
  // Beyond e^110 a power changes nothing that can be seen, and the products of two of them are finite still.
  static constexpr double greatest_log = 110;
  template <class Number>
  [[nodiscard]] static Number bounded(Number const& logarithm) {
    using math::value_of;
    return value_of(logarithm) > greatest_log ? Number(greatest_log) : logarithm;
  }
  template <class Number>
  [[nodiscard]] static Number power_of(double time, Number const& shape) {
    using std::exp;
    if (time == 0) return Number(0.0);
    return exp(bounded(shape * std::log(time)));
  }
};

/// Σ_{j>=after} of S(from+j) ÷ S(from) · e^(−δ(j−1)), by the formula of Euler and Maclaurin, whose integral is taken by
/// the double exponential rule on the scale on which the terms fall. δ >= 0; with δ = 0 decay > 1.
template <class Law>
[[nodiscard]] double renewals_beyond(Law const& law, double const from, double const after, double const delta) {
  auto const log_term = [&](double ahead) { return law.log_kept(from, from + ahead) - delta * (ahead - 1); };
  double const start = std::exp(log_term(after));
  if (!(start > 0)) return 0;
  double const near_by = std::exp(log_term(after + 1)) - std::exp(log_term(after - 1));
  double const further = std::exp(log_term(after + 2)) - std::exp(log_term(after - 2));
  double const slope = (8 * near_by - further) / 12;
  double const third = further / 2 - near_by;

  double scale = 1;
  while (scale < 1e80 && log_term(after + scale) > std::log(start) - 1) scale *= 2;
  double const log_far = law.log_far();
  double const log_kept_far = law.log_kept(from, std::exp(log_far));
  constexpr double step = 1.0 / 64;
  constexpr double half_pi = 1.5707963267948966;
  double integral = 0;
  for (int place = -4 * 64; place <= 30 * 64; ++place) {
    double const stretch = half_pi * std::sinh(step * place);
    double const log_ahead = std::log(scale) + stretch;
    double own = 0;
    if (log_ahead < log_far) {
      own = log_term(after + std::exp(log_ahead));
    } else {
      // e^700 and more renewals ahead a discount has left nothing.
      own = log_kept_far - law.decay() * (log_ahead - log_far) -
            (delta > 0 ? delta * std::exp((std::fmin)(log_ahead, 700.0)) : 0);
    }
    double const part = std::exp(own + log_ahead) * half_pi * std::cosh(step * place);
    integral += part;
    if (place > 0 && part < 1e-19 * integral) break;
  }
  return integral * step + start / 2 - slope / 12 + third / 720;
}

/// Σ_{j=1}^{most} S(from+j) ÷ S(from) · e^(−δ(j−1)): renewals that a customer who has made `from` of them will make
/// yet, each discounted to the first of them. `most` may be +∞, and so may the sum. O(most), at most 200 and some
/// hundreds for +∞.
template <class Law>
[[nodiscard]] double renewals_to_come(Law const& law, double const from, double const delta, double const most) {
  bool const for_ever = !is_finite(most);
  if (for_ever) {
    if (delta < 0 || (delta == 0 && !(law.decay() > 1))) return infinite_number();
    // Its continued fraction grows long where the discount is small.
    if constexpr (requires { law.renewals_for_ever(from, delta); })
      if (delta == 0 || delta > 1e-4) return law.renewals_for_ever(from, delta);
  }
  constexpr double head = 200;
  double const each_step = std::exp(-delta);
  double sum = 0;
  double term = 1;
  for (double ahead = 1; for_ever ? ahead < head : ahead <= most; ++ahead) {
    term *= law.retention(from + ahead);
    sum += term;
    term *= each_step;
    if (delta >= 0 && term < 1e-22 * sum) return sum;
  }
  return for_ever ? sum + renewals_beyond(law, from, head, delta) : sum;
}

/// The least m with S(m) <= 1/2: half of the customers make fewer than so many renewals. +∞ beyond 2^300.
template <class Law>
[[nodiscard]] double half_life_of(Law const& law) {
  auto const is_over = [&](double renewals) { return law.log_kept(0, renewals) <= -0.69314718055994531; };
  double most = 1;
  while (!is_over(most)) {
    most *= 2;
    if (most > 0x1p300) return infinite_number();
  }
  double least = most / 2;  // not over there, or 1/2
  while (most - least > 1 && std::floor(least + (most - least) / 2) > least) {
    double const middle = std::floor(least + (most - least) / 2);
    (is_over(middle) ? most : least) = middle;
  }
  return most;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
