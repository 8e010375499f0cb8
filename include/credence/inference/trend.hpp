// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_TREND_HPP
#define CREDENCE_INFERENCE_TREND_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/rank_trend.hpp>
#include <credence/inference/period_value.hpp>
#include <credence/math/student_t.hpp>

// Does a metric rise or fall? The values of its periods on time, by weighted least squares, and by two rank methods
// that no outlier moves.

namespace credence {
inline namespace CREDENCE_ABI {

struct trend_options {
  whole minimum_count = 1;     ///< periods with fewer samples are left out
  bool complete_only = false;  ///< leave out periods that had not ended?
  number confidence = 0.95;    ///< of the intervals, in (0, 1)
};

/// Mann–Kendall: do later values tend to be higher? Normal approximation with ties and the continuity correction; with
/// fewer than ten periods it is a rough one.
struct mann_kendall_result {
  double score = not_a_number();    ///< S, pairs that rise less pairs that fall
  double tau = not_a_number();      ///< S ÷ number of pairs, in −1…1
  double z = not_a_number();        ///< (S ∓ 1)/√var S
  double p_value = not_a_number();  ///< two-sided

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("score", self.score);
    visit("tau", self.tau);
    visit("z", self.z);
    visit("p_value", self.p_value);
  }
  friend constexpr bool operator==(mann_kendall_result const&, mann_kendall_result const&) = default;
};

/// Theil–Sen: the median of the slopes of all pairs of periods; interval of Sen (1968).
struct theil_sen_result {
  double slope = not_a_number();  ///< a period
  credence::interval interval;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("slope", self.slope);
    visit("interval", self.interval);
  }
  friend constexpr bool operator==(theil_sen_result const&, theil_sen_result const&) = default;
};

struct trend_result {
  double slope = not_a_number();           ///< change of the value from one period to the next
  credence::interval interval;             ///< of the slope: t with count − 2 degrees of freedom
  double standard_error = not_a_number();  ///< of the slope, by the scatter of the periods about the line
  double p_value = not_a_number();         ///< two-sided, of no slope
  double sampling_error =
      not_a_number();                  ///< of the slope, if periods differed by nothing but the chance of who answered
  double mean_time = not_a_number();   ///< weighted; the line passes through (mean_time, mean_value)
  double mean_value = not_a_number();  ///< weighted
  std::uint64_t count = 0;             ///< periods used
  std::uint64_t too_few = 0;           ///< periods left out: fewer samples than `minimum_count`, or no value
  std::uint64_t incomplete = 0;        ///< periods left out: had not ended, under `complete_only`
  std::uint64_t pooled_error = 0;      ///< periods used that had no error of their own
  mann_kendall_result mann_kendall;
  theil_sen_result theil_sen;

  /// Is there a slope? It takes two periods; an interval takes three.
  constexpr explicit operator bool() const { return !is_nan(slope); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("slope", self.slope);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("p_value", self.p_value);
    visit("sampling_error", self.sampling_error);
    visit("mean_time", self.mean_time);
    visit("mean_value", self.mean_value);
    visit("count", self.count);
    visit("too_few", self.too_few);
    visit("incomplete", self.incomplete);
    visit("pooled_error", self.pooled_error);
    visit("mann_kendall", self.mann_kendall);
    visit("theil_sen", self.theil_sen);
  }
  friend constexpr bool operator==(trend_result const&, trend_result const&) = default;
};

