// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_EVENTS_TEXT_HPP
#define TRUST_REPORT_EVENTS_TEXT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "trust_report/events.hpp"
#include "trust_report/layout.hpp"
#include "trust_report/text.hpp"

// The report of a log as text for people, within 100 columns.

namespace trust_report {
namespace detail {

inline constexpr std::size_t most_rows_shown = 12;   ///< of cohorts and periods, the latest
inline constexpr std::size_t most_cells_shown = 10;  ///< of each cohort; all are in the JSON

inline void write_log_facts(std::ostream& out, events_report const& made) {
  out << "Retention report: " << printable(made.name, 80) << "\n\n  " << several(made.rows, "row", "rows") << ", "
      << several(made.customers, "customer", "customers") << " told by \"" << printable(made.customer.name, 30)
      << "\", days by \"" << printable(made.time.name, 30) << "\"\n";
  if (!made.customer.named_by_user || !made.time.named_by_user)
    out << "  (columns found by their usual names; --customer and --time choose others)\n";
  credence::rejections const& lost = made.cohorts.rejections;
  if (lost.total() != 0)
    out << "  " << several(lost.total(), "row is", "rows are") << " left out: without a customer or a time\n";
  if (made.time.not_numbers != 0)
    out << "  \"" << printable(made.time.name, 30) << "\": " << count(made.time.not_numbers)
        << (made.time.not_numbers == 1 ? " field is" : " fields are") << " not a date, the first on line "
        << made.time.first_bad_line << ": \"" << printable(made.time.first_bad_field, 20) << "\"\n";
  if (made.cohorts.after_end != 0)
    out << "  " << several(made.cohorts.after_end, "customer", "customers") << " began when observation had ended\n";
}

inline void write_cohorts(std::ostream& out, events_report const& made) {
  auto const& cohorts = made.cohorts.cohorts;
  std::size_t const first = cohorts.size() > most_rows_shown ? cohorts.size() - most_rows_shown : 0;
  std::size_t width = 0;
  for (std::size_t at = first; at < cohorts.size(); ++at) width = (std::max)(width, cohorts[at].cells.size());
  width = (std::min)(width, most_cells_shown);
  std::vector<std::string> heading{"COHORTS BY " + made.period, "customers"};
  for (std::size_t cell = 0; cell < width; ++cell) heading.push_back("+" + std::to_string(cell));
  table shown(heading);
  for (std::size_t at = first; at < cohorts.size(); ++at) {
    std::vector<std::string> row{cohorts[at].name, count(cohorts[at].size)};
    for (std::size_t cell = 0; cell < (std::min)(width, cohorts[at].cells.size()); ++cell) {
      credence::retention_cell const& own = cohorts[at].cells[cell];
      row.push_back(own.mature ? percent(own.rate, 0) : "..");
    }
    shown.add(row);
  }
  out << '\n' << shown;
  if (first != 0) out << "  and " << several(first, "earlier cohort", "earlier cohorts") << "; --json has all\n";
  out << "  Of the customers who began in a " << made.period << ", those active so many " << made.period
      << "s later; .. has not ended yet.\n";
}

inline void write_curve(std::ostream& out, events_report const& made) {
  table curve({"RETENTION", "retained", "of", "rate", level(made.confidence), "cohorts"});
  for (std::size_t at = 0; at < (std::min)(made.curve.size(), most_cells_shown + 1); ++at) {
    credence::retention_point const& own = made.curve[at];
    if (own)
      curve.add({made.period + " " + std::to_string(own.period), count(own.retained), count(own.eligible),
                 percent(own.rate, 1), bounds(own.interval, 100, 1), count(own.cohorts)});
  }
  for (credence::n_day_retention_day const& own : made.days)
    curve.add({"day " + std::to_string(own.day), count(own.retained), count(own.eligible), percent(own.rate, 1),
               bounds(own.interval, 100, 1), ""});
  out << '\n' << curve;
}

inline void write_lifecycle(std::ostream& out, events_report const& made) {
  auto const& periods = made.lifecycle.periods;
  std::size_t const first = periods.size() > most_rows_shown ? periods.size() - most_rows_shown : 0;
  table shown({"CUSTOMERS BY " + made.period, "active", "new", "returning", "resurrecting", "dormant", ""});
  for (std::size_t at = first; at < periods.size(); ++at) {
    credence::lifecycle_period const& own = periods[at];
    shown.add({own.name, count(own.active()), count(own.new_customers), count(own.returning), count(own.resurrecting),
               count(own.dormant), own.complete ? "" : "so far"});
  }
  out << '\n' << shown;
  if (made.stickiness)
    out << "  On a day " << percent(made.stickiness.mean, 1)
        << " of the customers of the last 28 days are active, on average.\n";
}

}  // namespace detail

inline void write_text(std::ostream& out, events_report const& made) {
  detail::write_log_facts(out, made);
  if (!made.cohorts) {
    out << "\n  There is nobody to report on.\n";
    return;
  }
  detail::write_cohorts(out, made);
  detail::write_curve(out, made);
  detail::write_lifecycle(out, made);
}

}  // namespace trust_report

#endif
