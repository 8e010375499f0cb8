// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_ORDERS_TEXT_HPP
#define TRUST_REPORT_ORDERS_TEXT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <credence/core/real.hpp>

#include "trust_report/layout.hpp"
#include "trust_report/orders_figures.hpp"
#include "trust_report/subscriptions_text.hpp"
#include "trust_report/text.hpp"

// The report of orders as text for people, within 100 columns.

namespace trust_report {
namespace detail {

/// So many digits that matter.
inline std::string rough(double const number, int const digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*g", digits, number);
  return text;
}
/// Whole units of money or purchases, by thousands.
inline std::string whole_units(double const number) {
  if (!(number > -1e15 && number < 1e15)) return credence::is_nan(number) ? "-" : "no end";
  return (number <= -0.5 ? "-" : "") + count(static_cast<std::uint64_t>((number < 0 ? -number : number) + 0.5));
}

inline void write_order_facts(std::ostream& out, orders_report const& made) {
  auto const quoted = [](column_use const& column) { return "\"" + printable(column.name, 30) + "\""; };
  orders_file const& file = made.file;
  out << "Order report: " << printable(file.name, 80) << "\n\n  " << several(file.rows, "row", "rows")
      << ": customers by " << quoted(file.customer) << ", days by " << quoted(file.time);
  if (file.amount) out << ", amounts by " << quoted(*file.amount);
  out << '\n';
  if (made.customers != 0)
    out << "  from " << made.first << " to " << made.last << ", " << several(made.customers, "customer", "customers")
        << ", of whom " << count(made.came_back) << " came back\n";
  if (!file.customer.named_by_user || !file.time.named_by_user || (file.amount && !file.amount->named_by_user))
    out << "  (columns found by their usual names; --customer, --time and --amount choose others)\n";
}

inline void write_orders_left_out(std::ostream& out, orders_report const& made) {
  orders_left_out const& lost = made.file.left_out;
  credence::rfm_report const& orders = made.orders;
  table shown({"LEFT OUT", "rows"});
  auto const add = [&](char const* why, std::uint64_t rows) {
    if (rows != 0) shown.add({why, count(rows)});
  };
  add("without a customer", lost.no_customer);
  add("without a date", lost.no_time);
  add("without an amount", lost.no_amount);
  add("amounts that make no sense", lost.not_a_number);
  add("of the future, by --until or today", lost.after_end);
  add("returned by who had not bought", orders.unmatched);
  if (lost.total() + orders.unmatched != 0) out << '\n' << shown;
  write_bad_fields(out, made.file.time, "a date");
  if (made.file.amount) write_bad_fields(out, *made.file.amount, "a number");
  if (orders.merged != 0)
    out << "  " << several(orders.merged, "order was", "orders were")
        << " of a day on which its customer had bought already: that is one purchase.\n";
  if (orders.netted != 0)
    out << "  " << several(orders.netted, "return was", "returns were") << " taken from what was spent before.\n";
}

inline void write_segments(std::ostream& out, orders_report const& made) {
  std::vector<std::string> heading{"WHO THEY ARE", "customers", "of all", "purchases"};
  if (made.file.amount) heading.insert(heading.end(), {"revenue", "of all", "a purchase"});
  table shown(heading);
  for (orders_segment const& own : made.segments) {
    std::vector<std::string> row{std::string(name_of(own.segment)), count(own.customers), percent(own.share, 1),
                                 whole_units(own.purchases)};
    if (made.file.amount)
      row.insert(row.end(), {whole_units(own.revenue), percent(own.revenue_share, 1), decimals(own.mean_spend, 2)});
    shown.add(row);
  }
  out << '\n' << shown << "  Told by how long ago each bought last, and how often: by fifths of the customers.\n";
  credence::revenue_concentration_result const& own = made.concentration;
  if (own)
    out << "  The tenth of customers who spent most brought " << percent(own.top_share, 1) << " of revenue; 80 % of it "
        << "came from " << percent(own.customers_for_share, 1) << "\n  of customers. Gini " << decimals(own.value, 3)
        << ".\n";
}

inline std::string shown_parameters(fitted_model const& own) {
  std::string text;
  for (fitted_parameter const& each : own.parameters)
    text += (text.empty() ? "" : ", ") + each.name + " " + rough(each.value, 3) + " ± " + rough(each.standard_error, 2);
  return text;
}
/// Lines of whole words within 100 columns, a little to the right.
inline void write_paragraph(std::ostream& out, std::string_view text) {
  constexpr std::size_t width = 97;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > width) {
      end = text.rfind(' ', width);
      if (end == text.npos) end = (std::min)(text.find(' '), text.size());
    }
    out << "  " << text.substr(0, end) << '\n';
    text.remove_prefix((std::min)(end + 1, text.size()));
  }
}
/// Those that failed, together where they failed alike.
inline void write_advice(std::ostream& out, std::vector<fitted_model> const& models) {
  for (std::size_t at = 0; at < models.size(); ++at) {
    fitted_model const& own = models[at];
    auto const like_it = [&](fitted_model const& other) {
      return other.status == own.status && other.advice == own.advice;
    };
    auto const first = models.begin() + static_cast<std::ptrdiff_t>(at);
    if (own.status == credence::fit_status::converged || std::any_of(models.begin(), first, like_it)) continue;
    std::string names = own.name;
    for (auto other = first + 1; other != models.end(); ++other)
      if (like_it(*other)) names += ", " + other->name;
    write_paragraph(out, names + " ended with " + std::string(name_of(own.status)) + ": " + own.advice + '.');
  }
}

