// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_ORDERS_ROWS_HPP
#define TRUST_REPORT_ORDERS_ROWS_HPP

#include <cmath>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/time.hpp>

#include "trust_report/csv.hpp"
#include "trust_report/events.hpp"
#include "trust_report/gather.hpp"
#include "trust_report/time.hpp"

// From a file to orders that can be used, and how many rows could not be, and why.

namespace trust_report {

/// What is asked of orders. A column that is not named is looked for under its usual names; "-" for the amount means
/// none.
struct orders_request {
  std::string customer{};
  std::string time{};
  std::string amount{};
  std::optional<credence::instant> observed_until{};  ///< up to when orders were looked for; unset: the last of them
  std::optional<credence::instant> today{};           ///< later orders are left out; unset: none is
  double margin = 1;                                  ///< share of revenue that is left, above 0 and at most 1
  double discount = 0.1;                              ///< annual rate, 0 or more
  int top = 10;                                       ///< customers in the list of those most worth keeping
  double confidence = 0.95;
};

/// Amounts beyond this, either way, are no money.
inline constexpr double most_money = 1e15;

/// Rows that are not used, each by the first reason that holds.
struct orders_left_out {
  std::uint64_t no_customer = 0;   ///< blank
  std::uint64_t no_time = 0;       ///< blank or no date
  std::uint64_t no_amount = 0;     ///< blank, where there is a column of them
  std::uint64_t not_a_number = 0;  ///< an amount that is none, or none of money
  std::uint64_t after_end = 0;     ///< later than was asked for, or than today

  [[nodiscard]] std::uint64_t total() const { return no_customer + no_time + no_amount + not_a_number + after_end; }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("no_customer", self.no_customer);
    visit("no_time", self.no_time);
    visit("no_amount", self.no_amount);
    visit("not_a_number", self.not_a_number);
    visit("after_end", self.after_end);
  }
};

struct orders_file {
  std::string name;
  std::uint64_t rows = 0;
  column_use customer;
  column_use time;
  std::optional<column_use> amount;
  orders_left_out left_out;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("rows", self.rows);
    visit("customer", self.customer);
    visit("time", self.time);
    visit("amount", self.amount);
    visit("left_out", self.left_out);
  }
};

namespace detail {

/// A row that has all that was asked for.
struct order {
  std::string customer;
  credence::instant time = credence::instant::from_micros(0);
  double amount = 0;  ///< 0 without such a column
};

struct read_orders {
  orders_file file;
  std::vector<order> orders;
};

/// Throws csv_error for a file that cannot be read and for a column that is not there.
inline read_orders orders_of(std::istream& stream, std::string name, orders_request const& asked) {
  csv_reader reader(stream);
  chosen_column const customer(
      reader, asked.customer, {"customer", "customer_id", "user", "user_id", "account", "client", "buyer", "buyer_id"});
  chosen_column time(reader, asked.time,
                     {"date", "time", "timestamp", "when", "order_date", "ordered_at", "placed", "created_at"});
  chosen_column amount(reader, asked.amount,
                       {"amount", "total", "order_total", "revenue", "value", "spend", "price", "sales"});
  if (!customer) no_column_like(reader, "who the customer is", "--customer");
  if (!time) no_column_like(reader, "when the order was placed", "--time");
  if (!amount && asked.amount != "-") no_column_like(reader, "its amount", "--amount, - for none");

  read_orders made;
  orders_left_out& lost = made.file.left_out;
  while (reader.next()) {
    std::optional<credence::instant> const when = time.time(reader, ticks_or_time_of);
    std::optional<double> const paid = amount ? amount.answer(reader) : 0.0;
    if (customer.text(reader).empty()) {
      ++lost.no_customer;
    } else if (!when) {
      ++lost.no_time;
    } else if (!paid) {
      ++lost.no_amount;
    } else if (!(std::fabs(*paid) <= most_money)) {
      ++lost.not_a_number;
    } else if ((asked.today && *asked.today < *when) || (asked.observed_until && !(*when < *asked.observed_until))) {
      ++lost.after_end;
    } else {
      made.orders.push_back({std::string(customer.text(reader)), *when, *paid});
    }
  }
  made.file.name = std::move(name);
  made.file.rows = reader.rows();
  made.file.customer = *customer.use();
  made.file.time = *time.use();
  made.file.amount = amount.use();
  return made;
}

}  // namespace detail
}  // namespace trust_report

#endif
