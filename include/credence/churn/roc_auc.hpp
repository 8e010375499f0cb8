// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_ROC_AUC_HPP
#define CREDENCE_CHURN_ROC_AUC_HPP

#include <cmath>
#include <cstdint>
#include <string_view>

#include <credence/churn/detail/compared_areas.hpp>
#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/log_odds_interval.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How the interval of an AUC is found, from DeLong's standard error.
enum class auc_interval : std::uint8_t {
  wald,  ///< AUC ∓ z·SE, clipped to 0…1 (the default, as others have it)
  logit  ///< on the scale of log odds, and never outside 0…1: nearer to its level where the AUC is close to 1
};
constexpr std::string_view name_of(auc_interval method) {
  switch (method) {
    case auc_interval::wald: return "wald";
    case auc_interval::logit: return "logit";
  }
  return {};
}

struct roc_auc_options {
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  auc_interval interval_method = auc_interval::wald;
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `roc_auc`. NaN where all labels are equal.
struct roc_auc_result {
  double value = not_a_number();           ///< in 0…1; 0.5: the score says nothing
  credence::interval interval;             ///< in 0…1; NaN where the standard error is 0 or NaN
  double standard_error = not_a_number();  ///< DeLong's; NaN for one positive or one negative
  double tied = not_a_number();            ///< share of the pairs whose scores are equal, each counted as one half
  std::uint64_t count = 0;                 ///< customers used
  std::uint64_t positives = 0;             ///< who left
  std::uint64_t negatives = 0;             ///< who stayed
  std::uint64_t rejected = 0;              ///< customers left out
  credence::rejections rejections;         ///< and why

  constexpr explicit operator bool() const { return positives != 0 && negatives != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("tied", self.tied);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(roc_auc_result const&, roc_auc_result const&) = default;
};

namespace detail {

/// An AUC and DeLong's error of it, from how many positives and negatives have each score, told from the least up.
/// DeLong's placements, the share of the other kind that a customer is on the right side of, are alike for all who
/// share a score and a kind: one push of the moments for each. The pairs are counted in 128 bits.
class auc_tally {
 public:
  auc_tally(std::uint64_t positives, std::uint64_t negatives)
      : positives_(static_cast<double>(positives)), negatives_(static_cast<double>(negatives)), above_(positives) {}

  void add(std::uint64_t positives, std::uint64_t negatives) {
    above_ -= positives;
    if (positives != 0) {
      std::uint64_t const halves = 2 * below_ + negatives;
      halves_won_ += word_product(positives, halves);
      of_positives_.push(static_cast<double>(halves) / (2 * negatives_), static_cast<double>(positives));
    }
    if (negatives != 0)
      of_negatives_.push(static_cast<double>(2 * above_ + positives) / (2 * positives_),
                         static_cast<double>(negatives));
    tied_ += static_cast<double>(positives) * static_cast<double>(negatives);
    below_ += negatives;
  }
  [[nodiscard]] double value() const { return halves_won_.to_real() / (2 * positives_ * negatives_); }
  [[nodiscard]] double tied() const { return tied_ / (positives_ * negatives_); }
  [[nodiscard]] double standard_error() const {
    if (positives_ < 2 || negatives_ < 2) return not_a_number();
    return std::sqrt(of_positives_.squared_deviations / (positives_ - 1) / positives_ +
                     of_negatives_.squared_deviations / (negatives_ - 1) / negatives_);
  }

 private:
  double positives_;
  double negatives_;
  std::uint64_t below_ = 0;  ///< negatives with a lesser score
  std::uint64_t above_;      ///< positives with a greater one
  wide_integer<3> halves_won_;
  double tied_ = 0;
  real_moments of_positives_;
  real_moments of_negatives_;
};

[[nodiscard]] inline interval interval_of_auc(double value, double error, roc_auc_options const& options) {
  if (is_nan(error) || !(error > 0)) return {not_a_number(), not_a_number(), options.confidence};
  double const half = math::normal_critical(options.confidence) * error;
  if (options.interval_method == auc_interval::wald) return error_interval(value, half, 0, 1, options.confidence);
  return detail::log_odds_interval(value, half / (value * (1 - value)), options.confidence);
}

struct roc_auc_function : score_calls<roc_auc_function, roc_auc_options, roc_auc_result> {
  static roc_auc_result of(ranked_scores const& ranked, roc_auc_options const& options) {
    check_confidence("roc_auc_options::confidence", options.confidence);
    roc_auc_result result;
    tell_scores(result, ranked);
    result.interval.confidence = options.confidence;
    if (!result) return result;
    auc_tally tally(result.positives, result.negatives);
    walk_values(ranked.positives, ranked.negatives,
                [&](double, std::uint64_t positives, std::uint64_t negatives) { tally.add(positives, negatives); });
    result.value = tally.value();
    result.tied = tally.tied();
    result.standard_error = tally.standard_error();
    result.interval = interval_of_auc(result.value, result.standard_error, options);
    return result;
  }
};

}  // namespace detail

/// How well does a score tell who leaves from who stays? `roc_auc(customers, &customer::score, &customer::has_left)`,
/// or of what `churn_scores` gathered: the area under the ROC curve, which is the share of pairs of one who left and
/// one who stayed in which the first has the greater score, equal scores counting one half. Error: DeLong's,
/// √(s²(V₁₀)/n₁ + s²(V₀₁)/n₀) over the placements of each customer among those of the other kind. It is 0, and there is
/// no interval, where the score tells all apart or none: more customers may still be told wrong. Throws
/// `credence::error` for a confidence outside (0, 1). O(customers). Source: DeLong, DeLong and Clarke-Pearson (1988),
/// Biometrics 44, 837.
inline constexpr detail::roc_auc_function roc_auc{};

struct roc_auc_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

/// Two AUCs of independent samples, the first less the second: z = difference ÷ √(SE₁² + SE₂²), with DeLong's errors.
/// Where either has no error, or neither has one above 0, there is the difference alone. Two scores of the same
/// customers are compared by `compare_roc_auc`. Throws `credence::error` for a confidence outside (0, 1).
[[nodiscard]] inline comparison compare(roc_auc_result const& first, roc_auc_result const& second,
                                        roc_auc_comparison_options options = {}) {
  detail::check_confidence("roc_auc_comparison_options::confidence", options.confidence);
  return detail::compared_areas(first.value - second.value, std::hypot(first.standard_error, second.standard_error),
                                options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
