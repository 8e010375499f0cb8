// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/bytes.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/group_by.hpp>
#include <credence/interop/threads.hpp>
#include <cstddef>
#include <list>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "laws/accumulators.hpp"

// In one program the same data give the same bits, for every executor and every kind of range.

namespace {

/// Runs tasks in one of several ways; one type, so that a fold is compiled once.
class runner {
 public:
  enum shape { in_order, backwards, in_two_halves, one_at_a_time, by_threads };
  explicit runner(shape chosen) : shape_(chosen) {}
  [[nodiscard]] std::size_t concurrency() const { return shape_ == in_order ? 1 : 3; }

  template <class Task>
  void operator()(std::size_t count, Task const& task) const {
    switch (shape_) {
      case in_order:
        for (std::size_t at = 0; at < count; ++at) task(at);
        break;
      case backwards:
        for (std::size_t at = count; at-- != 0;) task(at);
        break;
      case in_two_halves: {  // the even ones on a thread of their own, with a copy of the task
        std::thread other([task, count] {
          for (std::size_t at = 0; at < count; at += 2) task(at);
        });
        for (std::size_t at = 1; at < count; at += 2) task(at);
        other.join();
        break;
      }
      case one_at_a_time:
        for (std::size_t at = 0; at < count; ++at) std::thread([&task, at] { task(at); }).join();
        break;
      case by_threads: credence::threads{3}(count, task); break;
    }
  }

 private:
  shape shape_;
};
constexpr runner::shape shapes[] = {runner::in_order, runner::backwards, runner::in_two_halves, runner::one_at_a_time,
                                    runner::by_threads};

std::vector<laws::row> const& many_rows() {
  static std::vector<laws::row> const rows = laws::rows_of(3 * 65'536 + 4'321);
  return rows;
}

template <class Recipe, class Range>
auto folded(Range const& rows) {
  return Recipe::with_projections([&](auto... own) { return credence::fold(rows, Recipe::empty(), own...); });
}
template <class Recipe, class Executor, class Range>
auto folded_by(Executor const& run, Range const& rows) {
  return Recipe::with_projections([&](auto... own) { return credence::fold(run, rows, Recipe::empty(), own...); });
}

}  // namespace

TEST_CASE_TEMPLATE("law: a fold has the same bits for every executor", Recipe, CREDENCE_LAWS_PUSHED) {
  auto const serial = folded<Recipe>(many_rows());
  std::vector<std::byte> const bytes = to_bytes(serial);
  for (runner::shape const shape : shapes) {
    auto const parallel = folded_by<Recipe>(runner(shape), many_rows());
    CAPTURE(shape);
    CHECK(parallel == serial);
    CHECK(credence::to_bytes(parallel) == bytes);
  }
}

