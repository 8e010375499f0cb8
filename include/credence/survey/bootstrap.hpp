// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_BOOTSTRAP_HPP
#define CREDENCE_SURVEY_BOOTSTRAP_HPP

#include <cmath>
#include <cstdint>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/bootstrap.hpp>
#include <credence/survey/likert_result.hpp>
#include <credence/survey/net_sentiment.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

inline void refuse_weights(bool weighted) {
  if (weighted)
    raise(
        error("credence: bootstrap(result) was given a weighted result, whose counts do not say which answer had which "
              "weight; give it the rows: bootstrap(rows, accumulator, value, weight)"));
}

/// Of a score of −1, 0 and 1.
[[nodiscard]] inline bootstrap_result bootstrap_net(std::uint64_t negative, std::uint64_t positive, std::uint64_t count,
                                                    double value, bootstrap_options const& options) {
  std::uint64_t const counts[] = {negative, positive, count - negative - positive};
  double const scores[] = {-1, 1, 0};
  return bootstrap_counts(counts, scores, value, options);
}

}  // namespace detail

/// The bootstrap of an unweighted NPS, in −100…100, from its counts alone: O(replicates), whatever the number of
/// answers. Throws `credence::error` for a weighted result.
[[nodiscard]] inline bootstrap_result bootstrap(nps_result const& result, bootstrap_options options = {}) {
  detail::refuse_weights(result.weighted);
  std::uint64_t const counts[] = {result.detractors, result.promoters, result.passives};
  double const scores[] = {-100, 100, 0};
  return detail::bootstrap_counts(counts, scores, result.value, options);
}

/// The same of an unweighted `net_sentiment`, in −1…1.
[[nodiscard]] inline bootstrap_result bootstrap(net_sentiment_result const& result, bootstrap_options options = {}) {
  detail::refuse_weights(result.weighted);
  return detail::bootstrap_net(result.negative, result.positive, result.count, result.value, options);
}

/// The same of an unweighted `share` or `csat`, in 0…1.
[[nodiscard]] inline bootstrap_result bootstrap(share_result const& result, bootstrap_options options = {}) {
  detail::refuse_weights(result.weighted);
  return detail::bootstrap_net(0, result.satisfied, result.count, result.value, options);
}

/// The same of an unweighted `likert` or `ces`, of what it measures.
[[nodiscard]] inline bootstrap_result bootstrap(likert_result const& result, bootstrap_options options = {}) {
  detail::refuse_weights(result.weighted);
  if (result && result.measure != likert_measure::mean_score) {
    auto const whole_count = [&](double part) {
      return static_cast<std::uint64_t>(std::llround(part * static_cast<double>(result.count)));
    };
    std::uint64_t const bottom = result.measure == likert_measure::net_share ? whole_count(result.bottom_share) : 0;
    return detail::bootstrap_net(bottom, whole_count(result.top_share), result.count, result.value, options);
  }
  std::vector<std::uint64_t> counts;
  std::vector<double> scores;
  for (likert_level const& own : result.distribution) {
    counts.push_back(own.count);
    scores.push_back(static_cast<double>(own.level));
  }
  return detail::bootstrap_counts(counts, scores, result.value, options);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
