// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_RESIDUAL_HPP
#define CREDENCE_CLV_DETAIL_RESIDUAL_HPP

#include <cmath>

#include <credence/clv/purchase_history.hpp>
#include <credence/clv/remaining_lifetime.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/root.hpp>

// What a customer will still do, discounted, by the rules that hold for every model of purchases.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// step·Σ value(start + step·n) over all whole n, outwards from `start` until the terms no longer count. They are
/// positive and have one peak, wherever it is, from which they fall off on both sides at least as exp.
template <class Value>
[[nodiscard]] double outward_sum(Value const& value, double start, double step) {
  constexpr double widest = 750;  // exp is 0 beyond
  double sum = value(start);
  for (double const way : {step, -step}) {
    double before = sum;
    for (double at = start + way; std::fabs(at) < widest; at += way) {
      double const term = value(at);
      sum += term;
      if (sum > 0 ? term <= 1e-16 * sum && term <= before : way > 0) break;
      before = term;
    }
  }
  return step * sum;
}

/// ∫ over all τ of a smooth function that falls off on both sides, by the trapezoid rule. Where the step is halved the
/// error is squared if the function is smooth enough for that: then it is enough if two steps agree to half the digits.
template <class Value>
[[nodiscard]] double integral_of_all(Value const& value, double agreement) {
  double sum = outward_sum(value, 0, 0.5);
  for (double step = 0.5; step > 0x1p-6; step /= 2) {
    double const finer = (sum + outward_sum(value, step / 2, step)) / 2;
    bool const agrees = std::fabs(finer - sum) <= agreement * std::fabs(finer);
    sum = finer;
    if (agrees || !is_finite(sum)) break;
  }
  return sum;
}

/// Purchases that come in stages, and so in step, are less smooth in time than those that come at random.
template <class Law>
inline constexpr double agreement_of = 1e-8;
template <class Law>
requires requires(Law const& law) { law.k; }
inline constexpr double agreement_of<Law> = 1e-10;

// Times ahead matter by their ratios: what is expected within u turns where u is like the customer's age, and what is
// discounted ends where u is like 1 ÷ δ, far from each other. So the integrals go over τ with u even in logs at the
// near end, u = e^τ where they have no end, and u = h(1 − exp(−e^τ)) up to h. Both are smooth for |Im τ| < π/2 for
// models whose purchases come at random, for |Im τ| < π/k at least where a gap has k stages.

/// ∫₀^∞ e^(−δu) f(u) du, δ > 0, for an f that grows no faster than u.
template <class Function>
[[nodiscard]] double discounted_integral(Function const& function, double delta, double agreement) {
  return integral_of_all(
             [&](double place) {
               double const scaled = std::exp(place);
               double const weight = scaled * std::exp(-scaled);
               return weight > 0 ? weight * function(scaled / delta) : 0.0;
             },
             agreement) /
         delta;
}

/// ∫₀^horizon e^(−δu) f(u) du.
template <class Function>
[[nodiscard]] double bounded_integral(Function const& function, double delta, double horizon, double agreement) {
  return horizon * integral_of_all(
                       [&](double place) {
                         double const scaled = std::exp(place);
                         double const weight = scaled * std::exp(-scaled);
                         double const ahead = horizon * -std::expm1(-scaled);
                         return weight > 0 ? weight * std::exp(-delta * ahead) * function(ahead) : 0.0;
                       },
                       agreement);
}

/// Beyond e^−750 nothing that is discounted is left, and an integral without end needs no steps for it.
[[nodiscard]] inline double felt_horizon(double delta, double horizon) {
  return delta * horizon > 750 ? infinite_number() : horizon;
}

