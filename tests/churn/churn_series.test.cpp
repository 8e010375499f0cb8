// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/churn/churn_rate.hpp>
#include <credence/churn/churn_series.hpp>
#include <credence/core/calendar.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "churn/spans.hpp"
#include "support/error_of.hpp"

namespace test_churn_series {

using namespace std::chrono;
using credence::churn_rate;
using credence::churn_series;
using spans::at;
using spans::subscription;

TEST_CASE("churn series: each period is what churn_rate says of it") {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    auto const rows = spans::random_spans(seed, 80, 15, 900);
    for (credence::churn_denominator const denominator : spans::denominators)
      for (auto const returning : {credence::returning_customers::not_lost, credence::returning_customers::lost}) {
        credence::churn_series_options const asked{
            .denominator = denominator, .returning = returning, .observed_until = at(700)};
        credence::every const policy{hours{37}};
        auto const found =
            churn_series(rows, &subscription::who, &subscription::start, &subscription::end, policy, asked);
        auto const alone = churn_series(rows, &subscription::start, &subscription::end, policy, asked);
        REQUIRE(found.size() > 10);
        REQUIRE(alone.size() == found.size());
        for (std::size_t period = 0; period < found.size(); ++period) {
          auto const& own = found[period];
          bool const last = period + 1 == found.size();
          CHECK(own.complete == !last);
          credence::churn_rate_options const window{.from = own.period.begin,
                                                    .to = last ? credence::instant(at(700)) : own.period.end,
                                                    .denominator = denominator,
                                                    .returning = returning};
          CAPTURE(seed);
          CAPTURE(static_cast<int>(denominator));
          CAPTURE(own.name);
          CHECK(spans::alike(own.rate,
                             churn_rate(rows, &subscription::who, &subscription::start, &subscription::end, window)));
          CHECK(spans::alike(alone[period].rate, churn_rate(rows, &subscription::start, &subscription::end, window)));
        }
      }
  }
}

TEST_CASE("churn series: what ends one period begins the next") {
  auto const rows = spans::random_spans(99, 200, 40, 4000);
  auto const found =
      churn_series(rows, &subscription::who, &subscription::start, &subscription::end, credence::calendar_week{});
  for (std::size_t week = 0; week < found.size(); ++week) {
    auto const& rate = found[week].rate;
    CHECK(rate.active_at_start + rate.joined - rate.lost - rate.lost_new == rate.active_at_end);
    if (week != 0) CHECK(rate.active_at_start == found[week - 1].rate.active_at_end);
  }
  CHECK_FALSE(found[found.size() - 1].complete);
}

TEST_CASE("churn series: where it begins and ends") {
  std::vector<subscription> const rows{{1, at(-24 * 40), at(24 * 45)}, {2, at(1), {}}};
  auto const months = [&](credence::churn_series_options const& options) {
    return churn_series(rows, &subscription::start, &subscription::end, credence::calendar_month{}, options);
  };
  auto const all = months({});
  REQUIRE(all.size() == 4);
  CHECK(all[0].name == "2025-11");
  CHECK(all[0].rate.joined == 1);
  CHECK(all[3].name == "2026-02");
  CHECK(all[3].rate.lost == 1);
  CHECK(all[3].rate.value == .5);
  CHECK_FALSE(all[3].complete);
  auto const later = months({.from = at(30), .observed_until = at(24 * 31)});
  REQUIRE(later.size() == 1);
  CHECK(later[0].complete);
  CHECK(later[0].rate == all[2].rate);
  CHECK_FALSE(months({.from = at(30), .observed_until = at(30)}));
  CHECK_FALSE(
      churn_series(std::vector<subscription>{}, &subscription::start, &subscription::end, credence::calendar_month{}));
}

TEST_CASE("churn series: the last time is that of any row, also of one within another that is open") {
  std::vector<subscription> const rows{{1, at(0), {}}, {1, at(24 * 10), at(24 * 45)}};
  auto const found =
      churn_series(rows, &subscription::who, &subscription::start, &subscription::end, credence::calendar_month{});
  REQUIRE(found.size() == 2);
  CHECK(found[0].complete);
  CHECK(found[1].name == "2026-02");
  CHECK(found[1].rate.active_at_end == 1);
}

TEST_CASE("churn series: wrong options, and times too far apart") {
  std::vector<subscription> rows{{1, at(0), at(1)}};
  auto const complaint = [&](credence::churn_series_options const& options, credence::every const& policy) {
    return error_of([&] { churn_series(rows, &subscription::start, &subscription::end, policy, options); });
  };
  CHECK(complaint({.confidence = 0}, {}).find("churn_series_options::confidence") != std::string::npos);
  CHECK(complaint({.unit = days{-1}}, {}).find("churn_series_options::unit") != std::string::npos);
  CHECK(complaint({}, {seconds{0}}).find("every::span") != std::string::npos);
  rows.push_back({2, at(-24'000'000), at(3)});
  CHECK(complaint({}, {hours{1}}).find("is a time wrong?") != std::string::npos);
  CHECK(complaint({.denominator = credence::churn_denominator::daily}, {hours{24'000}}).find("is a time wrong?") !=
        std::string::npos);
  rows[1] = {2, at(5), at(4)};
  CHECK(complaint({.on_invalid = credence::on_invalid::raise}, {}) == "credence: sample 1 has a time that cannot be");
  auto const found = churn_series(rows, &subscription::start, &subscription::end, credence::calendar_month{});
  CHECK(found.rejections.bad_time == 1);
  CHECK(found[0].rate.rejected == 1);
}

}  // namespace test_churn_series
