// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_RETENTION_COMPARISONS_HPP
#define CREDENCE_TESTS_RETENTION_COMPARISONS_HPP

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/real.hpp>
#include <credence/history.hpp>
#include <credence/interop/threads.hpp>
#include <credence/retention.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "retention/logs.hpp"
#include "retention/naive.hpp"

// The library's answers against the definition's.

// --- where an answer differs from the definition; empty where it does not ---

inline bool is_about(double value, double known, double within = 1e-9) {
  if (known != known || value != value) return (known != known) == (value != value);
  return std::abs(value - known) <= within * (1 + std::abs(known));
}
inline std::string place(std::string const& what, std::int64_t at) { return what + " of " + std::to_string(at); }

/// Wilson's at 95 %, as METRICS.md writes it.
inline bool is_wilson(credence::interval const& bounds, double share, double trials) {
  if (trials == 0) return bounds.lower != bounds.lower && bounds.upper != bounds.upper;
  double const z = 1.959963984540054;
  double const middle = share + z * z / (2 * trials);
  double const half = z * std::sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
  double const scale = 1 + z * z / trials;
  return is_about(bounds.lower, (middle - half) / scale) && is_about(bounds.upper, (middle + half) / scale);
}
inline double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? credence::not_a_number() : static_cast<double>(part) / static_cast<double>(whole);
}

template <class Cohort, class Id>
bool is_cohort_of(Cohort const& cohort, Id const& id) {
  if constexpr (requires { cohort.period; }) {
    return cohort.period.index == id;
  } else {
    return cohort.key == id;
  }
}

template <class Cohort>
std::string wrong_cells(Cohort const& found, naive::cohort const& known, bool has_values) {
  if (found.size != known.size) return "size";
  if (found.cells.size() != known.cells.size()) return "width " + std::to_string(found.cells.size());
  for (std::size_t at = 0; at < known.cells.size(); ++at) {
    credence::retention_cell const& mine = found.cells[at];
    naive::cell const& own = known.cells[at];
    double const rate = ratio(own.retained, own.eligible);
    bool const is_mature = own.eligible == known.size;
    std::string const here = std::to_string(at);
    if (mine.period != own.period || mine.last_period != own.last_period) return place("period", own.period);
    if (mine.retained != own.retained) return place("retained", own.period);
    if (mine.eligible != own.eligible) return place("eligible", own.period);
    if (mine.so_far != own.so_far) return place("so_far", own.period);
    if (mine.mature != is_mature) return place("mature", own.period);
    if (!is_about(mine.rate, rate)) return place("rate", own.period);
    if (!is_wilson(mine.interval, rate, static_cast<double>(own.eligible))) return place("interval", own.period);
    if (!has_values) continue;
    if (mine.value != static_cast<double>(own.value)) return place("value", own.period);
    double const value_rate = is_mature && known.cells[0].value != 0
                                  ? static_cast<double>(own.value) / static_cast<double>(known.cells[0].value)
                                  : credence::not_a_number();
    if (!is_about(mine.value_rate, value_rate)) return place("value_rate", own.period);
  }
  return {};
}

template <class Table, class Known>
std::string wrong_curve(Table const& found, Known const& known) {
  auto const pooled = found.curve();
  auto const simple = found.curve(credence::curve_weights::cohorts);
  for (std::size_t at = 0; at < pooled.size(); ++at) {
    std::uint64_t retained = 0;
    std::uint64_t eligible = 0;
    double rates = 0;
    double many = 0;
    for (auto const& [id, cohort] : known.cohorts) {
      if (at >= cohort.cells.size() || cohort.cells[at].eligible == 0) continue;
      retained += cohort.cells[at].retained;
      eligible += cohort.cells[at].eligible;
      rates += ratio(cohort.cells[at].retained, cohort.cells[at].eligible);
      many += 1;
    }
    if (pooled[at].retained != retained || pooled[at].eligible != eligible) return "pooled counts";
    if (!is_about(pooled[at].rate, ratio(retained, eligible))) return "pooled rate";
    if (!is_about(simple[at].rate, rates / many)) return "mean of rates";
    if (static_cast<double>(simple[at].cohorts) != many) return "cohorts";
  }
  return {};
}

