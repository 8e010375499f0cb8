// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_BINOMIAL_HPP
#define CREDENCE_MATH_BINOMIAL_HPP

#include <cmath>
#include <cstdint>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// P(X <= successes) for X ~ Binomial(trials, p): the tail of Beta(successes + 1, trials - successes) above p.
///
/// 1 from successes = trials on; p outside [0, 1] or NaN gives NaN. Counts up to 2^53 are exact, above they are rounded
/// to double. Error and cost: as `incomplete_beta`. Source: DLMF 8.17.5.
[[nodiscard]] inline double binomial_lower_tail(std::uint64_t const successes, std::uint64_t const trials,
                                                double const p) noexcept {
  if (!detail::probability(p)) return not_a_number();
  if (successes >= trials) return 1.0;
  return incomplete_beta_complement(static_cast<double>(successes) + 1.0, static_cast<double>(trials - successes), p);
}

/// P(X >= successes) for X ~ Binomial(trials, p): the tail of Beta(successes, trials - successes + 1) below p.
///
/// 1 at successes = 0, 0 above trials; otherwise as `binomial_lower_tail`.
[[nodiscard]] inline double binomial_upper_tail(std::uint64_t const successes, std::uint64_t const trials,
                                                double const p) noexcept {
  if (!detail::probability(p)) return not_a_number();
  if (successes == 0) return 1.0;
  if (successes > trials) return 0.0;
  return incomplete_beta(static_cast<double>(successes), static_cast<double>(trials - successes) + 1.0, p);
}

/// The smallest number of successes k with P(X <= k) >= q for X ~ Binomial(trials, p), as a double: a whole number, or
/// NaN where q or p is outside [0, 1] or NaN.
///
/// q = 0 gives 0; q = 1 gives trials, or 0 if p = 0. For q above 1/2 the upper tail is compared with 1 - q, so that q
/// near 1 is taken at its word. Where q is within the error of the tails of P(X <= k) the answer may be k or k + 1.
/// Cost: a few evaluations of a tail, 2 log2(trials) at worst. Start: Cornish and Fisher (1938).
[[nodiscard]] inline double binomial_quantile(double const q, std::uint64_t const trials, double const p) noexcept {
  if (!detail::probability(q) || !detail::probability(p)) return not_a_number();
  if (q <= 0.0 || p <= 0.0) return 0.0;
  if (q >= 1.0 || p >= 1.0) return static_cast<double>(trials);
  auto const reached = [q, trials, p](std::uint64_t const successes) {
    if (successes >= trials) return true;
    return q <= 0.5 ? binomial_lower_tail(successes, trials, p) >= q
                    : binomial_upper_tail(successes + 1, trials, p) <= 1.0 - q;
  };
  double const count = static_cast<double>(trials);
  double const z = normal_quantile(q);
  double const start = count * p + z * std::sqrt(count * p * (1.0 - p)) + (1.0 - 2.0 * p) * (z * z - 1.0) / 6.0;
  std::uint64_t probe = start >= count ? trials : (start > 0.0 ? static_cast<std::uint64_t>(start) : 0);
  std::uint64_t lowest = 0;        // the answer is from here ...
  std::uint64_t highest = trials;  // ... to here
  // Away from the start by doubled strides until the answer is between two probes; then by halves.
  bool above = false;
  bool below = false;
  for (std::uint64_t stride = 1; lowest < highest; stride *= 2) {
    if (reached(probe)) {
      highest = probe;
      above = true;
    } else {
      lowest = probe + 1;
      below = true;
    }
    std::uint64_t const width = highest - lowest;
    std::uint64_t const reach = stride < width ? stride : width;
    if (above && below) {
      probe = lowest + width / 2;
    } else {
      probe = above ? highest - reach : lowest + reach;
    }
  }
  return static_cast<double>(lowest);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