/// Σ over purchases to come of e^(−δu), up to `horizon`: the law's own form where it has one, else
/// e^(−δh)·E(h) + δ∫₀^h e^(−δu) E(u) du with E the purchases expected within u. To 1e-10 relative where the law's own
/// numbers are, and δh is not far below 0: where money of later counts e^50 times as much, digits are lost. Some 100
/// calls of the law, up to 400 where gaps have stages.
template <class Law>
[[nodiscard]] double residual_of(Law const& law, purchases const& own, double const delta, double const asked) {
  double const horizon = felt_horizon(delta, asked);
  bool const is_bounded = is_finite(horizon);
  if (delta == 0 && is_bounded) return law.expected_after(own, horizon);
  if (delta == 0) return law.expected_for_ever(own);
  if (delta < 0 && !is_bounded) return law.expected_after(own, 1) > 0 ? infinite_number() : 0.0;
  if (is_bounded && horizon == 0) return 0;
  if constexpr (requires { law.residual(own, delta, horizon); }) {
    return law.residual(own, delta, horizon);
  } else {
    auto const expected = [&](double ahead) { return law.expected_after(own, ahead); };
    if (!(expected(is_bounded ? horizon : 1 / delta) > 0)) return 0;
    if (!is_bounded) return delta * discounted_integral(expected, delta, agreement_of<Law>);
    double const at_the_end = std::exp(-delta * horizon) * expected(horizon);
    if (!is_finite(at_the_end)) return infinite_number();  // what is taken from it below is as great, but less
    return at_the_end + delta * bounded_integral(expected, delta, horizon, agreement_of<Law>);
  }
}

/// The time after which half are left, `stays` being the share that is: +∞ where that is beyond 1e300.
template <class Stays>
[[nodiscard]] double median_lifetime(Stays const& stays, double const scale) {
  constexpr double longest = 690;  // 1e300, in logs
  double upper = std::log(scale);
  double lower = upper;
  double upper_share = stays(std::exp(upper));
  double lower_share = upper_share;
  for (double step = 1; upper_share > 0.5; step *= 1.5) {
    if (upper >= longest) return infinite_number();
    lower = upper;
    lower_share = upper_share;
    upper = (std::fmin)(upper + step, longest);
    upper_share = stays(std::exp(upper));
  }
  for (double step = 1; lower_share < 0.5; step *= 1.5) {
    if (lower <= -longest) return 0;
    upper = lower;
    upper_share = lower_share;
    lower = (std::fmax)(lower - step, -longest);
    lower_share = stays(std::exp(lower));
  }
  return std::exp(math::find_root([&](double place) { return stays(std::exp(place)) - 0.5; },
                                  {lower, lower_share - 0.5}, {upper, upper_share - 0.5}, 1e-13)
                      .value);
}

/// Of one who is alive now: S(u) = P(alive at T + u) ÷ P(alive at T). To 1e-10 relative where the law's own numbers
/// are.
template <class Law>
[[nodiscard]] remaining_lifetime_result lifetime_of(Law const& law, purchases const& own, double const delta,
                                                    double const horizon) {
  remaining_lifetime_result result;
  purchases seen = own;
  // Where what is to come of one who is alive does not depend on when he was last seen, he is asked about as if that
  // were now: that he is alive may otherwise be less likely than a double can say.
  if constexpr (requires { law.age_scale(); })
    if (own.frequency > 0) seen.recency = own.age;
  double const now = law.alive(seen);
  if (!(now > 0)) return result;
  auto const stays = [&](double ahead) { return law.alive_after(seen, ahead) / now; };
  result.mean = law.mean_lifetime(own);
  if (!is_finite(result.mean)) result.status = lifetime_status::infinite_mean;
  result.median = median_lifetime(stays, own.age > 0 ? own.age : 1.0);
  if (is_finite(horizon))
    result.restricted_mean = horizon > 0 ? bounded_integral(stays, 0, horizon, agreement_of<Law>) : 0;
  if (delta == 0) {
    result.discounted_mean = result.mean;
  } else {
    result.discounted_mean = delta > 0 ? discounted_integral(stays, delta, agreement_of<Law>) : infinite_number();
  }
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
