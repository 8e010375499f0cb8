// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/retention/cohort_table.hpp>
#include <cstdint>
#include <vector>

namespace test_cohort_table {

namespace {

/// Cohorts of so many, of whom so many were retained one period later.
credence::retention_cohort cohort_of(std::uint64_t size, std::uint64_t retained, bool mature) {
  credence::retention_cohort cohort;
  cohort.size = size;
  cohort.cells.resize(2);
  auto& cell = cohort.cells[1];
  cell.period = cell.last_period = 1;
  cell.mature = mature;
  if (!mature) return cohort;
  cell.retained = retained;
  cell.eligible = size;
  cell.rate = static_cast<double>(retained) / static_cast<double>(size);
  credence::detail::set_interval(cell.interval, cell.rate, static_cast<double>(size), .95);
  return cohort;
}

}  // namespace

TEST_CASE("cohort_table: 10 at 20 % and 100 at 0 % are 10 % by cohorts and 1.8 % by customers") {
  credence::cohort_table<credence::retention_cohort> table;
  table.cohorts = {cohort_of(10, 2, true), cohort_of(100, 0, true), cohort_of(50, 0, false)};
  auto const pooled = table.curve();
  REQUIRE(pooled.size() == 2);
  CHECK(pooled[1].cohorts == 2);
  CHECK(pooled[1].eligible == 110);
  CHECK(pooled[1].rate == doctest::Approx(2. / 110));
  auto const simple = table.curve(credence::curve_weights::cohorts);
  CHECK(simple[1].rate == doctest::Approx(.1));
  // Worth C²/Σ(1/n) = 4/(1/10 + 1/100) = 36.36 customers.
  auto const expected = credence::interval_of({.1, 4 / .11}, credence::share_interval::wilson, .95);
  CHECK(simple[1].interval.lower == doctest::Approx(expected.lower));
  CHECK(simple[1].interval.upper == doctest::Approx(expected.upper));
  CHECK(std::isnan(pooled[0].rate));  // nobody is eligible there
}

TEST_CASE("cohort_table: two cells are compared as shares, and not where either is none") {
  auto const one = cohort_of(10, 4, true);
  auto const two = cohort_of(20, 5, true);
  auto const compared = compare(one[1], two[1]);
  CHECK(compared.difference == doctest::Approx(.15));
  CHECK(compared.interval.lower < .15);
  CHECK(std::isnan(compare(one[1], cohort_of(20, 5, false)[1]).p_value));
}

TEST_CASE("cohort_table: an empty one has no curve") {
  credence::cohort_table<credence::property_cohort<int>> const table;
  CHECK_FALSE(table);
  CHECK(table.empty());
  CHECK(table.curve().empty());
}

}  // namespace test_cohort_table
