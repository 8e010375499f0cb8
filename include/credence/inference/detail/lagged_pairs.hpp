// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_LAGGED_PAIRS_HPP
#define CREDENCE_INFERENCE_DETAIL_LAGGED_PAIRS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/ranks.hpp>
#include <credence/inference/spearman.hpp>
#include <credence/math/student_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What a unit had in a period; NaN for what is not known.
struct unit_period {
  std::size_t unit = 0;
  std::int64_t period = 0;
  double score = not_a_number();
  double outcome = not_a_number();
  std::uint64_t row = 0;
};

/// Sorts by unit and period, and keeps the first of those that share both. Answers how many it left out.
inline std::uint64_t in_order(std::vector<unit_period>& seen) {
  // Not std::stable_sort: clang 19 warns of what libstdc++'s is made of.
  std::sort(seen.begin(), seen.end(), [](unit_period const& one, unit_period const& other) {
    return std::tie(one.unit, one.period, one.row) < std::tie(other.unit, other.period, other.row);
  });
  auto const same = [](unit_period const& one, unit_period const& other) {
    return one.unit == other.unit && one.period == other.period;
  };
  auto const end = std::unique(seen.begin(), seen.end(), same);
  auto const duplicates = static_cast<std::uint64_t>(seen.end() - end);
  seen.erase(end, seen.end());
  return duplicates;
}

/// Scores and the outcomes `lag` periods later, unit after unit.
struct lagged_pairs {
  std::vector<double> scores;
  std::vector<double> outcomes;
  std::vector<std::size_t> ends;  ///< where each unit's pairs end
};

[[nodiscard]] inline lagged_pairs pairs_at(std::vector<unit_period> const& seen, std::int64_t lag) {
  lagged_pairs pairs;
  for (std::size_t from = 0, to = 0; from < seen.size(); from = to) {
    while (to < seen.size() && seen[to].unit == seen[from].unit) ++to;
    std::size_t later = from;
    for (std::size_t at = from; at < to; ++at) {
      std::int64_t const period = seen[at].period;
      bool const there = lag < 0 ? period >= (std::numeric_limits<std::int64_t>::min)() - lag
                                 : period <= (std::numeric_limits<std::int64_t>::max)() - lag;
      if (!there) continue;
      while (later < to && seen[later].period < period + lag) ++later;
      if (later == to || seen[later].period != period + lag) continue;
      if (is_nan(seen[at].score) || is_nan(seen[later].outcome)) continue;
      pairs.scores.push_back(seen[at].score);
      pairs.outcomes.push_back(seen[later].outcome);
    }
    std::size_t const before = pairs.ends.empty() ? 0 : pairs.ends.back();
    if (pairs.scores.size() != before) pairs.ends.push_back(pairs.scores.size());
  }
  return pairs;
}

/// Takes each unit's own means out. What is left is rounded to 2⁻⁴⁰ of the largest, lest the rounding of means tell
/// apart what is the same in two units: ranks would make much of it.
inline void centre_units(lagged_pairs& pairs) {
  for (std::vector<double>* const values : {&pairs.scores, &pairs.outcomes}) {
    std::size_t from = 0;
    double largest = 0;
    for (std::size_t const to : pairs.ends) {
      double const first = (*values)[from];
      double sum = 0;
      for (std::size_t at = from; at < to; ++at) sum += (*values)[at] - first;
      double const middle = sum / static_cast<double>(to - from);
      for (; from < to; ++from) {
        (*values)[from] = (*values)[from] - first - middle;
        largest = (std::fmax)(largest, std::fabs((*values)[from]));
      }
    }
    int exponent = 0;
    std::frexp(largest, &exponent);
    double const grid = std::ldexp(1.0, exponent - 40);
    if (grid > 0)
      for (double& value : *values) value = std::nearbyint(value / grid) * grid;
  }
}

/// Σ over the units of (Σ parts)²·G/(G − 1), G units: the variance of a sum of parts that hang together in each.
[[nodiscard]] inline double variance_by_unit(std::vector<double> const& parts, std::vector<std::size_t> const& ends) {
  double squares = 0;
  std::size_t from = 0;
  for (std::size_t const to : ends) {
    double sum = 0;
    for (; from < to; ++from) sum += parts[from];
    squares += sum * sum;
  }
  double const units = static_cast<double>(ends.size());
  return squares * units / (units - 1);
}

/// ρ and slope of some pairs, with their errors.
template <class Link>
void link_pairs(Link& link, lagged_pairs const& pairs, double confidence) {
  std::size_t const size = pairs.scores.size();
  if (size < 3) return;
  double const count = static_cast<double>(size);
  rank_correlation const ranked = rank_correlation_of(pairs.scores, pairs.outcomes);
  link.value = ranked.value;
  if (!link) return;
  double score_mean = 0;
  double outcome_mean = 0;
  for (std::size_t at = 0; at < size; ++at) {
    score_mean += (pairs.scores[at] - score_mean) / static_cast<double>(at + 1);
    outcome_mean += (pairs.outcomes[at] - outcome_mean) / static_cast<double>(at + 1);
  }
  double squares = 0;
  double products = 0;
  for (std::size_t at = 0; at < size; ++at) {
    double const apart = pairs.scores[at] - score_mean;
    squares += apart * apart;
    products += apart * (pairs.outcomes[at] - outcome_mean);
  }
  link.slope = products / squares;
  double const degrees = static_cast<double>(pairs.ends.size()) - 1;
  if (!(degrees > 0)) return;
  std::vector<double> parts(size);
  for (std::size_t at = 0; at < size; ++at) {
    double const apart = pairs.scores[at] - score_mean;
    parts[at] = apart * (pairs.outcomes[at] - outcome_mean - link.slope * apart);
  }
  double const critical = math::student_t_critical(confidence, degrees);
  link.slope_error = std::sqrt(variance_by_unit(parts, pairs.ends) * (count - 1) / (count - 2)) / squares;
  link.slope_interval.lower = link.slope - critical * link.slope_error;
  link.slope_interval.upper = link.slope + critical * link.slope_error;
  link.standard_error = std::sqrt(variance_by_unit(ranked.influences, pairs.ends)) / count;
  link.interval = fisher_interval(link.value, link.standard_error, critical, confidence);
  double const unexplained = 1 - link.value * link.value;
  if (link.standard_error > 0 && unexplained > 0)
    link.p_value =
        2 * math::student_t_upper_tail(std::fabs(std::atanh(link.value)) * unexplained / link.standard_error, degrees);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
