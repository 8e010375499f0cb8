// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <credence/core/bytes.hpp>
#include <credence/core/sharded.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/history/orders.hpp>
#include <credence/history/rfm.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_orders {

using credence::orders;

struct order {
  std::string who;
  std::int64_t seconds;
  std::int64_t cents;
};
auto const placed = credence::epoch_seconds(&order::seconds);
constexpr std::int64_t day = 86'400;
using history = credence::orders_accumulator<std::string, credence::calendar_day, std::int64_t>;

std::vector<order> some_orders() {
  std::vector<order> rows;
  for (int at = 0; at < 400; ++at)
    rows.push_back(
        {"customer " + std::to_string(at * 7 % 31), at * 37 % 60 * day + at * 91 % day, at % 9 == 0 ? -at : at * 13});
  return rows;
}

TEST_CASE("orders: what it counts, pushed one by one or gathered") {
  std::vector<order> const rows{{"ann", 0, 5}, {"bob", 0, 7}, {"ann", 60, 0}, {"ann", 3 * day, -2}, {"cid", 1, -1}};
  history const gathered = orders(rows, &order::who, placed, &order::cents);
  auto const told = gathered.result();
  CHECK(told.count == 5);
  CHECK(told.purchases == 3);
  CHECK(told.returns == 2);
  CHECK(told.customers == 2);
  CHECK(told.purchase_periods == 2);
  history pushed;
  for (order const& each : rows) pushed(each.who, credence::epoch_seconds(each.seconds), each.cents);
  CHECK(pushed == gathered);
  CHECK(!history{}.result());
}

TEST_CASE("orders: merges exactly for any split by row, and travels as bytes") {
  std::vector<order> const rows = some_orders();
  history const whole = orders(rows, &order::who, placed, &order::cents);
  for (std::size_t const cut : {std::size_t{0}, std::size_t{1}, std::size_t{200}, rows.size()}) {
    history parts[2];
    for (std::size_t at = 0; at < rows.size(); ++at)
      parts[at >= cut](rows[at].who, credence::epoch_seconds(rows[at].seconds), rows[at].cents);
    parts[1] += parts[0];
    CHECK(parts[1] == whole);
    CHECK(credence::to_bytes(parts[1]) == credence::to_bytes(whole));
    CHECK(credence::rfm(parts[1]) == credence::rfm(whole));
  }
  auto bytes = credence::to_bytes(whole);
  CHECK(credence::from_bytes<history>(bytes) == whole);
  CHECK(whole.valid());
  bytes[bytes.size() / 2] ^= std::byte{4};
  CHECK(!credence::try_from_bytes<history>(bytes));
  history other(credence::calendar_day{.offset = std::chrono::hours{1}});
  other("ann", credence::epoch_seconds(5), 1);
  CHECK(error_of([&] { other += whole; }).find("cannot be merged") != std::string::npos);
  history twice = whole;
  twice += twice;
  CHECK(twice.result().count == 2 * rows.size());
  credence::sharded<history> shards("monday", whole);
  CHECK(error_of([&] { shards += credence::sharded<history>("monday", whole); }) != "no error");
}

TEST_CASE("orders: without amounts, of another grid; what cannot be is counted or raised") {
  struct loose {
    std::optional<int> who;
    std::optional<std::int64_t> seconds;
  };
  std::vector<loose> const rows{{1, 0}, {std::nullopt, 0}, {1, 8 * day}, {2, std::nullopt}, {1, 9 * day}};
  auto const when = credence::epoch_seconds(&loose::seconds);
  auto const weekly = orders(rows, &loose::who, when, credence::calendar_week{});
  CHECK(weekly.result().purchase_periods == 2);
  CHECK(weekly.result().rejections.missing == 2);
  CHECK(credence::rfm(weekly)[0].frequency == 1);
  CHECK(error_of([&] {
          static_cast<void>(orders(rows, &loose::who, when, {credence::on_invalid::raise}));
        }).find("1") != std::string::npos);
}

}  // namespace test_orders
