// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/group_by.hpp>
#include <credence/survival/log_rank.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"
#include "survival/seen.hpp"

namespace test_log_rank {

using credence::entering_at;
using credence::grouped_by;
using credence::log_rank;
using credence::log_rank_weight;
using credence::stratified_by;
using credence::weighted_by;
using naive_survival::customer;
using naive_survival::near;

bool like(double mine, double other) { return std::fabs(mine - other) <= 1e-10 * std::fabs(other); }

template <class... More>
auto by_group(std::vector<customer> const& all, credence::log_rank_options const& options, More const&... more) {
  return log_rank(all, &customer::time, &customer::event, grouped_by(&customer::group), more..., options);
}

// R 4.2.2, survival 3.5-3: survdiff(Surv(time, status) ~ x, aml, rho = 0, .5, 1)
TEST_CASE("log_rank: R's aml, G-rho 0, 1/2 and 1") {
  auto const all = naive_survival::aml();
  struct answer {
    double rho, chi_squared, observed[2], expected[2], variance, p_value;
  };
  for (answer const& own :
       {answer{0, 3.3963886989776, {7, 11}, {10.6893359923007, 7.31066400769928}, 4.00755074593873, 0.0653393220405052},
        answer{.5,
               3.01864328786983,
               {5.05352191227102, 8.66067150851457},
               {7.84696636478503, 5.86722705600056},
               2.5850460505348,
               0.0823123005790236},
        answer{1,
               2.77927954475177,
               {3.84541062801932, 7.18150448585231},
               {6.14285714285714, 4.88405797101449},
               1.89914702841159,
               0.0954911154064931}}) {
    auto const found = by_group(all, {.rho = own.rho});
    CHECK(like(found.chi_squared, own.chi_squared));
    CHECK(like(found.p_value, own.p_value));
    CHECK(found.degrees_of_freedom == 1);
    REQUIRE(found.groups.size() == 2);
    for (std::size_t at = 0; at < 2; ++at) {
      CHECK(like(found.groups[at].observed, own.observed[at]));
      CHECK(like(found.groups[at].expected, own.expected[at]));
      CHECK(like(found.groups[at].ratio(), own.observed[at] / own.expected[at]));
      CHECK(found.groups[at].key == static_cast<int>(at));
      for (std::size_t other = 0; other < 2; ++other)
        CHECK(like(found.covariance[2 * at + other], at == other ? own.variance : -own.variance));
    }
    CHECK(found.groups[0].count == 11);
    CHECK(found.groups[1].left == 11);
    CHECK(found.count == 23);
    CHECK(found.strata == 1);
  }
}

// The same R, and lifelines 0.30.1 for Gehan, Tarone and Ware, Peto; tests/reference/survival.R
TEST_CASE("log_rank: lung, by sex with all weights, by ph.ecog, within institutions and within sexes") {
  auto const path = shared_data("survival/lung.csv");
  if (!path) return;
  std::vector<customer> by_sex, by_ecog, by_ecog_within;
  auto by_sex_within = by_sex;
  for (auto const& row : naive_survival::table(path->string())) {
    customer one{std::stod(row.at("time")), row.at("status") == "2", 1, -1, std::stoi(row.at("sex")), 0};
    by_sex.push_back(one);
    if (row.at("inst") != "NA") {
      one.stratum = std::stoi(row.at("inst"));
      by_sex_within.push_back(one);
    }
    if (row.at("ph.ecog") == "NA") continue;
    one.stratum = one.group;
    one.group = std::stoi(row.at("ph.ecog"));
    by_ecog.push_back(one);
  }
  auto const plain = by_group(by_sex, {});
  CHECK(like(plain.chi_squared, 10.3267419548856));
  CHECK(like(plain.groups[0].expected, 91.5817390295728));
  CHECK(like(plain.groups[1].expected, 73.4182609704272));
  CHECK(plain.groups[0].observed == 112);
  CHECK(plain.groups[1].observed == 53);
  CHECK(like(plain.covariance[0], 40.3714339796426));
  auto const early = by_group(by_sex, {.rho = 1});
  CHECK(like(early.chi_squared, 12.7141514011575));
  CHECK(like(early.groups[0].observed, 70.3775422947522));
  CHECK(like(early.groups[1].expected, 43.5351100951578));
  CHECK(like(early.covariance[1], -17.2430826669607));
  CHECK(by_group(by_sex, {.weight = log_rank_weight::fleming_harrington, .rho = 1}) == early);
  CHECK(like(by_group(by_sex, {.weight = log_rank_weight::gehan}).chi_squared, 12.472135331262583));
  CHECK(like(by_group(by_sex, {.weight = log_rank_weight::tarone_ware}).chi_squared, 12.455543902215101));
  CHECK(like(by_group(by_sex, {.weight = log_rank_weight::peto}).chi_squared, 12.707847773362428));

  auto const within = by_group(by_sex_within, {}, stratified_by(&customer::stratum));
  CHECK(like(within.chi_squared, 8.52446736332317));
  CHECK(like(within.covariance[0], 34.20386920706327));
  CHECK(like(within.groups[0].expected, 93.92458589799399));
  CHECK(within.degrees_of_freedom == 1);
  CHECK(within.strata == 18);

  auto const four = by_group(by_ecog, {});
  CHECK(like(four.chi_squared, 21.962131682476));
  CHECK(four.degrees_of_freedom == 3);
  auto const expected_of = [&](int key) {
    for (auto const& own : four.groups)
      if (own.key == key) return own.expected;
    return naive_survival::nan;
  };
  CHECK(like(expected_of(0), 54.1526970189229));
  CHECK(like(expected_of(1), 83.5275645750819));
  CHECK(like(expected_of(2), 26.1473530653302));
  CHECK(std::fabs(expected_of(3) - 0.172385340664962) < 1e-14);
  CHECK(like(by_group(by_ecog, {.rho = 1}).chi_squared, 23.39529337034301));
  auto const four_within = by_group(by_ecog, {}, stratified_by(&customer::stratum));
  CHECK(like(four_within.chi_squared, 21.59623837045163));
  CHECK(four_within.degrees_of_freedom == 3);
  CHECK(like(by_group(by_ecog, {.rho = .5}, stratified_by(&customer::stratum)).chi_squared, 24.00569161945464));
}

TEST_CASE("log_rank: everything the formulas say, of random groups with ties, strata, weights and late entries") {
  std::mt19937_64 random(20'261'128);
  using naive_survival::kind;
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    int const groups = 2 + static_cast<int>(random() % 4);
    int const strata = round % 2 != 0 ? 1 + static_cast<int>(random() % 4) : 1;
    auto all = naive_survival::customers(random, 5 + random() % 120, static_cast<kind>(random() % 3), random() % 2 != 0,
                                         random() % 2 != 0, groups, strata);
    // The numbers of groups are those in which they come.
    for (int group = 0; group < groups; ++group)
      all.insert(all.begin() + group, customer{static_cast<double>(random() % 10), 1, 1, -1, group, 0});
    auto const weighing = static_cast<log_rank_weight>(random() % 5);
    bool const harrington = weighing == log_rank_weight::fleming_harrington;
    double const rho = harrington ? static_cast<double>(random() % 3) / 2 : 0;
    double const gamma = harrington ? static_cast<double>(random() % 3) / 2 : 0;
    auto const expected = naive_survival::log_rank(all, static_cast<std::size_t>(groups),
                                                   static_cast<naive_survival::weighing>(weighing), rho, gamma);
    auto const found = log_rank(all, &customer::time, &customer::event, stratified_by(&customer::stratum),
                                entering_at(&customer::entry), grouped_by(&customer::group),
                                weighted_by(&customer::weight), {.weight = weighing, .rho = rho, .gamma = gamma});
    REQUIRE(found.groups.size() == static_cast<std::size_t>(groups));
    for (std::size_t row = 0; row < found.groups.size(); ++row) {
      CHECK(near(found.groups[row].observed, expected.observed[row]));
      CHECK(near(found.groups[row].expected, expected.expected[row]));
      for (std::size_t column = 0; column < found.groups.size(); ++column)
        CHECK(near(found.covariance[row * found.groups.size() + column],
                   expected.covariance[row * found.groups.size() + column]));
    }
    CHECK(found.degrees_of_freedom == expected.degrees);
    if (expected.degrees > 0) {
      CHECK(near(found.chi_squared, expected.chi_squared, 1e-9));
    } else {
      CHECK(std::isnan(found.chi_squared));
    }
  }
}

