// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_CHURN_ANSWER_HPP
#define CREDENCE_CHURN_DETAIL_CHURN_ANSWER_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/churn_rate_result.hpp>
#include <credence/churn/detail/churn_tally.hpp>
#include <credence/churn/detail/poisson_interval.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/share_interval.hpp>

// From what was counted to a rate.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The days of a period: how many customers were there when each began, and how many of them were lost on it.
struct churn_days {
  std::uint64_t const* there = nullptr;
  std::uint64_t const* lost = nullptr;
  std::size_t count = 0;
};

/// How a rate is asked for: the fields that the options of a window and those of a series share.
struct churn_terms {
  churn_denominator denominator = churn_denominator::start_of_period;
  time_span unit;
  double confidence = 0;
  share_interval interval_method = share_interval::wilson;

  template <class Options>
  [[nodiscard]] static constexpr churn_terms of(Options const& options) {
    return {options.denominator, options.unit, options.confidence, options.interval_method};
  }
};

inline void tell_poisson_rate(churn_rate_result& result, poisson_rate const& rate, double confidence) {
  result.value = rate.value;
  result.standard_error = std::sqrt(rate.variance);
  result.interval = detail::poisson_interval_of(rate, confidence);
}
/// So many, of so much.
inline void tell_event_rate(churn_rate_result& result, std::uint64_t events, double exposed, double confidence) {
  result.lost = events;
  result.exposed = exposed;
  if (!(exposed > 0)) return;
  double const weight = 1 / exposed;
  double const many = static_cast<double>(events);
  detail::tell_poisson_rate(result, {many / exposed, many * weight * weight, weight}, confidence);
}
inline void tell_share_rate(churn_rate_result& result, std::uint64_t lost, std::uint64_t exposed,
                            churn_terms const& terms) {
  result.lost = lost;
  result.exposed = static_cast<double>(exposed);
  if (exposed == 0) return;
  result.value = static_cast<double>(lost) / result.exposed;
  result.standard_error = std::sqrt(result.value * (1 - result.value) / result.exposed);
  result.interval = interval_of(observed_share{result.value, result.exposed}, terms.interval_method, terms.confidence);
}
inline void tell_daily_rate(churn_rate_result& result, churn_days const& days, double confidence) {
  poisson_rate rate;
  for (std::size_t day = 0; day < days.count; ++day) {
    if (days.there[day] == 0) continue;
    double const weight = 1 / static_cast<double>(days.there[day]);
    double const many = static_cast<double>(days.lost[day]);
    rate.value += many * weight;
    rate.variance += many * weight * weight;
    rate.largest_weight = (std::max)(rate.largest_weight, weight);
    result.lost += days.lost[day];
    result.exposed += static_cast<double>(days.there[day]);
  }
  if (result.exposed > 0) detail::tell_poisson_rate(result, rate, confidence);
}

[[nodiscard]] inline churn_rate_result churn_answer(churn_terms const& terms, churn_counts const& counts,
                                                    churn_days const& days) {
  churn_rate_result result;
  result.interval.confidence = terms.confidence;
  result.active_at_start = counts.active_at_start;
  result.joined = counts.joined;
  result.lost_new = counts.lost_of_joined;
  result.returned = counts.returned;
  result.active_at_end = counts.active_at_end;
  std::uint64_t const all = counts.lost_of_start + counts.lost_of_joined;
  switch (terms.denominator) {
    case churn_denominator::start_of_period:
      detail::tell_share_rate(result, counts.lost_of_start, counts.active_at_start, terms);
      break;
    case churn_denominator::start_plus_new:
      detail::tell_share_rate(result, all, counts.active_at_start + counts.joined, terms);
      break;
    case churn_denominator::average:
      detail::tell_event_rate(result, all, 0.5 * static_cast<double>(counts.active_at_start + counts.active_at_end),
                              terms.confidence);
      break;
    case churn_denominator::daily: detail::tell_daily_rate(result, days, terms.confidence); break;
    case churn_denominator::exposure:
      detail::tell_event_rate(result, counts.leavings,
                              counts.exposure.to_real() / static_cast<double>(terms.unit.micros), terms.confidence);
      break;
  }
  return result;
}

/// Does this leaving count in the rate?
[[nodiscard]] constexpr bool counts_in(churn_denominator denominator, churn_leaving const& leaving) {
  switch (denominator) {
    case churn_denominator::start_of_period: return leaving.of_a_customer && leaving.of_the_start;
    case churn_denominator::start_plus_new:
    case churn_denominator::average: return leaving.of_a_customer;
    case churn_denominator::daily: return leaving.of_the_day;
    case churn_denominator::exposure: break;
  }
  return true;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
