// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_LIKERT_RESULT_HPP
#define CREDENCE_SURVEY_LIKERT_RESULT_HPP

#include <cstdint>
#include <string_view>
#include <vector>

#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/inference/share_interval.hpp>

// What `likert` and `ces` answer, and how two such answers are compared.

namespace credence {
inline namespace CREDENCE_ABI {

/// What a metric of a whole scale answers as its `value`, with an interval.
enum class likert_measure : std::uint8_t {
  mean_score,  ///< the mean of the points; t interval
  top_share,   ///< the share of the top box, in 0…1; Wilson's interval
  net_share    ///< top less bottom, in −1…1; the interval of a net score
};
constexpr std::string_view name_of(likert_measure measure) {
  switch (measure) {
    case likert_measure::mean_score: return "mean_score";
    case likert_measure::top_share: return "top_share";
    case likert_measure::net_share: return "net_share";
  }
  return {};
}

/// One point of a scale.
struct likert_level {
  std::int64_t level = 0;
  std::uint64_t count = 0;        ///< answers
  double share = not_a_number();  ///< in 0…1, of the weight where there are weights

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("level", self.level);
    visit("count", self.count);
    visit("share", self.share);
  }
  friend constexpr bool operator==(likert_level const&, likert_level const&) = default;
};

/// The answer of `likert` and `ces`. Everything is NaN or 0 where no answer was good, or Σw = 0.
struct likert_result {
  double value = not_a_number();           ///< what `measure` says
  credence::interval interval;             ///< of the value
  double standard_error = not_a_number();  ///< of the value; NaN for a single answer but of an unweighted share
  likert_measure measure = likert_measure::mean_score;
  std::uint64_t count = 0;                     ///< answers used
  double mean = not_a_number();                ///< in points of the scale
  double median = not_a_number();              ///< halfway between two points where the answers are halved there
  double standard_deviation = not_a_number();  ///< of one answer; NaN for fewer than two
  double top_share = not_a_number();           ///< in 0…1, of the weight where there are weights
  double bottom_share = not_a_number();        ///< in 0…1
  double net = not_a_number();                 ///< top less bottom, in −1…1
  std::vector<likert_level> distribution;      ///< every point of the scale, from the lowest; empty without an answer
  bool weighted = false;                       ///< did any answer come with a weight?
  double effective_count = 0;                  ///< Kish (Σw)²/Σw²; the count where there are no weights
  std::uint64_t rejected = 0;                  ///< samples left out
  credence::rejections rejections;             ///< and why
  sampling_design design;                      ///< strata and clusters that the error took into account

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && effective_count > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("measure", self.measure);
    visit("count", self.count);
    visit("mean", self.mean);
    visit("median", self.median);
    visit("standard_deviation", self.standard_deviation);
    visit("top_share", self.top_share);
    visit("bottom_share", self.bottom_share);
    visit("net", self.net);
    visit("distribution", self.distribution);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend bool operator==(likert_result const&, likert_result const&) = default;
};

struct likert_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

/// Two results of independent samples, the first less the second, by what they measure: Welch's t for means, Newcombe's
/// interval and the pooled score test for top shares, the score interval for nets. Of `ces` too. NaN where either has
/// no answer. Throws `credence::error` where they do not measure the same.
[[nodiscard]] inline comparison compare(likert_result const& first, likert_result const& second,
                                        likert_comparison_options options = {}) {
  if (first.measure != second.measure)
    detail::raise(error(detail::joined({"credence: a result that measures ", name_of(first.measure),
                                        " cannot be compared with one that measures ", name_of(second.measure)})));
  detail::check_confidence("likert_comparison_options::confidence", options.confidence);
  auto const sized = [&](auto sample, likert_result const& result, double variance, auto size) {
    sample.*size = detail::interval_sample_size(result, variance, result.standard_error);
    return result ? sample : decltype(sample){};
  };
  if (first.measure == likert_measure::net_share) {
    auto const observed = [&](likert_result const& result) {
      observed_net_score const shares{result.bottom_share, 1 - result.bottom_share - result.top_share, result.top_share,
                                      0};
      return sized(shares, result, shares.variance(), &observed_net_score::samples);
    };
    return compare(observed(first), observed(second), net_score_interval::score, options.confidence);
  }
  if (first.measure == likert_measure::top_share) {
    auto const observed = [&](likert_result const& result) {
      return sized(observed_share{result.value, 0}, result, result.value * (1 - result.value), &observed_share::trials);
    };
    return compare(observed(first), observed(second), options.confidence);
  }
  return detail::compared_as_means(first, second, options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
