// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/core/calendar.hpp>
#include <credence/inference/linkage.hpp>
#include <credence/math/random.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "inference/branches.hpp"

namespace test_linkage {

using credence::linkage;
using credence::linkage_result;
using credence::linkage_view;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }
double const no_number = std::numeric_limits<double>::quiet_NaN();

auto linked(std::vector<branch_month> const& rows, credence::linkage_options const& options = {}) {
  return linkage(rows, &branch_month::branch, &branch_month::month, &branch_month::score, &branch_month::outcome,
                 options);
}

struct reference {
  std::uint64_t pairs;
  double rho;
  double slope;
  double slope_error;
  double jackknife;
};

}  // namespace

TEST_CASE("linkage: scipy's rho, statsmodels' slope with errors by unit, and the jackknife's error of rho") {
  reference const all[] = {{115, .0990866970863298, .0922132639981349, .0815950024234289, .103172},
                           {135, .24080759589539, .213256205755974, .0709531542008127, .0860119},
                           {153, .0656401873815888, .0657164802475906, .0692604322751806, .0887081},
                           {194, .10014612872281, .083133352070316, .079883839778205, .0985865},
                           {153, .011913492645209, .0281878430479538, .0694510580205872, .0879661},
                           {135, .772781303843053, .732487125804948, .0480427381512851, .0385473},
                           {115, -.0608510477925075, -.0759400915070061, .0900885279256575, .105323}};
  linkage_result const found = linked(branches());
  REQUIRE(found);
  CHECK(found.units == 24);
  CHECK(found.count == 194);
  REQUIRE(found.lags.size() == 7);
  for (std::size_t at = 0; at < 7; ++at) {
    credence::lagged_link const& own = found.lags[at];
    CAPTURE(own.lag);
    CHECK(own.lag == static_cast<std::int64_t>(at) - 3);
    CHECK(own.count == all[at].pairs);
    CHECK(own.units == 24);
    CHECK(own.value == about(all[at].rho));
    CHECK(own.slope == about(all[at].slope));
    CHECK(own.slope_error == about(all[at].slope_error));
    CHECK(own.standard_error == about(all[at].jackknife, .12));
    CHECK(own.interval.lower < own.value);
    CHECK(own.interval.upper > own.value);
    CHECK(own.adjusted_p_value >= own.p_value);
  }
  CHECK(found.at(2).p_value < 1e-8);
  CHECK(found.at(2).adjusted_p_value == about(7 * found.at(2).p_value));
  CHECK(found.at(-1).p_value > .1);
  double const critical = 2.0686576104190406;  // scipy 1.10: t.ppf(.975, 23)
  CHECK(found.at(0).slope_interval.upper == about(found.at(0).slope + critical * found.at(0).slope_error, 1e-10));
  CHECK_THROWS_AS(static_cast<void>(found.at(4)), credence::error);
}

TEST_CASE("linkage: within units") {
  reference const within[] = {{115, .00346104191699143, -.00573016957575003, .10550227973796, .136319},
                              {135, .12661818155141, .103023210841312, .0938977726078559, .1172},
                              {153, -.057345948719424, -.0644704969984777, .0801062335213057, .101469},
                              {194, -.0838068031982066, -.0755510970934039, .0838348685776661, .103513},
                              {153, -.141880198306405, -.126992362982929, .0805930481802544, .0900768},
                              {135, .759554538121053, .722212753713008, .0507804393613974, .0369481},
                              {115, -.319140241044169, -.329022279409173, .0965108919530826, .0931234}};
  linkage_result const found = linked(branches(), {.view = linkage_view::within_units});
  for (std::size_t at = 0; at < 7; ++at) {
    CHECK(found.lags[at].value == about(within[at].rho));
    CHECK(found.lags[at].slope == about(within[at].slope, 1e-10));
    CHECK(found.lags[at].slope_error == about(within[at].slope_error, 1e-10));
    CHECK(found.lags[at].standard_error == about(within[at].jackknife, .15));
  }
  // What a branch always has is no matter.
  std::vector<branch_month> raised = branches();
  for (branch_month& row : raised) *row.score += row.branch == "branch 3" ? 1024 : 0;
  CHECK(linked(raised, {.view = linkage_view::within_units}).at(2).value == about(found.at(2).value));
  CHECK(linked(raised).at(2).value != about(linked(branches()).at(2).value));
}

