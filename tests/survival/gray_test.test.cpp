// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/group_by.hpp>
#include <credence/survival/gray_test.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "survival/customers.hpp"

namespace test_gray_test {

using credence::gray_test;
using credence::grouped_by;
using customers = std::vector<followed_customer>;
using result = credence::gray_test_result<int>;

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within).scale(0); }

result of(customers const& rows, credence::gray_test_options options = {}) {
  return gray_test(rows, &followed_customer::time, &followed_customer::cause, grouped_by(&followed_customer::group),
                   options);
}

TEST_CASE("gray_test: R's cmprsk of mgus2, by sex, with weights of time, strata and four groups") {
  customers rows = mgus2();
  if (rows.empty()) return;
  result const pcm = of(rows);
  CHECK(pcm.chi_squared == about(1.19450782507551));
  CHECK(pcm.p_value == about(.274422156788004190));
  CHECK(pcm.degrees_of_freedom == 1);
  CHECK(pcm.count == 1'384);
  REQUIRE(pcm.groups.size() == 2);
  CHECK(pcm.groups[0].left + pcm.groups[1].left == 115);
  CHECK(pcm.groups[0].observed + pcm.groups[1].observed == about(115));
  CHECK(pcm.groups[0].expected + pcm.groups[1].expected == about(115));
  result const death = of(rows, {.cause = 2});
  CHECK(death.chi_squared == about(11.6512590121277));
  CHECK(death.p_value == about(.000641590976407924));
  // tests/reference/survival_events.R
  CHECK(of(rows, {.rho = 1}).chi_squared == about(1.22935883355998));
  CHECK(of(rows, {.cause = 2, .rho = 1}).chi_squared == about(13.93050971494866));
  result const stratified = gray_test(rows, &followed_customer::time, &followed_customer::cause,
                                      grouped_by(&followed_customer::group),
                                      credence::stratified_by(&followed_customer::stratum), {.cause = 2});
  CHECK(stratified.chi_squared == about(11.54387284921334));
  CHECK(stratified.strata == 4);
  // What was gathered by groups answers as the rows do.
  auto const gathered = credence::group_by(rows, &followed_customer::group, credence::survival_times_accumulator{},
                                           &followed_customer::time, &followed_customer::cause);
  CHECK(gray_test(gathered, {.cause = 2}) == death);
  for (followed_customer& own : rows) own.group = own.stratum;
  CHECK(of(rows).chi_squared == about(3.01759826676535));
  CHECK(of(rows).degrees_of_freedom == 3);
  CHECK(of(rows, {.cause = 2, .rho = -.5}).chi_squared == about(2.42918042301758));
}

TEST_CASE("gray_test: R's cmprsk where nearly all is tied, groups are exhausted, and a pooled F passes 1") {
  struct known {
    double rho;
    double chi_squared;
    std::vector<double> times;
    std::vector<int> causes;
    std::vector<int> groups;
  };
  // cmprsk 2.2: cuminc(times, causes, groups, rho = rho)$Tests[1, 1]
  std::vector<known> const all{
      {0,
       1.10175697856226,
       {1, 2, 3, 3, 4, 3, 5, 5, 2, 3, 4, 4},
       {1, 0, 0, 1, 0, 2, 1, 1, 2, 0, 0, 2},
       {2, 1, 2, 2, 1, 2, 3, 2, 2, 1, 3, 1}},
      {-0.5,
       7.16443140629234,
       {3, 5, 1, 4, 5, 5, 4, 4, 3, 2, 2, 3, 1, 4, 5, 3, 3, 3, 3, 4, 4, 5, 3, 3, 4, 5, 4, 2, 1, 4},
       {0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 2, 0, 1, 2, 0, 0, 2, 2, 0, 1, 2, 1, 1, 0, 1, 0, 0, 0, 1},
       {2, 1, 1, 4, 2, 2, 3, 3, 4, 4, 4, 1, 1, 3, 4, 3, 4, 2, 2, 1, 4, 2, 3, 3, 2, 2, 1, 2, 3, 2}},
      {0,
       15.5688389783952,
       {16, 10, 5, 4, 14, 9, 12, 13, 7, 9, 9, 10, 11, 15, 15},
       {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
       {4, 2, 1, 1, 4, 2, 2, 3, 1, 1, 1, 3, 2, 4, 3}}};
  for (known const& own : all) {
    customers rows;
    for (std::size_t at = 0; at < own.times.size(); ++at)
      rows.push_back({.time = own.times[at], .cause = own.causes[at], .group = own.groups[at]});
    CHECK(of(rows, {.rho = own.rho}).chi_squared == about(own.chi_squared));
  }
}

/// What is observed and expected of a group, from the definition: sums over everybody for each time.
struct naive {
  double observed = 0;
  double expected = 0;

  naive(customers const& rows, int group, int cause, double rho) {
    double pooled = 0;
    double incidence[3] = {};
    double survival[3] = {1, 1, 1};
    for (int time = 1; time <= 12; ++time) {
      double at_risk[3] = {};
      double left[3] = {};
      double lost[3] = {};
      for (followed_customer const& own : rows) {
        if (own.time >= time) at_risk[own.group] += own.weight;
        if (own.time == time && own.cause == cause) left[own.group] += own.weight;
        if (own.time == time && own.cause != cause && own.cause != 0) lost[own.group] += own.weight;
      }
      double began = 0;
      double spared = 0;
      for (int each = 0; each < 3; ++each) {
        if (!(at_risk[each] > 0)) continue;
        began += at_risk[each] / survival[each];
        spared += at_risk[each] * (1 - incidence[each]) / survival[each];
      }
      double const all = left[0] + left[1] + left[2];
      if (all > 0) {
        double const weight = std::pow(1 - pooled, rho);
        observed += weight * left[group];
        if (at_risk[group] > 0)
          expected += weight * all * at_risk[group] * (1 - incidence[group]) / survival[group] / spared;
        pooled += all / began;
      }
      for (int each = 0; each < 3; ++each) {
        if (!(at_risk[each] > 0)) continue;
        incidence[each] += survival[each] * left[each] / at_risk[each];
        survival[each] *= 1 - (left[each] + lost[each]) / at_risk[each];
      }
    }
  }
};

TEST_CASE("gray_test: scores by their definition, heavily tied, with weights") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    customers rows = tied_customers(90, seed);
    for (followed_customer& own : rows) own.weight += 1;
    result const found = gray_test(rows, &followed_customer::time, &followed_customer::cause,
                                   &followed_customer::weight, grouped_by(&followed_customer::group),
                                   {.cause = 2, .rho = 1});
    for (credence::gray_test_group<int> const& own : found.groups) {
      naive const known(rows, own.key, 2, 1);
      CHECK(own.observed == about(known.observed, 1e-12));
      CHECK(own.expected == about(known.expected, 1e-12));
    }
    // A weight is so many customers.
    customers many;
    for (followed_customer const& own : rows)
      for (int times = 0; times < own.weight; ++times) many.push_back(own);
    CHECK(of(many, {.cause = 2, .rho = 1}).chi_squared == about(found.chi_squared, 1e-9));
    // Twice the strata, twice the χ².
    customers twice = rows;
    for (followed_customer& own : twice) own.stratum = 0;
    for (followed_customer own : rows) {
      own.stratum = 1;
      twice.push_back(own);
    }
    result const doubled = gray_test(twice, &followed_customer::time, &followed_customer::cause,
                                     &followed_customer::weight, grouped_by(&followed_customer::group),
                                     credence::stratified_by(&followed_customer::stratum), {.cause = 2, .rho = 1});
    CHECK(doubled.chi_squared == about(2 * found.chi_squared, 1e-9));
  }
}

