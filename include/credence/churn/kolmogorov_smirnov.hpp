// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_KOLMOGOROV_SMIRNOV_HPP
#define CREDENCE_CHURN_KOLMOGOROV_SMIRNOV_HPP

#include <cmath>
#include <cstdint>

#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct kolmogorov_smirnov_options {
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `kolmogorov_smirnov`. NaN where all labels are equal.
struct kolmogorov_smirnov_result {
  double value = not_a_number();      ///< in 0…1
  double threshold = not_a_number();  ///< the score from which on the two shares differ most; the least of several
  double p_value = not_a_number();    ///< of scores that are distributed alike, for large samples, in 0…1
  std::uint64_t count = 0;            ///< customers used
  std::uint64_t positives = 0;        ///< who left
  std::uint64_t negatives = 0;        ///< who stayed
  std::uint64_t rejected = 0;         ///< customers left out
  credence::rejections rejections;    ///< and why

  constexpr explicit operator bool() const { return positives != 0 && negatives != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("threshold", self.threshold);
    visit("p_value", self.p_value);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(kolmogorov_smirnov_result const&, kolmogorov_smirnov_result const&) = default;
};

namespace detail {

/// P(K > x) of Kolmogorov's distribution, for a distance x ≥ 0: 2Σ(−1)^(k−1)·e^(−2k²x²), and for a small one, where
/// that hardly converges, 1 − √(2π)/x·Σe^(−(2k−1)²π²/8x²). Source: Marsaglia, Tsang and Wang (2003), J. Stat. Softw.
/// 8, 18.
[[nodiscard]] inline double kolmogorov_upper_tail(double distance) {
  if (!(distance > 0.04)) return 1;  // to the last digit
  if (distance < 1) {
    double const step = std::exp(-1.2337005501361698274 / (distance * distance));  // π²/8
    double const sum = step * (1 + std::pow(step, 8) + std::pow(step, 24) + std::pow(step, 48));
    return 1 - 2.5066282746310005024 / distance * sum;  // √(2π)
  }
  double const step = std::exp(-2 * distance * distance);
  return 2 * step * (1 - std::pow(step, 3) + std::pow(step, 8) - std::pow(step, 15));
}

struct kolmogorov_smirnov_function
    : score_calls<kolmogorov_smirnov_function, kolmogorov_smirnov_options, kolmogorov_smirnov_result> {
  static kolmogorov_smirnov_result of(ranked_scores const& ranked, kolmogorov_smirnov_options const&) {
    kolmogorov_smirnov_result result;
    tell_scores(result, ranked);
    if (!result) return result;
    double const positives = static_cast<double>(result.positives);
    double const negatives = static_cast<double>(result.negatives);
    double positives_below = 0;
    double negatives_below = 0;
    double most = -1;
    walk_values(ranked.positives, ranked.negatives, [&](double score, std::uint64_t left, std::uint64_t stayed) {
      // Times both counts, and so without rounding for all but huge ones: the least threshold is then truly the least.
      double const apart = std::fabs(positives_below * negatives - negatives_below * positives);
      if (apart > most) {
        most = apart;
        result.threshold = score;
      }
      positives_below += static_cast<double>(left);
      negatives_below += static_cast<double>(stayed);
    });
    result.value = most / (positives * negatives);
    result.p_value = kolmogorov_upper_tail(result.value * std::sqrt(positives / (positives + negatives) * negatives));
    return result;
  }
};

}  // namespace detail

/// How far apart can one threshold keep those who leave from those who stay? `kolmogorov_smirnov(customers,
/// &customer::score, &customer::has_left)`, or of what `churn_scores` gathered: the greatest |F₁ − F₀| over the
/// distinct scores as thresholds, F being the share of each kind that scores so or more. p is of Kolmogorov's limit
/// distribution at √(n₁n₀/(n₁+n₀))·value: too great for small samples and for tied scores. O(customers). Source:
/// Smirnov (1948), Annals of Mathematical Statistics 19, 279.
inline constexpr detail::kolmogorov_smirnov_function kolmogorov_smirnov{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
