// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_ORDERS_FIGURES_HPP
#define TRUST_REPORT_ORDERS_FIGURES_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <credence/clv/holdout_score.hpp>
#include <credence/clv/revenue_concentration.hpp>
#include <credence/clv/rfm_segment.hpp>
#include <credence/clv/spend_independence.hpp>
#include <credence/clv/timing_regularity.hpp>
#include <credence/clv/value_at_risk.hpp>
#include <credence/core/real.hpp>
#include <credence/history/rfm_table.hpp>
#include <credence/math/fit_report.hpp>

#include "trust_report/orders_rows.hpp"

// What a file of orders says, in figures.

namespace trust_report {

struct fitted_parameter {
  std::string name;
  double value = credence::not_a_number();
  double standard_error = credence::not_a_number();

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("value", self.value);
    visit("standard_error", self.standard_error);
  }
};

/// A model that was fitted, or why it could not be.
struct fitted_model {
  std::string name;
  credence::fit_status status = credence::fit_status::degenerate_data;
  std::string advice;  ///< a sentence that says what to do
  double log_likelihood = credence::not_a_number();
  double aic = credence::not_a_number();  ///< the less the better
  std::vector<fitted_parameter> parameters;
  bool chosen = false;  ///< do all further figures come from it?

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("status", self.status);
    visit("advice", self.advice);
    visit("log_likelihood", self.log_likelihood);
    visit("aic", self.aic);
    visit("parameters", self.parameters);
    visit("chosen", self.chosen);
  }
};

/// The chosen model, fitted to the first part of the time and asked about the rest.
struct holdout_check {
  std::string from;  ///< first day of the holdout
  double weeks = 0;  ///< how long it is
  credence::fit_status status = credence::fit_status::degenerate_data;
  credence::holdout_score_result score;  ///< of nobody unless it converged

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("from", self.from);
    visit("weeks", self.weeks);
    visit("status", self.status);
    visit("score", self.score);
  }
};

struct orders_segment {
  credence::rfm_segment segment = credence::rfm_segment::none;
  std::uint64_t customers = 0;
  double share = 0;          ///< of all customers
  double purchases = 0;      ///< so far, those of one day as one
  double revenue = 0;        ///< so far
  double revenue_share = 0;  ///< NaN where nobody brought any
  double mean_spend = 0;     ///< of a purchase; NaN where there was none
  // Of the year to come; NaN where no model could be fitted.
  double probability_alive = credence::not_a_number();   ///< in the mean
  double expected_purchases = credence::not_a_number();  ///< of all together
  double value = credence::not_a_number();               ///< of all together, discounted

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("segment", self.segment);
    visit("customers", self.customers);
    visit("share", self.share);
    visit("purchases", self.purchases);
    visit("revenue", self.revenue);
    visit("revenue_share", self.revenue_share);
    visit("mean_spend", self.mean_spend);
    visit("probability_alive", self.probability_alive);
    visit("expected_purchases", self.expected_purchases);
    visit("value", self.value);
  }
};

struct customer_at_risk {
  std::string customer;
  std::uint64_t purchases = 0;
  std::string last_purchase;  ///< its day
  double expected_spend = credence::not_a_number();
  double probability_alive = credence::not_a_number();
  double value = credence::not_a_number();    ///< of the year to come
  double at_risk = credence::not_a_number();  ///< value × probability of having left

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("customer", self.customer);
    visit("purchases", self.purchases);
    visit("last_purchase", self.last_purchase);
    visit("expected_spend", self.expected_spend);
    visit("probability_alive", self.probability_alive);
    visit("value", self.value);
    visit("at_risk", self.at_risk);
  }
};

/// What all customers are worth in the year to come.
struct orders_value {
  double horizon = 0;                       ///< in weeks
  credence::value_at_risk_result at_risk;   ///< and the value itself
  std::uint64_t without_spend = 0;          ///< customers who in the end spent nothing, and are not in it
  std::uint64_t endless = 0;                ///< customers of infinite value, who are not in it
  std::vector<customer_at_risk> customers;  ///< those most worth keeping

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("horizon", self.horizon);
    visit("at_risk", self.at_risk);
    visit("without_spend", self.without_spend);
    visit("endless", self.endless);
    visit("customers", self.customers);
  }
};

struct orders_report {
  orders_file file;
  std::string first;  ///< day of the first order
  std::string last;   ///< the last day that was observed
  double margin = 1;
  double discount = 0;
  double confidence = 0.95;
  std::uint64_t customers = 0;
  std::uint64_t came_back = 0;
  credence::rfm_report orders;
  std::vector<orders_segment> segments;  ///< those with customers, champions first
  credence::revenue_concentration_result concentration;
  std::vector<fitted_model> purchase_models;  ///< the best first
  credence::timing_regularity_result regularity;
  std::optional<holdout_check> holdout;          ///< none where there is too little history, or no model
  std::optional<fitted_model> spend_model;       ///< none without amounts
  double mean_spend = credence::not_a_number();  ///< of a purchase, by that model
  credence::spend_independence_result frequency_and_spend;
  std::optional<orders_value> value;  ///< none unless both models were fitted

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("file", self.file);
    visit("first", self.first);
    visit("last", self.last);
    visit("margin", self.margin);
    visit("discount", self.discount);
    visit("confidence", self.confidence);
    visit("customers", self.customers);
    visit("came_back", self.came_back);
    visit("orders", self.orders);
    visit("segments", self.segments);
    visit("concentration", self.concentration);
    visit("purchase_models", self.purchase_models);
    visit("regularity", self.regularity);
    visit("holdout", self.holdout);
    visit("spend_model", self.spend_model);
    visit("mean_spend", self.mean_spend);
    visit("frequency_and_spend", self.frequency_and_spend);
    visit("value", self.value);
  }
};

}  // namespace trust_report

#endif
