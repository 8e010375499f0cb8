// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_REPORT_HPP
#define TRUST_REPORT_REPORT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <credence/inference/comparison.hpp>
#include <credence/inference/p_adjustment.hpp>
#include <credence/inference/trend.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

#include "trust_report/gather.hpp"

// From accumulators to figures: the whole, every group, and which groups differ from the rest.

namespace trust_report {

/// Groups with fewer answers are shown, but not compared.
inline constexpr std::uint64_t least_answers_compared = 10;

struct measures {
  credence::nps_result nps;
  std::optional<credence::nps_result> weighted_nps;
  std::optional<credence::csat_result> csat;
  std::optional<credence::csat_result> weighted_csat;

  /// What groups are compared by: where answers stand for different numbers of people, those people are meant.
  [[nodiscard]] credence::nps_result const& compared() const { return weighted_nps ? *weighted_nps : nps; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("nps", self.nps);
    visit("weighted_nps", self.weighted_nps);
    visit("csat", self.csat);
    visit("weighted_csat", self.weighted_csat);
  }
};

/// A group's NPS less that of all other groups together.
struct difference {
  credence::comparison from_rest;
  double adjusted_p_value = 1;  ///< by Holm's method, over all groups that are compared
  bool differs = false;         ///< is that below 1 − confidence?

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("from_rest", self.from_rest);
    visit("adjusted_p_value", self.adjusted_p_value);
    visit("differs", self.differs);
  }
};

struct group_report {
  std::string name;
  measures figures;
  std::optional<difference> against_rest;  ///< none where the group, or the rest, is too small

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("figures", self.figures);
    visit("against_rest", self.against_rest);
  }
};

/// The NPS of one period; weighted where there is a weight.
struct period_report {
  std::string name;
  bool complete = false;  ///< had it ended by the last answer?
  credence::nps_result nps;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("complete", self.complete);
    visit("nps", self.nps);
  }
};

/// The last complete period's NPS less that of the one before.
struct latest_change {
  std::string from;
  std::string to;
  credence::comparison change;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("from", self.from);
    visit("to", self.to);
    visit("change", self.change);
  }
};

struct over_time_report {
  std::string period;                   ///< `month` …
  std::vector<period_report> periods;   ///< in order; those without an answer too, unless there are far too many
  credence::rejections without_time;    ///< rows of no period
  credence::trend_result trend;         ///< of all periods
  std::optional<latest_change> latest;  ///< none where either period is too small

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("period", self.period);
    visit("periods", self.periods);
    visit("without_time", self.without_time);
    visit("trend", self.trend);
    visit("latest", self.latest);
  }
};

struct report {
  file_facts file;
  credence::nps_options nps_options;
  credence::csat_options csat_options;
  bool csat_of_all = false;
  measures total;
  std::vector<group_report> groups;  ///< the highest NPS first
  std::optional<over_time_report> over_time;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("file", self.file);
    visit("nps_options", self.nps_options);
    visit("csat_options", self.csat_options);
    visit("csat_of_all", self.csat_of_all);
    visit("total", self.total);
    visit("groups", self.groups);
    visit("over_time", self.over_time);
  }
};

namespace detail {

/// The same tally by what each figure is of: NPS of all rows; CSAT of them too, or of those with an NPS answer.
struct read_tally {
  score_groups of_nps;
  score_groups of_csat;

  read_tally(tally const& from, bool csat_of_all) : of_nps(from.answered) {
    of_nps += from.unanswered;
    of_csat = csat_of_all ? of_nps : from.answered;
  }
  /// Of one group, or of all of them where none is given.
  [[nodiscard]] credence::nps_result nps(std::string const* group) const {
    return in(of_nps, group).get<credence::nps_accumulator>().result();
  }
  [[nodiscard]] credence::csat_result csat(std::string const* group) const {
    return in(of_csat, group).get<credence::csat_accumulator>().result();
  }

 private:
  static scores in(score_groups const& groups, std::string const* group) {
    if (group == nullptr) return groups.total();
    return groups.contains(*group) ? groups.at(*group) : scores(groups.options(), {});
  }
};

/// For each of the parts, all the others together: merged from the front and from the back, two merges a part.
inline std::vector<scores> rests(std::vector<scores> const& parts, scores const& empty) {
  std::vector<scores> others(parts.size(), empty);
  scores before = empty;
  scores after = empty;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    std::size_t const back = parts.size() - 1 - at;
    others[at] += before;
    others[back] += after;
    before += parts[at];
    after += parts[back];
  }
  return others;
}

