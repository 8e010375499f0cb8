// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/time.hpp>
#include <credence/core/time_projection.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

using namespace std::chrono;
using credence::instant;
using credence::time_span;

namespace {

constexpr std::int64_t earliest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();

/// A host's own time: days since 2000.
struct day_number {
  int days;
};

struct event {
  std::int64_t ts;
  std::optional<double> seconds;
  sys_seconds when;
  minutes offset;
  [[nodiscard]] sys_seconds made() const { return when; }
};

}  // namespace

template <>
struct credence::time_traits<day_number> {
  static std::int64_t to_micros(day_number const& day) { return (10'957LL + day.days) * 86'400'000'000; }
};

TEST_CASE("instant: of every time there is") {
  CHECK(instant().micros == 0);
  CHECK(instant(sys_days{2026y / 3 / 9}).micros == 1'773'014'400'000'000);
  CHECK(instant(sys_seconds{seconds{-1}}).micros == -1'000'000);
  CHECK(instant(local_days{1970y / 1 / 2}).micros == 86'400'000'000);
  CHECK(instant(local_time<hours>{hours{5}}).micros == 18'000'000'000);
  CHECK(instant(2026y / 3 / 9).micros == 1'773'014'400'000'000);
  CHECK(instant(2026y / 3).micros == instant(2026y / 3 / 1).micros);
  CHECK(instant(day_number{0}) == instant(2000y / 1 / 1));
  CHECK(instant(sys_time<duration<double>>{duration<double>{1.5}}).micros == 1'500'000);
  // Finer units are rounded down, before 1970 too.
  CHECK(instant(sys_time<nanoseconds>{nanoseconds{1'999}}).micros == 1);
  CHECK(instant(sys_time<nanoseconds>{nanoseconds{-1}}).micros == -1);
  CHECK(instant(sys_time<duration<double>>{duration<double>{-1e-7}}).micros == -1);
  CHECK(instant(sys_time<weeks>{weeks{-1}}).micros == -604'800'000'000);
}

TEST_CASE("instant: what is out of reach is the earliest or the latest, and known as such") {
  CHECK(instant(sys_seconds::max()).micros == latest);
  CHECK(instant(sys_seconds::min()).micros == earliest);
  CHECK(instant(sys_time<duration<double>>{duration<double>{1e300}}).micros == latest);
  CHECK(instant(sys_time<duration<double>>{duration<double>{-1e300}}).micros == earliest);
  CHECK(instant(sys_time<duration<double>>{duration<double>{std::numeric_limits<double>::quiet_NaN()}}).micros ==
        earliest);
  CHECK(instant(2026y / 2 / 30).micros == earliest);
  CHECK(instant(2026y / month{13}).micros == earliest);
  for (std::int64_t const micros : {earliest, latest}) CHECK_FALSE(instant::from_micros(micros).is_known());
  for (std::int64_t const micros : {earliest + 1, std::int64_t{-1}, std::int64_t{0}, latest - 1})
    CHECK(instant::from_micros(micros).is_known());
  // The last second that fits, and the first that does not.
  CHECK(instant(sys_seconds{seconds{9'223'372'036'854}}).is_known());
  CHECK_FALSE(instant(sys_seconds{seconds{9'223'372'036'855}}).is_known());
  CHECK(instant(sys_seconds{seconds{-9'223'372'036'854}}).is_known());
  CHECK_FALSE(instant(sys_seconds{seconds{-9'223'372'036'855}}).is_known());
  CHECK(instant(9999y / 12 / 31).is_known());
  CHECK((instant::from_micros(latest - 1) + time_span(seconds{1})).micros == latest);
  CHECK((instant::from_micros(earliest + 1) + time_span(-seconds{1})).micros == earliest);
}

TEST_CASE("instant: back into the standard library's times") {
  instant const before(sys_time<milliseconds>{milliseconds{-1}});
  CHECK(static_cast<sys_seconds>(before) == sys_seconds{seconds{-1}});
  CHECK(static_cast<sys_days>(before) == sys_days{days{-1}});
  CHECK(static_cast<local_time<milliseconds>>(before) == local_time<milliseconds>{milliseconds{-1}});
  CHECK(static_cast<sys_time<nanoseconds>>(before) == sys_time<nanoseconds>{milliseconds{-1}});
  CHECK(static_cast<sys_time<duration<double>>>(before).time_since_epoch().count() == -.001);
}

TEST_CASE("time_span: of every duration, and of nothing else") {
  CHECK(time_span(hours{9}).micros == 32'400'000'000);
  CHECK(time_span(nanoseconds{-1}).micros == -1);
  CHECK(time_span(days{28}) > time_span(weeks{3}));
  CHECK(time_span(years::max()).micros == latest);
  CHECK_FALSE(std::is_constructible_v<time_span, int>);
  CHECK_FALSE(std::is_constructible_v<time_span, double>);
  CHECK_FALSE(std::is_constructible_v<instant, std::int64_t>);
  CHECK_FALSE(std::is_constructible_v<instant, seconds>);
  CHECK_FALSE(std::is_constructible_v<instant, steady_clock::time_point>);
  CHECK(std::is_convertible_v<system_clock::time_point, instant>);
}

TEST_CASE("epoch_seconds, epoch_milliseconds: ticks get their unit") {
  event const one{1'773'014'400'123, 2.5, {}, {}};
  CHECK(credence::epoch_milliseconds(&event::ts)(one).micros == 1'773'014'400'123'000);
  CHECK(credence::epoch_seconds([](event const& each) { return static_cast<unsigned>(each.ts / 1'000); })(one).micros ==
        1'773'014'400'000'000);
  std::optional<instant> const half = credence::epoch_seconds(&event::seconds)(one);
  REQUIRE(half);
  CHECK(half->micros == 2'500'000);
  CHECK_FALSE(credence::epoch_seconds(&event::seconds)(event{}).has_value());
  // Of a number itself, for options.
  CHECK(credence::epoch_seconds(1'773'014'400) == instant(2026y / 3 / 9));
  CHECK_FALSE(credence::epoch_milliseconds(latest).is_known());
  CHECK_FALSE(credence::epoch_seconds(~std::uint64_t{}).is_known());
  CHECK_FALSE(credence::epoch_seconds(std::numeric_limits<double>::quiet_NaN()).is_known());
}

TEST_CASE("local: each event with its own offset") {
  auto const when = credence::local(&event::when, &event::offset);
  event const tokyo{0, {}, sys_days{2026y / 3 / 9} + 20h, hours{9}};
  CHECK(when(tokyo) == instant(sys_days{2026y / 3 / 10} + 5h));
  event const behind{0, {}, sys_days{2026y / 3 / 9}, -minutes{150}};
  CHECK(when(behind) == instant(sys_days{2026y / 3 / 8} + 21h + 30min));
  auto const made = credence::local(&event::made, [](event const&) { return hours{1}; });
  CHECK(made(behind) == instant(sys_days{2026y / 3 / 9} + 1h));
  // What is no time stays none: an hour later than "the latest" would be known.
  event const open{0, {}, sys_seconds::max(), -hours{5}};
  CHECK_FALSE(when(open).is_known());
}
