// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <credence/survival/aalen_johansen.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "survival/customers.hpp"

namespace test_aalen_johansen {

using credence::aalen_johansen;
using credence::incidence_curves;
using credence::incidence_variance;
using credence::survival_interval;
using customers = std::vector<followed_customer>;

doctest::Approx about(double value, double within = 1e-10) { return doctest::Approx(value).epsilon(within).scale(0); }

doctest::Approx near(double value, double within) { return doctest::Approx(value).epsilon(within); }

incidence_curves of(customers const& rows, credence::aalen_johansen_options options = {}) {
  return aalen_johansen(rows, &followed_customer::time, &followed_customer::cause, options);
}
incidence_curves weighted(customers const& rows) {
  return aalen_johansen(rows, &followed_customer::time, &followed_customer::cause,
                        credence::weighted_by(&followed_customer::weight));
}
incidence_curves entering(customers const& rows) {
  return aalen_johansen(rows, &followed_customer::time, &followed_customer::cause, &followed_customer::weight,
                        credence::entering_at(&followed_customer::entry));
}

/// The shares in states 0 (here), 1 and 2 at a time: the product over all times of the matrices of who goes where.
std::array<double, 3> product_of(customers const& rows, double until) {
  std::array<double, 3> shares{1, 0, 0};
  std::vector<double> times;
  for (followed_customer const& own : rows) times.push_back(own.time);
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  for (double const time : times) {
    if (time > until) break;
    double at_risk = 0;
    std::array<double, 3> gone{};
    for (followed_customer const& own : rows) {
      if (own.time >= time && own.entry < time) at_risk += own.weight;
      if (own.time == time && own.cause != 0) gone[static_cast<std::size_t>(own.cause)] += own.weight;
    }
    if (!(at_risk > 0)) continue;
    double const matrix[3][3] = {
        {1 - (gone[1] + gone[2]) / at_risk, gone[1] / at_risk, gone[2] / at_risk}, {0, 1, 0}, {0, 0, 1}};
    std::array<double, 3> next{};
    for (std::size_t from = 0; from < 3; ++from)
      for (std::size_t to = 0; to < 3; ++to) next[to] += shares[from] * matrix[from][to];
    shares = next;
  }
  return shares;
}
/// The infinitesimal jackknife by what it means: the shares where one customer weighs a little more and a little less.
double jackknife(customers rows, double until, std::size_t state) {
  double squares = 0;
  for (followed_customer& own : rows) {
    own.weight += 1e-4;
    double const above = product_of(rows, until)[state];
    own.weight -= 2e-4;
    double const below = product_of(rows, until)[state];
    own.weight += 1e-4;
    squares += std::pow((above - below) / 2e-4, 2);
  }
  return std::sqrt(squares);
}

TEST_CASE("aalen_johansen: R's survfit of mgus2, with intervals of each kind") {
  customers const rows = mgus2();
  if (rows.empty()) return;
  incidence_curves const found = of(rows);
  CHECK(found.count == 1'384);
  CHECK(found.left == 975);
  CHECK(found.causes() == std::vector<std::uint64_t>{1, 2});
  CHECK(found.curve(1).left == 115);
  CHECK(found.curve(2).left == 860);
  double const known[4][6] = {
      {12, .868413337842076, .00940125934464974, .122185402813274, .00259515576301945, .00880608437085796},
      {60, .645529276757773, .03410371297434902, .320367010267878, .00488925790766794, .01256737154755900},
      {120, .404460127906679, .06372216801311292, .531817704080208, .00679684842396064, .01405964516203057},
      {240, .176158307921986, .09981371593546917, .724027976142545, .00978484679338960, .01560634506776160}};
  for (auto const& row : known) {
    credence::incidence_at const at = found.at(row[0]);
    CHECK(at.survival == about(row[1]));
    CHECK(at.probability(1) == about(row[2]));
    CHECK(at.probability(2) == about(row[3]));
    CHECK(at.of(1).standard_error == about(row[4]));
    CHECK(at.of(2).standard_error == about(row[5]));
  }
  // tests/reference/survival_events.R
  struct bounds {
    survival_interval method;
    double lower;
    double upper;
  };
  for (bounds const& own : {bounds{survival_interval::log, .0257495519742656, .0451682902987656},
                            bounds{survival_interval::plain, .0245209435641922, .0436864823845058},
                            bounds{survival_interval::log_log, .0254419907443464, .0446577215453444},
                            bounds{survival_interval::logit, .0257167296636238, .0450993249979310}}) {
    credence::interval const interval = of(rows, {.interval_method = own.method}).at(60).of(1).interval;
    CHECK(interval.lower == about(own.lower));
    CHECK(interval.upper == about(own.upper));
  }
}

TEST_CASE("aalen_johansen: R's cuminc of mgus2, of all and by sex") {
  customers const rows = mgus2();
  if (rows.empty()) return;
  incidence_curves const found = of(rows, {.variance = incidence_variance::aalen});
  // tests/reference/survival_events.R
  double const known[4][3] = {{12, 6.73944227448808e-06, 7.76015568839673e-05},
                              {60, 2.39202128436906e-05, 1.58040533867303e-04},
                              {120, 4.62325046121334e-05, 1.97836059076558e-04},
                              {240, 9.61598846207253e-05, 2.44882627827112e-04}};
  for (auto const& row : known)
    for (int cause = 1; cause <= 2; ++cause)
      CHECK(std::pow(found.at(row[0]).of(cause).standard_error, 2) == about(row[cause]));
  // reference/survival_r.txt: the group, the time, F and its variance of each cause
  double const by_sex[4][6] = {
      {0, 60, .0397896215044053, 6.09151073753352e-05, .2639651454577006, 3.09593853680986e-04},
      {0, 240, .1049406741861370, 2.04983932384499e-04, .6953078030319834, 5.64533724813182e-04},
      {1, 60, .0293462844583663, 3.80607066346887e-05, .3676269856088630, 3.10494194525015e-04},
      {1, 240, .0956507550309775, 1.85371704738286e-04, .7481278892657353, 4.32700634946069e-04}};
  for (auto const& row : by_sex) {
    customers group;
    for (followed_customer const& own : rows)
      if (own.group == static_cast<int>(row[0])) group.push_back(own);
    credence::incidence_at const at = of(group, {.variance = incidence_variance::aalen}).at(row[1]);
    for (int cause = 1; cause <= 2; ++cause) {
      CHECK(at.probability(cause) == about(row[2 * cause]));
      CHECK(std::pow(at.of(cause).standard_error, 2) == about(row[2 * cause + 1]));
    }
  }
}

TEST_CASE("aalen_johansen: R's with weights and with entries; a weight counts customers") {
  customers const rows = mgus2();
  if (rows.empty()) return;
  // tests/reference/survival_events.R
  credence::incidence_at const heavy = weighted(rows).at(60);
  CHECK(heavy.survival == about(.643680217024711));
  CHECK(heavy.probability(1) == about(.03229689330770618));
  CHECK(heavy.of(1).standard_error == about(.00336795360925202));  // as of each row so often
  CHECK(heavy.of(2).standard_error == about(.00891392695240772));
  customers light = rows;
  for (followed_customer& own : light) own.weight = 1;
  credence::incidence_at const late = entering(light).at(60);
  CHECK(late.survival == about(.519633610280175));
  CHECK(late.probability(1) == about(.0309722112724672));
  CHECK(late.probability(2) == about(.449394178447358));
  CHECK(late.of(1).standard_error == about(.00489838454997538, .05));  // the jackknife is another estimate there
  CHECK(late.of(2).standard_error == about(.0184777878906190, .05));
}

TEST_CASE("aalen_johansen: the product of matrices, and the error by moving each weight, heavily tied") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    customers rows = tied_customers(50, seed);
    incidence_curves const late = entering(rows);
    for (int time = 0; time <= 12; ++time) {
      std::array<double, 3> const known = product_of(rows, time);
      credence::incidence_at const at = late.at(time);
      if (!at) continue;
      CHECK(at.survival == near(known[0], 1e-12));
      CHECK(at.probability(1) == near(known[1], 1e-12));
      CHECK(at.probability(2) == near(known[2], 1e-12));
    }
    for (followed_customer& own : rows) {
      own.weight = 1;
      own.entry = -1;
    }
    incidence_curves const found = of(rows);
    for (int time = 1; time <= 12; ++time) {
      credence::incidence_at const at = found.at(time);
      CHECK(at.survival + at.probability(1) + at.probability(2) == about(1, 1e-14));
      for (std::size_t cause = 1; cause <= 2; ++cause)
        CHECK(at.of(cause).standard_error == near(jackknife(rows, time, cause), 1e-8));
    }
    // The order of rows is nothing, and what was gathered answers as the rows do.
    std::reverse(rows.begin(), rows.end());
    CHECK(of(rows) == found);
    credence::survival_times_accumulator seen;
    for (followed_customer const& own : rows) seen(own.time, own.cause);
    CHECK(aalen_johansen(seen) == found);
  }
}

