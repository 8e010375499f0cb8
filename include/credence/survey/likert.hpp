// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_LIKERT_HPP
#define CREDENCE_SURVEY_LIKERT_HPP

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/math/student_t.hpp>
#include <credence/survey/detail/class_counts.hpp>
#include <credence/survey/detail/level_counts.hpp>
#include <credence/survey/detail/net_answer.hpp>
#include <credence/survey/share.hpp>

// One survey question whole: how often each point of its scale was answered, and what follows from that: mean, median,
// top and bottom box, and the net of the two.

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

namespace detail {

struct likert_names {
  char const* scale_min;
  char const* scale_max;
  char const* bottom_to;
  char const* top_from;
  char const* confidence;
};
/// Do these options make sense together? Of every metric of a whole scale, under its own names.
template <class Options, class Complain>
constexpr bool check_likert(Options const& options, likert_names const& names, Complain const& complain) {
  if (!options.levels().check(names.scale_min, names.scale_max, complain)) return false;
  if (options.bottom_to < options.scale_min || options.bottom_to >= options.top_from)
    return complain(names.bottom_to, options.bottom_to.value,
                    joined({"it must lie from ", names.scale_min, ", which is ", shown(options.scale_min.value),
                            ", to below ", names.top_from, ", which is ", shown(options.top_from.value)}));
  if (options.top_from > options.scale_max)
    return complain(
        names.top_from, options.top_from.value,
        joined({"it must not be greater than ", names.scale_max, ", which is ", shown(options.scale_max.value)}));
  return check_confidence_option(names.confidence, options.confidence, complain);
}

}  // namespace detail

