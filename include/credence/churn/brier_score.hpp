// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_BRIER_SCORE_HPP
#define CREDENCE_CHURN_BRIER_SCORE_HPP

#include <cstdint>

#include <credence/churn/detail/losses.hpp>
#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct brier_score_options {
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `brier_score`.
struct brier_score_result {
  double value = not_a_number();           ///< in 0…1; 0 is best
  credence::interval interval;             ///< in 0…1
  double standard_error = not_a_number();  ///< s/√n of the squares; NaN for one customer
  double skill = not_a_number();           ///< 1 − value ÷ that of saying the base rate of all; NaN for equal labels
  double base_rate = not_a_number();       ///< share of those who left
  std::uint64_t count = 0;                 ///< customers used
  std::uint64_t positives = 0;             ///< who left
  std::uint64_t negatives = 0;             ///< who stayed
  std::uint64_t rejected = 0;              ///< customers left out
  credence::rejections rejections;         ///< and why; `off_scale`: no probability

  constexpr explicit operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("skill", self.skill);
    visit("base_rate", self.base_rate);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(brier_score_result const&, brier_score_result const&) = default;
};

namespace detail {

struct brier_score_function
    : score_calls<brier_score_function, brier_score_options, brier_score_result, score_kind::probability> {
  static brier_score_result of(ranked_scores const& ranked, brier_score_options const& options) {
    check_confidence("brier_score_options::confidence", options.confidence);
    brier_score_result result;
    tell_scores(result, ranked);
    result.interval.confidence = options.confidence;
    if (!result) return result;
    losses squares;
    for (double const score : ranked.positives) squares.add((1 - score) * (1 - score));
    for (double const score : ranked.negatives) squares.add(score * score);
    squares.tell(result, 1, options.confidence);
    result.base_rate = ranked.base_rate();
    if (ranked.has_both()) result.skill = 1 - result.value / (result.base_rate * (1 - result.base_rate));
    return result;
  }
};

}  // namespace detail

/// How far are probabilities from what came? `brier_score(customers, &customer::probability, &customer::has_left)`, or
/// of what `churn_scores` gathered: the mean of (p − y)², y being 1 for who left and 0 for who stayed. Saying the base
/// rate r of everybody comes to r(1 − r), and 0.5 to 0.25; `skill` is what is gained over the first. A score outside
/// 0…1 is no probability: left out and counted. Throws `credence::error` for a confidence outside (0, 1), and for
/// gathered scores outside 0…1 under `on_invalid::raise`. O(customers). Source: Brier (1950), Monthly Weather Review
/// 78, 1.
inline constexpr detail::brier_score_function brier_score{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
