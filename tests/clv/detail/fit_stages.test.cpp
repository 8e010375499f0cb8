// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"

#include <array>
#include <cmath>
#include <credence/clv/bg_cnbd_k.hpp>
#include <credence/clv/mbg_cnbd_k.hpp>
#include <credence/clv/purchase_history.hpp>
#include <credence/clv/simulate.hpp>
#include <credence/core/named_arguments.hpp>
#include <credence/math/fit.hpp>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace test_fit_stages {

namespace {

using histories = std::vector<credence::purchase_history>;

/// Days since some day, of a day of the Gregorian calendar.
int day_number(int year, int month, int day) {
  int const shifted = month <= 2 ? year - 1 : year;
  return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day;
}

/// The sample of CDNOW in its first 39 weeks.
histories cdnow() {
  histories all;
  auto const path = shared_data("clv/cdnow_sample_log.csv");
  if (!path) return all;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  std::map<int, std::set<int>> days;
  while (std::getline(file, line)) {
    int id = 0, master = 0, year = 0, month = 0, day = 0;
    REQUIRE(std::sscanf(line.c_str(), "%d,%d,%d-%d-%d", &id, &master, &year, &month, &day) == 5);
    days[id].insert(day_number(year, month, day));
  }
  int const end = day_number(1997, 9, 30);
  for (auto const& [id, bought] : days) {
    int const first = *bought.begin();
    int last = first;
    credence::purchase_history own{.age = (end - first) / 7.0};
    for (int const day : bought) {
      if (day == first || day > end) continue;
      own.frequency.value += 1;
      own.log_gaps.value += std::log((day - last) / 7.0);
      last = day;
    }
    own.recency = (last - first) / 7.0;
    all.push_back(own);
  }
  return all;
}

std::vector<credence::simulated_customer> regular(int customers) {
  return credence::simulate(credence::bg_cnbd_k{{.k = 2, .r = 0.9, .alpha = 4, .a = 0.9, .b = 2.5}},
                            {.customers = customers, .age = 52, .least_age = 30});
}

}  // namespace

TEST_CASE("fit_stages: CDNOW is bought at random") {
  // shared/reference/clv.md 3.1: the maxima of BG/NBD and MBG/NBD; BTYDplus finds k = 1 too.
  histories const all = cdnow();
  if (all.empty()) return;
  auto const bg = credence::fit<credence::bg_cnbd_k>(all);
  REQUIRE(bg);
  CHECK(bg.model().k.value == 1);
  REQUIRE(bg.tried.size() == 6);
  for (std::size_t at = 1; at < 6; ++at) CHECK(bg.tried[at].log_likelihood < bg.tried[at - 1].log_likelihood);
  CHECK(bg.log_likelihood == doctest::Approx(-9582.429206674).epsilon(1e-12));
  std::array const bg_parameters{.24259452243, 4.41360201901, .792922017247, 2.42590677690};
  std::array const bg_errors{.01255737, .37822393, .18573372, .7054142};
  auto const mbg = credence::fit<credence::mbg_cnbd_k>(all, {.max_k = 2});
  CHECK(mbg.log_likelihood == doctest::Approx(-9582.135715554).epsilon(1e-12));
  std::array const mbg_parameters{.52484315909, 6.18308527945, .89135939075, 1.61400224029};
  std::array const mbg_errors{.08326821, .69562064, .15478993, .53749481};
  for (std::size_t at = 0; at < 4; ++at) {
    CHECK(bg.parameters[at] == doctest::Approx(bg_parameters[at]).epsilon(1e-7));
    CHECK(bg.standard_errors[at] == doctest::Approx(bg_errors[at]).epsilon(1e-5));
    CHECK(mbg.parameters[at] == doctest::Approx(mbg_parameters[at]).epsilon(1e-7));
    CHECK(mbg.standard_errors[at] == doctest::Approx(mbg_errors[at]).epsilon(1e-5));
  }
}

