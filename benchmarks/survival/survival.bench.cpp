// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

// How long a million customers stay, against the bare loops that count them and the sorting of their times.

#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/log_rank.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "contest.hpp"
#include "subjects.hpp"

namespace {

using inputs::subject;

constexpr std::size_t days = 1'096;
struct day_counts {
  std::array<std::uint64_t, days> seen{};
  std::array<std::uint64_t, days> left{};
};
/// S on the last day, of who was seen last and who left on each.
double survival_of(day_counts const& counts, std::uint64_t customers) {
  double survival = 1;
  for (std::size_t day = 0; day < days; ++day) {
    if (counts.left[day] != 0) survival *= 1 - static_cast<double>(counts.left[day]) / static_cast<double>(customers);
    customers -= counts.seen[day];
  }
  return survival;
}
double survival_floor() {
  day_counts counts;
  for (subject const& each : inputs::subjects()) {
    ++counts.seen[static_cast<std::size_t>(each.day)];
    counts.left[static_cast<std::size_t>(each.day)] += each.has_left;
  }
  return survival_of(counts, inputs::subjects().size());
}
double known_survival() {
  static double const known = survival_floor();
  return known;
}

void kaplan_meier_days() {
  auto const curve = credence::kaplan_meier(inputs::subjects(), &subject::day, &subject::has_left);
  bench::expect(std::fabs(curve.steps.back().survival - known_survival()) <= 1e-10, "S(1095)");
}

/// No two alike: a part of a day beside the days.
struct timed_subject {
  double time;
  bool has_left;
};
std::vector<timed_subject> const& timed_subjects() {
  static std::vector<timed_subject> const kept = [] {
    std::vector<timed_subject> made;
    double part = 0;
    for (subject const& each : inputs::subjects()) {
      part += 0x1p-21;
      made.push_back({static_cast<double>(each.day) + part, each.has_left});
    }
    return made;
  }();
  return kept;
}
void kaplan_meier_reals() {
  auto const curve = credence::kaplan_meier(timed_subjects(), &timed_subject::time, &timed_subject::has_left);
  bench::expect(curve.steps.size() == inputs::subject_count(), "a step for each");
}
void sorting() {
  std::vector<double> times;
  times.reserve(timed_subjects().size());
  for (timed_subject const& each : timed_subjects()) times.push_back(each.time);
  std::sort(times.begin(), times.end());
  bench::expect(times.front() >= 1, "the least time");
}

/// Observed less expected of those with x1, for the log-rank test.
double log_rank_floor() {
  std::array<day_counts, 2> counts;
  for (subject const& each : inputs::subjects()) {
    ++counts[each.x1].seen[static_cast<std::size_t>(each.day)];
    counts[each.x1].left[static_cast<std::size_t>(each.day)] += each.has_left;
  }
  std::array<double, 2> at_risk{};
  for (std::size_t day = 0; day < days; ++day)
    for (std::size_t group = 0; group < 2; ++group) at_risk[group] += static_cast<double>(counts[group].seen[day]);
  double apart = 0;
  for (std::size_t day = 0; day < days; ++day) {
    double const left = static_cast<double>(counts[0].left[day] + counts[1].left[day]);
    if (left > 0) apart += static_cast<double>(counts[1].left[day]) - left * at_risk[1] / (at_risk[0] + at_risk[1]);
    for (std::size_t group = 0; group < 2; ++group) at_risk[group] -= static_cast<double>(counts[group].seen[day]);
  }
  return apart;
}
void log_rank() {
  auto const tested =
      credence::log_rank(inputs::subjects(), &subject::day, &subject::has_left, credence::grouped_by(&subject::x1));
  static double const known = log_rank_floor();
  std::size_t const with = tested.groups[0].key ? 0 : 1;
  bench::expect(std::fabs(tested.groups[with].observed - tested.groups[with].expected - known) <= 1e-9 * known,
                "observed less expected");
}

bench::enter const whole{{.name = "kaplan_meier, whole times",
                          .credence = kaplan_meier_days,
                          .floor = [] { bench::expect(survival_floor() == known_survival(), "S(1095)"); },
                          .at_most = 1.5,
                          .items = inputs::subject_count}};
bench::enter const real{{.name = "kaplan_meier, reals to sort",
                         .credence = kaplan_meier_reals,
                         .floor = sorting,
                         .at_most = 1.3,
                         .items = inputs::subject_count}};
bench::enter const groups{{.name = "log_rank, two groups",
                           .credence = log_rank,
                           .floor = [] { bench::expect(log_rank_floor() > 0, "observed less expected"); },
                           .at_most = 2,
                           .items = inputs::subject_count}};

}  // namespace