TEST_CASE("aalen_johansen: of one cause it is what Kaplan and Meier leave, and Greenwood's error") {
  customers rows = tied_customers(200, 5);
  for (followed_customer& own : rows) own.cause = own.cause != 0;
  incidence_curves const found = of(rows);
  REQUIRE(found.causes() == std::vector<std::uint64_t>{1});
  for (int time = 1; time < 12; ++time) {
    credence::survival_point const point = found.survival.at(time);
    CHECK(found.at(time).probability(1) == about(1 - point.survival, 1e-13));
    CHECK(found.at(time).of(1).standard_error == about(point.standard_error, 1e-12));
  }
}

TEST_CASE("aalen_johansen: bad input, and times of which nothing is known") {
  incidence_curves const nothing = of({});
  CHECK_FALSE(nothing);
  CHECK_FALSE(nothing.at(3));
  CHECK(nothing.causes().empty());
  CHECK_FALSE(nothing.at(3).of(1));
  incidence_curves const nobody = of({{.time = 3}, {.time = 5}});
  CHECK(nobody.at(5).survival == 1);
  CHECK(nobody.at(5).probability(7) == 0);
  CHECK(nobody.curve(7).steps.empty());
  CHECK_FALSE(nobody.at(5.5));
  // All left: then it stays as it is, for ever.
  incidence_curves const all = of({{.time = 0, .cause = 4}, {.time = 2, .cause = 9}, {.time = 2, .cause = 9}});
  CHECK(all.at(0).probability(4) == about(1.0 / 3));
  CHECK(all.at(1e300).probability(9) == about(2.0 / 3));
  CHECK(all.at(1e300).of(9).standard_error == about(std::sqrt(2.0 / 27)));
  CHECK(all.at(1e300).survival == 0);
  enum class why { stayed, price, moved };
  CHECK(all.at(1).probability(why::price) == 0);
  // Who comes when all others have gone.
  customers const late{{.time = 1, .cause = 1, .entry = 0}, {.time = 5, .cause = 2, .entry = 3}};
  CHECK(entering(late).at(5).probability(1) == 1);
  CHECK(entering(late).at(5).probability(2) == 0);
  CHECK(entering(late).at(5).of(1).standard_error == 0);
  CHECK(entering(late).at(5).of(2).standard_error == 0);

  double const no_number = std::numeric_limits<double>::quiet_NaN();
  customers const dirty{{.time = -1, .cause = 1},
                        {.time = no_number, .cause = 1},
                        {.time = 1, .cause = -3},
                        {.time = 2, .cause = 2},
                        {.time = 3, .cause = 0}};
  incidence_curves const clean = of(dirty);
  CHECK(clean.count == 2);
  CHECK(clean.rejected == 3);
  CHECK(clean.rejections.bad_time == 1);
  CHECK(clean.rejections.not_a_number == 1);
  CHECK(clean.rejections.off_scale == 1);
  CHECK(error_of([&] { static_cast<void>(of(dirty, {.on_invalid = credence::on_invalid::raise})); }) ==
        "credence: sample 0 has a time that cannot be");
  CHECK(error_of([&] { static_cast<void>(of(dirty, {.confidence = 0})); }) ==
        "credence: aalen_johansen_options::confidence is 0; it must lie strictly between 0 and 1");
  CHECK(error_of([&] { static_cast<void>(clean.curve(-2)); }) ==
        "credence: the cause is -2; it must be 1 or more; 0 is who is still here");
  CHECK(error_of([&] { static_cast<void>(clean.at(1).of(why::stayed)); }) ==
        "credence: the cause is 0; it must be 1 or more; 0 is who is still here");
}

TEST_CASE("aalen_johansen: asked at a time that differs by rounding, shares add up to 1 too") {
  customers const rows{{.time = .1 + .2, .cause = 1}, {.time = .1 + .2, .cause = 2}, {.time = 1, .cause = 0}};
  auto const found = of(rows).at(.3);
  CHECK(found.survival == about(1.0 / 3));
  CHECK(found.probability(1) == about(1.0 / 3));
  CHECK(found.probability(2) == about(1.0 / 3));
}

TEST_CASE("aalen_johansen: when all have left for one cause, its share is 1 and not a rounding more") {
  std::uint64_t word = 88'172'645'463'325'252U;
  double most = 0;
  for (int round = 0; round < 200; ++round) {
    customers rows;
    for (int who = 0; who < 1 + round; ++who) {
      word ^= word << 13;
      word ^= word >> 7;
      word ^= word << 17;
      rows.push_back({.time = static_cast<double>(word >> 40) / 7, .cause = 1});
    }
    auto const last = of(rows).at(1e9).of(1);
    CHECK(last.probability == about(1, 1e-13));
    most = std::max({most, last.probability, last.interval.upper});
  }
  CHECK(most <= 1);
}

}  // namespace test_aalen_johansen
