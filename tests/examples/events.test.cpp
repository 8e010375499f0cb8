// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "trust_report/events.hpp"
#include "trust_report/events_text.hpp"

using namespace std::chrono;
using trust_report::events_report;
using trust_report::events_request;

namespace {

events_report report_of(std::string const& csv, events_request const& asked = {}) {
  std::istringstream stream(csv);
  return trust_report::make_events_report(stream, "log.csv", asked);
}
std::string text_of(events_report const& made) {
  std::ostringstream out;
  trust_report::write_text(out, made);
  return out.str();
}
std::string error_of(std::string const& csv, events_request const& asked = {}) {
  try {
    report_of(csv, asked);
    return "no error";
  } catch (trust_report::csv_error const& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("the sample log is reported as it was, byte for byte") {
  std::ifstream file(CREDENCE_SOURCE_DIR "/examples/data/shop_orders.csv", std::ios::binary);
  std::string const written = text_of(trust_report::make_events_report(
      file, "shop_orders.csv", {.observed_until = credence::instant(sys_days{2026y / July / 1})}));
  std::string const path = CREDENCE_SOURCE_DIR "/tests/examples/golden/shop_orders.txt";
  if (std::getenv("CREDENCE_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << written;
  std::ifstream golden(path, std::ios::binary);
  CHECK(written == std::string(std::istreambuf_iterator<char>(golden), {}));
}

TEST_CASE("a log of three customers, counted by hand") {
  // ann: January, February, March; bob: January, March; cid: March, and nothing is known after the 20th.
  events_report const made = report_of(
      "user,ts\n"
      "ann,2026-01-05\nbob,2026-01-31T23:59\nann,1770000000\nann,2026-03-01\nbob,1772712000000\ncid,2026-03-19 08:00\n"
      ",2026-03-02\nann,yesterday\nbob,\n",
      {.observed_until = credence::instant(sys_days{2026y / March / 20})});
  CHECK(made.rows == 9);
  CHECK(made.customers == 3);
  CHECK(made.cohorts.rejected == 3);
  CHECK(made.time.not_numbers == 1);
  CHECK(made.time.first_bad_field == "yesterday");
  REQUIRE(made.cohorts.size() == 2);
  CHECK(made.cohorts[0].size == 2);
  CHECK(made.cohorts[0][1].retained == 1);
  CHECK(made.cohorts[0][1].eligible == 2);
  CHECK_FALSE(made.cohorts[0][2].mature);
  CHECK(made.cohorts[0][2].so_far == 2);
  CHECK(made.lifecycle[2].resurrecting == 1);
  CHECK(made.lifecycle[2].new_customers == 1);
  CHECK(made.lifecycle[2].returning == 1);
  std::string const text = text_of(made);
  CHECK(text.find("3 rows are left out") != std::string::npos);
  CHECK(text.find("1 field is not a date, the first on line 9: \"yesterday\"") != std::string::npos);
}

TEST_CASE("what is wrong with a log is said in words") {
  CHECK(error_of("a,b\n1,2\n").find("name it with --customer. The columns are: a, b") != std::string::npos);
  CHECK(error_of("user,b\n1,2\n").find("name it with --time. The columns are: user, b") != std::string::npos);
  CHECK(error_of("user,ts\n", {.customer = "client"}).find("client") != std::string::npos);
  CHECK(text_of(report_of("user,ts\n")).find("There is nobody to report on") != std::string::npos);
}
