// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/history/activity_times.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono;
using credence::activity_times;
using credence::activity_times_accumulator;

namespace {

struct event {
  int who;
  std::int64_t seconds;
};

}  // namespace

TEST_CASE("activity_times: events of one customer at one time are one, in whatever order they come") {
  std::vector<event> const events{{1, 50}, {2, 10}, {1, 10}, {1, 50}, {2, 10}};
  auto const when = credence::epoch_seconds(&event::seconds);
  auto const seen = activity_times(events, &event::who, when);
  CHECK(seen.result().count == 5);
  CHECK(seen.result().customers == 2);
  CHECK(seen.result().distinct == 3);
  activity_times_accumulator<int> backwards;
  for (std::size_t at = events.size(); at-- != 0;)
    backwards(events[at].who, credence::epoch_seconds(events[at].seconds));
  CHECK(backwards == seen);
  CHECK(credence::to_bytes(backwards) == credence::to_bytes(seen));
  CHECK(credence::from_bytes<activity_times_accumulator<int>>(credence::to_bytes(seen)) == seen);
  backwards += backwards;
  CHECK(backwards.result().distinct == 3);
}

TEST_CASE("activity_times: many rows with keys near and far are the same as one by one") {
  std::vector<event> events;
  for (int at = 0; at < 60'000; ++at)
    events.push_back({at % 997 == 0 ? -at : at * 7 % 12'345, 1'000'000 + at * 91 % 777});
  auto const when = credence::epoch_seconds(&event::seconds);
  activity_times_accumulator<int> pushed;
  for (event const& each : events) pushed(each.who, credence::epoch_seconds(each.seconds));
  CHECK(activity_times(events, &event::who, when) == pushed);
}

TEST_CASE("activity_times: events delivered over and over do not make it grow for ever") {
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__)
  MESSAGE("skipped: seventeen million events want an optimiser");
#else
  activity_times_accumulator<int> seen;
  constexpr int many = (1 << 24) + 1'000;
  for (int at = 0; at < many; ++at) seen(at % 3, credence::epoch_seconds(at % 5));
  CHECK(seen.state().who().size() < 2'000);
  CHECK(seen.result().distinct == 15);
  CHECK(seen.result().count == many);
#endif
}

TEST_CASE("activity_times: what cannot be is counted or raised") {
  struct loose {
    std::optional<std::string> who;
    std::optional<double> seconds;
  };
  std::vector<loose> const events{
      {"ann", 1}, {std::nullopt, 1}, {"ann", std::nullopt}, {"bob", std::numeric_limits<double>::quiet_NaN()}};
  auto const when = credence::epoch_seconds(&loose::seconds);
  auto const seen = activity_times(events, &loose::who, when).result();
  CHECK(seen.count == 1);
  CHECK(seen.rejections.missing == 2);
  CHECK(seen.rejections.bad_time == 1);
  CHECK_THROWS_AS(activity_times(events, &loose::who, when, {.on_invalid = credence::on_invalid::raise}),
                  credence::invalid_sample);
}
