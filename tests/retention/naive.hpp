// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_RETENTION_NAIVE_HPP
#define CREDENCE_TESTS_RETENTION_NAIVE_HPP

#include <algorithm>
#include <chrono>
#include <cmath>
#include <credence/core/time.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

// Retention as METRICS.md defines it, and nothing else: sets and maps of (customer, period), asked member by member and
// cell by cell. Of the library it takes what number a policy gives a time.

namespace naive {

using moment = std::chrono::sys_time<std::chrono::microseconds>;
using until_type = std::optional<moment>;

template <class Key, class Property = int>
struct event {
  Key who{};
  moment when{};
  long amount = 0;
  bool starts = true;
  bool returns = true;
  Property property{};
  std::uint64_t steps = 0;  ///< bit i: it is step i + 1 of a funnel
};

template <class Policy>
std::int64_t period_of(Policy const& policy, moment when) {
  return policy.index_of(credence::instant(when));
}

/// The last period that begins before observation ends, and the last that has ended by then. Unset, observation ends
/// with the last event, whose period has not ended.
struct horizon {
  std::int64_t shown = 0;
  std::int64_t complete = 0;
};
template <class Events, class Policy>
horizon horizon_of(Events const& events, Policy const& policy, until_type until) {
  if (until) return {period_of(policy, *until - std::chrono::microseconds{1}), period_of(policy, *until) - 1};
  if (events.empty()) return {};
  std::int64_t last = period_of(policy, events.front().when);
  for (auto const& each : events) last = std::max(last, period_of(policy, each.when));
  return {last, last - 1};
}

template <class Events>
using key_of = decltype(std::declval<Events>().front().who);
template <class Key>
using periods_of_customers = std::map<Key, std::set<std::int64_t>>;

/// Who was active in which period, up to the last that is shown.
template <class Events, class Policy>
auto active_periods(Events const& events, Policy const& policy, horizon const& seen) {
  periods_of_customers<key_of<Events>> active;
  for (auto const& each : events) {
    std::int64_t const period = period_of(policy, each.when);
    if (period <= seen.shown) active[each.who].insert(period);
  }
  return active;
}

// --- cohorts ---

struct cell {
  std::int64_t period = 0;
  std::int64_t last_period = 0;
  std::uint64_t retained = 0;
  std::uint64_t eligible = 0;
  std::uint64_t so_far = 0;
  long long value = 0;
};
struct cohort {
  std::uint64_t size = 0;
  std::vector<cell> cells;
};
template <class Id>
struct cohort_table {
  std::map<Id, cohort> cohorts;
  std::uint64_t customers = 0;
  std::uint64_t without_start = 0;
  std::uint64_t after_end = 0;
};

struct cohort_question {
  bool on_or_after = false;
  std::vector<std::int64_t> brackets{};
  std::uint64_t min_occurrences = 1;
  until_type until{};
};

/// `id_of(period, property)` says which cohort a customer is in who began in this period with this property.
template <class Events, class Policy, class IdOf>
auto cohorts(Events const& events, Policy const& policy, cohort_question const& asked, IdOf const& id_of) {
  using key_type = key_of<Events>;
  using property_type = decltype(events.front().property);
  using id_type = decltype(id_of(std::int64_t{}, property_type{}));
  horizon const seen = horizon_of(events, policy, asked.until);

  std::map<key_type, std::pair<moment, property_type>> starts;  // the earliest; of several at one time the smallest
  std::map<key_type, std::map<std::int64_t, std::pair<std::uint64_t, long long>>> returns;
  for (auto const& each : events) {
    if (each.starts) {
      std::pair<moment, property_type> const start{each.when, each.property};
      auto const [own, is_new] = starts.try_emplace(each.who, start);
      if (!is_new) own->second = std::min(own->second, start);
    }
    if (each.returns) {
      auto& [times, sum] = returns[each.who][period_of(policy, each.when)];
      ++times;
      sum += each.amount;
    }
  }

  cohort_table<id_type> table;
  std::map<id_type, std::vector<std::pair<key_type, std::int64_t>>> members;
  for (auto const& [who, start] : starts) {
    std::int64_t const own = period_of(policy, start.first);
    if (own > seen.shown) {
      ++table.after_end;
    } else {
      members[id_of(own, start.second)].emplace_back(who, own);
      ++table.customers;
    }
  }
  for (auto const& [who, periods] : returns)
    table.without_start += starts.count(who) == 0 && periods.begin()->first <= seen.shown;

  for (auto const& [id, all] : members) {
    cohort& row = table.cohorts[id];
    row.size = all.size();
    std::int64_t first = all.front().second;
    for (auto const& member : all) first = std::min(first, member.second);
    std::vector<std::pair<std::int64_t, std::int64_t>> bounds;
    for (std::size_t at = 0; at + 1 < asked.brackets.size(); ++at)
      bounds.emplace_back(asked.brackets[at], asked.brackets[at + 1] - 1);
    if (asked.brackets.empty())
      for (std::int64_t period = 0; period <= seen.shown - first; ++period) bounds.emplace_back(period, period);
    for (auto const& [from, to] : bounds) {
      cell own;
      own.period = from;
      own.last_period = to;
      for (auto const& [who, began] : all) {
        bool const has_ended = began + to <= seen.complete;
        own.eligible += has_ended;
        auto const found = returns.find(who);
        if (found == returns.end()) continue;
        auto const& periods = found->second;
        std::int64_t const last = asked.on_or_after ? seen.shown : std::min(began + to, seen.shown);
        bool active = false;
        for (auto at = periods.lower_bound(began + from); at != periods.end() && at->first <= last; ++at) {
          active = active || at->second.first >= asked.min_occurrences;
          if (at->first <= began + to) own.value += at->second.second;
        }
        (has_ended ? own.retained : own.so_far) += active;
      }
      row.cells.push_back(own);
    }
  }
  return table;
}

// --- N days ---

struct n_day {
  std::uint64_t retained = 0;
  std::uint64_t eligible = 0;
};
struct n_days {
  std::map<std::int64_t, n_day> days;
  std::uint64_t customers = 0;
  std::uint64_t after_end = 0;
};

template <class Events, class Policy>
n_days n_days_of_calendar(Events const& events, Policy const& policy, std::vector<std::int64_t> const& days,
                          bool on_or_after, until_type until) {
  horizon const seen = horizon_of(events, policy, until);
  n_days answer;
  std::set<key_of<Events>> everyone;
  for (auto const& each : events) everyone.insert(each.who);
  auto const active = active_periods(events, policy, seen);
  answer.customers = active.size();
  answer.after_end = everyone.size() - active.size();
  for (std::int64_t const day : days) {
    n_day& own = answer.days[day];
    for (auto const& [who, periods] : active) {
      std::int64_t const asked = *periods.begin() + day;
      if (asked > seen.complete) continue;
      ++own.eligible;
      own.retained += on_or_after ? periods.lower_bound(asked) != periods.end() : periods.count(asked) != 0;
    }
  }
  return answer;
}

/// When observation ends, where days and times are not cut into periods: after the last event, if not said.
template <class Events>
moment end_of(Events const& events, until_type until) {
  if (until) return *until;
  moment last = moment::min();
  for (auto const& each : events) last = std::max(last, each.when);
  return last + std::chrono::microseconds{1};
}
template <class Events>
auto times_of(Events const& events) {
  std::map<key_of<Events>, std::set<moment>> times;
  for (auto const& each : events) times[each.who].insert(each.when);
  return times;
}

template <class Events>
n_days n_days_of_windows(Events const& events, std::chrono::microseconds window, std::vector<std::int64_t> const& days,
                         bool on_or_after, until_type until) {
  moment const end = end_of(events, until);
  n_days answer;
  for (std::int64_t const day : days) answer.days[day];
  for (auto const& [who, times] : times_of(events)) {
    moment const first = *times.begin();
    if (first >= end) {
      ++answer.after_end;
      continue;
    }
    ++answer.customers;
    for (std::int64_t const day : days) {
      if (first + (day + 1) * window > end) continue;
      bool retained = false;
      for (moment const when : times)
        if (when < end && when >= first + day * window)
          retained = retained || on_or_after || when < first + (day + 1) * window;
      ++answer.days[day].eligible;
      answer.days[day].retained += retained;
    }
  }
  return answer;
}

// --- periods that follow each other ---

struct period_facts {
  std::int64_t index = 0;
  bool complete = false;
  bool whole = false;
  std::uint64_t users = 0;  ///< in the window that ends here
  std::uint64_t new_customers = 0;
  std::uint64_t returning = 0;
  std::uint64_t resurrecting = 0;
  std::uint64_t dormant = 0;
};

/// From the first period in which anyone was active to the last that is shown.
template <class Events, class Policy>
std::vector<period_facts> periods(Events const& events, Policy const& policy, std::int64_t window, until_type until) {
  horizon const seen = horizon_of(events, policy, until);
  auto const active = active_periods(events, policy, seen);
  std::vector<period_facts> all;
  if (active.empty()) return all;
  std::int64_t first = seen.shown;
  for (auto const& [who, own] : active) first = std::min(first, *own.begin());
  for (std::int64_t index = first; index <= seen.shown; ++index) {
    period_facts here;
    here.index = index;
    here.complete = index <= seen.complete;
    here.whole = index - window + 1 >= first;
    for (auto const& [who, own] : active) {
      auto const in_window = own.lower_bound(index - window + 1);
      here.users += in_window != own.end() && *in_window <= index;
      bool const now = own.count(index) != 0;
      bool const before = own.count(index - 1) != 0;
      bool const ever = *own.begin() < index;
      here.new_customers += now && !ever;
      here.returning += now && before;
      here.resurrecting += now && ever && !before;
      here.dormant += !now && before;
    }
    all.push_back(here);
  }
  return all;
}

/// How many customers were active in just so many periods of the window that ends with the last complete one; none
/// where observation did not last so long.
template <class Events, class Policy>
std::optional<std::map<std::int64_t, std::uint64_t>> power_users(Events const& events, Policy const& policy,
                                                                 std::int64_t window, until_type until) {
  horizon const seen = horizon_of(events, policy, until);
  auto const active = active_periods(events, policy, seen);
  if (active.empty()) return std::nullopt;
  std::int64_t first = seen.shown;
  for (auto const& [who, own] : active) first = std::min(first, *own.begin());
  if (seen.complete - window + 1 < first) return std::nullopt;
  std::map<std::int64_t, std::uint64_t> counts;
  for (std::int64_t days = 1; days <= window; ++days) counts[days] = 0;
  for (auto const& [who, own] : active) {
    auto const days = std::distance(own.lower_bound(seen.complete - window + 1), own.upper_bound(seen.complete));
    if (days != 0) ++counts[days];
  }
  return counts;
}

struct stickiness {
  std::vector<period_facts> days;  ///< `users` are those of the day
  std::vector<std::uint64_t> window_users;
  double mean = 0;
  double pooled = 0;
};
template <class Events, class Policy>
stickiness stickiness_of(Events const& events, Policy const& policy, std::int64_t window, until_type until) {
  auto const daily = periods(events, policy, 1, until);
  auto const windows = periods(events, policy, window, until);
  stickiness answer;
  double users = 0;
  double window_users = 0;
  double ratios = 0;
  for (std::size_t at = 0; at < daily.size(); ++at) {
    if (!daily[at].complete || !windows[at].whole) continue;
    answer.days.push_back(daily[at]);
    answer.window_users.push_back(windows[at].users);
    if (windows[at].users == 0) continue;
    answer.mean += static_cast<double>(daily[at].users) / static_cast<double>(windows[at].users);
    users += static_cast<double>(daily[at].users);
    window_users += static_cast<double>(windows[at].users);
    ratios += 1;
  }
  answer.mean /= ratios;  // NaN where there are none
  answer.pooled = users / window_users;
  return answer;
}

// --- purchases ---

struct repeats {
  std::uint64_t customers = 0;
  std::uint64_t repeating = 0;
  std::uint64_t too_recent = 0;
};
template <class Events>
repeats repeats_of(Events const& events, std::int64_t purchases, std::optional<std::chrono::microseconds> within,
                   until_type until) {
  moment const end = end_of(events, until);
  repeats answer;
  for (auto const& [who, times] : times_of(events)) {
    moment const first = *times.begin();
    if (first >= end) continue;
    moment const over = within ? first + *within : end;
    if (over > end) {
      ++answer.too_recent;
      continue;
    }
    ++answer.customers;
    answer.repeating += std::distance(times.begin(), times.lower_bound(over)) >= purchases;
  }
  return answer;
}

/// In days, of each customer who has any.
template <class Events>
std::vector<std::vector<double>> gaps_of(Events const& events, until_type until) {
  std::vector<std::vector<double>> all;
  for (auto const& [who, times] : times_of(events)) {
    std::vector<double> own;
    for (auto at = std::next(times.begin()); at != times.end() && (!until || *at < *until); ++at)
      own.push_back(static_cast<double>((*at - *std::prev(at)).count()) / 86.4e9);
    if (!own.empty()) all.push_back(own);
  }
  return all;
}

/// R's type 7.
inline double quantile(std::vector<double> values, double level) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  double const place = level * static_cast<double>(values.size() - 1);
  std::size_t const below = static_cast<std::size_t>(std::floor(place));
  std::size_t const above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}
