// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/churn/activity_churn.hpp>
#include <credence/churn/churn_rate.hpp>
#include <string>
#include <vector>

#include "churn/spans.hpp"
#include "support/error_of.hpp"

namespace test_activity_churn {

using namespace std::chrono;
using credence::activity_churn;
using spans::at;
using spans::subscription;  // of which the start is an event

credence::activity_churn_options january(int from, int to) {
  return {.inactive_for = hours{30}, .from = at(from), .to = at(to)};
}

TEST_CASE("activity churn: by hand") {
  std::vector<subscription> const events{{1, at(-20), {}}, {1, at(10), {}},  {2, at(-10), {}}, {3, at(-29), {}},
                                         {3, at(40), {}},  {4, at(-31), {}}, {5, at(5), {}}};
  // 1: gone at 40, an event at the very end of 30 hours keeps them; 2: at 20; 3: at 1, back at 40; 4: before; 5: at 35.
  auto const found = activity_churn(events, &subscription::who, &subscription::start, january(0, 41));
  CHECK(found.active_at_start == 3);
  CHECK(found.lost == 2);
  CHECK(found.value == 2.0 / 3);
  CHECK(found.returned == 1);
  CHECK(found.joined == 1);
  CHECK(found.lost_new == 1);
  CHECK(found.active_at_end == 1);
  CHECK(found.count == 7);
  CHECK(activity_churn(events, &subscription::who, &subscription::start, january(0, 40)).lost == 2);
  CHECK(activity_churn(events, &subscription::who, &subscription::start, january(0, 40)).returned == 0);
}

TEST_CASE("activity churn: every event is a span of its own, and of a history it is the same") {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    auto events = spans::random_spans(seed, 200, 20, 900);
    auto const history = credence::activity_times(events, &subscription::who, &subscription::start);
    for (credence::churn_denominator const denominator : spans::denominators) {
      auto options = january(100 + static_cast<int>(seed), 500);
      options.denominator = denominator;
      auto const found = activity_churn(events, &subscription::who, &subscription::start, options);
      CHECK(activity_churn(history, options) == found);
      for (auto& each : events) each.end = each.start + hours{30};
      CHECK(spans::alike(found,
                         credence::churn_rate(events, &subscription::who, &subscription::start, &subscription::end,
                                              {.from = options.from, .to = options.to, .denominator = denominator})));
      CHECK(spans::same(found, spans::counted_by_hour(events, 100 + static_cast<int>(seed), 500, denominator, false)));
    }
  }
}

TEST_CASE("activity churn: wrong options name themselves, and no events are no rate") {
  std::vector<subscription> const none;
  auto const complaint = [&](credence::activity_churn_options const& options) {
    return error_of([&] { activity_churn(none, &subscription::who, &subscription::start, options); });
  };
  CHECK_FALSE(activity_churn(none, &subscription::who, &subscription::start, january(0, 1)));
  CHECK(complaint({}).find("activity_churn_options::from") != std::string::npos);
  CHECK(complaint(january(1, 0)).find("activity_churn_options::to") != std::string::npos);
  auto wrong = january(0, 1);
  wrong.inactive_for = hours{0};
  CHECK(complaint(wrong).find("activity_churn_options::inactive_for") != std::string::npos);
  wrong = january(0, 10);
  wrong.observed_until = at(9);
  CHECK(complaint(wrong).find("activity_churn_options::observed_until") != std::string::npos);
}

}  // namespace test_activity_churn
