// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_STAGE_SUMS_HPP
#define CREDENCE_CLV_DETAIL_STAGE_SUMS_HPP

#include <array>
#include <cmath>

#include <credence/core/version.hpp>
#include <credence/math/detail/beta_sides.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/gauss_legendre.hpp>

// Purchases whose gaps have `order` stages each, of customers who may leave after each of them. The stages done within
// t are N ~ negative binomial(shape, share): Poisson at a rate that is Gamma(shape, scale), share = t ÷ (scale + t).
// With `done` stages behind him, a customer makes floor((N + done) ÷ order) purchases, if he stays. He is still there
// after m of them with the probability π(m) = B(a, b + m) ÷ B(a, b).

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// N, by its share and what is missing of 1: each as accurate as it can be, for the share comes near 1.
struct stage_count {
  double shape = 1;
  double share = 0;
  double rest = 1;

  stage_count(double shape_of_rates, double scale, double within)
      : shape(shape_of_rates),
        share(within / (scale + within)),
        rest((std::fmax)(scale / (scale + within), 1e-290)) {}  // for a time beyond 1e290 scales

  [[nodiscard]] double expected() const { return shape * share / rest; }
  /// ln P(N = 0).
  [[nodiscard]] double log_none() const { return shape * (share < 0.5 ? std::log1p(-share) : std::log(rest)); }
  /// P(N >= stages).
  [[nodiscard]] double at_least(double stages) const {
    if (stages <= 0) return 1;
    return share > 0 ? math::detail::beta_sides_at(stages, shape, {share, rest}).lower : 0.0;
  }
  /// P(N = stages), also between whole numbers.
  [[nodiscard]] double mass(double stages) const {
    if (stages <= 0) return stages < 0 ? 0.0 : std::exp(log_none());
    if (!(share > 0)) return 0;
    auto const sides = math::detail::beta_sides_at(stages, shape, {share, rest});
    return sides.weight * std::exp(sides.exponent) / stages;
  }
  /// P(stages <= N < stages + count).
  [[nodiscard]] double among(double stages, int count) const {
    double next = mass(stages);
    double sum = 0;
    for (int more = 0; more < count; ++more, stages += 1) {
      sum += next;
      next *= share * (shape + stages) / (stages + 1);
    }
    return sum;
  }
};

/// ∫ over [lower, upper], of which `known` is a first guess, by halves until both agree to 1e-12 or to `enough`.
template <class Function>
[[nodiscard]] double halved_integral(Function const& function, double lower, double upper, double known, double enough,
                                     int depth = 6) {
  double const middle = lower + (upper - lower) / 2;
  auto const part = [&](double from, double until) {
    return math::gauss_legendre<24>([&](double along) { return function(from + along); }, until - from);
  };
  double const left = part(lower, middle);
  double const right = part(middle, upper);
  double const sum = left + right;
  if (depth == 0 || std::fabs(sum - known) <= 1e-12 * std::fabs(sum) + enough) return sum;
  return halved_integral(function, lower, middle, left, enough, depth - 1) +
         halved_integral(function, middle, upper, right, enough, depth - 1);
}

/// What is summed over N, for one who has `done` of `order` stages behind him, and leaves with Beta(a, b).
struct stage_sums {
  stage_count count;
  int order = 1;
  int done = 0;
  double a = 1;
  double b = 1;

  /// Σ_{m≥1} π(m − 1) P(at least m purchases): those expected of one who is there.
  [[nodiscard]] double purchases() const {
    if (!(count.share > 0)) return 0;
    if (is_short()) return summed([](double, double stays_before) { return stays_before; });
    double sum = 0;
    double stay = 1;
    for (int purchase = 1; purchase < first_smooth; ++purchase) {
      sum += stay * count.at_least(stages_until(purchase));
      stay *= kept(purchase - 1);
    }
    return sum + smooth_rest(
                     [this](double purchase) { return stays(purchase - 1) * count.at_least(stages_until(purchase)); });
  }

  /// Σ_{m≥0} π(m) P(m purchases): of one who is there, is he still after that time?
  [[nodiscard]] double alive() const {
    if (!(count.share > 0)) return 1;
    if (is_short()) return summed([](double stay, double) { return stay; });
    double sum = 0;
    double stay = 1;
    for (int purchase = 0; purchase < first_smooth; ++purchase) {
      sum += stay * (purchase == 0 ? count.among(0, order - done) : count.among(stages_until(purchase), order));
      stay *= kept(purchase);
    }
    return sum + smooth_rest(
                     [this](double purchase) { return stays(purchase) * count.among(stages_until(purchase), order); });
  }