template <class Table, class Known>
std::string wrong(Table const& found, Known const& known, bool has_values = false) {
  if (found.size() != known.cohorts.size()) return "there are " + std::to_string(found.size()) + " cohorts";
  if (found.customers != known.customers) return "customers";
  if (found.without_start != known.without_start) return "without_start";
  if (found.after_end != known.after_end) return "after_end";
  std::size_t row = 0;
  for (auto const& [id, cohort] : known.cohorts) {
    auto const& own = found[row++];
    if (!is_cohort_of(own, id)) return "order";
    std::string const cells = wrong_cells(own, cohort, has_values);
    if (!cells.empty()) return "cohort " + std::to_string(id) + ": " + cells;
  }
  return wrong_curve(found, known);
}

inline std::string wrong(credence::n_day_retention_result const& found, naive::n_days const& known) {
  if (found.customers != known.customers) return "customers";
  if (found.after_end != known.after_end) return "after_end";
  if (found.size() != known.days.size()) return "days";
  std::size_t at = 0;
  for (auto const& [day, own] : known.days) {
    credence::n_day_retention_day const& mine = found[at++];
    if (mine.day != day) return place("day", day);
    if (mine.eligible != own.eligible) return place("eligible", day);
    if (mine.retained != own.retained) return place("retained", day);
    if (!is_about(mine.rate, ratio(own.retained, own.eligible))) return place("rate", day);
    if (!is_wilson(mine.interval, mine.rate, static_cast<double>(own.eligible))) return place("interval", day);
  }
  return {};
}

template <class Policy>
bool is_period(credence::time_period const& period, std::string const& name, Policy const& policy, std::int64_t index,
               std::int64_t window = 1) {
  return period.index == index && period.begin == policy.begin_of(index - window + 1) &&
         period.end == policy.begin_of(index + 1) && name == policy.name_of(index);
}

template <class Policy>
std::string wrong(credence::active_users_result const& found, std::vector<naive::period_facts> const& known,
                  Policy const& policy, std::int64_t window) {
  if (found.size() != known.size()) return "size " + std::to_string(found.size());
  for (std::size_t at = 0; at < known.size(); ++at) {
    auto const& own = known[at];
    if (!is_period(found[at].period, found[at].name, policy, own.index, window)) return place("period", own.index);
    if (found[at].complete != own.complete) return place("complete", own.index);
    if (found[at].whole != own.whole) return place("whole", own.index);
    if (found[at].users != own.users) return place("users", own.index);
  }
  return {};
}

template <class Policy>
std::string wrong(credence::lifecycle_result const& found, std::vector<naive::period_facts> const& known,
                  Policy const& policy) {
  if (found.size() != known.size()) return "size " + std::to_string(found.size());
  std::uint64_t before = 0;
  for (std::size_t at = 0; at < known.size(); ++at) {
    auto const& own = known[at];
    auto const& mine = found[at];
    if (!is_period(mine.period, mine.name, policy, own.index)) return place("period", own.index);
    if (mine.complete != own.complete) return place("complete", own.index);
    if (mine.new_customers != own.new_customers) return place("new", own.index);
    if (mine.returning != own.returning) return place("returning", own.index);
    if (mine.resurrecting != own.resurrecting) return place("resurrecting", own.index);
    if (mine.dormant != own.dormant) return place("dormant", own.index);
    if (mine.active() != own.users || mine.returning + mine.dormant != before) return place("sums", own.index);
    before = own.users;
  }
  return {};
}

template <class Policy>
std::string wrong(credence::power_user_curve_result const& found,
                  std::optional<std::map<std::int64_t, std::uint64_t>> const& known, Policy const&) {
  if (!known) return found.bars.empty() && !found ? "" : "there is an answer";
  if (found.bars.size() != known->size()) return "size " + std::to_string(found.bars.size());
  std::uint64_t customers = 0;
  double days = 0;
  for (auto const& [many, own] : *known) {
    customers += own;
    days += static_cast<double>(many) * static_cast<double>(own);
  }
  if (found.customers != customers) return "customers";
  if (!is_about(found.mean, days / static_cast<double>(customers))) return "mean";
  std::size_t at = 0;
  for (auto const& [many, own] : *known) {
    auto const& mine = found.bars[at++];
    if (mine.periods != many || mine.customers != own) return place("customers", many);
    if (!is_about(mine.share, ratio(own, customers))) return place("share", many);
    if (!is_wilson(mine.interval, mine.share, static_cast<double>(customers))) return place("interval", many);
  }
  return {};
}

