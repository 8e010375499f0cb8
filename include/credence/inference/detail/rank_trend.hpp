// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_RANK_TREND_HPP
#define CREDENCE_INFERENCE_DETAIL_RANK_TREND_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/period_value.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// All pairs of so many periods are two million slopes.
inline constexpr std::size_t most_ranked = 2'048;

/// Mann–Kendall's score and Theil–Sen's slope, which look at the same pairs.
struct rank_trend {
  double score = 0;
  double tau = 0;
  double z = 0;
  double p_value = 1;
  double median_slope = not_a_number();
  double lower = not_a_number();
  double upper = not_a_number();
};

/// Σ t(t − 1)(2t + 5) over runs of t equal values.
[[nodiscard]] inline double tie_sum(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double sum = 0;
  for (std::size_t from = 0, to = 0; from < values.size(); from = to) {
    while (to < values.size() && values[to] == values[from]) ++to;
    double const alike = static_cast<double>(to - from);
    sum += alike * (alike - 1) * (2 * alike + 5);
  }
  return sum;
}

[[nodiscard]] inline rank_trend rank_trend_of(std::vector<period_value> const& periods, double confidence) {
  rank_trend result;
  std::vector<double> slopes;
  std::vector<double> times;
  std::vector<double> values;
  for (period_value const& period : periods) {
    times.push_back(period.time);
    values.push_back(period.value);
  }
  for (std::size_t one = 0; one < periods.size(); ++one) {
    for (std::size_t other = one + 1; other < periods.size(); ++other) {
      double const apart = times[other] - times[one];
      if (apart == 0) continue;
      double const slope = (values[other] - values[one]) / apart;
      slopes.push_back(slope);
      result.score += (slope > 0) - (slope < 0);
    }
  }
  double const count = static_cast<double>(periods.size());
  result.tau = result.score / (count * (count - 1) / 2);
  double const variance = (count * (count - 1) * (2 * count + 5) - tie_sum(values) - tie_sum(times)) / 18;
  // One step towards 0: the score moves in steps of 2.
  double const corrected = result.score - (result.score > 0) + (result.score < 0);
  result.z = variance > 0 ? corrected / std::sqrt(variance) : 0;
  result.p_value = 2 * math::normal_upper_tail(std::fabs(result.z));

  std::sort(slopes.begin(), slopes.end());
  std::size_t const pairs = slopes.size();
  result.median_slope = (slopes[(pairs - 1) / 2] + slopes[pairs / 2]) / 2;
  double const reach = math::normal_critical(confidence) * std::sqrt((std::fmax)(variance, 0.0));
  double const lowest = (static_cast<double>(pairs) - reach) / 2;
  double const highest = (static_cast<double>(pairs) + reach) / 2;
  auto const slope_at = [&](double position) {
    double const last = static_cast<double>(pairs - 1);
    return slopes[static_cast<std::size_t>(position < 0 ? 0 : position > last ? last : position)];
  };
  result.lower = slope_at(std::nearbyint(lowest) - 1);
  result.upper = slope_at(std::nearbyint(highest));
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
