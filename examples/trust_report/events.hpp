// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_EVENTS_HPP
#define TRUST_REPORT_EVENTS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/calendar.hpp>
#include <credence/history/activity.hpp>
#include <credence/retention/active_users.hpp>
#include <credence/retention/cohort_retention.hpp>
#include <credence/retention/lifecycle.hpp>
#include <credence/retention/n_day_retention.hpp>
#include <credence/retention/stickiness.hpp>

#include "trust_report/csv.hpp"
#include "trust_report/gather.hpp"
#include "trust_report/time.hpp"

// What a log of events says: who came back, and when. From the file to figures.

namespace trust_report {

/// What is asked of a log. A column that is not named is looked for under its usual names.
struct events_request {
  std::string customer{};
  std::string time{};
  std::string period = "month";                       ///< one of `period_names`
  std::optional<credence::instant> observed_until{};  ///< up to when events were looked for; unset: the last event
  double confidence = 0.95;
};

struct events_report {
  std::string name;
  std::uint64_t rows = 0;
  column_use customer;
  column_use time;
  std::string period;
  double confidence = 0.95;
  std::uint64_t customers = 0;
  credence::cohort_table<credence::retention_cohort> cohorts;
  std::vector<credence::retention_point> curve;
  credence::n_day_retention_result days;
  credence::lifecycle_result lifecycle;
  credence::stickiness_result stickiness;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("rows", self.rows);
    visit("customer", self.customer);
    visit("time", self.time);
    visit("period", self.period);
    visit("confidence", self.confidence);
    visit("customers", self.customers);
    visit("cohorts", self.cohorts);
    visit("curve", self.curve);
    visit("days", self.days);
    visit("lifecycle", self.lifecycle);
    visit("stickiness", self.stickiness);
  }
};

namespace detail {

/// Calls `use` with the policy of this name; months where there is none of it.
template <class Use>
void with_policy(std::string_view const period, Use const& use) {
  if (period == "day") return use(credence::calendar_day{});
  if (period == "week") return use(credence::calendar_week{});
  if (period == "quarter") return use(credence::calendar_quarter{});
  if (period == "year") return use(credence::calendar_year{});
  use(credence::calendar_month{});
}

[[noreturn]] inline void no_column_like(csv_reader const& reader, std::string_view what, std::string_view option) {
  std::string text = "no column looks like " + std::string(what) + "; name it with " + std::string(option) +
                     ". The columns are:";
  for (std::string const& column : reader.header()) text += (&column == &reader.header()[0] ? " " : ", ") + column;
  throw csv_error(reader.line(), 0, text);
}

}  // namespace detail

/// Reads a log, once and in memory that grows with its customers, and reports. Throws csv_error for a file that cannot
/// be read and for a column that is not there.
inline events_report make_events_report(std::istream& stream, std::string name, events_request const& asked) {
  csv_reader reader(stream);
  detail::chosen_column const customer(
      reader, asked.customer, {"customer", "customer_id", "user", "user_id", "account", "client", "author_id"});
  detail::chosen_column time(reader, asked.time,
                             {"time", "timestamp", "date", "when", "ts", "ts_utc", "created_at", "event_time"});
  if (!customer) detail::no_column_like(reader, "who the customer is", "--customer");
  if (!time) detail::no_column_like(reader, "the time of the event", "--time");
  credence::activity_accumulator<std::string, credence::calendar_day> seen;
  while (reader.next()) {
    std::string_view const who = customer.text(reader);
    seen(who.empty() ? std::nullopt : std::optional(who), time.time(reader, ticks_or_time_of));
  }
  events_report made;
  made.name = std::move(name);
  made.rows = reader.rows();
  made.customer = *customer.use();
  made.time = *time.use();
  made.period = asked.period;
  made.confidence = asked.confidence;
  made.customers = seen.result().customers;
  std::optional<credence::instant> const until = asked.observed_until;
  detail::with_policy(asked.period, [&](auto const& policy) {
    made.cohorts = credence::cohort_retention(seen, policy, {.observed_until = until, .confidence = asked.confidence});
    made.lifecycle = credence::lifecycle(seen, policy, {.observed_until = until});
  });
  made.curve = made.cohorts.curve();
  made.days = credence::n_day_retention(seen, credence::calendar_day{},
                                        {.observed_until = until, .confidence = asked.confidence});
  made.stickiness = credence::stickiness(seen, {.observed_until = until});
  return made;
}

}  // namespace trust_report

#endif