TEST_CASE("fit_stages: k as given, by projections, by weight and by tasks") {
  auto const all = regular(1500);
  auto const likeliest = credence::fit<credence::bg_cnbd_k>(all);
  REQUIRE(likeliest);
  CHECK(likeliest.model().k.value == 2);
  auto const given = credence::fit<credence::bg_cnbd_k>(all, {.k = 2});
  CHECK(given.tried.size() == 1);
  CHECK(given.log_likelihood == doctest::Approx(likeliest.log_likelihood).epsilon(1e-12));
  double sum = 0;
  for (auto const& own : all) sum += given.model().log_likelihood(own);
  CHECK(sum == doctest::Approx(given.log_likelihood).epsilon(1e-12));
  CHECK(given.model().with_parameters(given.parameters.data()) == given.model());

  using row = credence::simulated_customer;
  auto const projected =
      credence::fit<credence::bg_cnbd_k>(all, &row::frequency, &row::recency, &row::age, &row::log_gaps, {.max_k = 3});
  CHECK(projected.log_likelihood == likeliest.log_likelihood);
  auto const without = credence::fit<credence::bg_cnbd_k>(all, &row::frequency, &row::recency, &row::age, {.k = 2});
  CHECK(without.parameters[0] == doctest::Approx(given.parameters[0]).epsilon(1e-7));

  auto twice = all;
  twice.insert(twice.end(), all.begin(), all.end());
  auto const repeated = credence::fit<credence::bg_cnbd_k>(twice, {.k = 2});
  auto const weighted =
      credence::fit<credence::bg_cnbd_k>(all, credence::weighted_by([](row const&) { return 2.0; }), {.k = 2});
  CHECK(weighted.log_likelihood == doctest::Approx(repeated.log_likelihood).epsilon(1e-12));
  CHECK(weighted.standard_errors[1] == doctest::Approx(repeated.standard_errors[1]).epsilon(1e-7));

  auto const backwards = [](std::size_t count, auto task) {
    while (count != 0) task(--count);
  };
  CHECK(credence::fit<credence::bg_cnbd_k>(backwards, all) == likeliest);
}

TEST_CASE("fit_stages: nothing to fit to, and what cannot be asked") {
  auto const nobody = credence::fit<credence::mbg_cnbd_k>(histories{});
  CHECK(nobody.status == credence::fit_status::degenerate_data);
  CHECK(nobody.tried.empty());
  CHECK(!nobody);
  CHECK(error_of([&] { static_cast<void>(nobody.model()); }).find("there are no customers") != std::string::npos);
  CHECK(!credence::fit<credence::bg_cnbd_k>(histories{{0, 0, 10}, {0, 0, 20}}));
  // Who says nothing of gaps cannot have k chosen.
  histories const silent{{2, 5, 10}, {0, 0, 20}, {1, 9, 12}};
  CHECK(error_of([&] {
          credence::fit<credence::bg_cnbd_k>(silent);
        }).starts_with("credence: cnbd_k_fit_options::k is not set, and these customers do not tell"));
  histories const rejected{{2, 50, 10, 1}, {2.5, 5, 10, 1}, {1, 5, 10, std::log(5.0)}};
  CHECK(credence::fit<credence::bg_cnbd_k>(rejected, {.k = 1}).rejected == 2);
  CHECK_THROWS_AS(credence::fit<credence::bg_cnbd_k>(rejected, {.k = 1, .on_invalid = credence::on_invalid::raise}),
                  credence::invalid_sample);
  CHECK(error_of([&] { credence::fit<credence::bg_cnbd_k>(silent, {.k = 0}); }) ==
        "credence: cnbd_k_fit_options::k is 0; it must lie between 1 and 1000");
  CHECK(error_of([&] {
          credence::fit<credence::bg_cnbd_k>(silent, {.max_k = -1});
        }).starts_with("credence: cnbd_k_fit_options::max_k is -1"));
  CHECK(error_of([&] {
          credence::fit<credence::bg_cnbd_k>(silent, {.penalty = -1});
        }).starts_with("credence: cnbd_k_fit_options::penalty is -1"));
  CHECK(error_of([&] {
          credence::fit<credence::bg_cnbd_k>(silent, {.max_iterations = 0});
        }).starts_with("credence: cnbd_k_fit_options::max_iterations is 0"));
}

}  // namespace test_fit_stages