inline double mean(std::vector<double> const& values) {
  double sum = 0;
  for (double const each : values) sum += each;
  return sum / static_cast<double>(values.size());
}

// --- funnels ---

struct funnel_question {
  std::size_t steps = 2;
  std::optional<std::chrono::microseconds> within{};
  bool strictly_later = false;
  until_type until{};
};
struct funnel {
  std::vector<std::uint64_t> reached;
  std::vector<std::vector<double>> since_first;  ///< seconds, of those who reached the step
  std::vector<std::vector<double>> since_previous;
  std::uint64_t too_recent = 0;
  std::uint64_t never_began = 0;  ///< who took steps while it was looked for them, but not the first
};

/// One customer: every way there is. `events` are those before the end, by time.
class funnel_ways {
 public:
  funnel_ways(std::map<moment, std::uint64_t> const& events, funnel_question const& asked, moment end)
      : events_(events), asked_(asked), end_(end) {
    for (auto const& [when, steps] : events_) {
      if ((steps & 1) == 0) continue;
      if (asked_.within && when + *asked_.within > end_) {
        too_recent = true;
        continue;
      }
      way_ = {when};
      follow();
    }
  }
  /// The way to the furthest step that is there first; of several the one whose last steps were taken last.
  std::vector<moment> best;
  bool too_recent = false;

