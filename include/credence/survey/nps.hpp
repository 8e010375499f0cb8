// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_NPS_HPP
#define CREDENCE_SURVEY_NPS_HPP

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

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

// Net Promoter Score (Reichheld 2003): "how likely are you to recommend us?", 0 to 10. With P promoters (9, 10),
// N passives (7, 8) and D detractors (0 to 6) of n answers, NPS = 100·(P − D)/n, between −100 and 100, and
// SE = 100·√(((P + D)/n − ((P − D)/n)²)/n). With sampling weights the shares are those of the weight, and the standard
// error is linearised. eNPS is the same measure asked of employees.

namespace credence {
inline namespace CREDENCE_ABI {

/// How the interval is found: `score` (default), `wald`, `t` or `adjusted_wald`.
using nps_interval = net_score_interval;

struct nps_options {
  number passive_from = 7;   ///< answers below are detractors
  number promoter_from = 9;  ///< answers from here on are promoters
  number scale_min = 0;      ///< the lowest answer there is
  number scale_max = 10;     ///< the highest answer there is
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  nps_interval interval_method = nps_interval::score;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::class_scale<3> scale() const {
    return {scale_min, {passive_from, promoter_from}, scale_max};
  }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_ascending({{"nps_options::scale_min", scale_min},
                                    {"nps_options::passive_from", passive_from},
                                    {"nps_options::promoter_from", promoter_from},
                                    {"nps_options::scale_max", scale_max}},
                                   complain) &&
           detail::check_confidence_option("nps_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.passive_from, self.promoter_from, self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("passive_from", self.passive_from);
    visit("promoter_from", self.promoter_from);
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(nps_options const&, nps_options const&) = default;
};

/// The answer of `nps`. Everything is NaN or 0 where no sample was good, or Σw = 0.
struct nps_result {
  double value = not_a_number();           ///< in −100…100
  credence::interval interval;             ///< in −100…100
  double standard_error = not_a_number();  ///< of the value; NaN for a single weighted sample
  std::uint64_t count = 0;                 ///< answers used
  std::uint64_t promoters = 0;
  std::uint64_t passives = 0;
  std::uint64_t detractors = 0;
  double promoter_share = not_a_number();   ///< in 0…1, of the weight where there are weights
  double passive_share = not_a_number();    ///< in 0…1
  double detractor_share = not_a_number();  ///< in 0…1
  bool weighted = false;                    ///< did any sample come with a weight?
  double effective_count = 0;               ///< Kish (Σw)²/Σw²; the count where there are no weights
  std::uint64_t rejected = 0;               ///< samples left out
  credence::rejections rejections;          ///< and why
  sampling_design design;                   ///< strata and clusters that the error took into account

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && effective_count > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("count", self.count);
    visit("promoters", self.promoters);
    visit("passives", self.passives);
    visit("detractors", self.detractors);
    visit("promoter_share", self.promoter_share);
    visit("passive_share", self.passive_share);
    visit("detractor_share", self.detractor_share);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend constexpr bool operator==(nps_result const&, nps_result const&) = default;
};

namespace detail {

/// The shares and size that interval methods made for counts are given.
[[nodiscard]] inline observed_net_score observed(nps_result const& result) {
  observed_net_score sample{result.detractor_share, result.passive_share, result.promoter_share, 0};
  sample.samples = interval_sample_size(result, sample.variance(), result.standard_error / 100);
  return sample;
}

}  // namespace detail

/// Counts of promoters, passives and detractors; see `nps`.
class nps_accumulator : public detail::class_accumulator<nps_accumulator, nps_options, 3> {
  using base = detail::class_accumulator<nps_accumulator, nps_options, 3>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.nps"; }

  /// What a class of answers scores, for errors under a design.
  static constexpr std::array<double, 3> scores = detail::net_scores;

  [[nodiscard]] static nps_result answer(nps_options const& options, state_type const& state,
                                         std::optional<detail::designed_answer> const& designed = {}) {
    nps_result result;
    detail::class_shares<3> const classes =
        detail::answer_net(result, state, options.interval_method, options.confidence, designed, 100);
    result.detractors = state.counts[0];
    result.passives = state.counts[1];
    result.promoters = state.counts[2];
    if (!result) return result;
    result.detractor_share = classes.shares[0];
    result.passive_share = classes.shares[1];
    result.promoter_share = classes.shares[2];
    return result;
  }
};

/// Net Promoter Score, 100·(promoters − detractors)/answers, in −100…100: `nps(rows, &survey::score)`.
/// Interval: score by default. With a sampling weight as the third argument the shares of the weight, a linearised
/// standard error, and the interval of the effective sample size v/SE² (v the variance of one answer's −1, 0, 1), at
/// most the count; `wald` and `t` are value ∓ critical·SE.
/// NaN, empty optionals and what is off the scale (a code such as 11 for "no answer") are left out and counted. No good
/// sample: `count` 0, the rest NaN. Throws `credence::error` for options that contradict each other.
/// O(rows), no allocation; contiguous 8-bit scores are counted at about the speed of memory.
inline constexpr metric<nps_accumulator> nps{};

struct nps_comparison_options {
  number confidence = 0.95;                            ///< of the interval of the difference, in (0, 1)
  nps_interval interval_method = nps_interval::score;  ///< `score`, `wald` or `adjusted_wald`
};

/// Two NPS of independent samples, the first less the second, in −200…200. NaN where either has no answer. With
/// weights, of the effective sample sizes. For the same respondents asked twice it would overstate the error.
[[nodiscard]] inline comparison compare(nps_result const& first, nps_result const& second,
                                        nps_comparison_options options = {}) {
  detail::check_confidence("nps_comparison_options::confidence", options.confidence);
  comparison result = compare(first ? detail::observed(first) : observed_net_score{},
                              second ? detail::observed(second) : observed_net_score{}, options.interval_method,
                              options.confidence);
  result.difference *= 100;
  result.standard_error *= 100;
  result.interval = detail::scaled(result.interval, 100);
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