TEST_CASE_TEMPLATE("law: a fold is its pushes, and knows no kind of range", Recipe, CREDENCE_LAWS_PUSHED) {
  std::vector<laws::row> const rows = laws::rows_of(5'000, 5);
  auto const by_hand = laws::made_of<Recipe>(rows);
  auto const serial = folded<Recipe>(rows);
  std::list<laws::row> const linked(rows.begin(), rows.end());
  CHECK(folded<Recipe>(linked) == serial);
  CHECK(folded_by<Recipe>(runner(runner::by_threads), linked) == serial);
  if constexpr (laws::is_exact<Recipe>()) {
    CHECK(serial == by_hand);
  } else {
    CHECK(laws::apart(serial.result(), by_hand.result()) <= 1e-12);
  }
}

TEST_CASE_TEMPLATE("law: a fold goes on from what its accumulator had", Recipe, CREDENCE_LAWS_PUSHED) {
  std::vector<laws::row> const& rows = many_rows();
  std::vector<laws::row> const before = laws::rows_of(300, 3);
  auto const start = laws::made_of<Recipe>(before);
  Recipe::with_projections([&](auto... own) {
    auto const serial = credence::fold(rows, start, own...);
    CHECK(credence::fold(runner(runner::backwards), rows, start, own...) == serial);
    CHECK(credence::fold(rows, Recipe::empty(), own...).valid());
    CHECK(credence::fold(std::vector<laws::row>{}, start, own...) == start);
    CHECK(credence::fold(runner(runner::in_order), std::vector<laws::row>{}, start, own...) == start);
  });
}

TEST_CASE_TEMPLATE("law: groups have the same bits and the same order for every executor", Recipe, laws::nps,
                   laws::nps_weighted, laws::mean_of_reals, laws::tee, laws::tee_weighted) {
  std::vector<laws::row> const rows(many_rows().begin(), many_rows().begin() + 70'000);
  Recipe::with_projections([&](auto... own) {
    auto const check = [&](auto key) {
      auto const serial = credence::group_by(rows, key, Recipe::empty(), own...);
      for (runner::shape const shape : shapes) {
        auto const parallel = credence::group_by(runner(shape), rows, key, Recipe::empty(), own...);
        CAPTURE(shape);
        CHECK(parallel == serial);
        REQUIRE(parallel.size() == serial.size());
        auto here = serial.begin();
        for (auto const& each : parallel) CHECK(each.key == (*here++).key);
      }
      // and every group is the accumulator of its rows, one by one
      for (auto const& group : serial) {
        auto by_hand = Recipe::empty();
        for (laws::row const& each : rows)
          if (credence::detail::project(key, each) == group.key) by_hand(credence::detail::project(own, each)...);
        CHECK(group.accumulator == by_hand);
      }
    };
    check(&laws::row::shop);
    check(&laws::row::city);
  });
}

// --- what is thrown is what the serial call throws ---

namespace {

template <class Action>
std::uint64_t position_of(Action const& action) {
  try {
    action();
  } catch (credence::invalid_sample const& complaint) {
    return complaint.position();
  }
  return ~std::uint64_t{};
}

}  // namespace

TEST_CASE("law: the first dirty row is named, whoever folds it") {
  std::vector<laws::row> rows(200'000);
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at].shop = static_cast<int>(at % 97);
  rows[70'001].score = 11;
  rows[70'002].score = 11;
  rows[199'999].score = 12;
  credence::nps_accumulator const raising(credence::nps_options{.on_invalid = credence::on_invalid::raise});
  auto const check = [&](auto const& executor) {
    CHECK(position_of([&] { credence::fold(executor, rows, raising, &laws::row::score); }) == 70'001);
    CHECK(position_of([&] { credence::fold(executor, rows, raising, &laws::row::score, &laws::row::weight); }) ==
          70'001);
    CHECK(position_of([&] {
            credence::fold(executor, rows, credence::tee(credence::mean_accumulator{}, raising), &laws::row::score);
          }) == 70'001);
    CHECK(position_of([&] { credence::group_by(executor, rows, &laws::row::shop, raising, &laws::row::score); }) ==
          70'001);
    CHECK(position_of([&] { credence::group_by(rows, &laws::row::shop, raising, &laws::row::score); }) == 70'001);
  };
  for (runner::shape const shape : shapes) check(runner(shape));
}

TEST_CASE("law: what a projection throws comes through, the first row's") {
  std::vector<laws::row> rows(200'000);
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at].identifier = static_cast<std::int64_t>(at);
  auto const failing = [](laws::row const& each) -> int {
    if (each.identifier == 70'001 || each.identifier == 199'999)
      throw std::runtime_error("row " + std::to_string(each.identifier));
    return 9;
  };
  auto const said = [&](auto const& action) {
    try {
      action();
    } catch (std::runtime_error const& complaint) {
      return std::string(complaint.what());
    }
    return std::string();
  };
  credence::nps_accumulator const nothing;
  CHECK(said([&] { credence::fold(rows, nothing, failing); }) == "row 70001");
  CHECK(said([&] { credence::fold(runner(runner::backwards), rows, nothing, failing); }) == "row 70001");
  CHECK(said([&] { credence::fold(runner(runner::by_threads), rows, nothing, failing, &laws::row::weight); }) ==
        "row 70001");
  CHECK(said([&] { credence::group_by(rows, &laws::row::shop, nothing, failing); }) == "row 70001");
  CHECK(said([&] { credence::group_by(runner(runner::backwards), rows, &laws::row::shop, nothing, failing); }) ==
        "row 70001");
}
