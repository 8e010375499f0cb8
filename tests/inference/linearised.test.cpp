// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/inference/linearised.hpp>
#include <cstddef>
#include <vector>

#include "survey/counted.hpp"

namespace test_linearised {

using credence::detail::linearised_ratio;

namespace {

struct pair_of_totals {
  double top;
  double bottom;
};
// The formula in two passes and extended precision.
double two_pass_error(std::vector<pair_of_totals> const& rows) {
  long double top = 0;
  long double bottom = 0;
  for (pair_of_totals const& row : rows) {
    top += row.top;
    bottom += row.bottom;
  }
  long double sum = 0;
  for (pair_of_totals const& row : rows) {
    long double const residual = (row.top - top / bottom * row.bottom) / bottom;
    sum += residual * residual;
  }
  long double const samples = static_cast<long double>(rows.size());
  return static_cast<double>(std::sqrt(samples / (samples - 1) * sum));
}

}  // namespace

TEST_CASE("linearised ratio: two passes, one pass and merged parts agree, whatever came first") {
  std::vector<pair_of_totals> rows;
  for (int at = 0; at < 500; ++at) {
    double const bottom = 1 + at % 7;
    rows.push_back({3 * bottom + std::sin(at), bottom});
  }
  rows[0] = {5, 1e-8};  // a ratio of 5e8 before all others
  for (std::size_t const cut : {std::size_t{0}, std::size_t{1}, std::size_t{137}, rows.size()}) {
    linearised_ratio first;
    linearised_ratio second;
    for (std::size_t at = 0; at < rows.size(); ++at) (at < cut ? first : second).push(rows[at].top, rows[at].bottom);
    first += second;
    CHECK(first.count() == 500);
    CHECK(first.standard_error() == about(two_pass_error(rows), 1e-13));
    CHECK(first.valid());
  }
}

TEST_CASE("linearised ratio: nothing, one, and no denominator") {
  linearised_ratio ratio;
  CHECK(credence::is_nan(ratio.value()));
  CHECK(credence::is_nan(ratio.standard_error()));
  ratio.push(3, 0);
  CHECK(credence::is_nan(ratio.value()));
  ratio.push(1, 2);
  CHECK(ratio.value() == 2);
  CHECK(ratio.standard_error() == about(std::sqrt(2.0 * (9 + 9) / 4)));  // e = 3/2, −3/2
  linearised_ratio one;
  one.push_score(.3, 2);
  CHECK(one.value() == about(.3));
  CHECK(credence::is_nan(one.standard_error()));
}

}  // namespace test_linearised
