// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/inference/compare_paired.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/interop/threads.hpp>
#include <limits>
#include <optional>
#include <vector>

namespace test_compare_paired {

using credence::compare_paired;
using credence::paired_comparison;

namespace {

doctest::Approx about(double value, double within = 1e-12) { return doctest::Approx(value).epsilon(within); }

struct person {
  std::optional<double> before;
  double after;
};

}  // namespace

TEST_CASE("compare_paired: the same people twice, against scipy's ttest_rel") {
  std::vector<person> const people{{3, 4}, {4, 4}, {2, 3}, {5, 5}, {4, 5}, {1, 3}, {3, 3}, {5, 4}};
  paired_comparison const found = compare_paired(people, &person::after, &person::before);
  CHECK(found.count == 8);
  CHECK(found.difference == about(.5));
  CHECK(found.standard_error == about(0.32732683535398854));
  CHECK(found.z == about(1.5275252316519468));
  CHECK(found.p_value == about(0.17047066078705375, 1e-10));
  CHECK(found.correlation == about(0.7751332793988405));
  CHECK(found.samples == credence::sample_design::paired);
  CHECK(compare_paired(people, &person::before, &person::after).difference == about(-.5));
  CHECK(compare_paired(credence::threads{2}, people, &person::after, &person::before) == found);
  CHECK(compare_paired(people, &person::after, &person::before, {.confidence = .5}).interval.confidence == .5);
}

TEST_CASE("compare_paired: who answered once is left out and counted") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const infinite = std::numeric_limits<double>::infinity();
  std::vector<person> const people{{3, 4}, {std::nullopt, 4}, {3, nan}, {infinite, 2}, {std::nullopt, nan}, {1, 1}};
  paired_comparison const found = compare_paired(people, &person::before, &person::after);
  CHECK(found.count == 2);
  CHECK(found.rejected == 4);
  CHECK(found.rejections.missing == 2);
  CHECK(found.rejections.not_a_number == 1);
  CHECK(found.rejections.off_scale == 1);
  CHECK_THROWS_AS(static_cast<void>(compare_paired(people, &person::before, &person::after,
                                                   {.on_invalid = credence::on_invalid::raise})),
                  credence::invalid_sample);
  CHECK_FALSE(compare_paired(std::vector<person>{}, &person::before, &person::after));
  paired_comparison const one = compare_paired(std::vector<person>{{1, 3}}, &person::after, &person::before);
  CHECK(one.difference == 2);
  CHECK(credence::is_nan(one.standard_error));
  paired_comparison const alike = compare_paired(std::vector<person>{{1, 3}, {4, 6}}, &person::after, &person::before);
  CHECK(alike.p_value == 0);
  CHECK(alike.correlation == about(1));
  CHECK(compare_paired(std::vector<person>{{1, 1}, {1, 1}}, &person::after, &person::before).p_value == 1);
}

TEST_CASE("compare_paired: answers that move together lose no digits, and states merge") {
  std::vector<std::array<double, 2>> rows;
  for (int at = 0; at < 1'000; ++at) rows.push_back({1e9 + at + (at % 2 == 0 ? .25 : .75), 1e9 + at});
  auto const first = [](auto const& row) { return row[0]; };
  auto const second = [](auto const& row) { return row[1]; };
  paired_comparison const found = compare_paired(rows, first, second);
  CHECK(found.difference == about(.5, 1e-9));
  CHECK(found.standard_error == about(.25 / std::sqrt(999.), 1e-9));
  credence::compare_paired_accumulator head;
  credence::compare_paired_accumulator tail;
  for (std::size_t at = 0; at < rows.size(); ++at) (at < 300 ? head : tail)(rows[at][0], rows[at][1]);
  head += tail;
  CHECK(head.result().standard_error == about(found.standard_error, 1e-9));
  CHECK(credence::from_bytes<credence::compare_paired_accumulator>(credence::to_bytes(head)) == head);
}

}  // namespace test_compare_paired
