// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_LEVEL_MOMENTS_HPP
#define CREDENCE_INFERENCE_DETAIL_LEVEL_MOMENTS_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/inference/detail/weight_shares.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The point at which half of the weight is reached; between that and the next one answered where it is just half.
[[nodiscard]] inline double median_point(std::vector<double> const& points, std::vector<double> const& shares) {
  compensated_sum below;
  for (std::size_t at = 0; at < points.size(); ++at) {
    below += shares[at];
    double const left = below.value() - 0.5;
    if (left < -1e-12) continue;
    if (left > 1e-12) return points[at];
    std::size_t next = at + 1;
    while (next < points.size() && !(shares[next] > 0)) ++next;
    return next == points.size() ? points[at] : points[at] + (points[next] - points[at]) / 2;
  }
  return not_a_number();
}

/// What follows from the shares of the points of a scale. All but the first two are NaN where Σw = 0.
struct level_moments {
  std::vector<double> points;
  weight_shares<std::vector<double>> levels;
  double mean = not_a_number();
  double median = not_a_number();
  double spread = not_a_number();          ///< Σ share·(point − mean)²
  double variance = not_a_number();        ///< of one answer: n/(n − 1) times that; NaN for fewer than two
  double standard_error = not_a_number();  ///< of the mean, linearised where there are weights; NaN for fewer than two

  level_moments(level_scale const& scale, level_counts const& state) : levels(state.counts, state.weighted) {
    for (std::size_t at = 0; at < state.counts.size(); ++at)
      points.push_back(static_cast<double>(scale.lowest + static_cast<std::int64_t>(at)));
    if (!levels.answers()) return;
    double const samples = static_cast<double>(levels.count);
    mean = levels.mean_score(points);
    median = median_point(points, levels.shares);
    spread = levels.variance(points, mean);
    if (levels.count < 2) return;
    variance = samples / (samples - 1) * spread;
    standard_error = levels.weighted ? levels.standard_error(points, mean) : std::sqrt(variance) / std::sqrt(samples);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
