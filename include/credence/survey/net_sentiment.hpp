// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_NET_SENTIMENT_HPP
#define CREDENCE_SURVEY_NET_SENTIMENT_HPP

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/design.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/survey/detail/net_answer.hpp>

// Net sentiment of mentions, tickets or reviews that something has judged: with P positive, O neutral and N negative
// ones, (P − N)/(P + O + N), between −1 and 1. The interval is that of a net score.

namespace credence {
inline namespace CREDENCE_ABI {

struct net_sentiment_options {
  std::optional<number> negative_to{};    ///< judgements up to here are negative; unset: those below 0
  std::optional<number> positive_from{};  ///< judgements from here on are positive; unset: those above 0
  std::optional<number> scale_min{};      ///< judgements below are rejected; unset: none is
  std::optional<number> scale_max{};      ///< judgements above are rejected; unset: none is
  number confidence = 0.95;               ///< of the interval, in (0, 1)
  net_score_interval interval_method = net_score_interval::score;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::class_scale<3> scale() const {
    return {lowest(), {negative_to ? next_above(*negative_to) : 0.0, first_positive()}, highest()};
  }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    if (!detail::check_ascending({{"net_sentiment_options::scale_min", lowest()},
                                  {"net_sentiment_options::negative_to", last_negative()},
                                  {"net_sentiment_options::positive_from", first_positive()},
                                  {"net_sentiment_options::scale_max", highest()}},
                                 complain))
      return false;
    if (!(last_negative() < first_positive()))
      return complain("net_sentiment_options::positive_from", first_positive(),
                      "it must be greater than net_sentiment_options::negative_to");
    return detail::check_confidence_option("net_sentiment_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.negative_to, self.positive_from, self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("negative_to", self.negative_to);
    visit("positive_from", self.positive_from);
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(net_sentiment_options const&, net_sentiment_options const&) = default;

 private:
  static constexpr double smallest = (std::numeric_limits<double>::min)();  // smaller ones are 0 to some processors
  [[nodiscard]] constexpr double lowest() const { return scale_min ? scale_min->value : detail::lowest_real; }
  [[nodiscard]] constexpr double highest() const { return scale_max ? scale_max->value : detail::highest_real; }
  [[nodiscard]] constexpr double last_negative() const { return negative_to ? negative_to->value : -smallest; }
  [[nodiscard]] constexpr double first_positive() const { return positive_from ? positive_from->value : smallest; }
  /// The next double. Classes are cut where one begins, and the neutral one begins just above the last negative.
  [[nodiscard]] static constexpr double next_above(double value) {
    if (value == 0) return smallest;
    auto const bits = std::bit_cast<std::uint64_t>(value);
    return std::bit_cast<double>(value > 0 ? bits + 1 : bits - 1);
  }
};

/// The answer of `net_sentiment`. Everything is NaN or 0 where no judgement was good, or Σw = 0.
struct net_sentiment_result {
  double value = not_a_number();           ///< in −1…1
  credence::interval interval;             ///< in −1…1
  double standard_error = not_a_number();  ///< of the value; NaN for a single weighted sample
  std::uint64_t count = 0;                 ///< judgements used
  std::uint64_t positive = 0;
  std::uint64_t neutral = 0;
  std::uint64_t negative = 0;
  double positive_share = not_a_number();  ///< in 0…1, of the weight where there are weights
  double neutral_share = not_a_number();   ///< in 0…1
  double negative_share = not_a_number();  ///< in 0…1
  bool weighted = false;                   ///< did any sample come with a weight?
  double effective_count = 0;              ///< Kish (Σw)²/Σw²; the count where there are no weights
  std::uint64_t rejected = 0;              ///< samples left out
  credence::rejections rejections;         ///< and why
  sampling_design design;                  ///< strata and clusters that the error took into account

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && effective_count > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("count", self.count);
    visit("positive", self.positive);
    visit("neutral", self.neutral);
    visit("negative", self.negative);
    visit("positive_share", self.positive_share);
    visit("neutral_share", self.neutral_share);
    visit("negative_share", self.negative_share);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend constexpr bool operator==(net_sentiment_result const&, net_sentiment_result const&) = default;
};

/// Counts of the negative, neutral and positive; see `net_sentiment`.
class net_sentiment_accumulator
    : public detail::class_accumulator<net_sentiment_accumulator, net_sentiment_options, 3> {
  using base = detail::class_accumulator<net_sentiment_accumulator, net_sentiment_options, 3>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.net_sentiment"; }
  /// What a class of judgements scores, for errors under a design.
  static constexpr std::array<double, 3> scores = detail::net_scores;

  [[nodiscard]] static net_sentiment_result answer(net_sentiment_options const& options, state_type const& state,
                                                   std::optional<detail::designed_answer> const& designed = {}) {
    net_sentiment_result result;
    detail::class_shares<3> const classes =
        detail::answer_net(result, state, options.interval_method, options.confidence, designed, 1);
    result.negative = state.counts[0];
    result.neutral = state.counts[1];
    result.positive = state.counts[2];
    if (!result) return result;
    result.negative_share = classes.shares[0];
    result.neutral_share = classes.shares[1];
    result.positive_share = classes.shares[2];
    return result;
  }
};

/// Net sentiment, (positive − negative)/all, in −1…1: `net_sentiment(mentions, &mention::polarity)`. A judgement is a
/// number or an enum, by its sign unless the options cut elsewhere: {.negative_to = -0.05, .positive_from = 0.05} are
/// VADER's. Interval: that of a net score; weights, designs, rejections, errors and cost as for `nps`. Mentions of one
/// author hang together: `clustered_by` the author.
inline constexpr metric<net_sentiment_accumulator> net_sentiment{};

struct net_sentiment_comparison_options {
  number confidence = 0.95;                                        ///< of the interval of the difference, in (0, 1)
  net_score_interval interval_method = net_score_interval::score;  ///< `score`, `wald` or `adjusted_wald`
};

/// Two of independent samples, the first less the second, in −2…2. NaN where either has no answer.
[[nodiscard]] inline comparison compare(net_sentiment_result const& first, net_sentiment_result const& second,
                                        net_sentiment_comparison_options options = {}) {
  detail::check_confidence("net_sentiment_comparison_options::confidence", options.confidence);
  auto const observed = [](net_sentiment_result const& result) {
    observed_net_score sample{result.negative_share, result.neutral_share, result.positive_share, 0};
    sample.samples = detail::interval_sample_size(result, sample.variance(), result.standard_error);
    return result ? sample : observed_net_score{};
  };
  return compare(observed(first), observed(second), options.interval_method, options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
