// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_ORDERS_HPP
#define TRUST_REPORT_ORDERS_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/customer_lifetime_value.hpp>
#include <credence/clv/gamma_gamma.hpp>
#include <credence/clv/holdout_score.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/clv/pareto_nbd.hpp>
#include <credence/clv/predict.hpp>
#include <credence/clv/revenue_concentration.hpp>
#include <credence/clv/rfm_scores.hpp>
#include <credence/clv/spend_independence.hpp>
#include <credence/clv/timing_regularity.hpp>
#include <credence/clv/value_at_risk.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/real.hpp>
#include <credence/history/rfm.hpp>
#include <credence/math/fit.hpp>

#include "trust_report/orders_figures.hpp"
#include "trust_report/orders_rows.hpp"

// From orders to figures: who the customers are, which model foretells them, and what they are worth.

namespace trust_report {

/// With less history no part of it is kept to check the model by.
inline constexpr double least_weeks_checked = 26;
/// Customers who came back 0, 1, 2 or 3 times, or more often, are checked apart.
inline constexpr int holdout_bins = 5;

namespace detail {

using customers_table = credence::rfm_table<std::string>;
using customer_row = credence::rfm_customer<std::string>;

inline std::string day_of(credence::instant when) {
  credence::calendar_day const days;
  return days.name_of(days.index_of(when));
}
/// Weeks from there on.
inline credence::instant after(credence::instant begin, double weeks) {
  return credence::instant::from_micros(begin.micros + std::llround(weeks * 7 * 86'400e6));
}

/// Every purchase is averaged, the first too: what a shop took in, it took in.
inline customers_table customers_of(read_orders const& read, orders_request const& asked,
                                    std::optional<credence::instant> calibration_until = {}) {
  credence::rfm_options const options{
      .first_purchase_in_spend = true, .observed_until = asked.observed_until, .calibration_until = calibration_until};
  return read.file.amount ? credence::rfm(read.orders, &order::customer, &order::time, &order::amount, options)
                          : credence::rfm(read.orders, &order::customer, &order::time, options);
}
inline double revenue_of(customer_row const& own) { return own.monetary_value * static_cast<double>(own.spend_count); }
/// Who bought; nobody, where this is a return.
inline std::optional<std::string_view> purchaser_of(order const& own) {
  return own.amount < 0 ? std::nullopt : std::optional<std::string_view>(own.customer);
}
inline double purchases_of(customer_row const& own) { return 1 + own.frequency; }

template <class Fit>
fitted_model told_model(std::string name, Fit const& fit) {
  fitted_model told;
  told.name = std::move(name);
  told.status = fit.status;
  told.advice = fit.advice();
  told.log_likelihood = fit.log_likelihood;
  told.aic = fit.aic;
  if (!fit) return told;
  for (std::size_t at = 0; at < fit.parameters.size(); ++at)
    told.parameters.push_back({fit.parameter_names[at], fit.parameters[at], fit.standard_errors[at]});
  return told;
}

/// Fits all three, and calls `use` with the best of those that converged. Answers what became of each, the best first.
template <class Use>
std::vector<fitted_model> fitted_models(customers_table const& customers, Use const& use) {
  auto const bg = credence::fit<credence::bg_nbd>(customers);
  auto const mbg = credence::fit<credence::mbg_nbd>(customers);
  auto const pareto = credence::fit<credence::pareto_nbd>(customers);
  std::vector<fitted_model> told{told_model("BG/NBD", bg), told_model("MBG/NBD", mbg),
                                 told_model("Pareto/NBD", pareto)};
  auto const best = std::min_element(told.begin(), told.end(), [](fitted_model const& one, fitted_model const& other) {
    bool const can = one.status == credence::fit_status::converged;
    bool const could = other.status == credence::fit_status::converged;
    return can != could ? can : can && one.aic < other.aic;
  });
  if (best->status != credence::fit_status::converged) return told;
  best->chosen = true;
  switch (best - told.begin()) {
    case 0: use(bg); break;
    case 1: use(mbg); break;
    default: use(pareto); break;
  }
  std::rotate(told.begin(), best, best + 1);
  return told;
}

inline std::vector<orders_segment> told_segments(customers_table const& customers,
                                                 credence::rfm_scores_result const& scored) {
  std::vector<orders_segment> made;
  std::array<std::size_t, credence::rfm_segments> place{};
  double revenue = 0;
  for (auto const& own : scored.segments) {
    if (!own) continue;
    place[static_cast<std::size_t>(own.segment)] = made.size();
    orders_segment told;
    told.segment = own.segment;
    told.customers = own.count;
    told.share = own.share;
    made.push_back(told);
  }
  for (std::size_t at = 0; at < customers.size(); ++at) {
    orders_segment& into = made[place[static_cast<std::size_t>(scored[at].segment)]];
    into.purchases += purchases_of(customers[at]);
    into.revenue += revenue_of(customers[at]);
    revenue += revenue_of(customers[at]);
  }
  for (orders_segment& own : made) {
    own.revenue_share = own.revenue / revenue;
    own.mean_spend = own.revenue / own.purchases;
  }
  return made;
}

/// Rows stand as the customers do in their table.
inline void add_predictions(std::vector<orders_segment>& segments, credence::rfm_scores_result const& scored,
                            credence::predictions<credence::prediction<std::string>> const& foretold) {
  for (orders_segment& own : segments) {
    own.probability_alive = own.expected_purchases = 0;
    for (std::size_t at = 0; at < foretold.size(); ++at) {
      if (scored[at].segment != own.segment) continue;
      own.probability_alive += foretold[at].probability_alive / static_cast<double>(own.customers);
      own.expected_purchases += foretold[at].expected_purchases;
    }
  }
}
inline void add_values(std::vector<orders_segment>& segments, credence::rfm_scores_result const& scored,
                       credence::lifetime_values<std::string> const& values) {
  for (orders_segment& own : segments) {
    own.value = 0;
    for (std::size_t at = 0; at < values.size(); ++at)
      if (scored[at].segment == own.segment && credence::is_finite(values[at].value)) own.value += values[at].value;
  }
}

inline orders_value told_value(customers_table const& customers, credence::lifetime_values<std::string> const& values,
                               double horizon, int top) {
  orders_value told;
  told.horizon = horizon;
  told.at_risk = credence::value_at_risk(values);
  told.without_spend = values.rejected;
  told.endless = values.endless;
  for (std::size_t at = 0; at < values.size(); ++at) {
    auto const& own = values[at];
    if (!credence::is_finite(own.value)) continue;
    told.customers.push_back({own.key, static_cast<std::uint64_t>(purchases_of(customers[at])),
                              day_of(customers[at].last_purchase), own.expected_spend, own.probability_alive, own.value,
                              own.value * (1 - own.probability_alive)});
  }
  std::sort(told.customers.begin(), told.customers.end(),
            [](customer_at_risk const& one, customer_at_risk const& other) {
              return one.at_risk != other.at_risk ? one.at_risk > other.at_risk : one.customer < other.customer;
            });
  if (told.customers.size() > static_cast<std::size_t>(top)) told.customers.resize(static_cast<std::size_t>(top));
  return told;
}

/// Of the model of this fit, fitted again to two thirds of the time, what it foretells of the last.
template <class Model>
holdout_check told_holdout(read_orders const& read, orders_request const& asked, credence::instant first,
                           double weeks) {
  // The day after which two thirds have passed.
  credence::instant const until = after(first, std::floor(weeks * 7 * 2 / 3) / 7);
  customers_table const customers = customers_of(read, asked, until);
  holdout_check told;
  told.from = day_of(until);
  if (customers.empty()) return told;
  told.weeks = customers[0].holdout_duration;
  auto const fit = credence::fit<Model>(customers);
  told.status = fit.status;
  if (fit) told.score = credence::holdout_score(fit, customers, {.open_bin = holdout_bins - 1});
  return told;
}

}  // namespace detail

/// Reads orders, and reports. Throws csv_error for a file that cannot be read and for a column that is not there.
inline orders_report make_orders_report(std::istream& stream, std::string name, orders_request const& asked) {
  using namespace detail;
  read_orders const read = orders_of(stream, std::move(name), asked);
  customers_table const customers = customers_of(read, asked);
  orders_report made;
  made.file = read.file;
  made.margin = asked.margin;
  made.discount = asked.discount;
  made.confidence = asked.confidence;
  made.customers = customers.size();
  made.orders = customers.report();
  if (customers.empty()) return made;
  credence::instant const first =
      std::min_element(customers.begin(), customers.end(), [](customer_row const& one, customer_row const& other) {
        return one.first_purchase < other.first_purchase;
      })->first_purchase;
  made.first = day_of(first);
  made.last = day_of(after(customers.observed_until(), -1.0 / 7));
  made.came_back = static_cast<std::uint64_t>(
      std::count_if(customers.begin(), customers.end(), [](customer_row const& own) { return own.frequency > 0; }));
  credence::rfm_scores_result const scored = credence::rfm_scores(customers);
  made.segments = told_segments(customers, scored);
  made.regularity =
      credence::timing_regularity(read.orders, purchaser_of, &order::time, {.confidence = asked.confidence});
  made.concentration = credence::revenue_concentration(customers, revenue_of);

  std::optional<credence::gamma_gamma_report> spend;
  if (read.file.amount) {
    spend = credence::fit<credence::gamma_gamma>(customers);
    made.spend_model = told_model("Gamma-Gamma", *spend);
    if (*spend) made.mean_spend = spend->model().expected_spend();
    made.frequency_and_spend = credence::spend_independence(customers, {.confidence = asked.confidence});
  }
  double const year = std::chrono::duration<double, std::chrono::weeks::period>(std::chrono::years{1}).count();
  double const weeks = std::chrono::duration<double, std::chrono::weeks::period>(
                           std::chrono::microseconds(customers.observed_until().micros - first.micros))
                           .count();
  made.purchase_models = fitted_models(customers, [&](auto const& fit) {
    add_predictions(made.segments, scored, credence::predict(fit, customers, year, {.intervals = false}));
    if (spend && *spend) {
      auto const values = credence::customer_lifetime_value(
          fit, *spend, customers,
          {.horizon = year, .discount = credence::annual_rate{asked.discount}, .margin = asked.margin});
      add_values(made.segments, scored, values);
      made.value = told_value(customers, values, year, asked.top);
    }
    if (weeks >= least_weeks_checked)
      made.holdout = told_holdout<typename std::remove_cvref_t<decltype(fit)>::model_type>(read, asked, first, weeks);
  });
  return made;
}

}  // namespace trust_report

#endif
