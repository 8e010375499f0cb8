// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_DETAIL_NET_ANSWER_HPP
#define CREDENCE_SURVEY_DETAIL_NET_ANSWER_HPP

#include <array>
#include <optional>

#include <credence/core/interval.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/math/normal.hpp>
#include <credence/math/student_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What the three classes of a net score add to it.
inline constexpr std::array<double, 3> net_scores{-1, 0, 1};

/// Fills in what all net scores have in common: value, interval, error and counts of positives less negatives, on a
/// scale of −`full`…`full`. One state, one formula; the caller names the classes.
template <class Result>
class_shares<3> answer_net(Result& result, class_counts<3> const& state, net_score_interval method, double confidence,
                           std::optional<designed_answer> const& designed, double full) {
  class_shares<3> classes(state);
  result.count = classes.count;
  result.weighted = classes.weighted;
  result.effective_count = classes.effective_count;
  result.rejected = state.rejected.total();
  result.rejections = state.rejected;
  result.interval.confidence = confidence;
  if (!classes.answers()) return classes;
  observed_net_score sample{classes.shares[0], classes.shares[1], classes.shares[2], 0};
  double const net = sample.value();
  double error = classes.standard_error(net_scores, net);
  if (designed) {
    error = designed->standard_error;
    result.design = reported(*designed, classes.variance(net_scores, net));
  }
  sample.samples = interval_sample_size(result, sample.variance(), error);
  // A weighted error is what `wald` and `t` are made of; the others go by the sample size that it amounts to.
  bool const by_error = (result.weighted || designed) &&
                        (method == net_score_interval::wald || method == net_score_interval::t);
  double const degrees = designed ? result.design.degrees_of_freedom : static_cast<double>(result.count) - 1;
  double const critical = method == net_score_interval::t ? math::student_t_critical(confidence, degrees)
                                                          : math::normal_critical(confidence);
  interval const bounds = by_error ? error_interval(net, critical * error, -1, 1, confidence)
                                   : interval_of(sample, method, confidence);
  result.value = full * net;
  result.standard_error = full * error;
  result.interval = scaled(bounds, full);
  return classes;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
