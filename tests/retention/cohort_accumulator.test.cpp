// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/calendar.hpp>
#include <credence/retention/cohort_accumulator.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_cohort_accumulator {

using credence::calendar_day;
using credence::cohort_accumulator;
using credence::event_roles;

TEST_CASE("cohort_accumulator: who began when and as what, whatever the order, and of two at one time the smaller") {
  using history = cohort_accumulator<int, calendar_day, long, std::string>;
  history first;
  history second;
  first(1, on(5), event_roles{}, 10L, "web");
  second(1, on(3), event_roles{.starts = true, .returns = false}, 20L, "store");
  second(1, on(3), event_roles{.starts = true, .returns = false}, 20L, "app");
  second(2, on(9), event_roles{.starts = false, .returns = true}, 5L, "web");
  history forwards = first;
  forwards += second;
  history backwards = second;
  backwards += first;
  CHECK(forwards == backwards);
  CHECK(forwards.state().start_of(0).property == "app");
  CHECK(forwards.state().start_of(0).micros == credence::instant(on(3)).micros);
  auto const held = forwards.result();
  CHECK(held.count == 4);
  CHECK(held.customers == 1);
  CHECK(held.returns.count == 2);
  CHECK(held.returns.customers == 2);
  CHECK(credence::from_bytes<history>(credence::to_bytes(forwards)) == forwards);
  CHECK(forwards.state().last == credence::instant(on(9)).micros);
}

TEST_CASE("cohort_accumulator: a property that does not fit is refused, and nothing is half applied") {
  using history = cohort_accumulator<int, calendar_day, void, std::int8_t>;
  history seen;
  seen(1, on(1), event_roles{}, 7);
  history const before = seen;
  CHECK(error_of([&] { seen(2, on(2), event_roles{}, 300); }).find("300 does not fit") != std::string::npos);
  CHECK(seen == before);
  CHECK(seen.result().count == 1);
}

TEST_CASE("cohort_accumulator: an amount is asked only of events that return; dirty samples are counted or raised") {
  cohort_accumulator<int, calendar_day, long> seen;
  seen(1, on(1), event_roles{.starts = true, .returns = false}, std::optional<long>());
  seen(1, on(2), event_roles{.starts = false, .returns = true}, std::optional<long>());
  CHECK(seen.result().count == 1);
  CHECK(seen.result().rejections.missing == 1);
  cohort_accumulator<int, calendar_day> raising(calendar_day{}, {.on_invalid = credence::on_invalid::raise});
  raising(1, on(1), event_roles{});
  CHECK_THROWS_AS(raising(1, std::optional<std::chrono::sys_seconds>(), event_roles{}), credence::invalid_sample);
  CHECK(raising.result().count == 1);
}

}  // namespace test_cohort_accumulator
