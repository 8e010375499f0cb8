// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/churn/population_stability.hpp>
#include <string>
#include <vector>

#include "churn/scored.hpp"
#include "support/error_of.hpp"

namespace test_population_stability {

using scored::customer;

doctest::Approx about(double value) { return doctest::Approx(value).epsilon(1e-12); }

auto of(std::vector<customer> const& expected, std::vector<customer> const& actual,
        credence::population_stability_options options = {}) {
  return credence::population_stability(expected, actual, &customer::score, options);
}

TEST_CASE("population_stability: by hand") {
  // Halves of 1…4 end at 2; of 1, 2, 3, 3, 9 two lie there.
  auto const found = of({{4, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}},
                        {{1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {3, 0, 0}, {9, 0, 0}}, {.bins = 2});
  REQUIRE(found.size() == 2);
  CHECK(found[0].to == 2);
  CHECK(found[0].expected == 2);
  CHECK(found[0].actual == 2);
  CHECK(found[1].actual == 3);
  CHECK(found.value == about(-.1 * std::log(.8) + .1 * std::log(1.2)));
  CHECK(found[0].contribution == about(-.1 * std::log(.8)));
  CHECK(found.count == 9);
}

TEST_CASE("population_stability: bins by quantiles of the expected, ties together") {
  for (std::uint64_t const levels : {3U, 25U, 100'000U}) {
    CAPTURE(levels);
    std::vector<customer> const expected = scored::random_customers(333, levels, 21);
    std::vector<customer> actual = scored::random_customers(250, levels, 22);
    for (customer& each : actual) *each.score *= *each.score;
    std::vector<double> sorted;
    for (customer const& each : expected) sorted.push_back(*each.score);
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> ends;
    for (int at = 1; at < 10; ++at) {
      double const end = sorted[static_cast<std::size_t>(std::ceil(333 * at / 10.0)) - 1];
      if (end != sorted.back() && (ends.empty() || ends.back() != end)) ends.push_back(end);
    }
    ends.push_back(scored::infinity);
    double value = 0;
    double from = -scored::infinity;
    auto const found = of(expected, actual);
    REQUIRE(found.size() == ends.size());
    for (std::size_t bin = 0; bin < ends.size(); ++bin) {
      auto const share = [&](std::vector<customer> const& customers) {
        double count = 0;
        for (customer const& each : customers) count += *each.score > from && *each.score <= ends[bin];
        return count == 0 ? 1e-4 : count / static_cast<double>(customers.size());
      };
      double const was = share(expected);
      double const is = share(actual);
      value += (is - was) * std::log(is / was);
      CHECK(found[bin].to == ends[bin]);
      CHECK(found[bin].from == from);
      from = ends[bin];
    }
    CHECK(found.value == about(value));
    CHECK(of(expected, expected).value == 0);
  }
}

TEST_CASE("population_stability: a bin that nobody is in any more") {
  std::vector<customer> const expected{{1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {4, 0, 0}};
  auto const found = of(expected, {{1, 0, 0}, {1, 0, 0}}, {.bins = 2, .empty_share = 0.01});
  CHECK(found.value == about(.5 * std::log(2.0) + (.01 - .5) * std::log(.01 / .5)));
  CHECK(found[1].actual_share == 0);
  CHECK(of({{1, 0, 0}, {1, 0, 0}}, expected).size() == 1);
}

TEST_CASE("population_stability: plain scores, and bad input") {
  CHECK(credence::population_stability(std::vector<double>{1, 2}, std::vector<double>{1, 1}).value > 0);
  CHECK(credence::population_stability(std::vector<double>{1, 2}, std::vector<double>{2, 1}, {.bins = 2}).value == 0);
  CHECK_FALSE(of({}, {{1, 0, 0}}));
  CHECK(credence::is_nan(of({{1, 0, 0}}, {}).value));
  auto const dirty = of({{1, 0, 0}, {{}, 0, 0}}, {{2, {}, 0}, {scored::infinity, 0, 0}, {scored::no_number, 0, 0}});
  CHECK(dirty.expected_count == 1);
  CHECK(dirty.actual_count == 1);
  CHECK(dirty.rejected == 3);
  CHECK(dirty.rejections.missing == 1);
  CHECK_THROWS_AS(static_cast<void>(of({{1, 0, 0}}, {{{}, 0, 0}}, {.on_invalid = credence::on_invalid::raise})),
                  credence::invalid_sample);
  CHECK(error_of([] { static_cast<void>(of({}, {}, {.bins = 1})); }).find("population_stability_options::bins is 1") !=
        std::string::npos);
  CHECK(error_of([] {
          static_cast<void>(of({}, {}, {.empty_share = 0}));
        }).find("population_stability_options::empty_share is 0") != std::string::npos);
}

}  // namespace test_population_stability