struct likert_options {
  whole scale_min = 1;  ///< the lowest point
  whole scale_max = 5;  ///< the highest point
  whole bottom_to = 2;  ///< points up to here are the bottom box
  whole top_from = 4;   ///< points from here on are the top box
  likert_measure measure = likert_measure::mean_score;
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::level_scale levels() const { return {scale_min, scale_max}; }
  template <class Complain>
  constexpr bool check(Complain const& complain) const {
    return detail::check_likert(*this,
                                {"likert_options::scale_min", "likert_options::scale_max", "likert_options::bottom_to",
                                 "likert_options::top_from", "likert_options::confidence"},
                                complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("bottom_to", self.bottom_to);
    visit("top_from", self.top_from);
    visit("measure", self.measure);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(likert_options const&, likert_options const&) = default;
};

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

namespace detail {

/// The point at which half of the weight is reached; between that and the next one answered where it is just half.
[[nodiscard]] inline double median_level(std::vector<likert_level> const& levels) {
  compensated_sum below;
  for (std::size_t at = 0; at < levels.size(); ++at) {
    below += levels[at].share;
    double const left = below.value() - 0.5;
    if (left < -1e-12) continue;
    double const level = static_cast<double>(levels[at].level);
    if (left > 1e-12) return level;
    std::size_t next = at + 1;
    while (next < levels.size() && !(levels[next].share > 0)) ++next;
    return next == levels.size() ? level : level + (static_cast<double>(levels[next].level) - level) / 2;
  }
  return not_a_number();
}

/// The score of a point, whose mean is what `measure` asks for.
template <class Options>
[[nodiscard]] double level_score(Options const& options, std::int64_t level) {
  bool const top = level >= options.top_from;
  switch (options.measure) {
    case likert_measure::top_share: return top ? 1 : 0;
    case likert_measure::net_share: return top ? 1 : level <= options.bottom_to ? -1 : 0;
    case likert_measure::mean_score: break;
  }
  return static_cast<double>(level);
}

template <class Options>
[[nodiscard]] likert_result answer_likert(Options const& options, level_counts const& state,
                                          std::optional<designed_answer> const& designed) {
  level_scale const scale = options.levels();
  auto const first_middle = static_cast<std::size_t>(options.bottom_to - options.scale_min + 1);
  auto const first_top = static_cast<std::size_t>(options.top_from - options.scale_min);
  likert_result result;
  result.measure = options.measure;
  // Value, interval and error of the net score; where that is not what was asked for they are put right below.
  class_shares<3> const boxes = answer_net(result, state.classes(first_middle, first_top), net_score_interval::score,
                                           options.confidence, designed, 1);
  if (!result) return result;
  weight_shares<std::vector<double>> const levels(state.counts, state.weighted);
  std::vector<double> points;
  for (std::size_t at = 0; at < scale.levels(); ++at) {
    std::int64_t const level = scale.lowest + static_cast<std::int64_t>(at);
    points.push_back(static_cast<double>(level));
    result.distribution.push_back({level, state.counts[at], levels.shares[at]});
  }
  double const samples = static_cast<double>(result.count);
  result.mean = levels.mean_score(points);
  result.median = median_level(result.distribution);
  double const variance = levels.variance(points, result.mean);
  if (result.count > 1) result.standard_deviation = std::sqrt(samples / (samples - 1) * variance);
  result.top_share = boxes.shares[2];
  result.bottom_share = boxes.shares[0];
  result.net = result.top_share - result.bottom_share;
  if (options.measure == likert_measure::top_share) {
    class_counts<2> top;
    class_counts<3> const all = state.classes(first_top, first_top);
    top.rejected = all.rejected;
    for (std::size_t at : {std::size_t{0}, std::size_t{1}}) {
      top.counts[at] = all.counts[2 * at];
      top.weighted[at] = all.weighted[2 * at];
    }
    share_result const found = answer_share(top, share_interval::wilson, options.confidence, designed);
    result.value = found.value;
    result.interval = found.interval;
    result.standard_error = found.standard_error;
    result.design = found.design;
  } else if (options.measure == likert_measure::mean_score) {
    result.value = result.mean;
    result.standard_error = levels.weighted ? levels.standard_error(points, result.mean)
                                            : result.standard_deviation / std::sqrt(samples);
    if (designed) {
      result.standard_error = designed->standard_error;
      result.design = reported(*designed, variance);
    }
    double const degrees = designed ? result.design.degrees_of_freedom : samples - 1;
    double const half = degrees > 0 ? math::student_t_critical(options.confidence, degrees) * result.standard_error
                                    : not_a_number();
    result.interval = {result.value - half, result.value + half, options.confidence};
  }
  return result;
}

/// The accumulator of every metric that answers with a `likert_result`.
template <class Derived, class Options>
class likert_like : public level_accumulator<Derived, Options> {
  using base = level_accumulator<Derived, Options>;

 public:
  using base::base;

  template <class Value>
  [[nodiscard]] static double score_of(Options const& options, Value const& value) {
    return level_score(options, options.scale_min + static_cast<std::int64_t>(options.levels().level_of(value)));
  }
  [[nodiscard]] static likert_result answer(Options const& options, level_counts const& state,
                                            std::optional<designed_answer> const& designed = {}) {
    return answer_likert(options, state, designed);
  }
};

}  // namespace detail

/// Counts of every point of a scale; see `likert`.
class likert_accumulator : public detail::likert_like<likert_accumulator, likert_options> {
  using base = detail::likert_like<likert_accumulator, likert_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.likert"; }
};

/// One survey question: `likert(rows, &survey::clarity)` has its distribution, mean, median, top and bottom box and
/// their net, and as `value`, with an interval, what `measure` says. The points are whole numbers, of at most 1,001;
/// answers between or beyond them are left out as `off_scale`, NaN and empty optionals as what they are. Cuts and
/// measure shape the answer only: one accumulator is asked for each. Weights and designs as for `nps`; the median is
/// the weighted one. No good answer: `count` 0, the rest NaN. Throws `credence::error` for options that contradict each
/// other. O(rows), one allocation.
inline constexpr metric<likert_accumulator> likert{};

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
