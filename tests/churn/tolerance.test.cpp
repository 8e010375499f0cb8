// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <credence/churn/tolerance.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_tolerance {

using namespace std::chrono;
using credence::tolerance;

sys_days on(int day) { return sys_days{2026y / 1 / 1} + days{day}; }

struct experience {
  int customer = 0;
  sys_days when;
  std::optional<sys_days> left_at;
  int kind = 0;
};

TEST_CASE("tolerance: by hand") {
  std::vector<experience> const rows{
      {1, on(0), {}, 0},       {1, on(20), {}, 1},      // still here
      {2, on(0), on(9), 0},                             // left within ten days
      {3, on(0), on(10), 1},                            // and one on the tenth: not within
      {4, on(0), on(34), 0},   {4, on(30), on(34), 1},  // left after the second
      {5, on(95), {}, 0},                               // not observed that long
      {6, on(95), on(97), 0},                           // nor this, who left: the others would not be known yet
      {7, on(95), on(101), 0},                          // too late to be known
      {8, on(100), {}, 0},                              // and this experience is, too
      {9, on(0), on(6), 0},    {9, on(5), on(6), 0},    // lost to both
  };
  auto const found = tolerance(rows, &experience::customer, &experience::when, &experience::left_at,
                               {.window = days{10}, .observed_until = on(100)});
  REQUIRE(found.size() == 2);
  CHECK(found.customers == 8);
  CHECK(found.count == 11);
  CHECK(found[0].customers == 8);
  CHECK(found[0].exposed == 5);
  CHECK(found[0].lost == 2);
  CHECK(found[0].value == .4);
  CHECK(found[1].customers == 3);
  CHECK(found[1].exposed == 3);
  CHECK(found[1].lost == 2);
  CHECK(found[1].cumulative == doctest::Approx(1 - .6 * (1.0 / 3)).epsilon(1e-15));
  double const greenwood = 2.0 / (5 * 3) + 2.0 / (3 * 1);
  CHECK(found[1].standard_error == doctest::Approx(.2 * std::sqrt(greenwood)).epsilon(1e-14));
  auto const last =
      tolerance(rows, &experience::customer, &experience::when, &experience::left_at,
                {.window = days{10}, .attribution = credence::tolerance_attribution::last, .observed_until = on(100)});
  CHECK(last[0].exposed == 5);
  CHECK(last[0].lost == 1);
  CHECK(last[1].lost == 2);
  // Unset, observation ends with the last that is known: the leaving of 7.
  auto const open =
      tolerance(rows, &experience::customer, &experience::when, &experience::left_at, {.window = days{10}});
  CHECK(open[0].exposed == 5);
  CHECK(open[0].lost == 2);
  CHECK(open.customers == 9);
}

TEST_CASE("tolerance: as counted customer by customer") {
  std::mt19937 draw(11);
  for (int round = 0; round < 20; ++round) {
    std::map<int, std::optional<int>> left;
    std::vector<experience> rows;
    std::map<int, std::vector<int>> days_of;
    for (int row = 0; row < 300; ++row) {
      int const who = static_cast<int>(draw() % 80);
      if (!left.contains(who))
        left[who] = draw() % 3 != 0 ? std::optional(static_cast<int>(draw() % 60)) : std::nullopt;
      int const day = static_cast<int>(draw() % 60);
      if (left[who] && day > *left[who]) continue;
      rows.push_back({who, on(day), {}, 0});
      if (left[who]) rows.back().left_at = on(*left[who]);
      if (day < 50) days_of[who].push_back(day);
    }
    bool const to_the_last = round % 2 == 1;
    auto const found = tolerance(
        rows, &experience::customer, &experience::when, &experience::left_at,
        {.window = days{12},
         .attribution = to_the_last ? credence::tolerance_attribution::last : credence::tolerance_attribution::every,
         .observed_until = on(50)});
    double staying = 1;
    for (std::size_t k = 0; k < found.size(); ++k) {
      std::uint64_t had = 0;
      std::uint64_t exposed = 0;
      std::uint64_t lost = 0;
      for (auto& [who, own] : days_of) {
        std::sort(own.begin(), own.end());
        if (own.size() <= k) continue;
        ++had;
        if (own[k] + 12 > 50) continue;
        bool const gone = left[who] && *left[who] - own[k] < 12;
        bool const has_another = to_the_last && own.size() > k + 1;
        lost += gone && !has_another;
        ++exposed;
      }
      CHECK(found[k].experience == k + 1);
      CHECK(found[k].customers == had);
      CHECK(found[k].exposed == exposed);
      CHECK(found[k].lost == lost);
      if (exposed != 0) staying *= 1 - static_cast<double>(lost) / static_cast<double>(exposed);
      if (!std::isnan(found[k].cumulative)) CHECK(found[k].cumulative == doctest::Approx(1 - staying).epsilon(1e-13));
    }
  }
}

