// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/survival/nelson_aalen.hpp>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"
#include "survival/seen.hpp"

namespace test_nelson_aalen {

using credence::nelson_aalen;
using credence::tied_events;
using naive_survival::customer;
using naive_survival::near;
using naive_survival::seen;

bool like(double mine, double other) { return std::fabs(mine - other) <= 1e-10 * std::fabs(other); }

// R 4.2.2, survival 3.5-3: survfit(Surv(time, status) ~ 1, aml), and with stype = 2, ctype = 2
TEST_CASE("nelson_aalen: R's aml, those who leave at one time together and one by one") {
  std::array<double, 18> const times{5, 8, 9, 12, 13, 16, 18, 23, 27, 28, 30, 31, 33, 34, 43, 45, 48, 161};
  using column = std::array<double, 18>;
  column const hazard{0.0869565217391304, 0.1821946169772257, 0.2348261959245941, 0.2903817514801497,
                      0.3492052808919144, 0.3492052808919144, 0.4206338523204858, 0.5744800061666396,
                      0.6653890970757306, 0.6653890970757306, 0.7765002081868417, 0.9015002081868417,
                      1.0443573510439845, 1.2110240177106513, 1.4110240177106512, 1.6610240177106512,
                      2.1610240177106510, 2.1610240177106510};
  column const error{0.0614875461901346, 0.0911913687186138, 0.1052898325160946, 0.1190477575780144, 0.1327877110157805,
                     0.1327877110157805, 0.1507800285619317, 0.1859272345294367, 0.2069623138392145, 0.2069623138392145,
                     0.2349022740673815, 0.2660903575141858, 0.3020136447701218, 0.3449492997602852, 0.3987355256371209,
                     0.4706272616467421, 0.6866513084565637, 0.6866513084565637};
  column const other_survival{
      0.914907047476717, 0.829815531628301, 0.787270457831281, 0.744725944176065, 0.702182092295576, 0.702182092295576,
      0.653775610711106, 0.556967995427706, 0.508567875571334, 0.508567875571334, 0.455086530329988, 0.401612453424185,
      0.348148960137875, 0.294701732296382, 0.241281371216403, 0.187910120843877, 0.113973249562117, 0.113973249562117};
  column const other_hazard{0.0889328063241107, 0.1865518539431583, 0.2391834328905267, 0.2947389884460823,
                            0.3535625178578470, 0.3535625178578470, 0.4249910892864184, 0.5852474995428286,
                            0.6761565904519196, 0.6761565904519196, 0.7872677015630307, 0.9122677015630307,
                            1.0551248444201735, 1.2217915110868403, 1.4217915110868402, 1.6717915110868402,
                            2.1717915110868402, 2.1717915110868402};
  column const other_error{0.0629005156633974, 0.0934026154176982, 0.1072106882235139, 0.1207499541302022,
                           0.1343158927115577, 0.1343158927115577, 0.1521275775499932, 0.1897482649696361,
                           0.2104016798148356, 0.2104016798148356, 0.2379381135531891, 0.2687741540424791,
                           0.3043808619912829, 0.3470237555619704, 0.4005315055327535, 0.4721498564273150,
                           0.6876957807957921, 0.6876957807957921};
  auto const together = nelson_aalen(seen(naive_survival::aml()));
  auto const one_by_one = nelson_aalen(seen(naive_survival::aml()), {.ties = tied_events::one_by_one});
  REQUIRE(together.steps.size() == times.size());
  for (std::size_t at = 0; at < times.size(); ++at) {
    CHECK(like(together.at(times[at]).hazard, hazard[at]));
    CHECK(like(together.at(times[at]).standard_error, error[at]));
    CHECK(like(one_by_one.at(times[at]).survival, other_survival[at]));
    CHECK(like(one_by_one.at(times[at]).hazard, other_hazard[at]));
    CHECK(like(one_by_one.at(times[at]).standard_error, other_error[at]));
  }
  CHECK(like(together.at(161).hazard, 2.16102401771065));
  CHECK(like(one_by_one.at(161).standard_error, .687695780795792));
  CHECK(together.count == 23);
  CHECK(together.left == 18);
  CHECK_FALSE(together.at(162));
  CHECK(std::isnan(together.at(162).survival));
}

// tests/reference/survival.R
TEST_CASE("nelson_aalen: R's heart, of late entries, and lung with weights") {
  auto const path = shared_data("survival/heart.csv");
  if (!path) return;
  std::vector<customer> hearts, weighted;
  for (auto const& row : naive_survival::table(path->string()))
    hearts.push_back({std::stod(row.at("stop")), std::stoi(row.at("event")), 1, std::stod(row.at("start")), 0, 0});
  for (auto const& row : naive_survival::table(shared_data("survival/lung.csv")->string()))
    weighted.push_back({std::stod(row.at("time")), row.at("status") == "2",
                        1 + static_cast<double>((weighted.size() + 1) % 3), -1, 0, 0});
  auto const together = nelson_aalen(seen(hearts));
  auto const one_by_one = nelson_aalen(seen(hearts), {.ties = tied_events::one_by_one});
  std::array<double, 4> const when{5, 30, 100, 500};
  std::array<double, 4> const hazard{0.09025686620632366, 0.25133043464612487, 0.69799526199090611,
                                     1.12169612653075856};
  std::array<double, 4> const error{0.03009510474073456, 0.05257115779826230, 0.10007329002424342, 0.14660320164871127};
  std::array<double, 4> const other{0.09097100207203401, 0.25270077711470762, 0.70011785974571150, 1.12465906042001773};
  std::array<double, 4> const other_error{0.03033399495050060, 0.05285104664226414, 0.10034058325191042,
                                          0.14695167020899036};
  for (std::size_t at = 0; at < 4; ++at) {
    CHECK(like(together.at(when[at]).hazard, hazard[at]));
    CHECK(like(together.at(when[at]).standard_error, error[at]));
    CHECK(like(one_by_one.at(when[at]).hazard, other[at]));
    CHECK(like(one_by_one.at(when[at]).standard_error, other_error[at]));
  }
  auto const heavy = nelson_aalen(seen(weighted));
  auto const heavy_one_by_one = nelson_aalen(seen(weighted), {.ties = tied_events::one_by_one});
  CHECK(like(heavy.at(180).hazard, 0.3274558015840176));
  CHECK(like(heavy.at(365).hazard, 0.8768474353377633));
  CHECK(like(heavy.at(700).hazard, 1.8205030900097405));
  CHECK(like(heavy.at(180).standard_error, 0.02920724343400028));
  CHECK(like(heavy.at(700).standard_error, 0.13966930552445486));
  CHECK(like(heavy_one_by_one.at(180).standard_error, 0.02926254394877822));
  CHECK(like(heavy_one_by_one.at(700).standard_error, 0.13979252115129484));
  CHECK(like(heavy_one_by_one.at(180).hazard, 0.3280729977495618));
  CHECK(like(heavy_one_by_one.at(700).hazard, 1.8227916724965305));
}

TEST_CASE("nelson_aalen: everything the formulas say, of random customers with heavy ties, weights and late entries") {
  std::mt19937_64 random(20'261'127);
  using naive_survival::kind;
  double const z = 1.6448536269514722;
  for (int round = 0; round < 240; ++round) {
    CAPTURE(round);
    auto const all = naive_survival::customers(random, 1 + random() % 60, static_cast<kind>(round % 3),
                                               round / 3 % 2 != 0, round / 6 % 2 != 0);
    auto const gathered = seen(all);
    auto const steps = naive_survival::steps_of(all);
    for (bool const one_by_one : {false, true}) {
      bool const plain = random() % 2 != 0;
      auto const curve = nelson_aalen(
          gathered, {.ties = one_by_one ? tied_events::one_by_one : tied_events::together,
                     .confidence = .9,
                     .interval_method = plain ? credence::hazard_interval::plain : credence::hazard_interval::log});
      REQUIRE(curve.steps.size() == steps.size());
      for (std::size_t at = 0; at < steps.size(); ++at) {
        auto const expected = naive_survival::hazard_of(steps, steps[at].time, one_by_one);
        auto const here = curve.at(steps[at].time);
        CHECK(near(curve.steps[at].at_risk, steps[at].at_risk));
        CHECK(near(curve.steps[at].left, steps[at].left));
        CHECK(near(here.hazard, expected.value));
        CHECK(near(here.standard_error, std::sqrt(expected.variance)));
        CHECK(near(here.survival, std::exp(-expected.value)));
        double const half = z * std::sqrt(expected.variance);
        bool const on_log = !plain && expected.value > 0;
        CHECK(near(here.interval.lower, on_log ? std::exp(std::log(expected.value) - half / expected.value)
                                               : std::max(0.0, expected.value - half)));
        CHECK(near(here.interval.upper,
                   on_log ? std::exp(std::log(expected.value) + half / expected.value) : expected.value + half));
      }
    }
  }
}

TEST_CASE("nelson_aalen: as many tied as one likes, one by one, cost no more") {
  credence::survival_times_accumulator many;
  for (int customers = 0; customers < 3; ++customers) many(7, true);
  many(9, false);
  for (int doubled = 0; doubled < 40; ++doubled) many += many;
  auto const together = nelson_aalen(many);
  CHECK(near(together.at(7).hazard, .75));
  auto const one_by_one = nelson_aalen(many, {.ties = tied_events::one_by_one});
  CHECK(near(one_by_one.at(7).hazard, std::log(4), 1e-11));  // H(4m) − H(m)
  CHECK(near(one_by_one.at(7).standard_error * std::pow(2, 20), std::sqrt(1 - .25), 1e-11));
  // and where the sum can still be made term by term
  for (int const leaving : {100, 5'000, 20'000}) {
    for (int const staying : {0, 1, 37, 10'000}) {
      credence::survival_times_accumulator some;
      for (int customers = 0; customers < leaving; ++customers) some(3, true);
      for (int customers = 0; customers < staying; ++customers) some(4, false);
      double hazard = 0, variance = 0;
      for (double at_risk = staying + 1; at_risk <= staying + leaving; ++at_risk) {
        hazard += 1 / at_risk;
        variance += 1 / (at_risk * at_risk);
      }
      auto const found = nelson_aalen(some, {.ties = tied_events::one_by_one}).at(3);
      CHECK(std::fabs(found.hazard / hazard - 1) < 1e-13);
      CHECK(std::fabs(found.standard_error / std::sqrt(variance) - 1) < 1e-13);
    }
  }
}

TEST_CASE("nelson_aalen: none, all stay, times that are one but for rounding, wrong options") {
  CHECK_FALSE(nelson_aalen(std::vector<customer>{}, &customer::time, &customer::event));
  CHECK(std::isnan(credence::hazard_curve{}.at(1).hazard));
  auto const stay = nelson_aalen(seen({{3, 0, 1, -1, 0, 0}}));
  CHECK(stay.at(2).hazard == 0);
  CHECK(stay.at(2).survival == 1);
  CHECK(stay.at(2).interval.lower == 0);
  CHECK(stay.at(2).interval.upper == 0);
  auto const rounded = nelson_aalen(seen({{.1 + .2, 1, 1, -1, 0, 0}, {.3, 0, 1, -1, 0, 0}}));
  CHECK(rounded.steps.size() == 1);
  CHECK(rounded.at(.1 + .2).hazard == .5);
  CHECK(rounded.at(.3).hazard == .5);
  CHECK(nelson_aalen(seen({{.1 + .2, 1, 1, -1, 0, 0}, {1, 0, 1, -1, 0, 0}})).at(.3).hazard == .5);
  CHECK(error_of([&] { (void)nelson_aalen(seen({}), {.confidence = 0}); }).find("nelson_aalen_options::confidence") !=
        std::string::npos);
  for (double const wrong : {-1.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK(error_of([&] { (void)stay.at(wrong); }).find("time") != std::string::npos);
}

}  // namespace test_nelson_aalen