template <class Policy>
std::string wrong(credence::stickiness_result const& found, naive::stickiness const& known, Policy const& policy) {
  if (found.periods.size() != known.days.size()) return "size " + std::to_string(found.periods.size());
  if (!is_about(found.mean, known.mean)) return "mean";
  if (!is_about(found.pooled, known.pooled)) return "pooled";
  for (std::size_t at = 0; at < known.days.size(); ++at) {
    auto const& own = known.days[at];
    auto const& mine = found.periods[at];
    if (!is_period(mine.period, mine.name, policy, own.index)) return place("period", own.index);
    if (mine.users != own.users) return place("users", own.index);
    if (mine.window_users != known.window_users[at]) return place("window_users", own.index);
    if (!is_about(mine.ratio, ratio(own.users, known.window_users[at]))) return place("ratio", own.index);
  }
  return {};
}

// --- one state, however it was come by ---

template <class Rows>
using row_of = typename Rows::value_type;

/// Gathered from all rows, merged from shards, pushed one by one, and read from bytes. Each of them is equal.
template <class Accumulator, class Rows, class Gather, class Push>
std::vector<Accumulator> every_way(Rows const& rows, Accumulator const& empty, Gather const& gather, Push const& push,
                                   generator& random) {
  Accumulator whole = gather(rows);
  std::vector<Accumulator> parts;
  for (Rows const& shard : split(rows, 1 + random(8), random)) {
    if (random.one_in(2)) {
      parts.push_back(gather(shard));
    } else {
      parts.push_back(empty);
      for (auto const& row : shard) push(parts.back(), row);
    }
  }
  Accumulator together = merged(std::move(parts), random);
  CHECK(whole.valid());
  CHECK(together == whole);
  CHECK(whole == together);
  CHECK(text_of(together.result()) == text_of(whole.result()));
  auto const bytes = credence::to_bytes(whole);
  CHECK(credence::to_bytes(together) == bytes);
  Accumulator read = credence::from_bytes<Accumulator>(bytes);
  CHECK(read == whole);
  return {std::move(whole), std::move(together), std::move(read)};
}

template <class Rows, class Grid>
auto histories_of(Rows const& rows, Grid const& grid, generator& random, credence::activity_options options = {}) {
  using row = row_of<Rows>;
  using history = credence::activity_accumulator<naive::key_of<Rows>, Grid>;
  auto all = every_way(
      rows, history(grid, options),
      [&](Rows const& own) { return credence::activity(own, &row::who, &row::when, grid, options); },
      [](history& into, row const& own) { into(own.who, own.when); }, random);
  CHECK(credence::activity(credence::threads{2}, rows, &row::who, &row::when, grid, options) == all[0]);
  return all;
}
template <class Rows, class Grid>
auto valued_histories_of(Rows const& rows, Grid const& grid, generator& random) {
  using row = row_of<Rows>;
  using history = credence::activity_accumulator<naive::key_of<Rows>, Grid, long>;
  auto all = every_way(
      rows, history(grid),
      [&](Rows const& own) { return credence::activity(own, &row::who, &row::when, &row::amount, grid); },
      [](history& into, row const& own) { into(own.who, own.when, own.amount); }, random);
  CHECK(credence::activity(credence::threads{2}, rows, &row::who, &row::when, &row::amount, grid) == all[0]);
  return all;
}
template <class Rows>
auto times_of(Rows const& rows, generator& random) {
  using row = row_of<Rows>;
  using history = credence::activity_times_accumulator<naive::key_of<Rows>>;
  return every_way(
      rows, history(), [&](Rows const& own) { return credence::activity_times(own, &row::who, &row::when); },
      [](history& into, row const& own) { into(own.who, own.when); }, random);
}

/// Asks each history, and of rows, in one thread and in two: all answer alike.
template <class Histories, class Answer, class Ask>
void hold_alike(Answer const& answer, Histories const& histories, Ask const& ask) {
  std::string const known = text_of(answer);
  for (auto const& history : histories) CHECK(text_of(ask(history)) == known);
}

// --- what is asked ---

/// Ends of observation: none, within a period, at midnight, after the last event, almost before the first, and before
/// it.
inline std::vector<naive::until_type> ends_of(log_shape const& shape) {
  using std::chrono::days;
  naive::moment const from{shape.from};
  return {std::nullopt,
          from + days{shape.days * 2 / 3} + std::chrono::hours{7},
          from + days{shape.days / 2},
          from + days{2 * shape.days},
          from + days{1},
          from - days{3}};
}
inline std::optional<credence::instant> as_instant(naive::until_type until) {
  return until ? std::optional<credence::instant>(*until) : std::nullopt;
}
constexpr credence::retention_mode mode_of(bool on_or_after) {
  return on_or_after ? credence::retention_mode::on_or_after : credence::retention_mode::on;
}
inline constexpr auto by_period = [](std::int64_t period, int) { return period; };
inline constexpr auto by_property = [](std::int64_t, int property) { return property; };

#endif