struct plain_customer {
  int days;
  bool has_left;
  std::string plan;
  int region;
};
TEST_CASE("log_rank: whole times counted, of groups that come late, and beside times that are not counted") {
  std::mt19937_64 random(12);
  std::vector<plain_customer> all;
  std::vector<customer> same;
  char const* const plans[] = {"basic", "pro", "a plan of a very long name", "none"};
  for (int at = 0; at < 12'000; ++at) {
    std::size_t const plan = random() % (at < 4'000 ? 1 : at < 8'000 ? 3 : 4);
    int const days = static_cast<int>(random() % (at % 5'000 < 1'100 ? 300 : at < 9'000 ? 40'000 : 80'000));
    all.push_back({at % 1'700 == 0 ? -1 : days, random() % 3 != 0, plans[plan], static_cast<int>(random() % 3)});
    if (all.back().days < 0) continue;
    same.push_back({static_cast<double>(days), all.back().has_left, 1, -1, static_cast<int>(plan), all.back().region});
  }
  auto const found = log_rank(all, &plain_customer::days, &plain_customer::has_left, grouped_by(&plain_customer::plan));
  auto const other = by_group(same, {});
  REQUIRE(found.groups.size() == 4);
  CHECK(found.groups[3].key == "none");
  CHECK(found.chi_squared == other.chi_squared);
  CHECK(found.covariance == other.covariance);
  CHECK(found.count == same.size());
  CHECK(found.rejections.bad_time == 8);
  CHECK(found.rejected == 8);
  auto const within = log_rank(all, &plain_customer::days, &plain_customer::has_left, grouped_by(&plain_customer::plan),
                               stratified_by(&plain_customer::region));
  CHECK(near(within.chi_squared, by_group(same, {}, stratified_by(&customer::stratum)).chi_squared));
  // of a grouping
  auto const groups = credence::group_by(all, &plain_customer::plan, credence::survival_times_accumulator{},
                                         &plain_customer::days, &plain_customer::has_left);
  auto const of_groups = log_rank(groups);
  CHECK(of_groups.chi_squared == found.chi_squared);
  CHECK(of_groups.rejected == 8);
  CHECK(log_rank(groups, {.weight = log_rank_weight::gehan}).chi_squared ==
        log_rank(all, &plain_customer::days, &plain_customer::has_left, grouped_by(&plain_customer::plan),
                 {.weight = log_rank_weight::gehan})
            .chi_squared);
  // dirty ones are named by their row
  for (std::size_t const dirty : {std::size_t{0}, std::size_t{1'700}, std::size_t{3'400}}) {
    all[0].days = dirty == 0 ? -1 : 1;
    all[1'700].days = dirty <= 1'700 ? -1 : 1;
    try {
      (void)log_rank(all, &plain_customer::days, &plain_customer::has_left, grouped_by(&plain_customer::plan),
                     stratified_by(&plain_customer::region), {.on_invalid = credence::on_invalid::raise});
      FAIL("it was not refused");
    } catch (credence::invalid_sample const& complaint) {
      CHECK(complaint.position() == dirty);
    }
  }
}

TEST_CASE("log_rank: all of weights and late entries who are at risk leave: powers of what is left are not NaN") {
  for (double const share : {.1, .2, .7, 1.1, 1.3}) {
    std::vector<customer> all{{5, 1, share, 1, 0, 0},      {5, 1, 3 * share, 2, 1, 0}, {4, 0, .3, -1, 0, 0},
                              {9, 1, .7, 6, 0, 0},         {9, 1, share / 3, 7, 1, 0}, {12, 0, 2, 6, 1, 0},
                              {22, 1, 1 / share, 9, 0, 0}, {30, 0, 3, 9, 1, 0},        {4.5, 1, 2, -1, 0, 0},
                              {4.6, 0, 3, -1, 1, 0}};
    auto const found = by_group(all, {.rho = .5}, weighted_by(&customer::weight), entering_at(&customer::entry));
    CHECK_FALSE(std::isnan(found.groups[0].observed));
    CHECK_FALSE(std::isnan(found.groups[0].expected));
    CHECK(found.chi_squared >= 0);
  }
}

TEST_CASE("log_rank: no rows, one group, nobody left, a group that nobody of is at risk, groups alike") {
  CHECK_FALSE(by_group({}, {}));
  CHECK(std::isnan(by_group({}, {}).p_value));
  auto const one = by_group({{1, 1, 1, -1, 4, 0}, {2, 1, 1, -1, 4, 0}}, {});
  CHECK_FALSE(one);
  CHECK(one.groups.size() == 1);
  CHECK(one.groups[0].observed == 2);
  CHECK(one.count == 2);
  auto const stay = by_group({{1, 0, 1, -1, 4, 0}, {2, 0, 1, -1, 5, 0}}, {});
  CHECK_FALSE(stay);
  CHECK(std::isnan(stay.groups[0].ratio()));
  CHECK(stay.degrees_of_freedom == 0);

  std::vector<customer> two{{3, 1, 1, -1, 0, 0}, {5, 0, 1, -1, 0, 0}, {4, 1, 1, -1, 1, 0}, {6, 1, 1, -1, 1, 0}};
  auto three = two;
  three.push_back({1, 0, 1, -1, 2, 0});   // gone before anyone left
  three.push_back({9, 1, -1, -1, 3, 0});  // and one of whom all rows are turned away
  auto const empty = by_group(three, {}, weighted_by(&customer::weight));
  CHECK(empty.groups.size() == 4);
  CHECK(empty.degrees_of_freedom == 1);
  CHECK(like(empty.chi_squared, by_group(two, {}).chi_squared));
  CHECK(empty.groups[2].expected == 0);
  CHECK(empty.groups[3].count == 0);
  CHECK(empty.rejected == 1);

  std::vector<customer> alike;
  for (int group = 0; group < 3; ++group)
    for (int time = 1; time < 6; ++time) alike.push_back({static_cast<double>(time), time % 2, 1, -1, group, 0});
  auto const same = by_group(alike, {});
  CHECK(same.chi_squared < 1e-20);
  CHECK(same.p_value == 1);
  CHECK(same.degrees_of_freedom == 2);
  // a group in a stratum of its own is compared with nobody
  std::vector<customer> apart = two;
  apart.push_back({3, 1, 1, -1, 2, 1});
  apart.push_back({4, 1, 1, -1, 2, 1});
  auto const alone = by_group(apart, {}, stratified_by(&customer::stratum));
  CHECK(alone.degrees_of_freedom == 1);
  CHECK(like(alone.chi_squared, by_group(two, {}).chi_squared));
}

TEST_CASE("log_rank: wrong options are refused with their name, value and what is allowed") {
  std::vector<customer> const two{{3, 1, 1, -1, 0, 0}, {5, 0, 1, -1, 1, 0}};
  double const nan = std::numeric_limits<double>::quiet_NaN();
  for (double const wrong : {-1.0, nan, std::numeric_limits<double>::infinity()}) {
    CHECK(error_of([&] { (void)by_group(two, {.rho = wrong}); }).find("log_rank_options::rho") != std::string::npos);
    CHECK(error_of([&] { (void)by_group(two, {.gamma = wrong}); }).find("log_rank_options::gamma") !=
          std::string::npos);
  }
  CHECK(error_of([&] {
          (void)by_group(two, {.weight = log_rank_weight::gehan, .rho = 1});
        }).find("log_rank_options::weight") != std::string::npos);
  std::vector<customer> each_apart;
  for (int group = 0; group <= 1'000; ++group) each_apart.push_back({3, 1, 1, -1, group, 0});
  CHECK(error_of([&] { (void)by_group(each_apart, {}); }).find("1001 groups, more than the 1000") != std::string::npos);
  each_apart.pop_back();
  CHECK(by_group(each_apart, {}).groups.size() == 1'000);
}

}  // namespace test_log_rank
