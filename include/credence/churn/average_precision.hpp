// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_AVERAGE_PRECISION_HPP
#define CREDENCE_CHURN_AVERAGE_PRECISION_HPP

#include <cmath>
#include <cstdint>

#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/log_odds_interval.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct average_precision_options {
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `average_precision`. NaN where all labels are equal.
struct average_precision_result {
  double value = not_a_number();      ///< in 0…1
  credence::interval interval;        ///< in 0…1, roughly; NaN where the value is 1
  double base_rate = not_a_number();  ///< share of those who left: what a score that says nothing comes to
  std::uint64_t count = 0;            ///< customers used
  std::uint64_t positives = 0;        ///< who left
  std::uint64_t negatives = 0;        ///< who stayed
  std::uint64_t rejected = 0;         ///< customers left out
  credence::rejections rejections;    ///< and why

  constexpr explicit operator bool() const { return positives != 0 && negatives != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("base_rate", self.base_rate);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(average_precision_result const&, average_precision_result const&) = default;
};

namespace detail {

struct average_precision_function
    : score_calls<average_precision_function, average_precision_options, average_precision_result> {
  static average_precision_result of(ranked_scores const& ranked, average_precision_options const& options) {
    check_confidence("average_precision_options::confidence", options.confidence);
    average_precision_result result;
    tell_scores(result, ranked);
    result.interval.confidence = options.confidence;
    if (!result) return result;
    result.base_rate = ranked.base_rate();
    compensated_sum precisions;
    std::uint64_t found = result.positives;
    std::uint64_t contacted = result.count;
    walk_values(ranked.positives, ranked.negatives, [&](double, std::uint64_t positives, std::uint64_t negatives) {
      // Who scores so or more: how many of them left?
      precisions += static_cast<double>(positives) * (static_cast<double>(found) / static_cast<double>(contacted));
      found -= positives;
      contacted -= positives + negatives;
    });
    double const positives = static_cast<double>(result.positives);
    result.value = precisions.value() / positives;
    if (!(result.value < 1)) return result;
    double const error = 1 / std::sqrt(positives * result.value * (1 - result.value));
    result.interval =
        log_odds_interval(result.value, math::normal_critical(options.confidence) * error, options.confidence);
    return result;
  }
};

}  // namespace detail

/// How many of those with the greatest scores leave, averaged over all who leave: `average_precision(customers,
/// &customer::score, &customer::has_left)`, or of what `churn_scores` gathered. Σ (recall gained) · precision over the
/// distinct scores as thresholds, equal scores together and nothing interpolated: the area under the precision–recall
/// curve, and the figure to look at where few leave. Interval: Boyd, Eng and Page's on the scale of log odds, with
/// 1/√(n₁·AP·(1−AP)) as the error there; rough, as it knows only how many left. Throws `credence::error` for a
/// confidence outside (0, 1). O(customers). Source: Boyd, Eng and Page (2013), ECML PKDD, LNCS 8190, 451.
inline constexpr detail::average_precision_function average_precision{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
