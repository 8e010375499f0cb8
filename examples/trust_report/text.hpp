// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_TEXT_HPP
#define TRUST_REPORT_TEXT_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <credence/core/real.hpp>

#include "trust_report/layout.hpp"
#include "trust_report/report.hpp"

// The report as text for people, within 100 columns.

namespace trust_report {
namespace detail {

inline std::string group_name(group_report const& group) {
  return group.name.empty() ? "(blank)" : printable(group.name, 24);
}
inline std::string range(double const from, double const to) {
  return plain(from) + (from < to ? " to " + plain(to) : "");
}
inline std::string level(double const confidence) { return plain(100 * confidence) + " % interval"; }

inline void write_facts(std::ostream& out, report const& made) {
  auto const quoted = [](column_use const& column) { return "\"" + printable(column.name, 30) + "\""; };
  file_facts const& file = made.file;
  auto const& nps = made.nps_options;
  auto const& csat = made.csat_options;
  out << "Trust report: " << printable(file.name, 80) << "\n\n  " << several(file.rows, "row", "rows");
  if (file.empty_lines != 0) out << "; " << several(file.empty_lines, "empty line", "empty lines") << " skipped";
  if (file.short_rows != 0)
    out << "\n  " << several(file.short_rows, "row has", "rows have")
        << " too few fields: the missing ones are taken as blank";
  if (file.long_rows != 0)
    out << "\n  " << several(file.long_rows, "row has", "rows have")
        << " too many fields: those beyond the last column are not read";
  out << "\n  NPS of " << quoted(file.score) << ": detractors from " << plain(nps.scale_min) << ", passives from "
      << plain(nps.passive_from) << ", promoters " << range(nps.promoter_from, nps.scale_max) << '\n';
  if (file.csat) {
    out << "  CSAT of " << quoted(*file.csat) << ": satisfied " << range(csat.satisfied_from, csat.scale_max)
        << " on a scale from " << plain(csat.scale_min) << "; "
        << (made.csat_of_all ? "of all rows" : "of those who answered the NPS question") << '\n';
  }
  if (file.weight) out << "  weighted by " << quoted(*file.weight) << '\n';
  if (file.by) out << "  grouped by " << quoted(*file.by) << '\n';
  if (made.over_time) out << "  by " << made.over_time->period << " of " << quoted(*file.time) << '\n';
  bool guessed = !file.score.named_by_user;
  for (auto const* column : {&file.csat, &file.weight, &file.by, &file.time})
    guessed = guessed || (*column && !(**column).named_by_user);
  if (guessed)
    out << "  (columns found by their usual names; --score, --csat, --weight, --by and --time choose others)\n";
}

inline void write_scorecard(std::ostream& out, report const& made) {
  measures const& total = made.total;
  std::vector<std::string> heading{"SCORECARD", "value", level(made.nps_options.confidence), "std. error", "answers"};
  if (total.weighted_nps) heading.emplace_back("effective");
  table card(heading);
  // Both results alike: a share is shown in per cent, NPS in points.
  auto const add = [&](char const* name, auto const& result, double factor, char const* unit) {
    std::vector<std::string> row{name, decimals(factor * result.value, 2) + (result ? unit : ""),
                                 bounds(result.interval, factor, 2), decimals(factor * result.standard_error, 2),
                                 count(result.count)};
    if (result.weighted) row.push_back(decimals(result.effective_count, 1));
    card.add(row);
  };
  add("NPS", total.nps, 1, "");
  if (total.weighted_nps) add("NPS, weighted", *total.weighted_nps, 1, "");
  if (total.csat) add("CSAT", *total.csat, 100, " %");
  if (total.weighted_csat) add("CSAT, weighted", *total.weighted_csat, 100, " %");
  out << '\n' << card;
  out << "  intervals: NPS " << name_of(made.nps_options.interval_method);
  if (total.csat) out << ", CSAT " << name_of(made.csat_options.interval_method);
  if (total.weighted_nps) out << "; \"effective\": equal answers that the weighted ones are worth";
  out << '\n';
}

inline void write_classes(std::ostream& out, report const& made) {
  credence::nps_result const& nps = made.total.nps;
  bool const weighted = made.total.weighted_nps.has_value();
  std::vector<std::string> heading{"ANSWERS", "count", "share"};
  if (weighted) heading.push_back("weighted");
  heading.emplace_back();
  table classes(heading);
  auto const add = [&](char const* name, std::uint64_t number, double share, double weighted_share) {
    std::vector<std::string> row{name, count(number), percent(share, 1)};
    if (weighted) row.push_back(percent(weighted_share, 1));
    // A bar of 40 letters for the whole.
    row.emplace_back(credence::is_finite(share) ? static_cast<std::size_t>(std::lround(40 * share)) : 0, '#');
    classes.add(row);
  };
  credence::nps_result const& heavy = made.total.compared();
  add("promoters", nps.promoters, nps.promoter_share, heavy.promoter_share);
  add("passives", nps.passives, nps.passive_share, heavy.passive_share);
  add("detractors", nps.detractors, nps.detractor_share, heavy.detractor_share);
  out << '\n' << classes;
  // A survey on another scale gives a number all the same, and a wrong one.
  if (nps.promoters == 0 && nps.count >= least_answers_compared)
    out << "  Nobody is a promoter: is " << plain(made.nps_options.scale_min) << " to "
        << plain(made.nps_options.scale_max) << " the scale of this survey? --nps-scale tells another\n";
}

inline void write_rejections(std::ostream& out, report const& made) {
  file_facts const& file = made.file;
  bool const weighted = made.total.weighted_nps.has_value();
  std::vector<std::string> heading{"LEFT OUT", "in all", "blank", "not a number", "off the scale"};
  if (weighted) heading.emplace_back("bad weight");
  table rejected(heading);
  auto const add = [&](char const* name, std::uint64_t all, credence::rejections const& reasons, bool by_weight) {
    std::vector<std::string> row{name, count(all), count(reasons.missing), count(reasons.not_a_number),
                                 count(reasons.off_scale)};
    if (weighted) row.push_back(by_weight ? count(reasons.bad_weight) : "");
    rejected.add(row);
  };
  measures const& total = made.total;
  add("NPS", total.nps.rejected, total.nps.rejections, false);
  if (total.weighted_nps) add("NPS, weighted", total.weighted_nps->rejected, total.weighted_nps->rejections, true);
  if (total.csat) add("CSAT", total.csat->rejected, total.csat->rejections, false);
  if (total.weighted_csat) add("CSAT, weighted", total.weighted_csat->rejected, total.weighted_csat->rejections, true);
  out << '\n' << rejected;
  if (total.csat && !made.csat_of_all && total.nps.rejected != 0)
    out << "  CSAT leaves out the " << several(total.nps.rejected, "row", "rows")
        << " without an NPS answer as well; --csat-all takes all rows\n";
  auto const complain = [&](std::optional<column_use> const& column, char const* kind = "number") {
    if (column && column->not_numbers != 0)
      out << "  \"" << printable(column->name, 30) << "\": " << count(column->not_numbers)
          << (column->not_numbers == 1 ? " field is" : " fields are") << " not a " << kind << ", the first on line "
          << column->first_bad_line << ": \"" << printable(column->first_bad_field, 20) << "\"\n";
  };
  complain(file.score);
  complain(file.csat);
  complain(file.weight);
  complain(file.time, "date");
}

/// How many groups are written; all are in the JSON.
inline constexpr std::size_t most_groups_shown = 40;

inline void write_groups(std::ostream& out, report const& made) {
  bool const weighted = made.total.weighted_nps.has_value();
  std::string const interval = level(made.nps_options.confidence);
  std::vector<std::string> heading{"BY " + printable(made.file.by->name, 22), "answers", "NPS", interval};
  if (weighted) heading.insert(heading.end(), {"weighted", interval});
  if (made.total.csat) heading.emplace_back("CSAT");
  table groups(heading);
  for (std::size_t at = 0; at < (std::min)(made.groups.size(), most_groups_shown); ++at) {
    measures const& own = made.groups[at].figures;
    std::vector<std::string> row{group_name(made.groups[at]), count(own.nps.count), decimals(own.nps.value, 1),
                                 bounds(own.nps.interval, 1, 1)};
    if (weighted)
      row.insert(row.end(), {decimals(own.weighted_nps->value, 1), bounds(own.weighted_nps->interval, 1, 1)});
    if (own.csat) row.push_back(percent(own.csat->value, 1));
    groups.add(row);
  }
  out << '\n' << groups;
  if (made.groups.size() > most_groups_shown)
    out << "  and " << several(made.groups.size() - most_groups_shown, "group", "groups")
        << " with a lower NPS; --json has them all\n";
}

inline std::string probability(double const p) { return p < 0.0001 ? std::string("< 0.0001") : decimals(p, 4); }
inline std::string signed_decimals(double const number, int const digits) {
  return (number > 0 ? "+" : "") + decimals(number, digits);
}

inline void write_differences(std::ostream& out, report const& made) {
  double const confidence = made.nps_options.confidence;
  std::string const measure = made.total.weighted_nps ? "weighted NPS" : "NPS";
  table differences({"AGAINST ALL OTHERS", "difference", level(confidence), "p", "p (Holm)", ""});
  std::size_t compared = 0;
  std::size_t too_small = 0;
  for (group_report const& group : made.groups) {
    if (!group.against_rest) {
      ++too_small;
      continue;
    }
    if (++compared > most_groups_shown) continue;
    difference const& from = *group.against_rest;
    double const distance = from.from_rest.difference;
    differences.add({group_name(group), signed_decimals(distance, 1), bounds(from.from_rest.interval, 1, 1),
                     probability(from.from_rest.p_value), probability(from.adjusted_p_value),
                     !from.differs  ? ""
                     : distance > 0 ? "higher"
                                    : "lower"});
  }
  if (compared == 0) {
    out << "\n  No group is compared: two with at least " << least_answers_compared << " answers are needed.\n";
    return;
  }
  out << '\n' << differences;
  if (compared > most_groups_shown)
    out << "  and " << count(compared - most_groups_shown) << " more; --json has them all\n";
  out << "  Each group's " << measure << " less that of all other groups together, with a two-sided p.\n"
      << "  Holm's adjustment keeps the chance of any false alarm among "
      << several(compared, "comparison", "comparisons") << " below " << plain(100 * (1 - confidence)) << " %.\n";
  if (too_small != 0)
    out << "  " << several(too_small, "group has", "groups have") << " fewer than " << least_answers_compared
        << " answers and " << (too_small == 1 ? "is" : "are") << " not compared.\n";
}

/// How many periods are written: the latest; all are in the JSON.
inline constexpr std::size_t most_periods_shown = 36;

inline void write_periods(std::ostream& out, report const& made) {
  over_time_report const& time = *made.over_time;
  bool const weighted = made.total.weighted_nps.has_value();
  table periods(
      {"BY " + time.period, "answers", weighted ? "weighted NPS" : "NPS", level(made.nps_options.confidence), ""});
  std::size_t const first = time.periods.size() > most_periods_shown ? time.periods.size() - most_periods_shown : 0;
  for (std::size_t at = first; at < time.periods.size(); ++at) {
    period_report const& own = time.periods[at];
    periods.add({own.name, count(own.nps.count), decimals(own.nps.value, 1), bounds(own.nps.interval, 1, 1),
                 own.complete ? "" : "so far"});
  }
  out << '\n' << periods;
  if (first != 0) out << "  and " << several(first, "earlier period", "earlier periods") << "; --json has all\n";
  if (std::uint64_t const lost = time.without_time.total(); lost != 0)
    out << "  " << several(lost, "row has", "rows have") << " no date and " << (lost == 1 ? "is" : "are") << " in no "
        << time.period << '\n';
}

inline void write_trend(std::ostream& out, report const& made) {
  over_time_report const& time = *made.over_time;
  credence::trend_result const& trend = time.trend;
  table changes({"CHANGE", "NPS", level(made.nps_options.confidence), "p"});
  if (trend)
    changes.add({"a " + time.period + ", on the whole", signed_decimals(trend.slope, 2), bounds(trend.interval, 1, 2),
                 probability(trend.p_value)});
  if (time.latest)
    changes.add({time.latest->from + " to " + time.latest->to, signed_decimals(time.latest->change.difference, 1),
                 bounds(time.latest->change.interval, 1, 1), probability(time.latest->change.p_value)});
  if (trend || time.latest) out << '\n' << changes;
  if (!trend) out << "  There are too few " << time.period << "s for a trend.\n";
}

}  // namespace detail

inline void write_text(std::ostream& out, report const& made) {
  detail::write_facts(out, made);
  detail::write_scorecard(out, made);
  detail::write_classes(out, made);
  detail::write_rejections(out, made);
  if (made.over_time) {
    detail::write_periods(out, made);
    detail::write_trend(out, made);
  }
  if (!made.file.by) return;
  detail::write_groups(out, made);
  detail::write_differences(out, made);
}

}  // namespace trust_report

#endif
