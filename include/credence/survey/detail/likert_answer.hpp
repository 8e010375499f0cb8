// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_DETAIL_LIKERT_ANSWER_HPP
#define CREDENCE_SURVEY_DETAIL_LIKERT_ANSWER_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <credence/core/error.hpp>
#include <credence/core/options.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/inference/detail/level_moments.hpp>
#include <credence/inference/detail/t_interval.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/survey/detail/net_answer.hpp>
#include <credence/survey/likert_result.hpp>
#include <credence/survey/share.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
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
  if (!options.levels().check_fields(names.scale_min, names.scale_max, complain)) return false;
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
  auto const first_middle = static_cast<std::size_t>(options.bottom_to - options.scale_min + 1);
  auto const first_top = static_cast<std::size_t>(options.top_from - options.scale_min);
  likert_result result;
  result.measure = options.measure;
  // Value, interval and error of the net score; where that is not what was asked for they are put right below.
  class_shares<3> const boxes = answer_net(result, state.classes(first_middle, first_top), net_score_interval::score,
                                           options.confidence, designed, 1);
  if (!result) return result;
  level_moments const moments(options.levels(), state);
  for (std::size_t at = 0; at < state.counts.size(); ++at)
    result.distribution.push_back(
        {options.scale_min + static_cast<std::int64_t>(at), state.counts[at], moments.levels.shares[at]});
  result.mean = moments.mean;
  result.median = moments.median;
  result.standard_deviation = std::sqrt(moments.variance);
  result.top_share = boxes.shares[2];
  result.bottom_share = boxes.shares[0];
  result.net = result.top_share - result.bottom_share;
  if (options.measure == likert_measure::top_share) {
    share_result const found =
        answer_share(state.reaching(first_top), share_interval::wilson, options.confidence, designed);
    result.value = found.value;
    result.interval = found.interval;
    result.standard_error = found.standard_error;
    result.design = found.design;
  } else if (options.measure == likert_measure::mean_score) {
    result.value = result.mean;
    result.standard_error = moments.standard_error;
    if (designed) {
      result.standard_error = designed->standard_error;
      result.design = reported(*designed, moments.spread);
    }
    double const degrees = designed ? result.design.degrees_of_freedom : static_cast<double>(result.count) - 1;
    result.interval = t_interval(result.value, result.standard_error, degrees, options.confidence);
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

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
