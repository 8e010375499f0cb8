// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_DETAIL_RESIDUAL_HPP
#define CREDENCE_CLV_DETAIL_RESIDUAL_HPP

#include <cmath>
#include <cstdint>

#include <credence/clv/purchase_history.hpp>
#include <credence/clv/remaining_lifetime.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// What a customer will still do, discounted, by the rules that hold for every model of purchases.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// ∫₀¹ f by the double exponential rule: also where f or its slope is infinite at an end. f(v, 1 − v) is given both, so
/// that it can tell how near it is to 1.
template <class Function>
[[nodiscard]] double integral_to_one(Function const& function) {
  constexpr double step = 1.0 / 16;
  constexpr double half_pi = 1.5707963267948966;
  double sum = 0;
  for (int place = -64; place <= 64; ++place) {
    double const at = step * place;
    double const stretch = 2 * half_pi * std::sinh(at);
    double const lower = 1 / (1 + std::exp(-stretch));
    double const upper = 1 / (1 + std::exp(stretch));
    double const weight = 2 * half_pi * std::cosh(at) * lower * upper;
    if (weight > 0) sum += weight * function(lower, upper);
  }
  return sum * step;
}

/// Σ over purchases to come of e^(−δu), up to `horizon`: the law's own form where it has one, else
/// e^(−δh)·E(h) + δ∫₀^h e^(−δu) E(u) du with E the purchases expected within u.
template <class Law>
[[nodiscard]] double residual_of(Law const& law, purchases const& own, double const delta, double const horizon) {
  bool const is_bounded = is_finite(horizon);
  if (delta == 0 && is_bounded) return law.expected_after(own, horizon);
  if (delta == 0) return law.expected_for_ever(own);
  if (delta < 0 && !is_bounded) return law.expected_after(own, 1) > 0 ? infinite_number() : 0.0;
  if constexpr (requires { law.residual(own, delta, horizon); }) {
    return law.residual(own, delta, horizon);
  } else {
    // In v = (1 − e^(−δu)) ÷ (1 − e^(−δh)) the weight is even.
    double const reach = is_bounded ? -std::expm1(-delta * horizon) : 1.0;
    double const inner = reach * integral_to_one([&](double lower, double upper) {
                           double const gone = is_bounded ? std::log1p(-reach * lower) : std::log(upper);
                           return law.expected_after(own, -gone / delta);
                         });
    return is_bounded ? std::exp(-delta * horizon) * law.expected_after(own, horizon) + inner : inner;
  }
}

/// Of one who is alive now: S(u) = P(alive at T + u) ÷ P(alive at T).
template <class Law>
[[nodiscard]] remaining_lifetime_result lifetime_of(Law const& law, purchases const& own, double const delta,
                                                    double const horizon) {
  remaining_lifetime_result result;
  double const now = law.alive(own);
  auto const stays = [&](double ahead) { return law.alive_after(own, ahead) / now; };
  result.mean = law.mean_lifetime(own);
  if (!is_finite(result.mean)) result.status = lifetime_status::infinite_mean;
  if (!(now > 0)) return {};

  double most = own.age > 0 ? own.age : 1.0;
  while (stays(most) > 0.5 && most < 1e300) most *= 2;
  if (most >= 1e300) {
    result.median = infinite_number();
  } else {
    double least = 0;
    for (int halving = 0; halving < 200 && most - least > 1e-14 * most; ++halving) {
      double const middle = least + (most - least) / 2;
      (stays(middle) > 0.5 ? least : most) = middle;
    }
    result.median = least + (most - least) / 2;
  }

  if (is_finite(horizon))
    result.restricted_mean = horizon * integral_to_one([&](double lower, double) { return stays(horizon * lower); });
  if (delta == 0) {
    result.discounted_mean = result.mean;
  } else if (delta > 0) {
    result.discounted_mean = integral_to_one([&](double, double upper) { return stays(-std::log(upper) / delta); }) /
                             delta;
  } else {
    result.discounted_mean = infinite_number();
  }
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