namespace detail {

/// The line of least weighted squares through the values; the rest of the result is as it was.
inline void fit_line(trend_result& result, std::vector<period_value> const& periods, double confidence) {
  std::vector<double> const errors = errors_of(periods);
  double weights = 0;
  double times = 0;
  double values = 0;
  for (std::size_t at = 0; at < periods.size(); ++at) {
    double const weight = 1 / (errors[at] * errors[at]);
    weights += weight;
    times += (periods[at].time - times) * (weight / weights);
    values += (periods[at].value - values) * (weight / weights);
  }
  double spread = 0;
  double product = 0;
  for (std::size_t at = 0; at < periods.size(); ++at) {
    double const weight = 1 / (errors[at] * errors[at]);
    spread += weight * (periods[at].time - times) * (periods[at].time - times);
    product += weight * (periods[at].time - times) * (periods[at].value - values);
  }
  if (!(spread > 0)) return;  // all at one time
  result.mean_time = times;
  result.mean_value = values;
  result.slope = product / spread;
  if (any_error(periods)) result.sampling_error = 1 / std::sqrt(spread);
  if (periods.size() < 3) return;
  double scatter = 0;
  for (std::size_t at = 0; at < periods.size(); ++at) {
    double const off = (periods[at].value - values - result.slope * (periods[at].time - times)) / errors[at];
    scatter += off * off;
  }
  double const degrees = static_cast<double>(periods.size()) - 2;
  result.standard_error = std::sqrt(scatter / degrees / spread);
  double const half = math::student_t_critical(confidence, degrees) * result.standard_error;
  result.interval.lower = result.slope - half;
  result.interval.upper = result.slope + half;
  // Values on a line without any scatter: a slope of 0 is none, any other is beyond doubt.
  result.p_value = result.standard_error > 0
                       ? 2 * math::student_t_upper_tail(std::fabs(result.slope) / result.standard_error, degrees)
                   : result.slope == 0 ? 1
                                       : 0;
}

}  // namespace detail

/// The trend of a metric over periods: `trend(over_time(…))`, or of `period_value`s. The values y of the periods on
/// their numbers t by least squares with weights w = 1/SE²: with t̄ and ȳ the weighted means, slope = Σw(t − t̄)(y − ȳ)
/// ÷ Σw(t − t̄)², and its SE² = Σw(y − line)² ÷ (n − 2) ÷ Σw(t − t̄)². That takes the scatter of the periods about the
/// line as it is found: months differ by more than the chance of who answered. `sampling_error`, 1/√Σw(t − t̄)², is what
/// would be left if they did not.
/// A period without an error of its own (all its answers alike) has √(v/count), v the pooled variance of one sample;
/// where none has an error all weigh alike. Periods without a value (empty ones), with fewer than `minimum_count`
/// samples, or, if asked, not complete are left out and counted. One period: no slope. Two: no error. The rank methods
/// do not weigh, and are left NaN beyond 2,048 periods, as they look at all pairs.
/// Throws `credence::error` for a confidence outside (0, 1) and a negative `minimum_count`. O(n² log n), n periods.
/// Source: weighted least squares as in any textbook; Mann (1945), Kendall (1975), Theil (1950), Sen (1968).
template <rows_range Periods>
requires detail::is_period_of<detail::row_of<Periods>>
[[nodiscard]] trend_result trend(Periods&& periods, trend_options options = {}) {
  detail::check_confidence("trend_options::confidence", options.confidence);
  if (options.minimum_count < 0)
    detail::wrong_argument("trend_options::minimum_count", options.minimum_count.value, "it must not be negative");
  trend_result result;
  result.interval.confidence = options.confidence;
  result.theil_sen.interval.confidence = options.confidence;
  std::vector<period_value> used;
  for (auto const& period : periods) {
    period_value const each_value = detail::value_of(period);
    if (options.complete_only && !each_value.complete) {
      ++result.incomplete;
    } else if (!is_finite(each_value.value) || !is_finite(each_value.time) ||
               each_value.count < static_cast<std::uint64_t>(options.minimum_count.value)) {
      ++result.too_few;
    } else {
      used.push_back(each_value);
    }
  }
  result.count = used.size();
  if (used.size() < 2) return result;
  if (detail::any_error(used))
    for (period_value const& each_value : used) result.pooled_error += !detail::has_error(each_value);
  detail::fit_line(result, used, options.confidence);
  if (!result || used.size() > detail::most_ranked) return result;
  detail::rank_trend const ranked = detail::rank_trend_of(used, options.confidence);
  result.mann_kendall = {ranked.score, ranked.tau, ranked.z, ranked.p_value};
  result.theil_sen.slope = ranked.median_slope;
  result.theil_sen.interval.lower = ranked.lower;
  result.theil_sen.interval.upper = ranked.upper;
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
