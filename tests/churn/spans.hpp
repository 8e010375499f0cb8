// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_CHURN_SPANS_HPP
#define CREDENCE_TESTS_CHURN_SPANS_HPP

#include <chrono>
#include <cmath>
#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/churn_rate_result.hpp>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <utility>
#include <vector>

// Subscriptions told by hours of January 2026, and what a rate of them is, written from its definition: customer by
// customer, hour by hour.

namespace spans {

struct subscription {
  int who;
  std::chrono::sys_seconds start;
  std::optional<std::chrono::sys_seconds> end;
  int reason = 0;
};
inline std::chrono::sys_seconds at(int hour) {
  using namespace std::chrono;
  return sys_days{2026y / 1 / 1} + hours{hour};
}
inline int hour_of(std::chrono::sys_seconds time) { return static_cast<int>((time - at(0)) / std::chrono::hours{1}); }

inline std::vector<subscription> random_spans(unsigned seed, int count, int customers, int hours) {
  std::mt19937 draw(seed);
  std::vector<subscription> rows;
  for (int row = 0; row < count; ++row) {
    int const start = static_cast<int>(draw() % static_cast<unsigned>(hours));
    int const length = static_cast<int>(draw() % 4) * static_cast<int>(draw() % 60);
    rows.push_back(
        {static_cast<int>(draw() % static_cast<unsigned>(customers)), at(start), {}, static_cast<int>(draw() % 3)});
    if (draw() % 5 != 0) rows.back().end = at(start + length);
  }
  return rows;
}

/// A rate without its interval.
struct counted {
  double value = std::nan("");
  std::uint64_t lost = 0;
  double exposed = 0;
  std::uint64_t active_at_start = 0, joined = 0, lost_new = 0, returned = 0, active_at_end = 0;
};

inline counted counted_by_hour(std::vector<subscription> const& rows, int from, int to,
                               credence::churn_denominator denominator, bool returning_are_lost) {
  std::map<int, std::vector<std::pair<int, int>>> customers;
  for (auto const& row : rows)
    customers[row.who].emplace_back(hour_of(row.start), row.end ? hour_of(*row.end) : 1'000'000);
  counted all;
  std::uint64_t lost_of_start = 0;
  std::uint64_t leavings = 0;
  double hours_at_risk = 0;
  std::map<int, double> there;
  std::map<int, double> lost_on;
  for (auto const& [who, own] : customers) {
    auto const there_before = [&own = own](int hour) {
      for (auto const& [start, end] : own)
        if (start < hour && hour <= end) return true;
      return false;
    };
    auto const there_from = [&own = own](int hour) {
      for (auto const& [start, end] : own)
        if (start <= hour && hour < end) return true;
      return false;
    };
    std::set<int> joins;
    std::set<int> leaves;
    for (auto const& [start, end] : own) {
      if (start >= from && start < to && !there_before(start)) joins.insert(start);
      if (end >= from && end < to && !there_from(end)) leaves.insert(end);
    }
    bool const at_start = there_before(from);
    bool const at_end = there_before(to);
    bool const joined = !at_start && !joins.empty();
    bool const lost = !leaves.empty() && (returning_are_lost || !at_end);
    all.active_at_start += at_start;
    all.active_at_end += at_end;
    all.joined += joined;
    all.returned += !leaves.empty() && !joins.empty() && *joins.rbegin() > *leaves.begin();
    lost_of_start += lost && at_start;
    all.lost_new += lost && joined;
    if (lost) leavings += returning_are_lost ? leaves.size() : 1;
    for (int hour = from; hour < to; ++hour) hours_at_risk += there_from(hour);
    for (int day = from; day < to; day += 24) there[day] += there_before(day);
    for (int const left : leaves) {
      if (!lost || (!returning_are_lost && left != *leaves.rbegin())) continue;
      int const day = left - (left - from) % 24;
      bool without_a_gap = there_before(day);
      for (int const other : leaves) without_a_gap = without_a_gap && (other < day || other >= left);
      lost_on[day] += without_a_gap;
    }
  }
  using enum credence::churn_denominator;
  double const start = static_cast<double>(all.active_at_start);
  all.lost = lost_of_start + all.lost_new;
  switch (denominator) {
    case start_of_period:
      all.lost = lost_of_start;
      all.exposed = start;
      break;
    case start_plus_new: all.exposed = start + static_cast<double>(all.joined); break;
    case average: all.exposed = (start + static_cast<double>(all.active_at_end)) / 2; break;
    case exposure:
      all.lost = leavings;
      all.exposed = hours_at_risk / 24;
      break;
    case daily: {
      double lost = 0;
      double sum = 0;
      for (auto const& [day, many] : there) {
        if (many == 0) continue;
        all.exposed += many;
        lost += lost_on[day];
        sum += lost_on[day] / many;
      }
      all.lost = static_cast<std::uint64_t>(lost);
      if (all.exposed > 0) all.value = sum;
      return all;
    }
  }
  if (all.exposed > 0) all.value = static_cast<double>(all.lost) / all.exposed;
  return all;
}

inline bool same(credence::churn_rate_result const& found, counted const& known) {
  bool const same_value = std::isnan(known.value) ? std::isnan(found.value)
                                                  : std::fabs(found.value - known.value) <= 1e-13 * known.value;
  return same_value && found.lost == known.lost && std::fabs(found.exposed - known.exposed) <= 1e-12 * known.exposed &&
         found.active_at_start == known.active_at_start && found.joined == known.joined &&
         found.lost_new == known.lost_new && found.returned == known.returned &&
         found.active_at_end == known.active_at_end;
}

/// Equal, two that have no value included.
inline bool alike(credence::churn_rate_result one, credence::churn_rate_result other) {
  if (!one && !other) {
    for (auto* each : {&one, &other}) {
      each->value = each->standard_error = 0;
      each->interval = {0, 0, each->interval.confidence};
    }
  }
  return one == other;
}

inline constexpr credence::churn_denominator denominators[] = {
    credence::churn_denominator::start_of_period, credence::churn_denominator::start_plus_new,
    credence::churn_denominator::average, credence::churn_denominator::daily, credence::churn_denominator::exposure};

}  // namespace spans

#endif
