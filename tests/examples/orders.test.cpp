// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "trust_report/orders.hpp"
#include "trust_report/orders_text.hpp"

namespace test_orders_report {

using trust_report::orders_report;
using trust_report::orders_request;

constexpr std::chrono::sys_days july{std::chrono::year{2026} / 7 / 1};

orders_report report_of(std::string const& csv, orders_request const& asked = {}) {
  std::istringstream stream(csv);
  return trust_report::make_orders_report(stream, "orders.csv", asked);
}
std::string text_of(orders_report const& made) {
  std::ostringstream out;
  trust_report::write_text(out, made);
  return out.str();
}
bool says(orders_report const& made, std::string const& words) {
  return text_of(made).find(words) != std::string::npos;
}
std::string error_of(std::string const& csv, orders_request const& asked = {}) {
  try {
    report_of(csv, asked);
    return "no error";
  } catch (trust_report::csv_error const& error) {
    return error.what();
  }
}

TEST_CASE("the sample orders are reported as they were, byte for byte") {
  std::ifstream file(CREDENCE_SOURCE_DIR "/examples/data/shop_purchases.csv", std::ios::binary);
  orders_report const made = trust_report::make_orders_report(
      file, "shop_purchases.csv", {.observed_until = credence::instant(july), .margin = 0.3});
  std::string const path = CREDENCE_SOURCE_DIR "/tests/examples/golden/shop_purchases.txt";
  std::string const written = text_of(made);
  if (std::getenv("CREDENCE_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << written;
  std::ifstream golden(path, std::ios::binary);
  CHECK(written == std::string(std::istreambuf_iterator<char>(golden), {}));
  for (std::string::size_type at = 0; at < written.size();) {
    std::string::size_type const end = written.find('\n', at);
    CHECK(trust_report::width_of(written.substr(at, end - at)) <= 100);
    at = end + 1;
  }
  // The segments are all of the customers and all of the value.
  std::uint64_t customers = 0;
  double value = 0;
  for (auto const& own : made.segments) {
    customers += own.customers;
    value += own.value;
  }
  CHECK(customers == made.customers);
  CHECK(std::fabs(value / made.value->at_risk.total - 1) < 1e-12);
}

TEST_CASE("orders of four customers, counted by hand") {
  // ann buys on two days, twice on the first, and gives some back; dan gives back what he never bought.
  orders_report const made = report_of(
      "who_is_it,placed,total\n"
      "ann,2026-01-05,10\nann,2026-01-05 18:00,5\nbob,2026-01-31T23:59,8\nann,1770000000,20\nann,2026-02-05,-4\n"
      "cid,2026-03-19 08:00,7\ndan,2026-03-20,-9\n"
      ",2026-03-02,1\nann,yesterday,1\nbob,2026-03-01,\nbob,2026-03-01,much\nbob,2026-03-01,1e16\nbob,2026-07-01,"
      "3\nbob,2062-01-01,3\n",
      {.customer = "who_is_it", .observed_until = credence::instant(july)});
  CHECK(made.file.rows == 14);
  CHECK(made.file.left_out.no_customer == 1);
  CHECK(made.file.left_out.no_time == 1);
  CHECK(made.file.left_out.no_amount == 1);
  CHECK(made.file.left_out.not_a_number == 2);
  CHECK(made.file.left_out.after_end == 2);
  CHECK(made.first == "2026-01-05");
  CHECK(made.last == "2026-06-30");
  CHECK(made.customers == 3);
  CHECK(made.came_back == 1);
  CHECK(made.orders.count == 5);
  CHECK(made.orders.merged == 1);
  CHECK(made.orders.netted == 1);
  CHECK(made.orders.unmatched == 1);
  CHECK(made.regularity.count == 5);  // returns are no purchases
  double revenue = 0;
  double purchases = 0;
  for (auto const& own : made.segments) {
    revenue += own.revenue;
    purchases += own.purchases;
  }
  CHECK(revenue == 46);
  CHECK(purchases == 4);
  CHECK(says(made, "returned by who had not bought"));
  CHECK(says(made, "1 field is not a date, the first on line 10: \"yesterday\""));
  // Too little for any model, and the report still tells what it can.
  CHECK(!made.purchase_models[0].chosen);
  CHECK(!made.value);
  CHECK(says(made, "No model could be fitted"));
  CHECK(says(made, "BG/NBD ended with flat_ridge"));
}

TEST_CASE("who buys by habit is not taken for who buys by chance") {
  auto const with_gaps = [](auto const& gap) {
    std::string csv = "customer,date,amount\n";
    for (int customer = 0; customer < 40; ++customer) {
      std::chrono::sys_days day = july - std::chrono::days{200};
      for (int purchase = 0; purchase <= 3 + customer % 5; ++purchase) {
        csv += std::to_string(customer) + ',' + trust_report::detail::day_of(credence::instant(day)) + ",10\n";
        day += std::chrono::days{gap(customer, purchase)};
      }
    }
    return report_of(csv, {.observed_until = credence::instant(july)});
  };
  CHECK(says(with_gaps([](int customer, int) { return 9 + customer % 7; }), "by chance: all gaps are alike"));
  CHECK(says(with_gaps([](int customer, int purchase) { return 9 + (3 * customer + 5 * purchase) % 7; }),
             "They buy more regularly than by chance: k is "));
  CHECK(!says(with_gaps([](int customer, int purchase) { return 1 + (customer + purchase * purchase) % 11 * 3; }),
              "by chance"));
}

TEST_CASE("orders of the future are left out where it is told what today is") {
  std::string const csv = "customer,date,amount\n1,2026-01-01,5\n1,2062-01-01,5\n";
  CHECK(report_of(csv, {.today = credence::instant(july)}).last == "2026-01-01");
  CHECK(report_of(csv).last == "2062-01-01");
}

TEST_CASE("what is wrong with orders is said in words") {
  CHECK(error_of("a,b\n1,2\n").find("name it with --customer. The columns are: a, b") != std::string::npos);
  CHECK(error_of("user,b\n1,2\n").find("name it with --time. The columns are: user, b") != std::string::npos);
  CHECK(error_of("user,date\n1,2\n").find("name it with --amount, - for none") != std::string::npos);
  CHECK(says(report_of("user,date,amount\n"), "There is nobody to report on"));
  CHECK(says(report_of("user,date\n1,2026-01-01\n", {.amount = "-"}), "there is one customer only"));
}

TEST_CASE("without amounts customers are told, and foretold, all the same") {
  std::ifstream file(CREDENCE_SOURCE_DIR "/examples/data/shop_purchases.csv", std::ios::binary);
  orders_report const made = trust_report::make_orders_report(
      file, "shop_purchases.csv", {.amount = "-", .observed_until = credence::instant(july)});
  CHECK(made.purchase_models[0].chosen);
  CHECK(!made.spend_model);
  CHECK(!made.value);
  CHECK(made.segments[0].expected_purchases > 100);
  CHECK(credence::is_nan(made.segments[0].value));
}

}  // namespace test_orders_report
