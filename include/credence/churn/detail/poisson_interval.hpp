// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_POISSON_INTERVAL_HPP
#define CREDENCE_CHURN_DETAIL_POISSON_INTERVAL_HPP

#include <credence/core/interval.hpp>
#include <credence/core/version.hpp>
#include <credence/math/incomplete_gamma.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A rate that is Σ of weight · count over counts that are Poisson: one, of weight 1 ÷ exposure, or one a day.
struct poisson_rate {
  double value = 0;           ///< Σ weight · count
  double variance = 0;        ///< Σ weight² · count
  double largest_weight = 0;  ///< of all, those of counts of 0 too
};

/// Its interval, by gammas of the same mean and variance; of one count, the exact one: with events x and exposure T the
/// γ/2 quantile of Gamma(x) and the upper γ/2 quantile of Gamma(x + 1), ÷ T, 0 being the lower bound at x = 0.
/// Source: Garwood (1936); Fay and Feuer (1997), Statistics in Medicine 16, 791.
[[nodiscard]] inline interval poisson_interval_of(poisson_rate const& rate, double confidence) {
  interval bounds{0, 0, confidence};
  double const tail = 0.5 * (1 - confidence);
  if (rate.value > 0) {
    double const scale = rate.variance / rate.value;
    bounds.lower = scale * math::gamma_quantile(tail, rate.value / scale);
  }
  double const above = rate.value + rate.largest_weight;
  double const scale = (rate.variance + rate.largest_weight * rate.largest_weight) / above;
  bounds.upper = scale * math::gamma_upper_quantile(tail, above / scale);
  return bounds;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
