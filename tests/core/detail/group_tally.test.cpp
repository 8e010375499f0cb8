// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/core/group_by.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/nps.hpp>

namespace test_group_tally {

namespace {

auto const both = credence::tee(credence::nps_accumulator{}, credence::mean_accumulator{});

template <class Key, class Value>
struct row {
  Key key;
  Value value;
};

/// The tally against one push a row: the same groups, in the same order.
template <class Key, class Value>
void check_tally(std::vector<row<Key, Value>> const& rows) {
  auto const tallied = credence::group_by(rows, &row<Key, Value>::key, both, &row<Key, Value>::value);
  credence::grouped<Key, std::remove_const_t<decltype(both)>> pushed(both);
  for (auto const& [key, value] : rows) pushed(key, value);
  CHECK(tallied == pushed);
  CHECK(tallied.state().keys == pushed.state().keys);
}

/// Rows from two functions of the row's number.
template <class Key, class Value = std::int8_t, class KeyOf, class ValueOf>
std::vector<row<Key, Value>> made(std::uint32_t count, KeyOf key_of, ValueOf value_of) {
  std::vector<row<Key, Value>> rows;
  for (std::uint32_t at = 0; at < count; ++at)
    rows.push_back({static_cast<Key>(key_of(at)), static_cast<Value>(value_of(at))});
  return rows;
}
constexpr std::uint32_t scattered(std::uint32_t at) { return (at * 2'654'435'761U) >> 7; }
constexpr auto score = [](std::uint32_t at) { return scattered(at) % 11; };

}  // namespace

TEST_CASE("counters of 16 bits are emptied before they overflow") {
  check_tally(made<std::uint16_t>(
      200'000, [](std::uint32_t) { return 7; }, [](std::uint32_t) { return 9; }));
  check_tally(made<std::uint16_t>(
      65'535, [](std::uint32_t) { return 7; }, [](std::uint32_t) { return 9; }));
  check_tally(made<std::uint16_t>(
      65'536, [](std::uint32_t) { return 7; }, [](std::uint32_t) { return 9; }));
}

TEST_CASE("few keys, many keys, and keys that grow beyond what the first rows promise") {
  for (std::uint32_t const keys : {1U, 3U, 1'000U, 1'024U, 1'025U, 5'000U, 100'000U})
    check_tally(made<std::uint32_t>(
        150'000, [keys](std::uint32_t at) { return scattered(at) % keys; }, score));
  check_tally(made<int>(
      150'000, [](std::uint32_t at) { return at / 20; }, score));
  check_tally(made<int>(
      150'000, [](std::uint32_t at) { return -static_cast<int>(at / 20); }, score));
  check_tally(made<int>(
      100'000, [](std::uint32_t at) { return at == 70'000 ? 1'000'000 : at % 10; }, score));
  check_tally(made<std::int64_t>(
      100'000, [](std::uint32_t at) { return at % 3 == 0 ? 1LL << 60 : -(1LL << 60); }, score));
}

TEST_CASE("keys at both ends of their type") {
  check_tally(made<std::uint8_t>(50'000, scattered, score));
  check_tally(made<std::int8_t>(50'000, scattered, score));
  check_tally(made<std::int64_t>(
      50'000,
      [](std::uint32_t at) {
        using limits = std::numeric_limits<std::int64_t>;
        return at % 2 == 0 ? (limits::min)() + at % 5 : (limits::max)() - at % 5;
      },
      score));
  check_tally(made<std::uint64_t>(
      50'000, [](std::uint32_t at) { return ~std::uint64_t{} - at % 9; }, score));
}

TEST_CASE("values beside the table are pushed one by one") {
  auto const dirty = [](std::uint32_t at) {
    return at % 97 == 0 ? 99 : at % 89 == 0 ? -1 : static_cast<int>(score(at));
  };
  check_tally(made<std::uint16_t, int>(
      200'000, [](std::uint32_t at) { return at % 1'000; }, dirty));
  check_tally(made<std::uint32_t, int>(
      100'000, [](std::uint32_t at) { return at % 5'000; }, dirty));
  // A key whose only answers are off the scale still has its group, where it first came.
  check_tally(made<int, int>(
      20'000, [](std::uint32_t at) { return at % 50; }, [](std::uint32_t at) { return at % 50 == 3 ? 99 : 5; }));
}

}  // namespace test_group_tally