/// So many of each kind had a first, second and third experience, and so many of them left after it.
std::vector<experience> of_kinds(int kinds) {
  constexpr int exposed[3][3] = {{30, 20, 10}, {40, 30, 12}, {25, 12, 5}};
  constexpr int lost[3][3] = {{6, 6, 4}, {4, 3, 2}, {10, 5, 1}};
  std::vector<experience> rows;
  for (int kind = 0; kind < kinds; ++kind) {
    int first = 0;
    for (int k = 0; k < 3; ++k) {
      for (int who = first; who < first + exposed[kind][k]; ++who)
        rows.push_back({100 * kind + who, on(100 * k), {}, 7 - kind});
      for (int who = first; who < first + lost[kind][k]; ++who)
        for (auto& row : rows)
          if (row.customer == 100 * kind + who) row.left_at = on(100 * k + 1);
      first += lost[kind][k];
    }
  }
  return rows;
}

TEST_CASE("tolerance: groups, and the log-rank test over k") {
  auto const asked = [](int kinds) {
    return tolerance(of_kinds(kinds), &experience::customer, &experience::when, &experience::left_at,
                     credence::grouped_by(&experience::kind), {.window = days{10}, .observed_until = on(400)});
  };
  // R 4.2.2: mantelhaen.test(tables, correct = FALSE), group x lost x k.
  auto const two = asked(2);
  CHECK(two.degrees_of_freedom == 1);
  CHECK(two.chi_squared == doctest::Approx(5.7235019607693403).epsilon(1e-10));
  CHECK(two.p_value == doctest::Approx(0.0167393113577341).epsilon(1e-10));
  auto const three = asked(3);
  CHECK(three.degrees_of_freedom == 2);
  CHECK(three.chi_squared == doctest::Approx(12.87885051505285).epsilon(1e-10));
  CHECK(three.p_value == doctest::Approx(0.00159732446705686).epsilon(1e-10));
  REQUIRE(three.size() == 3);
  CHECK(three[0].key == 5);
  CHECK(three[2].steps[1].value == .3);
  CHECK(three[2].steps[1].cumulative == doctest::Approx(1 - .8 * .7).epsilon(1e-15));
  CHECK(three[0].lost == 16);
  CHECK(three[0].expected + three[1].expected + three[2].expected == doctest::Approx(41).epsilon(1e-14));
  CHECK(three.all[0].lost == 20);
  CHECK(three.all.customers == 95);
  auto const one = asked(1);
  CHECK_FALSE(one);
  CHECK(std::isnan(one.p_value));
  CHECK(one.degrees_of_freedom == 0);
}

TEST_CASE("tolerance: step k of a group is of those whose k-th experience was of it") {
  std::vector<experience> const rows{{1, on(0), {}, 1}, {1, on(30), {}, 0}, {2, on(0), {}, 0}, {2, on(0), {}, 1}};
  auto const found = tolerance(rows, &experience::customer, &experience::when, &experience::left_at,
                               credence::grouped_by(&experience::kind), {.window = days{5}, .observed_until = on(90)});
  REQUIRE(found.size() == 2);
  CHECK(found[0].steps[0].customers == 1);
  CHECK(found[0].steps[1].customers == 1);
  CHECK(found[1].steps[0].customers == 1);
  CHECK(found[1].steps[1].customers == 1);
  CHECK(found.all[1].customers == 2);
}

