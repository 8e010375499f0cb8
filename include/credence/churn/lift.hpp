// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_LIFT_HPP
#define CREDENCE_CHURN_LIFT_HPP

#include <algorithm>
#include <cstdint>
#include <vector>

#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/churn/detail/top_cuts.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct lift_options {
  number quantile = 0.1;     ///< share of the customers that is contacted, those with the greatest scores; in (0, 1]
  number confidence = 0.95;  ///< of the interval of the rate, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `lift`. NaN where all labels are equal.
struct lift_result {
  double value = not_a_number();      ///< rate ÷ base_rate; 1: no better than chance
  double rate = not_a_number();       ///< share of those contacted who leave, in 0…1: the precision
  credence::interval rate_interval;   ///< of the rate: Wilson's
  double base_rate = not_a_number();  ///< share of all who leave
  double captured = not_a_number();   ///< share of those who leave that is contacted, in 0…1: the gain, or recall
  std::uint64_t contacted = 0;        ///< customers
  double threshold = not_a_number();  ///< the least score of those contacted
  std::uint64_t count = 0;            ///< customers used
  std::uint64_t positives = 0;        ///< who left
  std::uint64_t negatives = 0;        ///< who stayed
  std::uint64_t rejected = 0;         ///< customers left out
  credence::rejections rejections;    ///< and why

  constexpr explicit operator bool() const { return positives != 0 && negatives != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("rate", self.rate);
    visit("rate_interval", self.rate_interval);
    visit("base_rate", self.base_rate);
    visit("captured", self.captured);
    visit("contacted", self.contacted);
    visit("threshold", self.threshold);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(lift_result const&, lift_result const&) = default;
};

namespace detail {

struct lift_function : score_calls<lift_function, lift_options, lift_result> {
  static lift_result of(ranked_scores const& ranked, lift_options const& options) {
    check_confidence("lift_options::confidence", options.confidence);
    double const quantile = options.quantile;
    if (!is_finite(quantile) || !(quantile > 0) || quantile > 1)
      wrong_argument("lift_options::quantile", quantile, "it must lie in 0…1, and above 0");
    lift_result result;
    tell_scores(result, ranked);
    result.rate_interval.confidence = options.confidence;
    if (!result) return result;
    std::vector<top_cut> cuts(1);
    cuts[0].customers = (std::max)(top_of(quantile, result.count), std::uint64_t{1});
    fill_cuts(cuts, ranked);
    double const contacted = static_cast<double>(cuts[0].customers);
    result.base_rate = ranked.base_rate();
    result.contacted = cuts[0].customers;
    result.threshold = cuts[0].threshold;
    result.rate = cuts[0].positives / contacted;
    result.value = result.rate / result.base_rate;
    result.captured = cuts[0].positives / static_cast<double>(result.positives);
    result.rate_interval = interval_of({result.rate, contacted}, share_interval::wilson, options.confidence);
    return result;
  }
};

}  // namespace detail

/// How much oftener do those with the greatest scores leave than all do? `lift(customers, &customer::score,
/// &customer::has_left, {.quantile = 0.1})`, or of what `churn_scores` gathered: the rate of the first ⌊quantile · n⌋
/// customers, at least one, ÷ that of all. Where the cut goes through a tie, those within it count by the mean rate of
/// all who share the score. `gains` answers for all quantiles at once. Throws `credence::error` for wrong options.
/// O(customers).
inline constexpr detail::lift_function lift{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
