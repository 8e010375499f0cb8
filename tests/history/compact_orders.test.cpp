// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/history/compact_orders.hpp>
#include <credence/history/rfm.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_compact_orders {

using credence::calendar_day;
using credence::order_returns;
using history = credence::compact_orders_accumulator<int, calendar_day, std::int64_t>;

struct order {
  int who;
  std::int64_t seconds;
  std::int64_t cents;
};
auto const placed = credence::epoch_seconds(&order::seconds);
constexpr std::int64_t day = 86'400;

/// Returns only on days with a purchase, after it: then the rows say the same.
std::vector<order> some_orders() {
  std::vector<order> rows;
  for (int at = 0; at < 900; ++at) {
    int const who = at * 7 % 61 - 30;
    rows.push_back({who, at / 10 * day + at % 10 * 60, at * 13 % 500});
    if (at % 11 == 0) rows.push_back({who, at / 10 * day + 5'000, -3});
  }
  std::sort(rows.begin(), rows.end(), [](order const& one, order const& other) { return one.seconds < other.seconds; });
  return rows;
}
template <class Wanted>
history of(std::vector<order> const& rows, Wanted const& wanted) {
  history made;
  for (order const& each : rows)
    if (wanted(each.who)) made(each.who, credence::epoch_seconds(each.seconds), each.cents);
  return made;
}

TEST_CASE("compact_orders: the same table as of the rows, also of parts that share no customer") {
  std::vector<order> const rows = some_orders();
  history const whole = of(rows, [](int) { return true; });
  auto const table = credence::rfm(rows, &order::who, placed, &order::cents);
  CHECK(credence::rfm(whole) == table);
  CHECK(credence::rfm(whole, {.first_purchase_in_spend = true}) ==
        credence::rfm(rows, &order::who, placed, &order::cents, {.first_purchase_in_spend = true}));
  history merged = of(rows, [](int who) { return who % 3 == 0; });
  merged += of(rows, [](int who) { return who % 3 != 0; });
  CHECK(merged == whole);
  CHECK(credence::to_bytes(merged) == credence::to_bytes(whole));
  CHECK(credence::rfm(merged) == table);
  auto const told = whole.result();
  CHECK(told.customers == table.size());
  CHECK(told.count == table.report().count);
  CHECK(told.returned == table.report().returned);
  CHECK(told.purchase_periods == told.count - table.report().merged);
}

TEST_CASE("compact_orders: histories that share a customer are not merged, and stay as they were") {
  std::vector<order> const rows = some_orders();
  history first = of(rows, [](int who) { return who < 5; });
  history const before = first;
  CHECK(error_of([&] { first += of(rows, [](int who) { return who > 3; }); }).find("share a customer") !=
        std::string::npos);
  CHECK(first == before);
  CHECK(error_of([&] { first += first; }).find("share a customer") != std::string::npos);
  history other({.unit = std::nullopt});
  other(100, credence::epoch_seconds(0), 1);
  CHECK(error_of([&] { first += other; }).find("cannot be merged") != std::string::npos);
}

TEST_CASE("compact_orders: an order before the last one is a bad time, a return before any is unmatched") {
  history seen;
  seen(1, credence::epoch_seconds(5 * day), 10);
  seen(1, credence::epoch_seconds(5 * day - 1), 20);
  seen(2, credence::epoch_seconds(0), -5);
  seen(1, std::optional<std::chrono::sys_seconds>{}, 5);
  CHECK(seen.result().rejections.bad_time == 1);
  CHECK(seen.result().rejections.missing == 1);
  auto const table = credence::rfm(seen);
  CHECK(table.size() == 1);
  CHECK(table.report().unmatched == 1);
  history strict({.returns = order_returns::raised, .on_invalid = credence::on_invalid::raise});
  strict(1, credence::epoch_seconds(5 * day), 10);
  history const before = strict;
  CHECK(error_of([&] { strict(1, credence::epoch_seconds(0), 20); }).find("time that cannot be") != std::string::npos);
  CHECK(error_of([&] { strict(1, credence::epoch_seconds(6 * day), -1); }).find("return") != std::string::npos);
  CHECK(strict == before);
}

TEST_CASE("compact_orders: what it cannot answer, and wrong options") {
  history seen;
  seen(1, credence::epoch_seconds(5 * day), 10);
  std::chrono::sys_days const start{};
  CHECK(error_of([&] { static_cast<void>(credence::rfm(seen, {.observed_until = start + std::chrono::days{5}})); }) !=
        "no error");
  CHECK(credence::rfm(seen, {.observed_until = start + std::chrono::days{13}})[0].age == 1);
  CHECK(error_of([&] {
          static_cast<void>(credence::rfm(seen, {.calibration_until = start + std::chrono::days{3}}));
        }) != "no error");
  CHECK(error_of([&] {
          static_cast<void>(credence::rfm(seen, {.unit = std::chrono::days{1}}));
        }).find("gathered under") != std::string::npos);
  CHECK(error_of([&] { static_cast<void>(credence::rfm(seen, credence::calendar_week{})); }).find("gathered under") !=
        std::string::npos);
  CHECK(error_of([] { static_cast<void>(history({.unit = std::chrono::days{0}})); }).find("unit") != std::string::npos);
  CHECK(credence::rfm(history{}).empty());
}

TEST_CASE("compact_orders: bytes that could not have been gathered are refused") {
  history const whole = of(some_orders(), [](int) { return true; });
  auto const bytes = credence::to_bytes(whole);
  CHECK(credence::from_bytes<history>(bytes) == whole);
  for (std::size_t at = 0; at < bytes.size(); at += 97) {
    auto wrong = bytes;
    wrong[at] ^= std::byte{1};
    CHECK(!credence::try_from_bytes<history>(wrong));
  }
  CHECK(whole.valid());
  auto state = whole.state();
  state.records.bought[0].periods += 1'000;
  CHECK(!history(whole.options(), state).valid());
  state = whole.state();
  state.records.report.unmatched = state.records.report.returned + 1;
  CHECK(!history(whole.options(), state).valid());
  // A last period beyond all times, whose end the table would have to tell.
  state = whole.state();
  state.records.latest = (std::numeric_limits<std::int64_t>::max)() / 2;
  CHECK(!history(whole.options(), state).valid());
  state = history().state();
  CHECK(history({}, state).valid());
  state.records.latest = 0;
  CHECK(!history({}, state).valid());
}

}  // namespace test_compact_orders