/// Compares every group that is large enough with all the others.
inline void compare_with_rest(std::vector<group_report>& groups, score_groups const& compared, double confidence) {
  std::vector<scores> parts;
  for (group_report const& group : groups) parts.push_back(compared.at(group.name));
  std::vector<scores> const others = rests(parts, scores(compared.options(), {}));
  std::vector<double> p_values;
  for (std::size_t at = 0; at < groups.size(); ++at) {
    credence::nps_result const& own = groups[at].figures.compared();
    credence::nps_result const rest = others[at].get<credence::nps_accumulator>().result();
    if (!own || !rest || (std::min)(own.count, rest.count) < least_answers_compared) continue;
    groups[at].against_rest.emplace();
    groups[at].against_rest->from_rest = credence::compare(own, rest, {.confidence = confidence});
    p_values.push_back(groups[at].against_rest->from_rest.p_value);
  }
  std::vector<double> const adjusted = credence::adjusted(p_values, credence::p_adjustment::holm);
  std::size_t next = 0;
  for (group_report& group : groups) {
    if (!group.against_rest) continue;
    group.against_rest->adjusted_p_value = adjusted[next++];
    group.against_rest->differs = group.against_rest->adjusted_p_value < 1 - confidence;
  }
}

/// The last two periods that had ended, where both have answers enough.
inline std::optional<latest_change> change_of(std::vector<period_report> const& periods, double confidence) {
  std::size_t ended = periods.size();
  while (ended != 0 && !periods[ended - 1].complete) --ended;
  if (ended < 2) return std::nullopt;
  period_report const& before = periods[ended - 2];
  period_report const& last = periods[ended - 1];
  if ((std::min)(before.nps.count, last.nps.count) < least_answers_compared || !before.nps || !last.nps)
    return std::nullopt;
  return latest_change{before.name, last.name, credence::compare(last.nps, before.nps, {.confidence = confidence})};
}

template <class Timed>
over_time_report read_periods(Timed const& timed, std::string const& period, double confidence) {
  over_time_report made;
  made.period = period;
  made.without_time = timed.rejections();
  auto const add = [&](auto const& slot) {
    made.periods.push_back({slot.name, slot.complete, slot.accumulator.result()});
  };
  auto const occupied = timed.result();
  auto const answered = static_cast<std::int64_t>(occupied.size());
  if (static_cast<std::int64_t>(timed.size()) - answered > timed.most_empty(answered)) {
    for (auto const& slot : occupied) add(slot);  // one wrong date must not fill pages with nothing
  } else {
    for (auto const& slot : timed) add(slot);
  }
  made.trend = credence::trend(occupied, {.confidence = confidence});
  made.latest = change_of(made.periods, confidence);
  return made;
}

}  // namespace detail

/// The report of a survey that is read from a stream; `name` is what the report calls it.
inline report make_report(std::istream& stream, std::string name, request const& asked) {
  gathered const all = gather(stream, std::move(name), asked);
  bool const with_csat = all.file.csat.has_value();
  detail::read_tally const plain(all.plain, asked.csat_of_all);
  std::optional<detail::read_tally> weighted;
  if (all.file.weight) weighted.emplace(all.weighted, asked.csat_of_all);
  auto const measured = [&](std::string const* group) {
    measures figures;
    figures.nps = plain.nps(group);
    if (weighted) figures.weighted_nps = weighted->nps(group);
    if (with_csat) figures.csat = plain.csat(group);
    if (with_csat && weighted) figures.weighted_csat = weighted->csat(group);
    return figures;
  };

  report made{all.file, asked.nps, asked.csat_scale, asked.csat_of_all, measured(nullptr), {}, {}};
  if (all.file.time)
    made.over_time =
        std::visit([&](auto const& timed) { return detail::read_periods(timed, asked.period, asked.nps.confidence); },
                   all.by_period);
  if (!all.file.by) return made;
  for (auto const& each : plain.of_nps) made.groups.push_back({each.key, measured(&each.key), {}});
  // The highest first, groups without an answer last, and a fixed order among equals.
  std::sort(made.groups.begin(), made.groups.end(), [](group_report const& left, group_report const& right) {
    credence::nps_result const& one = left.figures.compared();
    credence::nps_result const& other = right.figures.compared();
    if (bool(one) != bool(other)) return bool(one);
    if (one && one.value != other.value) return one.value > other.value;
    return left.name < right.name;
  });
  detail::compare_with_rest(made.groups, weighted ? weighted->of_nps : plain.of_nps, asked.nps.confidence);
  return made;
}

}  // namespace trust_report

#endif
