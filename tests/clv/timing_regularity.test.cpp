// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/error_of.hpp"
#include "support/shared_data.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <credence/clv/timing_regularity.hpp>
#include <credence/core/real.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/math/draws.hpp>
#include <credence/math/random.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace test_timing_regularity {

namespace {

using moment = std::chrono::sys_time<std::chrono::microseconds>;

struct purchase {
  int customer;
  moment placed;
};
using purchases = std::vector<purchase>;

void add(purchases& log, int customer, double units) {
  log.push_back({customer, moment{std::chrono::microseconds{static_cast<std::int64_t>(units * 1e9)}}});
}

/// Customers with gaps of k stages, each at a rate of his own, who are watched for 100 units and leave at times.
purchases drawn(double k, int customers, std::uint64_t seed) {
  purchases log;
  for (int number = 0; number < customers; ++number) {
    credence::math::random_stream draws(seed, static_cast<std::uint64_t>(number));
    double const rate = credence::math::gamma_draw(draws, 2) / 20;
    double time = 0;
    do {
      add(log, number, time);
      time += credence::math::gamma_draw(draws, k) / (k * rate);
    } while (time < 100 && draws.uniform() > 0.05);
  }
  return log;
}

credence::timing_regularity_result asked(purchases const& log, credence::timing_regularity_options options = {}) {
  return credence::timing_regularity(log, &purchase::customer, &purchase::placed, options);
}

}  // namespace

TEST_CASE("timing_regularity: by hand") {
  purchases log;
  for (double const time : {0.0, 1.0, 4.0, 5.0, 6.0, 8.0}) add(log, 1, time);  // gaps 1 3 1 1 2: M ¼, ½
  for (double const time : {10.0, 12.0, 13.0, 12.0}) add(log, 2, time);        // one of them told twice: M ⅔
  for (double const time : {3.0, 9.0}) add(log, 3, time);                      // no two gaps
  auto const result = asked(log);
  CHECK(result.pairs == 3);
  CHECK(result.customers == 2);
  CHECK(result.count == 12);
  double const spread = (1.0 / 16 + 0 + 1.0 / 36) / 3;
  CHECK(result.spread == doctest::Approx(spread).epsilon(1e-13));
  double const k = (1 - 4 * spread) / (8 * spread);
  CHECK(result.value == doctest::Approx(k).epsilon(1e-13));
  double const first = 1.0 / 16 - 2 * spread, second = 1.0 / 36 - spread;
  double const error = std::sqrt(2 * (first * first + second * second)) / 3;
  CHECK(result.standard_error == doctest::Approx(error / (8 * spread * spread)).epsilon(1e-12));
  // R 4.2: qt(.975, 1) = 12.7062047361747.
  CHECK(result.interval.upper ==
        doctest::Approx(0.125 / (spread * std::exp(-12.7062047361747 * error / spread)) - 0.5).epsilon(1e-10));
  CHECK(result.interval.lower ==
        doctest::Approx(0.125 / (spread * std::exp(12.7062047361747 * error / spread)) - 0.5).epsilon(1e-10));
  CHECK(asked(log, {.least_purchases = 4}).customers == 1);
  CHECK(credence::timing_regularity(credence::activity_times(log, &purchase::customer, &purchase::placed)) == result);
  std::reverse(log.begin(), log.end());
  CHECK(asked(log) == result);
}

TEST_CASE("timing_regularity: CDNOW is bought at random") {
  // tests/reference/timing_regularity.py
  auto const path = shared_data("clv/cdnow_sample_log.csv");
  if (!path) return;
  std::ifstream file(*path);
  std::string line;
  std::getline(file, line);
  purchases log;
  while (std::getline(file, line)) {
    int id = 0, master = 0, year = 0;
    unsigned month = 0, day = 0;
    REQUIRE(std::sscanf(line.c_str(), "%d,%d,%d-%u-%u", &id, &master, &year, &month, &day) == 5);
    log.push_back(
        {id, std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}}});
  }
  auto const result = asked(log);
  CHECK(result.pairs == 1817);
  CHECK(result.customers == 736);
  CHECK(result.value == doctest::Approx(1.067605206468117).epsilon(1e-12));
  CHECK(result.standard_error == doctest::Approx(0.035447772046627773).epsilon(1e-11));
  CHECK(result.interval.lower == doctest::Approx(0.999536328888573).epsilon(1e-11));
  CHECK(result.interval.upper == doctest::Approx(1.1387639538998797).epsilon(1e-11));
  CHECK(result.p_value == doctest::Approx(0.05161274669610564).epsilon(1e-9));
}

TEST_CASE("timing_regularity: finds the k that was drawn, and says how sure it is") {
  for (double const k : {0.5, 1.0, 2.0, 4.0}) {
    CAPTURE(k);
    auto const result = asked(drawn(k, 4000, 3));
    CHECK(std::fabs(result.value - k) < 4 * result.standard_error);
    CHECK(result.standard_error < 0.05 * k + 0.02);
    CHECK((result.p_value < 1e-6) == (k != 1));
  }
  int covered = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    auto const result = asked(drawn(2, 60, 1000 + seed));
    covered += result.interval.lower <= 2 && 2 <= result.interval.upper;
  }
  CHECK(covered > 365);  // of 380
  CHECK(covered < 395);
}

TEST_CASE("timing_regularity: nothing to say, all alike, and what cannot be") {
  CHECK(!asked({}));
  CHECK(credence::is_nan(asked({}).value));
  purchases log;
  for (int time = 0; time < 7; ++time) add(log, 1, time);
  auto const clockwork = asked(log);
  CHECK(clockwork.value == credence::infinite_number());
  CHECK(credence::is_nan(clockwork.standard_error));
  for (int time = 0; time < 7; ++time) add(log, 2, 3 * time);
  CHECK(asked(log).value == credence::infinite_number());
  log.push_back({2, moment::max()});
  CHECK(asked(log).rejected == 1);
  CHECK_THROWS_AS(asked(log, {.on_invalid = credence::on_invalid::raise}), credence::invalid_sample);
  CHECK(error_of([&] { asked(log, {.least_purchases = 2}); }) ==
        "credence: timing_regularity_options::least_purchases is 2; it must be at least 3");
  CHECK(error_of([&] { asked(log, {.confidence = 1}); }).find("timing_regularity_options::confidence") !=
        std::string::npos);
}

}  // namespace test_timing_regularity