 private:
  // From this purchase on the terms are so smooth that their sum is an integral with the corrections of Gregory.
  static constexpr int first_smooth = 128;

  [[nodiscard]] double stages_until(double purchase) const { return order * purchase - done; }
  [[nodiscard]] double kept(double purchase) const { return (b + purchase) / (a + b + purchase); }
  [[nodiscard]] double stays(double purchases) const {
    return std::exp(math::log_beta(a, b + purchases) - math::log_beta(a, b));
  }
  /// Are there few stages with any chance at all?
  [[nodiscard]] bool is_short() const {
    return count.share / count.rest * (count.shape + 10 * std::sqrt(count.shape) + 45) < 3000.0 * order;
  }

  /// Σ over N of P(N)·value(π(m), Σ_{i<m} π(i)) at m = floor((N + done) ÷ order), all of it positive, with P(N) from
  /// one to the next. P(0) may be too small for a number, so that the sum is in units of it, and of powers of 2^-800.
  template <class Value>
  [[nodiscard]] double summed(Value const& value) const {
    double unit = count.log_none();
    double mass = 1;
    double sum = 0;
    double stay = 1;
    double stays_before = 0;
    double purchase = 0;
    int stage = done;
    double const middle = count.expected();
    for (double stages = 0;; stages += 1) {
      double const term = mass * value(stay, stays_before);
      sum += term;
      double const ratio = count.share * (count.shape + stages) / (stages + 1);
      double const slower = ratio * (1 + 1 / (stages + 1));
      if (stages >= middle && slower < 1 && (mass == 0 || (sum > 0 && term <= 1e-17 * sum * (1 - slower)))) break;
      mass *= ratio;
      if (mass > 0x1p800) {
        mass *= 0x1p-800;
        sum *= 0x1p-800;
        unit += 554.51774444795624753;  // 800 ln 2
      }
      if (++stage == order) {
        stage = 0;
        stays_before += stay;
        stay *= kept(purchase);
        purchase += 1;
      }
    }
    return std::exp(unit + std::log(sum));
  }

  /// Σ_{m ≥ first_smooth} term(m).
  template <class Term>
  [[nodiscard]] double smooth_rest(Term const& term) const {
    // Gregory's coefficients of the forward differences, by which a sum for ever exceeds its integral.
    constexpr std::array<double, 9> gregory{1.0 / 2,       -1.0 / 12,          1.0 / 24,
                                            -19.0 / 720,   3.0 / 160,          -863.0 / 60480,
                                            275.0 / 24192, -33953.0 / 3628800, 8183.0 / 1036800};
    std::array<double, 9> differences{};
    for (int place = 0; place < 9; ++place) differences[static_cast<unsigned>(place)] = term(first_smooth + place);
    double sum = 0;
    for (unsigned degree = 0; degree < 9; ++degree) {
      sum += gregory[degree] * differences[0];
      for (unsigned place = 0; place + 1 < 9 - degree; ++place)
        differences[place] = differences[place + 1] - differences[place];
    }
    // In v = ln m. The number of purchases has its middle at v = centre, and is as wide as 1 ÷ √shape.
    double const last =
        std::log(count.share / count.rest * (count.shape + 10 * std::sqrt(count.shape) + 45) / order + first_smooth);
    double const centre = std::log(count.expected() / order + 1);
    double const narrow = (std::fmin)(1.0, 1.5 / std::sqrt(count.shape) + 1.5 / std::sqrt(count.expected()));
    auto const in_logs = [&](double place) {
      double const purchase = std::exp(place);
      return purchase * term(purchase);
    };
    double whole = 0;
    for (double place = std::log(first_smooth * 1.0); place < last;) {
      double const step = (std::fmin)((std::fmax)(narrow, std::fabs(centre - place) / 2), 1.0);
      double const until = (std::fmin)(place + step, last);
      double const rough =
          math::gauss_legendre<24>([&](double along) { return in_logs(place + along); }, until - place);
      double const enough = 1e-14 * (sum + whole);
      if (std::fabs(rough) > enough / 10) whole += halved_integral(in_logs, place, until, rough, enough);
      place = until;
    }
    return sum + whole;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
