// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/clv/detail/customer_table.hpp>
#include <cstddef>
#include <map>
#include <tuple>

namespace test_customer_table {

using credence::detail::customer_table;
using credence::detail::purchase_block;
using credence::detail::purchases;

using pattern = std::tuple<double, double, double, double>;

// All that a table holds, and how much each weighs.
std::map<pattern, double> held(customer_table const& table, bool* mixed = nullptr) {
  std::map<pattern, double> weights;
  for (std::size_t number = 0; number < table.stretches(); ++number) {
    purchase_block const block = table.at(number).block();
    for (std::size_t at = 0; at < block.count; ++at) {
      purchases const own = block.at(at);
      weights[{own.frequency, own.recency, own.age, own.log_gaps}] += block.weight_at(at);
      if (mixed && (own.frequency > 0) != (block.frequency[0] > 0)) *mixed = true;
    }
  }
  return weights;
}

customer_table table_of(std::size_t count, std::size_t kinds, bool weighted) {
  customer_table table(true, weighted, 0);
  for (std::size_t at = 0; at < count; ++at) {
    double const kind = static_cast<double>(at % kinds);
    double const frequency = static_cast<double>(at % kinds % 3);
    table.push({frequency, frequency / 2, 10 + kind, frequency / 4}, weighted ? 1 + kind : 1, nullptr);
  }
  return table;
}

TEST_CASE("a table of customers holds all of them, those who came back apart, in stretches") {
  customer_table const table = table_of(30'000, 7, false);
  CHECK(table.size() == 30'000);
  CHECK(table.has_repeaters());
  CHECK(table.stretches() == 5);  // 17,143 of one kind and 12,857 of the other, by 8,192
  bool mixed = false;
  auto const weights = held(table, &mixed);
  CHECK(!mixed);
  CHECK(weights.size() == 7);
  CHECK(weights.at({1, 0.5, 11, 0.25}) == 4'286);
  CHECK(customer_table(true, false, 0).stretches() == 0);
}

TEST_CASE("a table of customers puts equal ones together where that halves them, and weighs them") {
  for (bool const weighted : {false, true}) {
    customer_table table = table_of(20'000, 900, weighted);
    auto const before = held(table);
    table.compress();
    CHECK(table.size() == 900);
    CHECK(held(table) == before);
  }
  customer_table distinct = table_of(1'000, 1'000, false);
  distinct.compress();
  CHECK(distinct.size() == 1'000);
  customer_table few = table_of(10, 1, false);
  few.compress();
  CHECK(few.size() == 10);  // not worth it
}

TEST_CASE("a sample of a table is every so many of each kind") {
  customer_table const sample = table_of(1'600, 2, false).sample(16);
  CHECK(sample.size() == 100);
  CHECK(held(sample).size() == 2);
}

TEST_CASE("moments of a table are weighted") {
  customer_table table(false, true, 0);
  table.push({0, 0, 10, 0}, 3, nullptr);
  table.push({4, 5, 20, 0}, 1, nullptr);
  auto const moments = table.moments();
  CHECK(moments.weight == 4);
  CHECK(moments.frequency == 1);
  CHECK(moments.frequency_squares == 4);
  CHECK(moments.age == 12.5);
  CHECK(moments.age_squares == 175);
  CHECK(moments.repeaters == 0.25);
  CHECK(moments.silence == 0.75);
  CHECK(moments.greatest_frequency == 4);
  CHECK(moments.greatest_age == 20);
}

}  // namespace test_customer_table