TEST_CASE("gray_test: bad input") {
  CHECK_FALSE(of({}));
  customers const one{{.time = 1, .cause = 1}, {.time = 2, .cause = 1}, {.time = 3, .cause = 2}};
  CHECK_FALSE(of(one));  // one group
  customers rows = one;
  rows.push_back({.time = 2, .cause = 2, .group = 1});
  CHECK(of(rows));
  CHECK_FALSE(of(rows, {.cause = 7}));  // that nobody left for
  CHECK(of(rows, {.cause = 7}).count == 4);
  rows.push_back({.time = -2, .cause = 2, .group = 1});
  rows.push_back({.time = 2, .cause = 2, .weight = std::numeric_limits<double>::quiet_NaN(), .group = 1});
  result const clean = gray_test(rows, &followed_customer::time, &followed_customer::cause, &followed_customer::weight,
                                 grouped_by(&followed_customer::group));
  CHECK(clean.count == 4);
  CHECK(clean.rejected == 2);
  CHECK(clean.rejections.bad_time == 1);
  CHECK(clean.rejections.bad_weight == 1);
  CHECK(error_of([&] { static_cast<void>(of(rows, {.on_invalid = credence::on_invalid::raise})); }) ==
        "credence: sample 4 has a time that cannot be");
  CHECK(error_of([&] { static_cast<void>(of(one, {.cause = 0})); }) ==
        "credence: the cause is 0; it must be 1 or more; 0 is who is still here");
  CHECK(error_of([&] { static_cast<void>(of(one, {.rho = std::numeric_limits<double>::infinity()})); }) ==
        "credence: gray_test_options::rho is inf; it must be a finite number");
  std::vector<followed_customer> each_apart;
  for (int group = 0; group <= 1'000; ++group) each_apart.push_back({.time = 1, .cause = 1, .group = group});
  CHECK(error_of([&] { static_cast<void>(of(each_apart, {})); }).find("1001 groups, more than the 1000") !=
        std::string::npos);
  rows = {{.time = 2, .cause = 1, .entry = 1}, {.time = 3, .cause = 1, .group = 1}};
  CHECK(error_of([&] {
          static_cast<void>(gray_test(rows, &followed_customer::time, &followed_customer::cause,
                                      grouped_by(&followed_customer::group),
                                      credence::entering_at(&followed_customer::entry)));
        }) == "credence: entering_at is 1; gray_test takes customers who were watched from the start");
}

}  // namespace test_gray_test
