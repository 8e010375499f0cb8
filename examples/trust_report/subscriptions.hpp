// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_SUBSCRIPTIONS_HPP
#define TRUST_REPORT_SUBSCRIPTIONS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/churn/churn_reasons.hpp>
#include <credence/churn/churn_series.hpp>
#include <credence/churn/revenue_movements.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/group_by.hpp>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/log_rank.hpp>

#include "trust_report/csv.hpp"
#include "trust_report/events.hpp"
#include "trust_report/gather.hpp"
#include "trust_report/time.hpp"

// What a file of subscriptions says: who left, why, what it cost, and how long customers stay. From the file to
// figures.

namespace trust_report {

/// What is asked of subscriptions. A column that is not named is looked for under its usual names; "-" means none.
struct subscriptions_request {
  std::string customer{};
  std::string start{};
  std::string end{};
  std::string amount{};
  std::string reason{};
  std::string by{};
  std::string period = "month";                       ///< one of `period_names`
  std::optional<credence::instant> observed_until{};  ///< up to when ends are known; unset: the last time in the file
  double confidence = 0.95;
};

/// How long the customers of one group stayed.
struct tenure_group {
  std::string name;
  std::uint64_t customers = 0;
  std::uint64_t left = 0;
  credence::survival_quantile median;         ///< in months
  credence::survival_point half_a_year;       ///<
  credence::survival_point year;              ///<
  credence::restricted_mean_result up_to_12;  ///< months of the first twelve

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("customers", self.customers);
    visit("left", self.left);
    visit("median", self.median);
    visit("half_a_year", self.half_a_year);
    visit("year", self.year);
    visit("up_to_12", self.up_to_12);
  }
};

struct subscriptions_report {
  std::string name;
  std::uint64_t rows = 0;
  std::uint64_t customers = 0;
  column_use customer;
  column_use start;
  column_use end;
  std::optional<column_use> amount;
  std::optional<column_use> reason;
  std::optional<column_use> by;
  std::string period;
  double confidence = 0.95;
  credence::churn_series_result churn;
  credence::revenue_movements_result<credence::wide_integer<2>> revenue;  ///< in cents; empty where there is no amount
  credence::churn_reasons_result<std::string> reasons;                    ///< empty where there is none
  std::vector<tenure_group> tenure;                                       ///< all customers first
  credence::log_rank_result<std::string> groups_alike;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("rows", self.rows);
    visit("customers", self.customers);
    visit("customer", self.customer);
    visit("start", self.start);
    visit("end", self.end);
    visit("amount", self.amount);
    visit("reason", self.reason);
    visit("by", self.by);
    visit("period", self.period);
    visit("confidence", self.confidence);
    visit("churn", self.churn);
    visit("revenue", self.revenue);
    visit("reasons", self.reasons);
    visit("tenure", self.tenure);
    visit("groups_alike", self.groups_alike);
  }
};

