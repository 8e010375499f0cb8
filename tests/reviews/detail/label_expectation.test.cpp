// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/reviews/detail/label_expectation.hpp>
#include <credence/reviews/detail/label_table.hpp>
#include <credence/reviews/detail/read_labels.hpp>
#include <limits>
#include <string>
#include <vector>

namespace test_label_expectation {

using credence::detail::label_table;

namespace {

struct row {
  long long item;
  std::string rater;
  bool category;
};
auto read(std::vector<row> const& rows) {
  return credence::detail::read_labels(credence::on_invalid::reject, rows, &row::item, &row::rater, &row::category,
                                       [](row const& own, auto&) { return own.item != 13; });
}

}  // namespace

TEST_CASE("label_expectation: chances that no double can hold multiplied, nor one of them well") {
  // One item, four labels by one rater each; of every two chances the second is what the other category has first.
  label_table const table(read({{1, "a", true}, {1, "b", true}, {1, "c", false}, {1, "d", false}}));
  credence::detail::label_chances known;
  known.shares = {.25, .75};
  double const least = std::numeric_limits<double>::denorm_min();
  known.chance = {1e-300, least, 1e-300, 1, least, 1e-300, .5, 1e-300};
  credence::detail::label_expectation expected(table);
  credence::detail::expect_labels(table, known, expected);
  double const first = std::log(.25) + 2 * std::log(1e-300) + std::log(least) + std::log(.5);
  double const second = std::log(.75) + std::log(least) + 2 * std::log(1e-300);
  double const odds = std::exp(second - first);
  CHECK(expected.posteriors[1] == doctest::Approx(odds / (1 + odds)).epsilon(1e-12));
  CHECK(expected.log_likelihood == doctest::Approx(first + std::log1p(odds)).epsilon(1e-13));
  CHECK(expected.counts[2] == expected.posteriors[0]);
  // Either side of where an exponent is kept apart, and near enough to count.
  known.shares = {.5, .5};
  known.chance = {0x1p-490, 0x1p-490, 1, 1, 0x1p-512, 0x1p-524, 1, 1};
  credence::detail::expect_labels(table, known, expected);
  known.chance = {0x1p-490, 0x1p-490, 1, 1, 1, 1, 0x1p-512, 0x1p-524};
  double const before = expected.posteriors[1];
  credence::detail::expect_labels(table, known, expected);
  CHECK(before == doctest::Approx(0x1p-12 / (1 + 0x1p-12)).epsilon(1e-14));
  CHECK(expected.posteriors[1] == before);
  known.shares = {.25, .75};
  // What is far below the other is nothing; what is impossible stays so.
  known.chance = {1e-300, 1, 1e-300, 1, 1e-300, 1e-300, 1e-300, 1e-300};
  credence::detail::expect_labels(table, known, expected);
  CHECK(expected.posteriors[0] == 0);
  CHECK(expected.posteriors[1] == 1);
  CHECK(expected.log_likelihood == doctest::Approx(std::log(.75) + 2 * std::log(1e-300)).epsilon(1e-13));
  known.chance = {1e-300, 0, 1e-300, 1, 1e-300, 1, 1e-300, 1};
  credence::detail::expect_labels(table, known, expected);
  CHECK(expected.posteriors[0] == 1);
  CHECK(expected.log_likelihood == doctest::Approx(std::log(.25) + 4 * std::log(1e-300)).epsilon(1e-13));
}

}  // namespace test_label_expectation