TEST_CASE("linkage: times by a policy, gaps and any order") {
  struct visit {
    std::chrono::sys_days day;
    int shop;
    double score;
    double sales;
  };
  using namespace std::chrono;
  std::vector<visit> visits;
  std::vector<branch_month> numbered;
  for (branch_month const& row : branches()) {
    sys_days const in_month = sys_days((year_month{year{2024}, November} + months{row.month}) / 5);
    visits.push_back({in_month, std::stoi(row.branch.substr(7)), *row.score, *row.outcome});
    numbered.push_back(row);
  }
  linkage_result const by_time =
      linkage(visits, &visit::shop, &visit::day, credence::calendar_month{}, &visit::score, &visit::sales);
  linkage_result const by_number = linked(numbered);
  CHECK(by_time.lags == by_number.lags);
  std::vector<branch_month> const backwards(numbered.rbegin(), numbered.rend());
  CHECK(linked(backwards).at(2).value == about(by_number.at(2).value));
  CHECK(linked(backwards).at(2).standard_error == about(by_number.at(2).standard_error));
}

TEST_CASE("linkage: what is missing, twice there, or beyond counting") {
  std::vector<branch_month> rows = branches();
  rows.push_back(rows[0]);
  rows.push_back({"branch 1", 100, std::nullopt, 3.});
  rows.push_back({"branch 1", 101, no_number, std::numeric_limits<double>::infinity()});
  linkage_result const found = linked(rows);
  CHECK(found.duplicates == 1);
  CHECK(found.rejections.missing == 1);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 1);
  CHECK(found.count == 195);
  CHECK(found.lags == linked(branches()).lags);
  CHECK_THROWS_AS(static_cast<void>(linked(rows, {.on_invalid = credence::on_invalid::raise})),
                  credence::invalid_sample);
  // A score without an outcome of its own is still held against a later one.
  std::vector<branch_month> const apart{{"a", 1, 5., std::nullopt}, {"a", 2, std::nullopt, 7.}};
  CHECK(linked(apart).at(1).count == 1);
  CHECK(linked(apart).at(0).count == 0);
  struct extreme {
    int unit;
    std::int64_t period;
    double score;
  };
  using limits = std::numeric_limits<std::int64_t>;
  std::vector<extreme> const ends{{1, limits::min(), 1}, {1, limits::max(), 2}, {1, limits::min() + 1, 3}};
  linkage_result const wide = linkage(ends, &extreme::unit, &extreme::period, &extreme::score, &extreme::score);
  CHECK(wide.at(1).count == 1);
  CHECK(wide.at(-1).count == 1);
  CHECK(wide.at(2).count == 0);
  CHECK(wide.at(0).count == 3);
}

TEST_CASE("linkage: what says nothing, and wrong options") {
  CHECK_FALSE(linked({}));
  CHECK(linked({}).lags.size() == 7);
  // One unit: an answer, and no error to go with it.
  std::vector<branch_month> one;
  for (int month = 0; month < 12; ++month)
    one.push_back({"only", month, month * month % 7, (month - 1) * (month - 1) % 7});
  linkage_result const found = linked(one);
  CHECK(found.at(1).value == about(1));
  CHECK(credence::is_nan(found.at(1).interval.lower));
  CHECK(credence::is_nan(found.at(1).p_value));
  for (branch_month& row : one) row.score = 3;
  CHECK_FALSE(linked(one));
  CHECK(linked(branches(), {.longest_lag = 0}).lags.size() == 1);
  CHECK_THROWS_AS(static_cast<void>(linked({}, {.longest_lag = -1})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(linked({}, {.longest_lag = 1001})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(linked({}, {.confidence = 1})), credence::error);
}

TEST_CASE("linkage: the interval of rho holds the truth as often as it says") {
  struct seen {
    int unit, period;
    double score, outcome;
  };
  // Units differ and change; score and outcome go together in both, at 0.5: rho is 6/pi·asin(0.5/2).
  double const truth = 6 / 3.14159265358979323846 * std::asin(.25);
  int held = 0;
  for (std::uint64_t times = 0; times < 400; ++times) {
    credence::math::random_stream draws(1, times);
    std::vector<seen> rows;
    for (int unit = 0; unit < 25; ++unit) {
      double const always = draws.normal();
      double const always_out = always / 2 + std::sqrt(.75) * draws.normal();
      for (int period = 0; period < 8; ++period) {
        double const now = draws.normal();
        rows.push_back({unit, period, always + now, always_out + now / 2 + std::sqrt(.75) * draws.normal()});
      }
    }
    auto const found =
        linkage(rows, &seen::unit, &seen::period, &seen::score, &seen::outcome, {.longest_lag = 0}).at(0).interval;
    held += found.lower <= truth && truth <= found.upper;
  }
  CHECK(held >= 368);  // 380 are expected, give or take 9
  CHECK(held <= 392);
}

}  // namespace test_linkage
