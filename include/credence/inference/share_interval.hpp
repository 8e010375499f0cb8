// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_SHARE_INTERVAL_HPP
#define CREDENCE_INFERENCE_SHARE_INTERVAL_HPP

#include <cmath>
#include <cstdint>
#include <string_view>

#include <credence/core/interval.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How the interval of a share is found. All lie inside 0…1.
enum class share_interval : std::uint8_t {
  wilson,           ///< inverts the score test: close to its level everywhere, closed form (the default)
  agresti_coull,    ///< Wald about Wilson's centre; a little wide near 0 and 1
  clopper_pearson,  ///< exact: never below its level, and wide for it
  jeffreys,         ///< equal-tailed Bayes under Beta(½, ½)
  wald              ///< p ∓ z·SE: falls far short of its level near 0 and 1, and has no width there
};
constexpr std::string_view name_of(share_interval method) {
  switch (method) {
    case share_interval::wilson: return "wilson";
    case share_interval::agresti_coull: return "agresti_coull";
    case share_interval::clopper_pearson: return "clopper_pearson";
    case share_interval::jeffreys: return "jeffreys";
    case share_interval::wald: return "wald";
  }
  return {};
}

/// A share of so many independent samples. Neither need be whole: weighted samples have effective sizes.
struct observed_share {
  double share = 0;   ///< in 0…1
  double trials = 0;  ///< > 0
};

namespace detail {

/// Wilson's interval, of a critical value that is known already; `trials` > 0.
[[nodiscard]] inline interval wilson_bounds(observed_share const& observed, double critical, double confidence) {
  double const share = observed.share;
  double const trials = observed.trials;
  double const squared = critical * critical;
  double const centre = share + squared / (2 * trials);
  double const half = critical * std::sqrt(share * (1 - share) / trials + squared / (4 * trials * trials));
  double const scale = 1 + squared / trials;
  interval bounds{0, 1, confidence};
  // At 0 and 1 the bound is the end itself; the formula would leave a rounding error there.
  if (share > 0) bounds.lower = (centre - half) / scale;
  if (share < 1) bounds.upper = (centre + half) / scale;
  return clipped(bounds, 0, 1);
}

}  // namespace detail

/// The confidence interval of a share, in 0…1. With n trials, share p, z the normal quantile, γ = 1 − confidence:
///   wilson           (p + z²/2n ∓ z√(p(1−p)/n + z²/4n²)) / (1 + z²/n)
///   agresti_coull    p̃ ∓ z√(p̃(1−p̃)/ñ), ñ = n + z², p̃ = (np + z²/2)/ñ
///   clopper_pearson  Beta quantiles: γ/2 of (k, n−k+1) and 1−γ/2 of (k+1, n−k)
///   jeffreys         Beta quantiles γ/2 and 1−γ/2 of (k+½, n−k+½); the lower bound is 0 at k = 0, the upper 1 at k = n
///   wald             p ∓ z√(p(1−p)/n)
/// Both bounds are NaN when there are no trials. Cost: one normal quantile; two beta quantiles for the exact ones.
/// Source: Brown, Cai and DasGupta (2001); Newcombe (1998).
[[nodiscard]] inline interval interval_of(observed_share const& observed, share_interval method, double confidence) {
  detail::check_confidence("confidence", confidence);
  double const share = observed.share;
  double const trials = observed.trials;
  if (!(trials > 0)) return {not_a_number(), not_a_number(), confidence};
  double const critical = math::normal_critical(confidence);
  double const squared = critical * critical;
  double const successes = share * trials;
  double const failures = (1 - share) * trials;
  double const tail = 0.5 * (1 - confidence);
  interval bounds{0, 1, confidence};
  switch (method) {
    case share_interval::wilson: return detail::wilson_bounds(observed, critical, confidence);
    case share_interval::agresti_coull: {
      double const size = trials + squared;
      double const centre = (successes + squared / 2) / size;
      double const half = critical * std::sqrt(centre * (1 - centre) / size);
      bounds.lower = centre - half;
      bounds.upper = centre + half;
      break;
    }
    case share_interval::clopper_pearson:
      if (share > 0) bounds.lower = math::beta_quantile(tail, successes, failures + 1);
      if (share < 1) bounds.upper = math::beta_upper_quantile(tail, successes + 1, failures);
      break;
    case share_interval::jeffreys:
      if (share > 0) bounds.lower = math::beta_quantile(tail, successes + 0.5, failures + 0.5);
      if (share < 1) bounds.upper = math::beta_upper_quantile(tail, successes + 0.5, failures + 0.5);
      break;
    case share_interval::wald: {
      double const half = critical * std::sqrt(share * (1 - share) / trials);
      bounds.lower = share - half;
      bounds.upper = share + half;
      break;
    }
  }
  return detail::clipped(bounds, 0, 1);
}

/// Two shares of independent samples. `interval` is Newcombe's hybrid score interval (his method 10): with l, u the
/// Wilson bounds of each, d − √((p₁−l₁)² + (u₂−p₂)²) … d + √((u₁−p₁)² + (p₂−l₂)²). `z` is the score test with the
/// pooled share, z² Pearson's χ²; two samples that both have all, or both none, have z = 0 and p = 1.
/// Source: Newcombe (1998), Statistics in Medicine 17, 873.
[[nodiscard]] inline comparison compare(observed_share const& first, observed_share const& second, double confidence) {
  detail::check_confidence("confidence", confidence);
  comparison result;
  result.interval.confidence = confidence;
  if (!(first.trials > 0 && second.trials > 0)) return result;
  interval const one = interval_of(first, share_interval::wilson, confidence);
  interval const two = interval_of(second, share_interval::wilson, confidence);
  result.difference = first.share - second.share;
  result.interval.lower = result.difference - std::hypot(first.share - one.lower, two.upper - second.share);
  result.interval.upper = result.difference + std::hypot(one.upper - first.share, second.share - two.lower);
  double const pooled = (first.share * first.trials + second.share * second.trials) / (first.trials + second.trials);
  result.standard_error = std::sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials));
  result.z = result.standard_error > 0 ? result.difference / result.standard_error : 0;
  result.p_value = 2 * math::normal_upper_tail(std::fabs(result.z));
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
