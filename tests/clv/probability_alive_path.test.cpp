// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/error_of.hpp"

#include <chrono>
#include <cmath>
#include <credence/clv/bg_nbd.hpp>
#include <credence/clv/mbg_nbd.hpp>
#include <credence/clv/probability_alive_path.hpp>
#include <credence/core/real.hpp>
#include <cstddef>
#include <optional>
#include <vector>

namespace test_probability_alive_path {

namespace {

using days = std::chrono::duration<long, std::ratio<86400>>;
using day = std::chrono::time_point<std::chrono::system_clock, days>;
using numbers = std::vector<double>;

credence::mbg_nbd const model{{.r = 0.525, .alpha = 6.183, .a = 0.891, .b = 1.614, .unit = std::chrono::hours{24 * 7}}};

}  // namespace

TEST_CASE("probability_alive_path: what the model says of what was known") {
  // Counted from week 100, out of order, one purchase told twice.
  auto const path =
      credence::probability_alive_path(model, numbers{110, 100, 103, 110}, numbers{99, 100, 102, 103, 109, 130});
  REQUIRE(path.size() == 6);
  CHECK(credence::is_nan(path[0].probability));
  CHECK(path[0].time == -1);
  struct {
    double time, frequency, recency;
  } const known[] = {{0, 0, 0}, {2, 0, 0}, {3, 1, 3}, {9, 1, 3}, {30, 2, 10}};
  for (std::size_t at = 0; at < 5; ++at) {
    CAPTURE(at);
    auto const& point = path[at + 1];
    CHECK(point.time == known[at].time);
    CHECK(point.frequency == known[at].frequency);
    CHECK(point.recency == known[at].recency);
    CHECK(point.probability == model.probability_alive({known[at].frequency, known[at].recency, known[at].time}));
  }
  CHECK(path[3].probability > path[4].probability);
}

TEST_CASE("probability_alive_path: points of time, in the model's unit") {
  std::vector<day> const purchases{day{days{700}}, day{days{721}}, day{days{770}}};
  std::vector<std::optional<day>> const asked{day{days{721}}, day{days{1000}}};
  auto const by_time = credence::probability_alive_path(model, purchases, asked);
  auto const by_number = credence::probability_alive_path(model, numbers{0, 3, 10}, numbers{3, 300.0 / 7});
  REQUIRE(by_time.size() == 2);
  for (std::size_t at = 0; at < 2; ++at) {
    CHECK(by_time[at].frequency == by_number[at].frequency);
    CHECK(by_time[at].time == doctest::Approx(by_number[at].time).epsilon(1e-14));
    CHECK(by_time[at].probability == doctest::Approx(by_number[at].probability).epsilon(1e-12));
  }
  credence::bg_nbd const unknown{{.r = 0.243, .alpha = 4.414, .a = 0.793, .b = 2.426}};
  CHECK(error_of([&] {
          static_cast<void>(credence::probability_alive_path(unknown, purchases, asked));
        }).find(".unit") != std::string::npos);
}

TEST_CASE("probability_alive_path: nobody, nothing asked, and times that cannot be") {
  CHECK(credence::probability_alive_path(model, numbers{1, 2}, numbers{}).empty());
  auto const nobody = credence::probability_alive_path(model, numbers{}, numbers{3});
  REQUIRE(nobody.size() == 1);
  CHECK(credence::is_nan(nobody[0].probability));
  CHECK(credence::is_nan(nobody[0].time));
  for (double const none : {credence::not_a_number(), credence::infinite_number()}) {
    try {
      static_cast<void>(credence::probability_alive_path(model, numbers{1, none}, numbers{3}));
      FAIL("no complaint");
    } catch (credence::invalid_sample const& complaint) {
      CHECK(complaint.position() == 1);
    }
    CHECK_THROWS_AS(static_cast<void>(credence::probability_alive_path(model, numbers{1}, numbers{none})),
                    credence::invalid_sample);
  }
  std::vector<std::optional<double>> const missing{1.0, std::nullopt};
  CHECK_THROWS_AS(static_cast<void>(credence::probability_alive_path(model, missing, numbers{3})),
                  credence::invalid_sample);
}

}  // namespace test_probability_alive_path
