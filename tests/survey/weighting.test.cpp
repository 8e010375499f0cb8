// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/core/design.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/weighting.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "survey/counted.hpp"

namespace test_weighting {

using credence::margin;
using credence::margins;
using credence::post_stratified;
using credence::raked;
using credence::raking_status;

namespace {

struct person {
  std::string sex;
  int age;
  int region;
  int score;
  double base;
};

// The people of tests/reference/raking.R.
std::vector<person> made_people() {
  std::vector<person> people;
  std::uint64_t seed = 20'261'124;
  auto const draw = [&seed](int below) {
    seed = seed * 16'807 % 2'147'483'647;
    return static_cast<int>(static_cast<double>(seed) / 2'147'483'647.0 * below);
  };
  for (int row = 0; row < 400; ++row) {
    std::string const sex = draw(100) < 63 ? "f" : "m";
    int const age = std::array{0, 0, 1, 1, 1, 2, 2, 3, 3, 4}[static_cast<std::size_t>(draw(10))];
    int const region = std::array{10, 10, 20, 20, 20, 30, 40}[static_cast<std::size_t>(draw(7))];
    int const score = draw(8) + (sex == "f" ? 3 : age);
    people.push_back({sex, age, region, score > 10 ? 10 : score, 0});
    people.back().base = 0.5 + draw(7) / 4.0;
  }
  return people;
}
std::vector<person> const people = made_people();
auto const by_sex = margin(&person::sex, {{"f", .52}, {"m", .48}});
auto const by_age = margin(&person::age, {{0, 180}, {1, 240}, {2, 260}, {3, 190}, {4, 130}});
auto const by_region = margin(&person::region, std::map<int, double>{{10, .31}, {20, .27}, {30, .24}, {40, .18}});

// A table of rows: so many of each combination.
struct counted {
  std::string row;
  std::string column;
  double base = 1;
};
std::vector<counted> table(std::vector<std::tuple<char const*, char const*, int>> const& cells) {
  std::vector<counted> rows;
  for (auto const& [row, column, count] : cells)
    for (int each = 0; each < count; ++each) rows.push_back({row, column});
  return rows;
}

template <class Rows, class Weights>
double sum_of(Rows const& rows, Weights const& weights) {
  double sum = 0;
  for (auto const& row : rows)
    if (!credence::is_nan(weights(row))) sum += weights(row);
  return sum;
}

// What R 4.2 and its survey package 4.1-1 answer: tests/reference/raking.R.
struct reference {
  std::array<double, 6> first;
  double squares;
  double design_effect;
  double nps;
  double standard_error;
};
template <class Weights>
void check_against(Weights const& weights, reference const& known) {
  REQUIRE(weights.status == raking_status::converged);
  REQUIRE(weights);
  CHECK(weights.count == 400);
  CHECK(weights.rejected == 0);
  CHECK(weights.largest_gap <= 1e-10);
  for (std::size_t at = 0; at < known.first.size(); ++at) CHECK(weights(people[at]) == about(known.first[at], 1e-9));
  double squares = 0;
  for (person const& each : people) squares += weights(each) * weights(each);
  CHECK(sum_of(people, weights) == about(400, 1e-12));
  CHECK(squares == about(known.squares, 1e-9));
  CHECK(weights.design_effect == about(known.design_effect, 1e-9));
  credence::nps_result const nps = credence::nps(people, &person::score, weights);
  CHECK(nps.value == about(known.nps, 1e-9));
  CHECK(nps.standard_error == about(known.standard_error, 1e-9));
  CHECK(nps.effective_count == about(400 / weights.design_effect, 1e-12));
}

}  // namespace

TEST_CASE("weighting: one margin, two and three, with and without base weights, as R's survey package") {
  check_against(post_stratified(people, by_region), {{1.29166666666667, 1.29166666666667, 1.01408450704225,
                                                      1.01408450704225, 1.74545454545455, 1.29166666666667},
                                                     466.272477424986,
                                                     1.16568119356246,
                                                     -33.75054858004,
                                                     4.41428492704407});
  check_against(post_stratified(people, by_region, &person::base),
                {{0.487229862475442, 1.461689587426326, 1.351206434316354, 1.544235924932976, 1.297297297297298,
                  1.461689587426326},
                 535.688798102044,
                 1.33922199525511,
                 -31.5307778114708,
                 4.84314358482189});
  check_against(raked(people, margins(by_sex, by_age)), {{0.815170937798252, 0.620954259740899, 1.200384230334477,
                                                          0.620954259740899, 0.640588066076076, 0.640588066076076},
                                                         455.057697485718,
                                                         1.1376442437143,
                                                         -37.8679797412133,
                                                         4.14401566833308});
  check_against(raked(people, margins(by_sex, by_age, by_region), &person::base),
                {{0.407747046786233, 0.927109249525699, 1.655521243017675, 1.045950397032106, 0.830027032521817,
                  0.964782694070914},
                 605.733089174419,
                 1.51433272293605,
                 -36.5633102489563,
                 4.87439790303558});
}

TEST_CASE("weighting: the schools of R's ?rake, with the population's counts as targets") {
  std::vector<counted> const schools =
      table({{"E", "No", 12}, {"E", "Yes", 132}, {"H", "No", 3}, {"H", "Yes", 11}, {"M", "No", 8}, {"M", "Yes", 17}});
  std::vector<std::pair<char const*, int>> const types{{"E", 4421}, {"H", 755}, {"M", 1018}};
  auto const posted = post_stratified(schools, margin(&counted::row, types), {.total = 6194});
  CHECK(posted.iterations == 1);
  CHECK(posted(counted{"E", "No"}) == about(30.7013888888889, 1e-13));
  CHECK(posted(counted{"H", "Yes"}) == about(53.9285714285714, 1e-13));
  CHECK(posted(counted{"M", "Yes"}) == about(40.72, 1e-13));
  auto const both =
      raked(schools, margins(margin(&counted::row, types), margin(&counted::column, {{"No", 1072}, {"Yes", 5122}})),
            {.total = 6194});
  REQUIRE(both);
  CHECK(both.message() == "all targets are met; cycles: " + std::to_string(both.iterations));
  CHECK(both(counted{"H", "Yes"}) == about(50.3294011160379, 1e-9));
  CHECK(both(counted{"E", "Yes"}) == about(29.8706754926851, 1e-9));
  CHECK(both(counted{"M", "Yes"}) == about(36.7910248640680, 1e-9));
  CHECK(both(counted{"M", "No"}) == about(49.0690721638556, 1e-9));
  CHECK(both(counted{"E", "No"}) == about(39.8392362471310, 1e-9));
  CHECK(both(counted{"H", "No"}) == about(67.1255292411943, 1e-9));
  CHECK(sum_of(schools, both) == about(6194, 1e-12));
}

TEST_CASE("weighting: a projection for every metric, with strata, copied and concurrent") {
  auto const weights = raked(people, margins(by_sex, by_age));
  auto const copy = weights;
  std::vector<double> kept;
  for (person const& each : people) {
    kept.push_back(copy(each));
    CHECK(copy(each) == weights(each));
  }
  struct weighted {
    person who;
    double weight;
  };
  std::vector<weighted> rows;
  for (std::size_t at = 0; at < people.size(); ++at) rows.push_back({people[at], kept[at]});
  auto const score = [](weighted const& each) { return each.who.score; };
  auto const region = [](weighted const& each) { return each.who.region; };
  CHECK(credence::nps(people, &person::score, weights) == credence::nps(rows, score, &weighted::weight));
  CHECK(credence::mean(people, &person::score, weights) == credence::mean(rows, score, &weighted::weight));
  CHECK(credence::nps(credence::threads{4}, people, &person::score, weights) ==
        credence::nps(people, &person::score, weights));
  credence::nps_result const designed =
      credence::nps(people, &person::score, weights, credence::stratified_by(&person::region));
  CHECK(designed.design.strata == 4);
  CHECK(designed == credence::nps(rows, score, &weighted::weight, credence::stratified_by(region)));
  CHECK(designed == credence::nps(people, &person::score, credence::stratified_by(&person::region),
                                  credence::weighted_by(weights)));
  // Rows that point to people.
  std::vector<person const*> pointers;
  for (person const& each : people) pointers.push_back(&each);
  CHECK(raked(pointers, margins(by_sex, by_age)) == weights);  // the reports
  CHECK(raked(pointers, margins(by_sex, by_age))(pointers[7]) == weights(people[7]));
}

TEST_CASE("weighting: targets that contradict the rows do not converge, and give no weights") {
  // No row is m and young: a share of young above that of f cannot be.
  std::vector<counted> const rows = table({{"f", "young", 30}, {"f", "old", 20}, {"m", "old", 50}});
  auto const wanted = [](double female, double young) {
    return margins(margin(&counted::row, {{"f", female}, {"m", 1 - female}}),
                   margin(&counted::column, {{"young", young}, {"old", 1 - young}}));
  };
  auto const impossible = raked(rows, wanted(.5, .8));
  CHECK(impossible.status == raking_status::iteration_limit);
  CHECK_FALSE(impossible);
  CHECK(impossible.iterations <= 1000);
  CHECK(impossible.largest_gap > .1);
  CHECK(credence::is_nan(impossible.design_effect));
  CHECK(impossible.failing_margin == 1);
  CHECK(contains(impossible.message(), "of margin 1 is still 0."));
  CHECK(contains(impossible.message(), "iteration_limit"));
  CHECK(contains(message_of([&] { static_cast<void>(impossible(rows[0])); }), impossible.message()));
  CHECK_THROWS_AS(static_cast<void>(credence::mean(
                      rows, [](counted const&) { return 1; }, impossible)),
                  credence::error);
  // However long it is let run, until the factors leave the range of a double.
  auto const longer = raked(rows, wanted(.5, .99), {.iteration_limit = 1'000'000});
  CHECK(longer.status == raking_status::iteration_limit);
  CHECK(longer.iterations < 1'000'000);
  CHECK(credence::is_finite(longer.largest_gap));
  // A share that only the weight 0 could meet is approached as 1/cycles.
  auto const edge = raked(rows, wanted(.5, .5), {.iteration_limit = 100});
  CHECK(edge.status == raking_status::iteration_limit);
  CHECK(edge.iterations == 100);
  CHECK(edge.largest_gap > 1e-3);
  CHECK(edge.largest_gap < .1);
  CHECK(raked(rows, wanted(.5, .5), {.tolerance = .05})(rows[0]) > 0);
  // The same rows with targets that they can meet.
  auto const possible = raked(rows, wanted(.5, .4));
  REQUIRE(possible);
  CHECK(possible(rows[0]) == about(40 / 30.0, 1e-9));
  CHECK(possible(counted{"f", "old"}) == about(10 / 20.0, 1e-9));
}

TEST_CASE("weighting: categories without rows, targets of 0, weights of 0, no rows, one row") {
  std::vector<counted> rows = table({{"f", "young", 3}, {"f", "old", 2}, {"m", "old", 5}});
  auto const sexes = margin(&counted::row, {{"f", .5}, {"m", .5}});
  auto const three = margin(&counted::column, {{"young", .3}, {"old", .6}, {"ancient", .1}});
  auto const starved = raked(rows, margins(sexes, three));
  CHECK(starved.status == raking_status::degenerate_data);
  CHECK(starved.iterations == 0);
  CHECK(starved.failing_margin == 2);
  CHECK(starved.failing_category == "\"ancient\"");
  CHECK(contains(starved.message(), "\"ancient\" of margin 2"));
  CHECK_THROWS_AS(static_cast<void>(starved(rows[0])), credence::error);

  // A category of target 0 needs no rows, and those it has get the weight 0.
  auto const without =
      raked(rows, margins(sexes, margin(&counted::column, {{"young", 0}, {"old", 6}, {"ancient", 0}})));
  REQUIRE(without);
  CHECK(without.count == 10);
  CHECK(without(counted{"f", "young"}) == 0);
  CHECK(without(counted{"f", "old"}) == about(2.5));
  CHECK(without(counted{"m", "old"}) == about(1));
  CHECK(sum_of(rows, without) == about(10));
  // It may take all rows of another category away.
  auto const taken = raked(rows, margins(sexes, margin(&counted::column, {{"young", 1}, {"old", 0}})));
  CHECK(taken.status == raking_status::degenerate_data);
  CHECK(taken.failing_category == "\"m\"");

  for (counted& row : rows) row.base = row.row == "m" ? 0 : 2;
  auto const unweighted = raked(rows, margins(sexes), &counted::base);
  CHECK(unweighted.status == raking_status::degenerate_data);
  CHECK(unweighted.failing_category == "\"m\"");
  for (counted& row : rows) row.base = 0;
  auto const nothing = raked(rows, margins(sexes), &counted::base);
  CHECK(nothing.status == raking_status::degenerate_data);
  CHECK(nothing.failing_margin == 0);
  CHECK(nothing.count == 10);
  CHECK(contains(nothing.message(), "no row has a weight above 0: 10 could be used and 0 were left out"));

  auto const none = raked(std::vector<counted>{}, margins(sexes));
  CHECK(none.status == raking_status::degenerate_data);
  CHECK(none.count == 0);
  CHECK_THROWS_AS(static_cast<void>(none(counted{"f", "old"})), credence::error);
  auto const one = post_stratified(std::vector<counted>{{"f", "old"}}, margin(&counted::row, {{"f", 7}}));
  REQUIRE(one);
  CHECK(one(counted{"f", "old"}) == 1);
  CHECK(one.design_effect == 1);
}

TEST_CASE("weighting: rows in no target, missing keys and bad base weights have no weight and are counted") {
  struct row {
    std::optional<std::string> sex;
    std::optional<int> age;
    std::optional<double> base;
    int score;
  };
  double const nan = no_number;
  std::vector<row> const rows{{"f", 1, 1, 9},  {"m", 2, 2, 3},   {"f", 2, 1, 10}, {"m", 1, 1, 0},
                              {"x", 1, 1, 9},  {{}, 1, 1, 9},    {"f", {}, 1, 9}, {"f", 3, 1, 9},
                              {"f", 1, {}, 9}, {"f", 1, -1, 10}, {"f", 1, nan, 9}};
  auto const wanted = margins(margin(&row::sex, std::map<std::string_view, int>{{"f", 1}, {"m", 1}}),
                              margin(&row::age, {{1, .5}, {2, .5}}));
  auto const weights = raked(rows, wanted, &row::base);
  REQUIRE(weights);
  CHECK(weights.count == 4);
  CHECK(weights.rejected == 7);
  CHECK(weights.rejections == credence::rejections{.missing = 2, .off_scale = 2, .bad_weight = 3});
  for (std::size_t at = 0; at < rows.size(); ++at) CHECK(credence::is_nan(weights(rows[at])) == (at > 3));
  credence::nps_result const nps = credence::nps(rows, &row::score, weights);
  CHECK(nps.count == 4);
  CHECK(nps.rejections.bad_weight == 7);

  // No answer may be a category of its own.
  auto const said = post_stratified(rows, margin(&row::age, {{1, .25}, {2, .25}, {std::nullopt, .5}}));
  CHECK(said.count == 10);
  CHECK(said(rows[6]) == about(5));
  CHECK(said(rows[1]) == about(1.25));
  auto const unsaid = post_stratified(rows, margin(&row::score, {{9, 1}, {11, 1}}));
  CHECK(unsaid.failing_category == "11");
  auto const silent = post_stratified(std::vector<row>{rows[0]}, margin(&row::age, {{1, 1}, {std::nullopt, 1}}));
  CHECK(silent.failing_category == "no answer");

  CHECK(contains(message_of([&] {
                   static_cast<void>(raked(rows, wanted, &row::base, {.on_invalid = credence::on_invalid::raise}));
                 }),
                 "sample 4 falls into no category of margin 1"));
  std::vector<row> const tail(rows.begin() + 8, rows.end());
  CHECK(contains(message_of([&] {
                   static_cast<void>(raked(tail, wanted, &row::base, {.on_invalid = credence::on_invalid::raise}));
                 }),
                 "sample 0 has a weight that is missing"));
}

namespace {

enum class plan : std::uint8_t { free_plan, paid };
constexpr std::string_view name_of(plan which) { return which == plan::paid ? "paid" : "free"; }
enum class size : std::int8_t { tiny = -1, big = 7 };

}  // namespace

TEST_CASE("weighting: keys of every kind") {
  struct row {
    plan subscription;
    size company;
    char const* country;
    bool new_customer;
    std::uint64_t number;
  };
  std::vector<row> const rows{{plan::paid, size::big, "FR", true, 1},
                              {plan::paid, size::big, "DE", false, 2},
                              {plan::free_plan, size::tiny, "DE", true, 2},
                              {plan::free_plan, size::big, "FR", true, 1}};
  CHECK(post_stratified(rows, margin(&row::subscription, {{plan::paid, .8}, {plan::free_plan, .2}}))(rows[0]) ==
        about(1.6));
  CHECK(post_stratified(rows, margin(&row::company, {{size::tiny, 1}, {size::big, 1}}))(rows[2]) == about(2));
  CHECK(post_stratified(rows, margin(&row::country, {{"FR", .9}, {"DE", .1}}))(rows[3]) == about(1.8));
  CHECK(post_stratified(rows, margin(&row::new_customer, {{true, .3}, {false, .7}}))(rows[1]) == about(2.8));
  std::vector<std::pair<long, float>> const numbers{{1, 1.F}, {2, 3.F}};
  CHECK(post_stratified(rows, margin(&row::number, numbers))(rows[1]) == about(1.5));
  // Two columns as one, and a projection that is no member.
  auto const both = [](row const& each) { return std::tuple(std::string_view(each.country), each.new_customer); };
  std::array<std::pair<std::tuple<std::string, bool>, int>, 3> const crossed{
      {{{"FR", true}, 20}, {{"DE", false}, 30}, {{"DE", true}, 50}}};
  CHECK(post_stratified(rows, margin(both, crossed))(rows[2]) == about(2));
  // Unknown ones are named where they can be.
  auto const named = [&](auto const& own) { return post_stratified(rows, own).failing_category; };
  std::vector<row> const paid(rows.begin(), rows.begin() + 2);
  CHECK(post_stratified(paid, margin(&row::subscription, {{plan::paid, .8}, {plan::free_plan, .2}})).failing_category ==
        "free");
  CHECK(post_stratified(paid, margin(&row::company, {{size::tiny, 1}, {size::big, 1}})).failing_category == "-1");
  CHECK(named(margin(both, std::map<std::tuple<std::string, bool>, int>{{{"FR", false}, 1}, {{"FR", true}, 1}})) ==
        "category 1");
}

TEST_CASE("weighting: wrong targets and options") {
  using pairs = std::vector<std::pair<std::string, double>>;
  auto const said = [](pairs const& targets) {
    return message_of([&] { static_cast<void>(margin(&person::sex, targets)); });
  };
  CHECK(said({{"f", .5}, {"m", -.5}}) ==
        "credence: the target of \"m\" is -0.5; it must be a share or a count, finite and not negative");
  CHECK(contains(said({{"f", no_number}}), "the target of \"f\" is nan"));
  CHECK(contains(said({{"f", 1}, {"m", infinity}}), "the target of \"m\" is inf"));
  CHECK(said({{"f", 0}, {"m", 0}}) == "credence: a margin needs a target above 0");
  CHECK(said({}) == "credence: a margin needs a target above 0");
  CHECK(said({{"f", .5}, {"m", .5}, {"f", .1}}) == "credence: a margin has two targets for \"f\"");
  std::vector<std::pair<std::optional<int>, double>> const twice{{std::nullopt, 1}, {2, 1}, {std::nullopt, 1}};
  CHECK(contains(message_of([&] { static_cast<void>(margin(&person::age, twice)); }), "two targets for no answer"));
  std::vector<std::pair<int, std::optional<double>>> const unknown{{1, 1.0}, {2, std::nullopt}};
  CHECK(contains(message_of([&] { static_cast<void>(margin(&person::age, unknown)); }), "the target of 2 is nan"));

  auto const with = [](credence::raking_options options) {
    return message_of([&] { static_cast<void>(raked(people, margins(by_sex), options)); });
  };
  CHECK(contains(with({.tolerance = 0}), "raking_options::tolerance is 0; it must be above 0"));
  CHECK(contains(with({.tolerance = no_number}), "raking_options::tolerance is nan"));
  CHECK(contains(with({.iteration_limit = 0}), "raking_options::iteration_limit is 0; it must be at least 1"));
  CHECK(contains(with({.total = 0}), "raking_options::total is 0; it must be above 0"));
  CHECK(contains(with({.total = -1}), "raking_options::total is -1"));
  CHECK(contains(with({.total = infinity}), "raking_options::total is inf"));
  // Counts of any size: their sum would overflow.
  auto const huge = post_stratified(people, margin(&person::sex, {{"f", 1.5e308}, {"m", 1.5e308}}));
  REQUIRE(huge);
  CHECK(sum_of(people, huge) == about(400));
  CHECK(sum_of(people, post_stratified(people, margin(&person::sex, {{"f", 3e-250}, {"m", 1e-250}}))) == about(400));
  CHECK(name_of(raking_status::converged) == "converged");
  CHECK(name_of(raking_status::degenerate_data) == "degenerate_data");
  CHECK(name_of(raking_status::iteration_limit) == "iteration_limit");
}

TEST_CASE("weighting: a projection that throws comes through") {
  auto const throwing = [](person const& each) {
    if (&each == &people[17]) throw std::runtime_error("row 17");
    return each.sex;
  };
  std::map<std::string, double> const targets{{"f", 1}, {"m", 1}};
  CHECK_THROWS_WITH(static_cast<void>(post_stratified(people, margin(throwing, targets))), "row 17");
  auto const weight = [](person const& each) {
    if (&each == &people[18]) throw std::runtime_error("row 18");
    return each.base;
  };
  CHECK_THROWS_WITH(static_cast<void>(raked(people, margins(by_sex), weight)), "row 18");
}

TEST_CASE("weighting: tables of any shape meet their margins") {
  std::uint64_t seed = 11;
  auto const next = [&seed](std::uint64_t below) {
    seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return (seed >> 33) % below;
  };
  struct row {
    std::array<std::uint64_t, 4> keys;
    double base;
  };
  for (int round = 0; round < 30; ++round) {
    std::vector<row> rows;
    for (int at = 0; at < 600; ++at)
      rows.push_back({{next(2), next(3), next(4), next(5)}, std::pow(10.0, static_cast<double>(next(5)))});
    // Shares of another weighting of the same rows: they can be met.
    std::array<std::map<std::uint64_t, double>, 4> targets;
    for (row const& each : rows) {
      double const weight = 1 + static_cast<double>(next(1000));
      for (std::size_t own = 0; own < 4; ++own) targets[own][each.keys[own]] += weight;
    }
    auto const one = [&targets](std::size_t own) {
      return margin([own](row const& each) { return each.keys[own]; }, targets[own]);
    };
    auto const weights = raked(rows, margins(one(0), one(1), one(2), one(3)), &row::base);
    REQUIRE(weights);
    double all = 0;
    for (auto const& [key, target] : targets[0]) all += target;
    for (std::size_t own = 0; own < 4; ++own)
      for (auto const& [key, target] : targets[own]) {
        double share = 0;
        for (row const& each : rows)
          if (each.keys[own] == key) share += weights(each) / 600;
        CHECK(share == doctest::Approx(target / all).epsilon(1e-9));
      }
    double squares = 0;
    for (row const& each : rows) squares += weights(each) * weights(each);
    CHECK(weights.design_effect == about(squares / 600, 1e-9));
    CHECK(weights.design_effect >= 1);
  }
}

TEST_CASE("weighting: a million rows") {
  struct row {
    int first;
    int second;
  };
  std::vector<row> rows;
  for (int at = 0; at < 1'000'000; ++at) rows.push_back({at % 7 % 3, at % 11 % 4});
  auto const weights = raked(rows, margins(margin(&row::first, {{0, .2}, {1, .3}, {2, .5}}),
                                           margin(&row::second, {{0, .1}, {1, .2}, {2, .3}, {3, .4}})));
  REQUIRE(weights);
  CHECK(weights.count == 1'000'000);
  credence::mean_result const mean = credence::mean(rows, &row::second, weights);
  CHECK(mean.value == about(2, 1e-10));
}

}  // namespace test_weighting