TEST_CASE("tolerance: who left is not counted sooner than who stayed") {
  // Every third customer leaves 45 days after the experience, which comes on any day of the year alike.
  std::vector<experience> rows;
  for (int who = 0; who < 3 * 365; ++who)
    rows.push_back({who, on(who / 3), who % 3 == 0 ? std::optional(on(who / 3 + 45)) : std::nullopt, who});
  credence::tolerance_options const asked{.window = days{90}, .observed_until = on(365)};
  auto const found = tolerance(rows, &experience::customer, &experience::when, &experience::left_at, asked);
  CHECK(found[0].exposed == 3 * 276);
  CHECK(found[0].value == doctest::Approx(1.0 / 3).epsilon(1e-15));
  CHECK(error_of([&] {
          tolerance(rows, &experience::customer, &experience::when, &experience::left_at,
                    credence::grouped_by(&experience::kind), asked);
        }).find("1095 groups, more than the 1000 that are compared") != std::string::npos);
}

struct dirty {
  std::optional<int> customer;
  std::optional<credence::instant> when;
  std::optional<credence::instant> left_at;
};

TEST_CASE("tolerance: dirty rows, and leavings that contradict each other") {
  auto const known = [](std::int64_t micros) { return credence::instant::from_micros(micros); };
  std::int64_t const highest = (std::numeric_limits<std::int64_t>::max)();
  std::vector<dirty> const rows{{1, known(0), known(5)},
                                {1, known(4), known(9)},
                                {1, known(6), known(9)},
                                {{}, known(0), {}},
                                {2, {}, {}},
                                {2, known(0), known(highest)},
                                {3, known(highest - 1), {}}};
  auto const asked = [&](credence::on_invalid policy) {
    return tolerance(rows, &dirty::customer, &dirty::when, &dirty::left_at,
                     {.window = microseconds{3}, .on_invalid = policy});
  };
  auto const found = asked(credence::on_invalid::reject);
  CHECK(found.count == 3);
  CHECK(found.conflicting == 1);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.bad_time == 2);
  REQUIRE(found.size() == 2);
  CHECK(found[0].lost == 0);
  CHECK(found[0].exposed == 1);
  CHECK(found[1].lost == 1);
  CHECK(error_of([&] { asked(credence::on_invalid::raise); }) == "credence: sample 3 is missing");
  std::vector<dirty> const late{rows[0], rows[1], rows[2]};
  CHECK(error_of([&] {
          tolerance(late, &dirty::customer, &dirty::when, &dirty::left_at,
                    {.window = microseconds{3}, .on_invalid = credence::on_invalid::raise});
        }) == "credence: sample 2 has a time that cannot be");
}

TEST_CASE("tolerance: the window has no default; wrong options name themselves; nobody is no answer") {
  std::vector<experience> const none;
  auto const complaint = [&](credence::tolerance_options const& options) {
    return error_of([&] { tolerance(none, &experience::customer, &experience::when, &experience::left_at, options); });
  };
  CHECK(complaint({}).find("tolerance_options::window is \"unset\"") != std::string::npos);
  CHECK(complaint({.window = days{0}}).find("tolerance_options::window") != std::string::npos);
  CHECK(complaint({.window = days{1}, .confidence = 2}).find("tolerance_options::confidence") != std::string::npos);
  CHECK(complaint({.window = days{1}}) == "no error");
  CHECK_FALSE(tolerance(none, &experience::customer, &experience::when, &experience::left_at, {.window = days{1}}));
  CHECK_FALSE(tolerance(none, &experience::customer, &experience::when, &experience::left_at,
                        credence::grouped_by(&experience::kind), {.window = days{1}}));
}

}  // namespace test_tolerance
