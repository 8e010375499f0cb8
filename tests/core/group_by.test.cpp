// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/bytes.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

#include "core/counting.hpp"
#include "core/executors.hpp"

namespace test_group_by {

using credence::group_by;
using credence::mean_accumulator;
using credence::nps_accumulator;

namespace {

template <class Key, class Value = int>
struct answer {
  Key key{};
  Value value{};
  double weight = 1;
};
template <class Key, class Value = int>
using answers = std::vector<answer<Key, Value>>;

// A map, and the keys in the order in which they first came: too simple to be wrong.
template <class Key, class Accumulator, class Rows, class... Projections>
void check_against_map(Rows const& rows, Accumulator const& empty, Projections... projections) {
  std::map<Key, Accumulator> expected;
  std::vector<Key> order;
  for (auto const& row : rows) {
    auto const [at, is_new] = expected.try_emplace(row.key, empty);
    at->second((row.*projections)...);
    if (is_new) order.push_back(row.key);
  }
  auto const check = [&](auto const& groups) {
    REQUIRE(groups.state().keys == order);
    for (auto const& [key, accumulator] : groups) CHECK(accumulator == expected.at(key));
  };
  auto const key = &std::remove_cvref_t<decltype(*rows.begin())>::key;
  auto const serial = group_by(rows, key, empty, projections...);
  check(serial);
  for (std::size_t const tasks : {1U, 3U, 8U}) {
    auto const parallel = group_by(backwards{tasks}, rows, key, empty, projections...);
    check(parallel);
    CHECK(credence::to_bytes(parallel) == credence::to_bytes(serial));
  }
}
// A mean of integers keeps their every value, so that none can land beside its place.
template <class Key, class Value>
void check_means(answers<Key, Value> const& rows) {
  check_against_map<Key>(rows, mean_accumulator{}, &answer<Key, Value>::value);
}

template <class Key>
Key key_of(std::uint64_t bits) {
  if constexpr (std::is_same_v<Key, std::string>) {
    return std::string(bits % 40, static_cast<char>(bits % 7));
  } else if constexpr (std::is_same_v<Key, std::optional<int>>) {
    return bits % 9 == 0 ? std::nullopt : std::optional(static_cast<int>(bits % 50));
  } else if constexpr (std::is_same_v<Key, std::tuple<std::string, int>>) {
    return {std::string(bits % 3, 'x'), static_cast<int>(bits % 11)};
  } else {
    return static_cast<Key>(static_cast<std::int64_t>(bits % 200) - 100);
  }
}

// Notes how many tasks it was given.
struct noting {
  std::size_t at_a_time;
  std::size_t* asked;
  [[nodiscard]] std::size_t concurrency() const { return at_a_time; }
  template <class Task>
  void operator()(std::size_t task_count, Task const& task) const {
    *asked = task_count;
    in_order{}(task_count, task);
  }
};

}  // namespace

TEST_CASE_TEMPLATE("random rows agree with a map, in the order of first appearance", Key, std::int8_t, std::uint8_t,
                   int, std::int64_t, std::uint64_t, char, std::string, std::optional<int>,
                   std::tuple<std::string, int>) {
  std::mt19937_64 random(7);
  for (std::size_t const size : {0U, 1U, 300U, 5'000U}) {
    answers<Key> rows(size);
    for (auto& row : rows) row = {key_of<Key>(random()), static_cast<int>(random() % 14) - 1, 1};
    check_means(rows);
  }
}

TEST_CASE("about the number of rows from which a tally is kept") {
  for (std::size_t const size : {4'095U, 4'096U, 4'097U}) {
    answers<int> rows(size);
    for (std::size_t at = 0; at < size; ++at)
      rows[at] = {static_cast<int>(at * at % 31), static_cast<int>(at % 13) - 1, 1};
    rows.back() = {-1'000'000, 127, 1};
    check_means(rows);
  }
}

TEST_CASE_TEMPLATE("values at the edges of the tally, and beyond", Value, std::int8_t, std::uint8_t, std::int64_t,
                   std::uint64_t) {
  std::array const edges{-1, 0, 15, 16, 127, -128, 255, 10, 9};
  std::mt19937 random(8);
  answers<short, Value> rows(6'000);
  for (auto& row : rows)
    row = {static_cast<short>(random() % 5), static_cast<Value>(edges[random() % edges.size()]), 1};
  // A group whose first value is off the table, then on it; and one the other way round.
  rows[100] = {77, static_cast<Value>(-1), 1};
  rows[200] = {78, static_cast<Value>(15), 1};
  rows[300] = {77, static_cast<Value>(15), 1};
  rows[400] = {78, static_cast<Value>(16), 1};
  check_means(rows);
}

TEST_CASE_TEMPLATE("keys at the ends of their type, far apart and round the corner", Key, std::int64_t, std::uint64_t) {
  using limits = std::numeric_limits<Key>;
  std::array const ends{limits::min(),
                        limits::max(),
                        static_cast<Key>(limits::max() - 1),
                        Key{0},
                        Key{1},
                        static_cast<Key>(limits::max() / 2),
                        static_cast<Key>(limits::min() + 5000)};
  std::mt19937 random(9);
  for (std::size_t const first_keys : {1U, 2U, 7U}) {
    for (std::size_t const first : {0U, 1U, 3U}) {
      answers<Key> rows(6'000);
      for (std::size_t at = 0; at < rows.size(); ++at) {
        std::size_t const among = at < 4'500 ? first_keys : ends.size();  // the window is laid by the first rows
        rows[at] = {ends[(first + random() % among) % ends.size()], static_cast<int>(random() % 12), 1};
      }
      check_means(rows);
    }
  }
}

TEST_CASE("new groups that come late, in the window and outside it by turns, keep their order") {
  std::mt19937 random(10);
  answers<int> rows(12'000);
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at] = {static_cast<int>(random() % 3), 9, 1};
  int outside = 1'000'000;
  int inside = 10;
  for (std::size_t at = 5'000; at < rows.size(); at += 1 + random() % 40)
    rows[at] = {random() % 2 == 0 ? ++outside : ++inside, static_cast<int>(random() % 18), 1};
  rows.back() = {2'000'000'000, 3, 1};
  check_means(rows);
}

TEST_CASE("one key with more samples than a narrow counter holds, then a key that widens the table, then more") {
  answers<int> rows(280'000);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    rows[at] = {at % 1'000 == 999 ? 6 : 5, 9, 1};
    if (at % 50'000 == 49'999) rows[at].value = 20;  // beside the table
  }
  rows[140'000] = {-3'000, 9, 1};
  rows[140'001] = {700, 9, 1};
  check_means(rows);
}

TEST_CASE("more than a million rows, where the window is wider") {
  std::mt19937 random(11);
  answers<std::int32_t, std::int8_t> rows((1U << 20) + 5);
  for (auto& row : rows) row = {static_cast<int>(random() % 70'000), static_cast<std::int8_t>(random() % 11), 1};
  auto const groups = group_by(rows, &answer<std::int32_t, std::int8_t>::key, nps_accumulator{},
                               &answer<std::int32_t, std::int8_t>::value);
  std::vector<std::array<std::uint64_t, 3>> expected(70'000);
  std::vector<std::int32_t> order;
  for (auto const& row : rows) {
    auto& counts = expected[static_cast<std::size_t>(row.key)];
    if (counts == std::array<std::uint64_t, 3>{}) order.push_back(row.key);
    ++counts[static_cast<std::size_t>((row.value >= 7) + (row.value >= 9))];
  }
  CHECK(groups.state().keys == order);
  std::size_t wrong = 0;
  for (auto const& [key, accumulator] : groups)
    wrong += accumulator.state().counts != expected[static_cast<std::size_t>(key)];
  CHECK(wrong == 0);
  CHECK(groups.total().result().count == rows.size());
}

TEST_CASE("weights, tees and flags are grouped too") {
  std::mt19937 random(12);
  answers<int> rows(5'000);
  for (auto& row : rows)
    row = {static_cast<int>(random() % 20), static_cast<int>(random() % 13) - 1, static_cast<double>(random() % 4)};
  check_against_map<int>(rows, nps_accumulator{}, &answer<int>::value);
  check_against_map<int>(rows, mean_accumulator{}, &answer<int>::value, &answer<int>::weight);
  check_against_map<int>(rows, credence::tee(nps_accumulator{}, mean_accumulator{}), &answer<int>::value);
  answers<bool, bool> flags(5'000);
  for (auto& row : flags) row = {random() % 2 == 0, random() % 3 == 0, 1};
  check_means(flags);
}

TEST_CASE("rows in a list, and tasks on threads, give the same groups") {
  std::mt19937 random(13);
  answers<int> rows(5'000);
  for (auto& row : rows) row = {static_cast<int>(random() % 300), static_cast<int>(random() % 13) - 1, 1};
  auto const serial = group_by(rows, &answer<int>::key, mean_accumulator{}, &answer<int>::value);
  std::list<answer<int>> const listed(rows.begin(), rows.end());
  auto const from_list = group_by(listed, &answer<int>::key, mean_accumulator{}, &answer<int>::value);
  auto const on_threads =
      group_by(credence::threads{4}, rows, &answer<int>::key, mean_accumulator{}, &answer<int>::value);
  CHECK(from_list == serial);
  CHECK(on_threads == serial);
  CHECK(from_list.state().keys == serial.state().keys);
  CHECK(on_threads.state().keys == serial.state().keys);
}

TEST_CASE("no more tasks than run at a time, nor than there are chunks of rows, and one is the serial call") {
  auto const tasks_for = [](std::size_t rows, std::size_t at_a_time, auto const& pushed) {
    std::size_t asked = 1;
    auto const same = [](int row) { return row % 3; };
    auto const groups =
        group_by(noting{at_a_time, &asked}, counting{static_cast<std::ptrdiff_t>(rows)}, same, pushed, same);
    CHECK(groups == group_by(counting{static_cast<std::ptrdiff_t>(rows)}, same, pushed, same));
    return asked;
  };
  CHECK(tasks_for(10, 1'000'000'000, nps_accumulator{}) == 1);
  CHECK(tasks_for(65'535, 8, nps_accumulator{}) == 1);
  CHECK(tasks_for(65'536, 8, nps_accumulator{}) == 2);
  CHECK(tasks_for(1'000'000, 4, nps_accumulator{}) == 4);
  CHECK(tasks_for(1'000'000, 0, nps_accumulator{}) == 1);
  CHECK(tasks_for(200'000, 1'000'000'000, mean_accumulator{}) == 4);
  nps_accumulator const raising({.on_invalid = credence::on_invalid::raise});  // not tallied: keys are shared out
  CHECK(tasks_for(200'000, 3, raising) == 3);
}

TEST_CASE("projections are given lvalues, of rows that are made on the way too") {
  auto const key = [](int& row) { return row % 7; };
  auto const value = [](int& row) { return row % 11; };
  auto const real = [](int& row) { return row % 11 + 0.0; };
  for (std::ptrdiff_t const size : {10, 5'000}) {
    auto const groups = group_by(counting{size}, key, nps_accumulator{}, value);
    CHECK(groups == group_by(counting{size}, key, nps_accumulator{}, real));
    CHECK(groups.total() == credence::fold(counting{size}, nps_accumulator{}, value));
  }
}

TEST_CASE("a raise in a group names its row in the whole range, the first that there is") {
  answers<int> rows(9'000);
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at] = {static_cast<int>(at % 100), 9, 1};
  for (std::size_t const bad : {5'077U, 5'123U, 5'201U, 8'000U}) rows[bad].value = 12;
  nps_accumulator const raising({.on_invalid = credence::on_invalid::raise});
  auto const check = [&](auto const&... run) {
    CHECK_THROWS_WITH_AS(group_by(run..., rows, &answer<int>::key, raising, &answer<int>::value),
                         "credence: sample 5077 is 12, which is off the scale", credence::invalid_sample);
  };
  check();
  for (std::size_t tasks = 1; tasks < 9; ++tasks) check(backwards{tasks});  // whoever owns the group
  check(credence::threads{3});
}

TEST_CASE("what a key or a value throws comes through, that of the first row") {
  std::vector<int> const rows{1, 2, 3, 4, 5, 6};
  auto const throwing_from = [](int first) {
    return [first](int row) { return row >= first ? throw std::out_of_range("row " + std::to_string(row)) : row; };
  };
  auto const same = [](int row) { return row; };
  for (std::size_t const tasks : {1U, 2U, 5U}) {
    CHECK_THROWS_WITH_AS(group_by(backwards{tasks}, rows, throwing_from(4), nps_accumulator{}, same), "row 4",
                         std::out_of_range);
    CHECK_THROWS_WITH_AS(group_by(backwards{tasks}, rows, same, nps_accumulator{}, throwing_from(3)), "row 3",
                         std::out_of_range);
  }
  CHECK_THROWS_WITH_AS(group_by(rows, throwing_from(4), nps_accumulator{}, throwing_from(5)), "row 4",
                       std::out_of_range);
}

TEST_CASE("ranges of any kind: input only, not common, rows that cannot be copied, made on the way") {
  auto const parity = [](int score) { return score % 2; };
  std::istringstream numbers("9 10 3 7 11");
  using from_stream = std::istream_iterator<int>;
  between const once(std::counted_iterator(from_stream(numbers), 4), std::default_sentinel);
  auto const expected = group_by(std::vector{9, 10, 3, 7}, parity, nps_accumulator{});
  CHECK(group_by(once, parity, nps_accumulator{}) == expected);
  CHECK(expected.at(1).result().count == 3);
  // Random access with a sentinel of another type, and more rows than a tally needs.
  std::vector<int> numbered(5'000);
  std::iota(numbered.begin(), numbered.end(), 0);
  auto const by_hand = group_by(std::list<int>(numbered.begin(), numbered.end()), parity, nps_accumulator{});
  CHECK(group_by(counting{5'000}, parity, nps_accumulator{}) == by_hand);
  CHECK(group_by(counting_with_sentinel(5'000), parity, nps_accumulator{}) == by_hand);
  CHECK(group_by(backwards{}, counting_with_sentinel(5'000), parity, nps_accumulator{}) == by_hand);
  std::vector<std::unique_ptr<answer<std::string>>> owned;
  owned.push_back(std::make_unique<answer<std::string>>(answer<std::string>{"web", 9, 1}));
  CHECK(group_by(owned, &answer<std::string>::key, nps_accumulator{}, &answer<std::string>::value)
            .at("web")
            .result()
            .promoters == 1);
  answer<int> const plain[] = {{1, 9, 1}, {2, 3, 1}};
  CHECK(group_by(plain, &answer<int>::key, nps_accumulator{}, &answer<int>::value).size() == 2);
}

TEST_CASE("keys of what a projection returns: views and literals are kept as strings, dates as dates") {
  std::vector<int> const scores{9, 3, 10};
  auto const by_view = group_by(
      scores, [](int score) { return std::string_view(score > 8 ? "good" : "bad"); }, nps_accumulator{});
  CHECK(std::is_same_v<decltype(by_view)::key_type, std::string>);
  CHECK(by_view.at("good").result().count == 2);
  auto const by_literal = group_by(
      scores, [](int score) { return score > 8 ? "good" : "bad "; }, nps_accumulator{});
  CHECK(by_literal.at("bad ").result().count == 1);
  using namespace std::chrono;
  auto const by_month = group_by(
      scores, [](int score) { return year(2026) / score; }, nps_accumulator{});
  CHECK(by_month.at(year(2026) / September).result().promoters == 1);
}

TEST_CASE("nothing gives no group, and what is not empty cannot be the pattern of groups") {
  auto const none = group_by(answers<int>(), &answer<int>::key, nps_accumulator{}, &answer<int>::value);
  CHECK(none.empty());
  CHECK(none.total() == nps_accumulator{});
  CHECK(group_by(
            in_order{}, std::vector<int>(), [](int row) { return row; }, nps_accumulator{})
            .empty());
  nps_accumulator used;
  used(9);
  CHECK_THROWS_AS(group_by(
                      std::vector{1}, [](int row) { return row; }, used),
                  credence::error);
}

}  // namespace test_group_by