 private:
  void follow() {
    if (way_.size() > best.size() || (way_.size() == best.size() && is_better())) best = way_;
    if (way_.size() == asked_.steps) return;
    for (auto const& [when, steps] : events_) {
      bool const is_next = (steps >> way_.size() & 1) != 0;
      bool const is_later = asked_.strictly_later ? when > way_.back() : when >= way_.back();
      if (!is_next || !is_later || (asked_.within && when > way_.front() + *asked_.within)) continue;
      way_.push_back(when);
      follow();
      way_.pop_back();
    }
  }
  bool is_better() const {
    if (way_.back() != best.back()) return way_.back() < best.back();
    return std::lexicographical_compare(best.rbegin(), best.rend(), way_.rbegin(), way_.rend());
  }

  std::map<moment, std::uint64_t> const& events_;
  funnel_question const& asked_;
  moment end_;
  std::vector<moment> way_;
};

template <class Events>
funnel funnel_of(Events const& events, funnel_question const& asked) {
  moment const end = end_of(events, asked.until);
  std::map<key_of<Events>, std::map<moment, std::uint64_t>> taken;
  for (auto const& each : events)
    if (each.steps != 0 && each.when < end) taken[each.who][each.when] |= each.steps;
  funnel answer;
  answer.reached.resize(asked.steps);
  answer.since_first.resize(asked.steps);
  answer.since_previous.resize(asked.steps);
  for (auto const& [who, own] : taken) {
    funnel_ways const ways(own, asked, end);
    if (ways.best.empty()) ++(ways.too_recent ? answer.too_recent : answer.never_began);
    for (std::size_t step = 0; step < ways.best.size(); ++step) {
      auto const seconds = [&](std::size_t before) {
        return static_cast<double>((ways.best[step] - ways.best[before]).count()) / 1e6;
      };
      ++answer.reached[step];
      answer.since_first[step].push_back(seconds(0));
      answer.since_previous[step].push_back(seconds(step == 0 ? 0 : step - 1));
    }
  }
  return answer;
}

}  // namespace naive

#endif
