// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <string>

#include "support/shared_data.hpp"
#include "trust_report/report.hpp"

// Real surveys, through the code of the tool. Their figures were computed for this project with R's survey package
// 4.1-1; they are given to 11 or 12 digits, so they are met to 1e-10 or, where the tenth digit is the last, to 1e-9.

using trust_report::report;
using trust_report::request;

namespace {

report report_of(std::filesystem::path const& path, request const& asked = {}) {
  std::ifstream file(path, std::ios::binary);
  return trust_report::make_report(file, path.filename().string(), asked);
}

void check_close(double value, double expected) {
  CAPTURE(value);
  CAPTURE(expected);
  CHECK(std::fabs(value - expected) <= 1e-9 * std::fabs(expected));
}

}  // namespace

TEST_CASE("San Francisco airport, 2017: every column is found, and every figure is R's") {
  auto const path = shared_data("survey/sfo_2017.csv");
  if (!path) return;
  report const made = report_of(*path);
  credence::nps_result const& nps = made.total.nps;
  check_close(nps.value, 39.8397669337);
  check_close(nps.standard_error, 1.33413713349);
  CHECK(nps.count == 2746);
  CHECK(nps.promoters == 1436);
  CHECK(nps.passives == 968);
  CHECK(nps.detractors == 342);
  CHECK(nps.rejected == 85);
  CHECK(nps.rejections.missing == 1);
  CHECK(nps.rejections.off_scale == 84);
  REQUIRE(made.total.weighted_nps);
  check_close(made.total.weighted_nps->value, 40.3984355117);
  check_close(made.total.weighted_nps->standard_error, 1.44572497693);
  check_close(made.total.weighted_nps->effective_count, 2266.51235509);
  REQUIRE(made.total.csat);
  check_close(made.total.csat->value, 0.82019047619);
  CHECK(made.total.csat->satisfied == 2153);
  CHECK(made.total.csat->count == 2625);

  // Weighted, by stratum.
  REQUIRE(made.groups.size() == 3);
  struct stratum {
    char const* name;
    double value;
    double error;
  };
  for (stratum const& expected :
       {stratum{"1", 45.9003815861, 2.44478536762}, stratum{"2", 34.3279709125, 2.37198922792},
        stratum{"3", 41.9413139770, 2.68529946479}}) {
    CAPTURE(expected.name);
    bool found = false;
    for (trust_report::group_report const& group : made.groups) {
      if (group.name != expected.name) continue;
      found = true;
      check_close(group.figures.weighted_nps->value, expected.value);
      check_close(group.figures.weighted_nps->standard_error, expected.error);
    }
    CHECK(found);
  }

  request all;
  all.csat_of_all = true;
  report const whole = report_of(*path, all);
  CHECK(whole.total.csat->satisfied == 2206);
  CHECK(whole.total.csat->count == 2688);
}

TEST_CASE("a Wald interval about the weighted NPS of 2017 is R's confint") {
  auto const path = shared_data("survey/sfo_2017.csv");
  if (!path) return;
  request asked;
  asked.nps.interval_method = credence::nps_interval::wald;
  credence::nps_result const weighted = *report_of(*path, asked).total.weighted_nps;
  check_close(weighted.interval.lower, 37.5648666254);
  check_close(weighted.interval.upper, 43.232004398);
}

TEST_CASE("San Francisco airport, 2018: blanks after the header's names, and words for blanks") {
  auto const path = shared_data("survey/sfo_2018.csv");
  if (!path) return;
  report const made = report_of(*path);
  credence::nps_result const& nps = made.total.nps;
  CHECK(made.file.rows == 2809);
  CHECK(made.file.score.name == "NETPRO");
  CHECK(nps.promoters == 1268);  // 770 tens and 498 nines, counted with another program
  CHECK(nps.passives == 935);    // 601 and 334
  CHECK(nps.detractors == 447);
  CHECK(nps.rejections.off_scale == 159);
  CHECK(nps.count + nps.rejected == made.file.rows);
  CHECK(made.file.csat->not_numbers == 184);
  CHECK(made.file.csat->first_bad_field == "BLANK");
  request all;
  all.csat_of_all = true;
  report const whole = report_of(*path, all);
  CHECK(whole.total.csat->satisfied == 2059);  // 1428 fours and 631 fives
  CHECK(whole.total.csat->count == 2625);
  CHECK(whole.total.csat->rejections.not_a_number == 184);
}

TEST_CASE("a weighted net score whose answers are already -1, 0 and 1") {
  auto const path = shared_data("survey/weighted_nps_apistrat.csv");
  if (!path) return;
  request asked;
  asked.score = "sc";
  asked.by = "stype";
  asked.nps = {.passive_from = 0, .promoter_from = 1, .scale_min = -1, .scale_max = 1};
  report const made = report_of(*path, asked);
  CHECK(made.file.weight->name == "pw");
  check_close(made.total.weighted_nps->value, -6.127542994);
  check_close(made.total.weighted_nps->standard_error, 6.01485557481);
  check_close(made.total.weighted_nps->effective_count, 168.581331281);
  CHECK(made.groups.size() == 3);
}
