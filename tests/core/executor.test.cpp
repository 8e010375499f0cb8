// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <stdexcept>
#include <string>
#include <vector>

#include <credence/core/fold.hpp>
#include <credence/core/group_by.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>

#include "core/executors.hpp"

namespace test_executor {

using credence::executor;
using credence::mean_accumulator;
using credence::threads;

static_assert(executor<in_order> && executor<backwards const&> && executor<threads> && executor<threads&>);
static_assert(executor<std::function<void(std::size_t, std::function<void(std::size_t)>)>>);
static_assert(!executor<std::vector<int>> && !executor<int> && !executor<void (*)(int)>);
static_assert(!executor<decltype([](std::size_t) {})>);

namespace {

constexpr std::size_t chunk = 65'536;

struct host_error : std::runtime_error {
  explicit host_error(std::size_t row) : std::runtime_error("row " + std::to_string(row)) {}
};

std::vector<double> rows_of(std::size_t count) {
  std::vector<double> rows(count);
  for (std::size_t at = 0; at < count; ++at) rows[at] = 1 / (1 + static_cast<double>(at % 1'000));
  return rows;
}

// What a call throws, or nothing.
template <class Call>
std::string thrown_by(Call const& call) {
  try {
    call();
  } catch (host_error const& complaint) {
    return std::string("host: ") + complaint.what();
  } catch (credence::error const& complaint) {
    return complaint.what();
  }
  return {};
}

template <class Check>
void with_every_executor(Check const& check) {
  check(in_order{});
  check(backwards{});
  for (unsigned const count : {1U, 2U, 4U, 64U}) check(threads{count});
  std::function<void(std::size_t, std::function<void(std::size_t)>)> const erased =
      [](std::size_t task_count, std::function<void(std::size_t)> const& task) { in_order{}(task_count, task); };
  check(erased);
}

}  // namespace

TEST_CASE("every executor gives the bits of the serial call, at every size about the chunks") {
  mean_accumulator filled;
  filled(0.3);
  for (std::size_t const size : {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1, 3 * chunk + 7}) {
    std::vector<double> const rows = rows_of(size);
    mean_accumulator const serial = credence::fold(rows, mean_accumulator{});
    mean_accumulator const serial_filled = credence::fold(rows, filled);
    CHECK(serial.result().count == size);
    with_every_executor([&](auto const& run) {
      CHECK(credence::fold(run, rows, mean_accumulator{}) == serial);
      CHECK(credence::fold(run, rows, filled) == serial_filled);
      if (size > 1) CHECK(credence::mean(run, rows) == serial.result());
    });
  }
}

TEST_CASE("of several tasks that throw, the first row's exception is the one that leaves, as it is") {
  std::size_t const size = 5 * chunk;
  std::vector<std::size_t> rows(size);
  for (std::size_t at = 0; at < size; ++at) rows[at] = at;
  auto const value = [](std::size_t row) {
    if (row == chunk + 3 || row == 2 * chunk || row == 4 * chunk + 1) throw host_error(row);
    return static_cast<double>(row);
  };
  mean_accumulator kept;
  kept(7);
  mean_accumulator const before = kept;
  with_every_executor(
      [&](auto const& run) { CHECK(thrown_by([&] { credence::fold(run, rows, kept, value); }) == "host: row 65539"); });
  CHECK(kept == before);
}

TEST_CASE("a sample that is raised is named by its position in the whole range") {
  std::size_t const size = 4 * chunk;
  std::vector<double> rows = rows_of(size);
  rows[2 * chunk + 5] = rows[3 * chunk] = credence::not_a_number();
  std::list<double> const listed(rows.begin(), rows.end());
  mean_accumulator const raising({.on_invalid = credence::on_invalid::raise});
  std::string const expected = "credence: sample 131077 is not a number";
  CHECK(thrown_by([&] { credence::fold(rows, raising); }) == expected);
  with_every_executor([&](auto const& run) {
    CHECK(thrown_by([&] { credence::fold(run, rows, raising); }) == expected);
    CHECK(thrown_by([&] { credence::fold(run, listed, raising); }) == expected);
  });
}

TEST_CASE("an executor that returns before all tasks have run is refused") {
  std::vector<double> const rows = rows_of(2 * chunk);
  std::string const complaint = "credence: the executor returned before every task had run";
  CHECK(thrown_by([&] { credence::fold(forgetful{}, rows, mean_accumulator{}); }) == complaint);
  CHECK(thrown_by([&] {
          credence::group_by(
              forgetful{}, rows, [](double) { return 1; }, mean_accumulator{});
        }) == complaint);
  // What an executor throws itself is its own affair, and comes through.
  auto const broken = [](std::size_t, auto const&) { throw host_error(0); };
  CHECK(thrown_by([&] { credence::fold(broken, rows, mean_accumulator{}); }) == "host: row 0");
}

TEST_CASE("a range whose rows cannot be shared out is folded by the calling thread, with the same bits") {
  std::vector<double> const rows = rows_of(chunk + 100);
  std::list<double> const listed(rows.begin(), rows.end());
  auto const never = [](std::size_t, auto const&) { throw host_error(1); };
  CHECK(credence::fold(never, listed, mean_accumulator{}) == credence::fold(rows, mean_accumulator{}));
  CHECK(credence::fold(never, std::vector<double>(), mean_accumulator{}) == mean_accumulator{});  // no row, no task
}

TEST_CASE("groups are shared out by key, however many tasks there are") {
  std::vector<double> const rows = rows_of(20'000);
  auto const key = [&rows](double const& row) { return (&row - rows.data()) % 97; };
  auto const serial = credence::group_by(rows, key, mean_accumulator{});
  CHECK(serial.size() == 97);
  with_every_executor([&](auto const& run) {
    auto const parallel = credence::group_by(run, rows, key, mean_accumulator{});
    CHECK(parallel == serial);
    CHECK(parallel.state().keys == serial.state().keys);  // in the order in which they first came
  });
  for (std::size_t const tasks : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{97}, std::size_t{500}})
    CHECK(credence::group_by(backwards{tasks}, rows, key, mean_accumulator{}) == serial);
}

TEST_CASE("a fold inside a task may use the same executor again") {
  std::vector<std::vector<double>> const shops(12, rows_of(chunk + 1'000));
  threads const run{4};
  auto const nested = [&run](std::vector<double> const& shop) { return credence::mean(run, shop).value; };
  auto const key = [&shops](std::vector<double> const& shop) { return (&shop - shops.data()) % 5; };
  CHECK(credence::group_by(run, shops, key, mean_accumulator{}, nested) ==
        credence::group_by(shops, key, mean_accumulator{}, nested));
}

}  // namespace test_executor
