// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/agreement/cronbach_alpha.hpp>
#include <credence/core/bytes.hpp>
#include <credence/interop/threads.hpp>
#include <fstream>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "support/attitude.hpp"
#include "support/shared_data.hpp"
#include "trust_report/csv.hpp"

namespace test_cronbach_alpha {

using credence::cronbach_alpha;
using credence::cronbach_alpha_result;

namespace {

doctest::Approx about(double value, double within = 1e-11) { return doctest::Approx(value).epsilon(within); }

struct itself {
  template <class Row>
  Row const& operator()(Row const& row) const {
    return row;
  }
};

}  // namespace

TEST_CASE("cronbach_alpha: R's psych::alpha(attitude)") {
  cronbach_alpha_result const found = cronbach_alpha(attitude, itself{});
  REQUIRE(found);
  CHECK(found.count == 30);
  CHECK(found.value == about(.843142769565));
  CHECK(found.standardised == about(.83908380303));
  CHECK(found.interval.lower == about(.739375685643));
  CHECK(found.interval.upper == about(.91577307216));
  REQUIRE(found.items.size() == 7);
  CHECK(found.items[0].mean == about(64.63333333333333));
  // Dropping the first leaves the α of the other six; the item's correlation with their sum by its definition.
  auto const others = [](std::array<int, 7> const& row) { return std::vector<int>(row.begin() + 1, row.end()); };
  CHECK(found.items[0].alpha_if_dropped == about(cronbach_alpha(attitude, others).value, 1e-12));
  double const sums = [&] {
    double product = 0;
    double first = 0;
    double rest = 0;
    double mean_first = 0;
    double mean_rest = 0;
    for (auto const& row : attitude) {
      mean_first += row[0] / 30.;
      for (std::size_t at = 1; at < 7; ++at) mean_rest += row[at] / 30.;
    }
    for (auto const& row : attitude) {
      double sum = -mean_rest;
      for (std::size_t at = 1; at < 7; ++at) sum += row[at];
      product += (row[0] - mean_first) * sum;
      first += (row[0] - mean_first) * (row[0] - mean_first);
      rest += sum * sum;
    }
    return product / std::sqrt(first * rest);
  }();
  CHECK(found.items[0].rest_correlation == about(sums));
  CHECK(cronbach_alpha(credence::threads{2}, attitude, itself{}) == found);
}

TEST_CASE("cronbach_alpha: seven items of San Francisco airport's survey of 2017") {
  auto const path = shared_data("survey/sfo_2017.csv");
  if (!path) return;
  std::ifstream file(*path, std::ios::binary);
  trust_report::csv_reader reader(file);
  std::vector<std::vector<std::optional<int>>> rows;
  std::vector<std::size_t> columns;
  for (char const* const name : {"Q7ART", "Q7FOOD", "Q7STORE", "Q7SIGN", "Q7WALKWAYS", "Q7SCREENS", "Q7ALL"})
    columns.push_back(reader.column(name));
  while (reader.next()) {
    std::vector<std::optional<int>> row;
    for (std::size_t const column : columns) {
      std::string const field(reader.field(column));
      bool const good = field.size() == 1 && field[0] >= '1' && field[0] <= '5';  // 6: never used
      row.push_back(good ? std::optional<int>(field[0] - '0') : std::nullopt);
    }
    rows.push_back(row);
  }
  cronbach_alpha_result const found = cronbach_alpha(rows, itself{});
  CHECK(found.count == 1850);
  CHECK(found.count + found.rejections.missing == rows.size());
  CHECK(found.value == about(.8853062438057483));
  CHECK(found.standardised == about(.8883869838907558));
}

TEST_CASE("cronbach_alpha: what says nothing") {
  using rows = std::vector<std::vector<double>>;
  CHECK_FALSE(cronbach_alpha(rows{}, itself{}));
  CHECK_FALSE(cronbach_alpha(rows{{1, 2, 3}}, itself{}));
  CHECK(cronbach_alpha(rows{{1, 2, 3}}, itself{}).count == 1);
  CHECK_FALSE(cronbach_alpha(rows{{1}, {2}, {3}}, itself{}));
  CHECK_FALSE(cronbach_alpha(rows{{1, 2}, {1, 2}, {1, 2}}, itself{}));
  CHECK_FALSE(cronbach_alpha(rows{{}, {}}, itself{}));
  // Items that say the same: 1, and no interval. One that never varies: no standardised value.
  cronbach_alpha_result const same = cronbach_alpha(rows{{1, 1}, {2, 2}, {4, 4}}, itself{});
  CHECK(same.value == about(1));
  cronbach_alpha_result const constant = cronbach_alpha(rows{{1, 2, 7}, {2, 1, 7}, {4, 5, 7}}, itself{});
  CHECK(constant.value == about(cronbach_alpha(rows{{1, 2}, {2, 1}, {4, 5}}, itself{}).value * 3 / 4));
  CHECK(credence::is_nan(constant.standardised));
  CHECK(credence::is_nan(constant.items[2].rest_correlation));
  // Items against each other: far below 0.
  CHECK(cronbach_alpha(rows{{1, 5}, {2, 4}, {4, 2.5}}, itself{}).value < -1);
}

TEST_CASE("cronbach_alpha: respondents who left something out, and unlike ones") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const infinite = std::numeric_limits<double>::infinity();
  std::vector<std::array<std::optional<double>, 2>> rows{{1, 2}, {std::nullopt, nan}, {3, nan}, {infinite, 2}, {4, 3},
                                                         {2, 2}};
  cronbach_alpha_result const found = cronbach_alpha(rows, itself{});
  CHECK(found.count == 3);
  CHECK(found.rejected == 3);
  CHECK(found.rejections.missing == 1);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 1);
  CHECK_THROWS_AS(static_cast<void>(cronbach_alpha(rows, itself{}, {.on_invalid = credence::on_invalid::raise})),
                  credence::invalid_sample);
  CHECK_THROWS_AS(static_cast<void>(cronbach_alpha(rows, itself{}, {.confidence = 0})), credence::error);
  CHECK_THROWS_WITH_AS(static_cast<void>(cronbach_alpha(std::vector<std::vector<int>>{{1, 2}, {1, 2, 3}}, itself{})),
                       "credence: a respondent has 3 items, and those before 2", credence::error);
}

TEST_CASE("cronbach_alpha: states merge and travel") {
  credence::cronbach_alpha_accumulator head;
  credence::cronbach_alpha_accumulator tail;
  for (std::size_t at = 0; at < attitude.size(); ++at) (at < 11 ? head : tail)(attitude[at]);
  head += tail;
  CHECK(head.result().value == about(.843142769565));
  CHECK(head.result().interval.lower == about(.739375685643));
  CHECK(credence::from_bytes<credence::cronbach_alpha_accumulator>(credence::to_bytes(head)) == head);
  credence::cronbach_alpha_accumulator two;
  two(std::vector<int>{1, 2});
  CHECK_THROWS_AS(head += two, credence::error);
  // Answers far from 0 lose nothing.
  std::vector<std::array<double, 7>> shifted;
  for (auto const& row : attitude) {
    shifted.emplace_back();
    for (std::size_t at = 0; at < 7; ++at) shifted.back()[at] = 1e9 + row[at];
  }
  CHECK(cronbach_alpha(shifted, itself{}).value == about(.843142769565, 1e-9));
}

}  // namespace test_cronbach_alpha