inline void write_purchase_models(std::ostream& out, orders_report const& made) {
  table shown({"HOW THEY BUY", "ln L", "AIC", ""});
  for (fitted_model const& own : made.purchase_models)
    shown.add({own.name, decimals(own.log_likelihood, 1), decimals(own.aic, 1), shown_parameters(own)});
  out << '\n' << shown;
  write_advice(out, made.purchase_models);
  credence::timing_regularity_result const& timing = made.regularity;
  // Days make short gaps look regular: a little above 1 is what chance looks like.
  constexpr double regular = 1.5;
  bool const all_alike = timing && !credence::is_finite(timing.value);
  if (all_alike || timing.interval.lower > regular)
    out << "  They buy more regularly than by chance: "
        << (all_alike ? "all gaps are alike"
                      : "k is " + decimals(timing.value, 2) + " (" + bounds(timing.interval, 1, 2) + ")")
        << ", so that\n  models for regular buyers, BG/CNBD-k, may know more.\n";
  fitted_model const& best = made.purchase_models.front();
  if (!best.chosen) {
    out << "  No model could be fitted: what customers will do is not foretold.\n";
    return;
  }
  out << "  What follows is by " << best.name << ", the best by its AIC; time is in weeks, ± one standard error.\n";
  constexpr double hardly_better = 2;
  for (fitted_model const& own : made.purchase_models)
    if (!own.chosen && own.aic - best.aic < hardly_better)
      out << "  " << own.name << " does as well: its AIC is less than 2 higher.\n";
  if (best.name == "BG/NBD")
    out << "  It takes everyone who bought once to be still a customer, however long ago that was.\n";
}

inline void write_holdout(std::ostream& out, orders_report const& made) {
  if (!made.holdout) {
    out << "\n  There is too little history to check this by what came after a part of it.\n";
    return;
  }
  holdout_check const& own = *made.holdout;
  if (own.status != credence::fit_status::converged) {
    out << "\n  Fitted to what was before " << own.from << " alone, the model ended with " << name_of(own.status)
        << ":\n  there was too little of it to check the model by.\n";
    return;
  }
  table shown({"IS IT RIGHT?", "customers", "bought", "foretold", "each", "foretold"});
  auto const add = [&](std::string const& name, std::uint64_t customers, double each, double foretold) {
    double const all = static_cast<double>(customers);
    if (customers != 0)
      shown.add({name, count(customers), whole_units(all * each), whole_units(all * foretold), decimals(each, 2),
                 decimals(foretold, 2)});
  };
  credence::holdout_score_result const& score = own.score;
  for (credence::holdout_bin const& bin : score.calibration)
    add("came back " + count(bin.frequency) + (&bin == &score.calibration.back() ? " and more" : ""), bin.customers,
        bin.actual, bin.predicted);
  double const all = static_cast<double>(score.count);
  add("all", score.count, score.actual / all, score.model.predicted / all);
  out << '\n'
      << shown << "  Purchases of the " << decimals(own.weeks, 1) << " weeks from " << own.from
      << " on, foretold from what was before, by how often\n  customers had come back by then. A customer's are "
      << decimals(score.model.mean_absolute_error, 2) << " off in the mean;\n  "
      << decimals(score.own_rate.mean_absolute_error, 2) << " if everyone just went on as before, "
      << decimals(score.mean_rate.mean_absolute_error, 2) << " if all bought alike.\n";
}

