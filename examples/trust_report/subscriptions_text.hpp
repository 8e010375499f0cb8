// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_SUBSCRIPTIONS_TEXT_HPP
#define TRUST_REPORT_SUBSCRIPTIONS_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "trust_report/events_text.hpp"
#include "trust_report/layout.hpp"
#include "trust_report/subscriptions.hpp"
#include "trust_report/text.hpp"

// The report of subscriptions as text for people, within 100 columns.

namespace trust_report {
namespace detail {

inline void write_bad_fields(std::ostream& out, column_use const& column, std::string const& what) {
  if (column.not_numbers == 0) return;
  out << "  \"" << printable(column.name, 30) << "\": " << count(column.not_numbers)
      << (column.not_numbers == 1 ? " field is not " : " fields are not ") << what << ", the first on line "
      << column.first_bad_line << ": \"" << printable(column.first_bad_field, 20) << "\"\n";
}

inline void write_subscription_facts(std::ostream& out, subscriptions_report const& made) {
  out << "Subscription report: " << printable(made.name, 80) << "\n\n  " << several(made.rows, "row", "rows") << ", "
      << several(made.customers, "customer", "customers") << " told by \"" << printable(made.customer.name, 30)
      << "\", from \"" << printable(made.start.name, 30) << "\" to \"" << printable(made.end.name, 30) << "\"\n";
  if (made.churn.rejected != 0)
    out << "  " << several(made.churn.rejected, "row is", "rows are")
        << " left out: without a customer or a start, or with an end before it\n";
  write_bad_fields(out, made.start, "a date");
  write_bad_fields(out, made.end, "a date");
  if (made.amount) write_bad_fields(out, *made.amount, "a number");
}

inline void write_churn(std::ostream& out, subscriptions_report const& made) {
  auto const& periods = made.churn.periods;
  std::size_t const first = periods.size() > most_rows_shown ? periods.size() - most_rows_shown : 0;
  table shown({"CHURN BY " + made.period, "at start", "joined", "lost", "rate", level(made.confidence), ""});
  for (std::size_t at = first; at < periods.size(); ++at) {
    credence::churn_rate_result const& own = periods[at].rate;
    shown.add({periods[at].name, count(own.active_at_start), count(own.joined), count(own.lost), percent(own.value, 1),
               bounds(own.interval, 100, 1), periods[at].complete ? "" : "so far"});
  }
  out << '\n' << shown;
}

inline void write_revenue(std::ostream& out, subscriptions_report const& made) {
  auto const& periods = made.revenue.periods;
  if (periods.empty()) return;
  std::size_t const first = periods.size() > most_rows_shown ? periods.size() - most_rows_shown : 0;
  table shown({"REVENUE BY " + made.period, "opening", "new", "expanded", "back", "contracted", "churned", "closing",
               "gross", "net"});
  auto const money = [](double cents) { return decimals(cents / 100, 0); };
  for (std::size_t at = first; at < periods.size(); ++at) {
    auto const& own = periods[at];
    shown.add({own.name, money(own.opening), money(own.new_business), money(own.expansion), money(own.reactivation),
               money(own.contraction), money(own.churn), money(own.closing), percent(own.gross_retention, 0),
               percent(own.net_retention, 0)});
  }
  out << '\n'
      << shown << "  What runs at the end of each " << made.period
      << "; gross and net are the shares of the opening revenue that are kept.\n";
}

inline void write_reasons(std::ostream& out, subscriptions_report const& made) {
  if (!made.reasons) return;
  table shown({"WHY THEY LEFT", "customers", "share", level(made.confidence), "of revenue"});
  for (auto const& own : made.reasons)
    shown.add({printable(own.reason, 24), count(own.count), percent(own.share, 1), bounds(own.interval, 100, 1),
               percent(own.share_of_value, 1)});
  out << '\n' << shown;
}

inline void write_tenure(std::ostream& out, subscriptions_report const& made) {
  table shown(
      {"HOW LONG THEY STAY", "customers", "left", "6 months", "12 months", level(made.confidence), "half left after"});
  for (tenure_group const& own : made.tenure)
    shown.add({own.name.empty() ? "(blank)" : printable(own.name, 24), count(own.customers), count(own.left),
               percent(own.half_a_year.survival, 0), percent(own.year.survival, 0), bounds(own.year.interval, 100, 0),
               own.median ? decimals(own.median.value, 1) + " months" : "-"});
  out << '\n' << shown;
  if (made.groups_alike)
    out << "  Do they leave alike? Log-rank chi-squared " << decimals(made.groups_alike.chi_squared, 1) << " on "
        << decimals(made.groups_alike.degrees_of_freedom, 0) << " degrees of freedom, p "
        << (made.groups_alike.p_value < 0.0001 ? "< 0.0001" : decimals(made.groups_alike.p_value, 4)) << ".\n";
}

}  // namespace detail

inline void write_text(std::ostream& out, subscriptions_report const& made) {
  detail::write_subscription_facts(out, made);
  if (!made.churn) {
    out << "\n  There is nobody to report on.\n";
    return;
  }
  detail::write_churn(out, made);
  detail::write_revenue(out, made);
  detail::write_reasons(out, made);
  detail::write_tenure(out, made);
}

}  // namespace trust_report

#endif
