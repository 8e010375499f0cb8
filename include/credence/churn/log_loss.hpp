// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_LOG_LOSS_HPP
#define CREDENCE_CHURN_LOG_LOSS_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <credence/churn/detail/losses.hpp>
#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/churn/detail/score_calls.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct log_loss_options {
  number clip = 0;           ///< probabilities nearer to 0 or 1 than this are taken to be so near; in [0, 0.5)
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `log_loss`, in nats.
struct log_loss_result {
  double value = not_a_number();  ///< 0 or more, 0 is best; infinite where the impossible came and is not clipped
  credence::interval interval;    ///< 0 or more; NaN where the value is infinite
  double standard_error = not_a_number();  ///< s/√n of the losses; NaN for one customer, and where one is infinite
  double skill = not_a_number();           ///< 1 − value ÷ that of saying the base rate of all; NaN for equal labels
  double base_rate = not_a_number();       ///< share of those who left
  std::uint64_t impossible = 0;            ///< customers who did what was given a probability of 0
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
    visit("impossible", self.impossible);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(log_loss_result const&, log_loss_result const&) = default;
};

namespace detail {

struct log_loss_function : score_calls<log_loss_function, log_loss_options, log_loss_result, score_kind::probability> {
  static log_loss_result of(ranked_scores const& ranked, log_loss_options const& options) {
    check_confidence("log_loss_options::confidence", options.confidence);
    double const clip = options.clip;
    if (!is_finite(clip) || clip < 0 || clip >= 0.5)
      wrong_argument("log_loss_options::clip", clip, "it must lie in 0…0.5, and below 0.5");
    log_loss_result result;
    tell_scores(result, ranked);
    result.interval.confidence = options.confidence;
    if (!result) return result;
    losses surprises;
    for (double const score : ranked.positives) {
      double const chance = (std::min)((std::max)(score, clip), 1 - clip);
      result.impossible += !(score > 0);
      if (chance > 0) surprises.add(-std::log(chance));
    }
    for (double const score : ranked.negatives) {
      // The chance to leave, kept: 1 less a tiny one would be 1.
      double const chance = (std::min)((std::max)(score, clip), 1 - clip);
      result.impossible += !(score < 1);
      if (chance < 1) surprises.add(-std::log1p(-chance));
    }
    result.base_rate = ranked.base_rate();
    if (result.impossible != 0 && !(clip > 0)) {
      result.value = infinite_number();
      if (ranked.has_both()) result.skill = -infinite_number();
      return result;
    }
    surprises.tell(result, infinite_number(), options.confidence);
    double const rate = result.base_rate;
    if (ranked.has_both()) result.skill = 1 - result.value / -(rate * std::log(rate) + (1 - rate) * std::log1p(-rate));
    return result;
  }
};

}  // namespace detail

/// How surprised would who believed these probabilities be by what came? `log_loss(customers, &customer::probability,
/// &customer::has_left)`, or of what `churn_scores` gathered: the mean of −ln p over those who left and −ln(1 − p) over
/// those who stayed. Where one did what had a probability of 0, it is infinite and `impossible` says how many did: one
/// such customer is proof against the model. With `{.clip = 1e-15}` it is finite, and says how often that happened more
/// than anything else. A score outside 0…1 is no probability: left out and counted. Throws `credence::error` for wrong
/// options, and for gathered scores outside 0…1 under `on_invalid::raise`. O(customers). Source: Good (1952), JRSS B
/// 14, 107.
inline constexpr detail::log_loss_function log_loss{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