inline void write_spend(std::ostream& out, orders_report const& made) {
  fitted_model const& own = *made.spend_model;
  table shown({"WHAT THEY SPEND", "ln L", "AIC", ""});
  shown.add({own.name, decimals(own.log_likelihood, 1), decimals(own.aic, 1), shown_parameters(own)});
  out << '\n' << shown;
  write_advice(out, {own});
  if (own.status == credence::fit_status::converged)
    out << "  A customer spends " << decimals(made.mean_spend, 2) << " a purchase in the mean.\n";
  credence::spend_independence_result const& both = made.frequency_and_spend;
  if (!both) return;
  out << "  How much and how often go together by a correlation of " << decimals(both.value, 2) << " ("
      << bounds(both.interval, 1, 2) << ")";
  constexpr double noted = 0.2;
  if (both.value > noted) {
    out << ":\n  the value of those who buy often is told too low.\n";
  } else if (both.value < -noted) {
    out << ":\n  the value of those who buy often is told too high.\n";
  } else {
    out << ";\n  the models take it to be 0.\n";
  }
}

inline void write_forecast(std::ostream& out, orders_report const& made) {
  bool const money = made.value.has_value();
  std::vector<std::string> heading{"THE YEAR TO COME", "customers", "still here", "purchases"};
  if (money) heading.insert(heading.end(), {"value", "of all", "a customer"});
  table shown(heading);
  double const all = money ? made.value->at_risk.total : credence::not_a_number();
  for (orders_segment const& own : made.segments) {
    std::vector<std::string> row{std::string(name_of(own.segment)), count(own.customers),
                                 percent(own.probability_alive, 1), whole_units(own.expected_purchases)};
    if (money)
      row.insert(row.end(), {whole_units(own.value), percent(own.value / all, 1),
                             decimals(own.value / static_cast<double>(own.customers), 2)});
    shown.add(row);
  }
  out << '\n' << shown;
  if (!money) return;
  out << "  All together " << whole_units(all) << ", discounted by " << plain(100 * made.discount) << " % a year";
  if (made.margin < 1) {
    out << ", at a margin of " << plain(100 * made.margin) << " %.\n";
  } else {
    out << "; of revenue: --margin tells what is left of it.\n";
  }
  if (std::uint64_t const others = made.value->without_spend; others != 0)
    out << "  " << several(others, "customer is", "customers are")
        << " not in it: after what was given back nothing was spent.\n";
  if (std::uint64_t const others = made.value->endless; others != 0)
    out << "  " << several(others, "customer is", "customers are")
        << " not in it: by the model of spend what they spend has no mean.\n";
}

inline void write_keeping(std::ostream& out, orders_report const& made) {
  orders_value const& value = *made.value;
  table shown({"MOST WORTH KEEPING", "purchases", "the last on", "a purchase", "still here", "value", "at risk"});
  for (customer_at_risk const& own : value.customers)
    shown.add({printable(own.customer, 26), count(own.purchases), own.last_purchase, decimals(own.expected_spend, 2),
               percent(own.probability_alive, 1), decimals(own.value, 2), decimals(own.at_risk, 2)});
  out << '\n'
      << shown << "  At risk is the value × the probability that the customer has left: of all together "
      << whole_units(value.at_risk.value) << ",\n  " << percent(value.at_risk.share, 1)
      << " of the value. Who is surely here, or surely gone, is not on this list.\n";
}

}  // namespace detail

inline void write_text(std::ostream& out, orders_report const& made) {
  detail::write_order_facts(out, made);
  detail::write_orders_left_out(out, made);
  if (made.customers == 0) {
    out << "\n  There is nobody to report on.\n";
    return;
  }
  detail::write_segments(out, made);
  detail::write_purchase_models(out, made);
  bool const foretold = made.purchase_models.front().chosen;
  if (foretold) detail::write_holdout(out, made);
  if (made.spend_model) detail::write_spend(out, made);
  if (foretold) detail::write_forecast(out, made);
  if (made.value) detail::write_keeping(out, made);
}

}  // namespace trust_report

#endif
