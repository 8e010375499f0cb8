// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/accumulator.hpp>
#include <credence/core/pair_metric.hpp>
#include <credence/core/rejections.hpp>
#include <credence/interop/threads.hpp>
#include <cstdint>
#include <list>
#include <string_view>
#include <tuple>
#include <vector>

namespace test_pair_metric {

namespace {

// The least accumulator of two values there can be: Σ first·second·weight, and what it was asked.
struct asked_options {
  int asked = 0;
  template <class Complain>
  constexpr bool check_fields(Complain const&) const {
    return true;
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("asked", self.asked);
  }
  friend constexpr bool operator==(asked_options const&, asked_options const&) = default;
};
struct product_sum {
  std::int64_t products = 0;
  product_sum& operator+=(product_sum const& other) {
    products += other.products;
    return *this;
  }
  template <class Options>
  bool valid(Options const&) const {
    return true;
  }
  friend constexpr bool operator==(product_sum const&, product_sum const&) = default;
};
struct products : credence::accumulator_base<products, asked_options, product_sum> {
  using accumulator_base::accumulator_base;
  static std::string_view type_id() { return "test.products"; }
  template <class...>
  static constexpr bool exact = true;
  template <class First, class Second, class Weight = int>
  static void push(asked_options const&, product_sum& state, First first, Second second, Weight weight = 1) {
    state.products += static_cast<std::int64_t>(first * second * weight);
  }
  template <class Range, class Plan, class First, class Second>
  static std::int64_t answer_designed(asked_options const& chosen, Range&, Plan const&, First const&, Second const&) {
    return -chosen.asked;
  }
  static std::int64_t answer(asked_options const& chosen, product_sum const& state) {
    return state.products + chosen.asked;
  }
};
constexpr credence::pair_metric<products> metric{};

struct row {
  int first, second, weight;
};
std::vector<row> const rows{{2, 3, 10}, {5, 7, 100}};

}  // namespace

TEST_CASE("pair_metric: rows and two values, with a weight, options and an executor or without") {
  credence::threads const two{2};
  CHECK(metric(rows, &row::first, &row::second) == 41);
  CHECK(metric(rows, &row::first, &row::second, {.asked = 1000}) == 1041);
  CHECK(metric(two, rows, &row::first, &row::second) == 41);
  CHECK(metric(two, rows, &row::first, &row::second, {.asked = 1000}) == 1041);
  CHECK(metric(rows, &row::first, &row::second, &row::weight) == 3560);
  CHECK(metric(rows, &row::first, &row::second, &row::weight, {.asked = 1}) == 3561);
  CHECK(metric(rows, &row::first, &row::second, credence::weighted_by(&row::weight)) == 3560);
  CHECK(metric(two, rows, &row::first, &row::second, &row::weight) == 3560);
  CHECK(metric(std::list<row>(rows.begin(), rows.end()), &row::first, [](row const& own) { return own.second; }) == 41);
}

TEST_CASE("pair_metric: a design goes to the accumulator, in any order and with a weight or without") {
  auto const strata = credence::stratified_by(&row::first);
  auto const clusters = credence::clustered_by(&row::second);
  credence::threads const two{2};
  CHECK(metric(rows, &row::first, &row::second, strata, {.asked = 3}) == -3);
  CHECK(metric(rows, &row::first, &row::second, clusters, strata, {.asked = 3}) == -3);
  CHECK(metric(rows, &row::first, &row::second, &row::weight, strata, clusters, {.asked = 3}) == -3);
  CHECK(metric(two, rows, &row::first, &row::second, &row::weight, strata, clusters, {.asked = 3}) == -3);
}

}  // namespace test_pair_metric
