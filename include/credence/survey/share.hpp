// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_SHARE_HPP
#define CREDENCE_SURVEY_SHARE_HPP

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
#include <credence/inference/detail/satisfied_scale.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/math/normal.hpp>

// The share of samples that satisfy a predicate or reach a cut: k of n, p = k/n, SE = √(p(1−p)/n). With sampling
// weights p = Σw of the satisfied ÷ Σw, and the standard error is linearised.

namespace credence {
inline namespace CREDENCE_ABI {

struct share_options {
  number satisfied_from = 1;          ///< values from here on are satisfied; `true` is 1
  std::optional<number> scale_min{};  ///< values below are rejected; unset: none is
  std::optional<number> scale_max{};  ///< values above are rejected; unset: none is
  number confidence = 0.95;           ///< of the interval, in (0, 1)
  share_interval interval_method = share_interval::wilson;
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::class_scale<2> scale() const { return detail::satisfied_scale(*this); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_satisfied_scale(
               *this, {"share_options::scale_min", "share_options::satisfied_from", "share_options::scale_max"},
               complain) &&
           detail::check_confidence_option("share_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.satisfied_from, self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("satisfied_from", self.satisfied_from);
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(share_options const&, share_options const&) = default;
};

/// The answer of `share` and `csat`. Everything is NaN or 0 where no sample was good, or Σw = 0.
struct share_result {
  double value = not_a_number();           ///< the share of the satisfied, in 0…1
  credence::interval interval;             ///< in 0…1
  double standard_error = not_a_number();  ///< of the value; NaN for a single weighted sample
  std::uint64_t count = 0;                 ///< samples used
  std::uint64_t satisfied = 0;             ///< of them, those from `satisfied_from` on
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
    visit("satisfied", self.satisfied);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend constexpr bool operator==(share_result const&, share_result const&) = default;
};

namespace detail {

/// The share and size that interval methods made for counts are given.
[[nodiscard]] inline observed_share observed(share_result const& result) {
  double const variance = result.value * (1 - result.value);
  return {result.value, interval_sample_size(result, variance, result.standard_error)};
}

/// The answer of both share metrics: one state, one formula.
[[nodiscard]] inline share_result answer_share(class_counts<2> const& state, share_interval method, double confidence,
                                               std::optional<designed_answer> const& designed = {}) {
  class_shares<2> const classes(state);
  share_result result;
  result.count = classes.count;
  result.satisfied = state.counts[1];
  result.weighted = classes.weighted;
  result.effective_count = classes.effective_count;
  result.rejected = state.rejected.total();
  result.rejections = state.rejected;
  result.interval.confidence = confidence;
  if (!result) return result;
  result.value = classes.shares[1];
  result.standard_error = classes.standard_error({0, 1}, result.value);
  if (designed) {
    result.standard_error = designed->standard_error;
    result.design = reported(*designed, classes.variance({0, 1}, result.value));
  }
  // A weighted error is what `wald` is made of; the others go by the sample size that it amounts to.
  result.interval =
      (result.weighted || designed) && method == share_interval::wald
          ? error_interval(result.value, math::normal_critical(confidence) * result.standard_error, 0, 1, confidence)
          : interval_of(observed(result), method, confidence);
  return result;
}

}  // namespace detail

/// Counts of the satisfied and the others; see `share`.
class share_accumulator : public detail::class_accumulator<share_accumulator, share_options, 2> {
  using base = detail::class_accumulator<share_accumulator, share_options, 2>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.share"; }
  /// What a class of answers scores, for errors under a design.
  static constexpr std::array<double, 2> scores{0, 1};

  [[nodiscard]] static share_result answer(share_options const& options, state_type const& state,
                                           std::optional<detail::designed_answer> const& designed = {}) {
    return detail::answer_share(state, options.interval_method, options.confidence, designed);
  }
};

/// The share of samples that satisfy a predicate or reach a cut, in 0…1: `share(rows, predicate)`, or
/// `share(rows, &row::value, {.satisfied_from = 4})`. Interval: Wilson by default. With a weight as the third argument
/// the share of the weight; the interval is then that of the effective sample size p(1−p)/SE², at most the count, and
/// `wald` is p ∓ z·SE.
/// NaN, infinities, empty optionals and what is off a given scale are left out and counted. No good sample: `count` 0,
/// the rest NaN. Throws `credence::error` for options that contradict each other. O(rows), no allocation.
inline constexpr metric<share_accumulator> share{};

struct share_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

/// Two shares of independent samples, the first less the second, in −1…1: Newcombe's interval and the pooled score
/// test. NaN where either has no answer. For the same respondents asked twice it would overstate the error.
[[nodiscard]] inline comparison compare(share_result const& first, share_result const& second,
                                        share_comparison_options options = {}) {
  detail::check_confidence("share_comparison_options::confidence", options.confidence);
  return compare(first ? detail::observed(first) : observed_share{},
                 second ? detail::observed(second) : observed_share{}, options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
