// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <credence/churn/revenue_movements.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/rejections.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "churn/naive_revenue.hpp"
#include "support/error_of.hpp"

namespace test_revenue_spans {

using namespace std::chrono;
using credence::calendar_month;
using naive_revenue::check_identity;
using naive_revenue::check_same;

struct subscription {
  std::optional<int> who;
  std::optional<sys_days> start;
  std::optional<sys_days> end;
  std::int64_t cents;
};
auto movements(std::vector<subscription> const& spans, credence::revenue_movements_options const& options = {}) {
  return credence::revenue_movements(spans, &subscription::who, &subscription::start, &subscription::end,
                                     &subscription::cents, options);
}
sys_days on(int month, int day) { return sys_days{2026y / month / day}; }

TEST_CASE("revenue_movements of spans: what runs at a period's last moment") {
  std::vector<subscription> const spans{
      {1, on(1, 10), on(3, 5), 100},  // leaves in March
      {2, on(1, 31), on(2, 1), 50},   // runs at the last moment of January, and at no other
      {3, on(2, 3), on(2, 20), 70},   // within one month: never seen
      {4, on(1, 1), on(2, 15), 30},   // moves to a dearer plan on the day it ends
      {4, on(2, 15), {}, 80},         //
      {5, on(2, 1), {}, 10},          // two at once
      {5, on(3, 31), {}, 5},          //
      {6, on(3, 1), on(3, 1), 99},    // of no length
      {1, on(4, 2), {}, 60}};         // back
  auto const found = movements(spans);
  REQUIRE(found.size() == 4);
  CHECK(found.count == 9);
  CHECK(found.rejected == 0);
  CHECK(found[0].closing == 180);
  CHECK(found[1].expansion == 50);
  CHECK(found[1].churn == 50);
  CHECK(found[1].new_business == 10);
  CHECK(found[1].closing == 190);
  CHECK(found[2].churn == 100);
  CHECK(found[2].expansion == 5);
  CHECK(found[3].reactivation == 60);
  CHECK(found[3].closing == 155);
  CHECK_FALSE(found[3].complete);
  check_identity(found);
}

TEST_CASE("revenue_movements of spans: up to the end of observation") {
  std::vector<subscription> const spans{{1, on(1, 10), {}, 100}, {2, on(1, 5), on(3, 20), 40}, {3, on(3, 25), {}, 7}};
  // A period that is cut off shows what ran when it was.
  auto const middle = movements(spans, {.observed_until = on(3, 20)});
  REQUIRE(middle.size() == 3);
  CHECK(middle[2].closing == 140);
  CHECK_FALSE(middle[2].complete);
  CHECK(movements(spans, {.observed_until = on(3, 21)})[2].churn == 40);
  CHECK(movements(spans, {.observed_until = on(3, 25)})[2].new_business == 0);
  CHECK(movements(spans, {.observed_until = on(3, 26)})[2].new_business == 7);
  auto const later = movements(spans, {.observed_until = on(7, 1)});
  REQUIRE(later.size() == 6);
  CHECK(later[5].closing == 107);
  CHECK(later[5].complete);
  CHECK(movements(spans, {.observed_until = on(1, 1)}).size() == 0);
  CHECK(movements(spans, {.observed_until = on(1, 1)}).count == 3);
  // All have left: the last month shows it.
  auto const gone = movements({{1, on(1, 10), on(4, 1), 100}});
  REQUIRE(gone.size() == 4);
  CHECK(gone[3].churn == 100);
  CHECK(gone[3].closing == 0);
  CHECK(credence::revenue_movements(spans, &subscription::who, &subscription::start, &subscription::end,
                                    &subscription::cents, credence::calendar_quarter{})
            .size() == 1);
}

TEST_CASE("revenue_movements of spans: what the definitions say, of random spans that overlap and touch") {
  naive_revenue::draws random{99};
  for (int turn = 0; turn < 40; ++turn) {
    CAPTURE(turn);
    std::vector<subscription> spans;
    for (std::uint64_t count = 1 + random.below(80); count != 0; --count) {
      int const who = static_cast<int>(random.below(20));
      sys_days const start = on(1, 1) + days{random.below(200)};
      std::optional<sys_days> end;
      if (random.below(3) != 0) end = start + days{random.below(3) * random.below(60)};
      spans.push_back({who, start, end, static_cast<std::int64_t>(random.below(4)) * 100});
    }
    sys_days const until = on(1, 2) + days{random.below(250)};
    naive_revenue::revenue_of_customers paid;
    std::int64_t first = calendar_month{}.index_of(until - days{1}) + 1;
    std::int64_t const last = first - 1;
    for (subscription const& each : spans)
      for (std::int64_t month = 2026 * 12; month <= last; ++month) {
        sys_days const ends = year_month_day{2026y / January / 1} + months{month - 2026 * 12 + 1};
        sys_days const moment = std::min(until, ends);
        if (*each.start >= moment || (each.end && *each.end < moment)) continue;
        paid[*each.who][month] += each.cents;
        first = std::min(first, month);
      }
    auto const found = movements(spans, {.observed_until = until});
    check_same(found, naive_revenue::movements_of(paid, first, last));
    check_identity(found);
  }
}

TEST_CASE("revenue_movements of spans: bad input is counted by reason, or raised with its place") {
  std::vector<subscription> const spans{
      {1, on(2, 1), {}, 5},        {{}, on(1, 1), {}, 5},
      {1, {}, on(3, 1), 5},        {1, on(3, 1), on(2, 28), 5},  // ends before it begins
      {1, sys_days::max(), {}, 5}, {1, on(2, 1), sys_days::max(), 5}};
  auto const found = movements(spans);
  CHECK(found.count == 1);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.bad_time == 3);
  CHECK(found[0].closing == 5);
  CHECK(error_of([&] { movements(spans, {.on_invalid = credence::on_invalid::raise}); }).find("sample 1 is missing") !=
        std::string::npos);
  CHECK_FALSE(movements({}));
  CHECK(error_of([&] { movements(spans, {.confidence = 0}); }).find("::confidence is 0") != std::string::npos);
  CHECK(error_of([] {
          credence::revenue_movements(std::vector<subscription>{{1, on(1, 1), sys_days{9999y / 12 / 31}, 1}},
                                      &subscription::who, &subscription::start, &subscription::end,
                                      &subscription::cents, credence::every{.span = hours{1}});
        }).find("periods, more than the 1000000") != std::string::npos);
  CHECK(error_of([&] {
          credence::revenue_movements(spans, &subscription::who, &subscription::start, &subscription::end,
                                      &subscription::cents, credence::every{.span = hours{0}});
        }).find("every::span") != std::string::npos);
}

}  // namespace test_revenue_spans