namespace detail {

/// A row of the file: one stretch of a subscription.
struct stretch {
  std::optional<std::string> customer;
  std::optional<credence::instant> start;
  std::optional<credence::instant> end;  ///< none where it goes on
  std::optional<std::int64_t> cents;
  std::optional<std::string> reason;
  std::string group;
};

/// From when a customer first came to when they first left, in months of 30.436875 days.
struct tenure {
  double months = 0;
  bool has_left = false;
  std::string group;
};

/// Stretches of one customer that touch or overlap are one stay; of several stays the first is told.
inline std::vector<tenure> first_stays(std::vector<stretch> const& stretches, credence::instant until) {
  std::map<std::string, std::vector<stretch const*>> by_customer;
  for (stretch const& own : stretches)
    if (own.customer && own.start && *own.start < until && !(own.end && *own.end < *own.start))
      by_customer[*own.customer].push_back(&own);
  std::vector<tenure> stays;
  for (auto& [customer, own] : by_customer) {
    std::sort(own.begin(), own.end(), [](auto const* one, auto const* other) { return *one->start < *other->start; });
    credence::instant const begin = *own.front()->start;
    credence::instant to = begin;
    for (stretch const* each : own) {
      if (to < *each->start) break;
      to = (std::max)(to, (std::min)(each->end.value_or(until), until));
    }
    constexpr double micros_a_month = 30.436875 * 86'400e6;
    stays.push_back({static_cast<double>(to.micros - begin.micros) / micros_a_month, to < until, own.front()->group});
  }
  return stays;
}

inline tenure_group told_of(std::string name, credence::survival_times_accumulator const& times, double confidence) {
  auto const curve = credence::kaplan_meier(times, {.confidence = confidence});
  constexpr int year = 12;
  return {std::move(name),
          curve.count,
          curve.left,
          curve.median(),
          curve.at(year / 2),
          curve.at(year),
          curve.restricted_mean(year)};
}

inline std::optional<std::string> unless_blank(std::string_view const text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

}  // namespace detail

/// Reads subscriptions, and reports. Throws csv_error for a file that cannot be read and for a column that is not
/// there.
inline subscriptions_report make_subscriptions_report(std::istream& stream, std::string name,
                                                      subscriptions_request const& asked) {
  using detail::stretch;
  using detail::tenure;
  csv_reader reader(stream);
  detail::chosen_column const customer(reader, asked.customer,
                                       {"customer", "customer_id", "user", "user_id", "account", "client"});
  detail::chosen_column start(reader, asked.start, {"start", "started", "started_at", "from", "begin", "since"});
  detail::chosen_column end(reader, asked.end, {"end", "ended", "ended_at", "canceled_at", "cancelled_at", "until"});
  detail::chosen_column amount(reader, asked.amount, {"amount", "mrr", "price", "revenue", "monthly"});
  detail::chosen_column const reason(reader, asked.reason, {"reason", "cause", "churn_reason"});
  detail::chosen_column const by(reader, asked.by, {"plan", "tier", "product", "segment", "group"});
  if (!customer) detail::no_column_like(reader, "who the customer is", "--customer");
  if (!start) detail::no_column_like(reader, "when a subscription started", "--start");
  if (!end) detail::no_column_like(reader, "when it ended", "--end");
  std::vector<stretch> stretches;
  while (reader.next()) {
    stretch own{detail::unless_blank(customer.text(reader)), start.time(reader, ticks_or_time_of),
                end.time(reader, ticks_or_time_of),          std::nullopt,
                detail::unless_blank(reason.text(reader)),   std::string(by.text(reader))};
    // A field that is no time is no open end.
    if (!own.end && !end.text(reader).empty()) own.start.reset();
    if (std::optional<double> const price = amount ? amount.answer(reader) : std::nullopt;
        price && std::fabs(*price) < 1e15)
      own.cents = std::llround(100 * *price);
    stretches.push_back(std::move(own));
  }

  subscriptions_report made;
  made.name = std::move(name);
  made.rows = reader.rows();
  made.customer = *customer.use();
  made.start = *start.use();
  made.end = *end.use();
  made.amount = amount.use();
  made.reason = reason.use();
  made.by = by.use();
  made.period = asked.period;
  made.confidence = asked.confidence;
  credence::instant until = credence::instant::from_micros(0);
  if (asked.observed_until) {
    until = *asked.observed_until;
  } else {
    for (stretch const& own : stretches)
      until = (std::max)({until, own.start.value_or(until), own.end.value_or(until)});
  }
  detail::with_policy(asked.period, [&](auto const& policy) {
    made.churn = credence::churn_series(stretches, &stretch::customer, &stretch::start, &stretch::end, policy,
                                        {.observed_until = until, .confidence = asked.confidence});
    if (amount)
      made.revenue = credence::revenue_movements(stretches, &stretch::customer, &stretch::start, &stretch::end,
                                                 &stretch::cents, policy,
                                                 {.observed_until = until, .confidence = asked.confidence});
  });
  if (reason) {
    std::vector<stretch> lost;
    for (stretch const& own : stretches)
      if (own.reason && own.end && *own.end < until) lost.push_back(own);
    if (amount) {
      made.reasons = credence::churn_reasons(lost, &stretch::reason, &stretch::cents, {.confidence = asked.confidence});
    } else {
      made.reasons = credence::churn_reasons(lost, &stretch::reason, {.confidence = asked.confidence});
    }
  }
  std::vector<tenure> const stays = detail::first_stays(stretches, until);
  made.customers = stays.size();
  auto const groups = credence::group_by(stays, &tenure::group, credence::survival_times_accumulator{}, &tenure::months,
                                         &tenure::has_left);
  made.tenure.push_back(detail::told_of("all", groups.total(), asked.confidence));
  if (by) {
    for (auto const& group : groups)
      made.tenure.push_back(detail::told_of(group.key, group.accumulator, asked.confidence));
    made.groups_alike = credence::log_rank(groups);
  }
  return made;
}

}  // namespace trust_report

#endif
