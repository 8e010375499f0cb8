// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/group_by.hpp>
#include <credence/inference/bootstrap.hpp>
#include <credence/inference/mean.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/ratio_of_totals.hpp>
#include <optional>
#include <vector>

#include "survey/asked.hpp"
#include "survey/counted.hpp"

namespace test_ratio_of_totals {

using credence::ratio_of_totals;
using credence::ratio_of_totals_accumulator;
using credence::ratio_of_totals_result;

TEST_CASE("ratio_of_totals: R's survey::svyratio, plain and under designs") {
  std::vector<asked> const rows = asked_rows();
  check_asked(
      {37.7629032258065, 4.60885361259863, 40.6901098901099, 5.50182435436327, 5.99744186098929, 5.34137644273945}, 0,
      [&](auto const&... design) { return ratio_of_totals(rows, &asked::spent, &asked::orders, design..., {}); });
  ratio_of_totals_result const found = ratio_of_totals(rows, &asked::spent, &asked::orders);
  CHECK(found.top_total == about(1170.65));
  CHECK(found.bottom_total == 31);
  double const critical = 2.178812829663418;  // scipy 1.10: t.ppf(.975, 12)
  CHECK(found.interval.upper == about(found.value + critical * found.standard_error, 1e-10));
}

TEST_CASE("ratio_of_totals: every way of calling it says the same") {
  std::vector<asked> const rows = asked_rows();
  credence::threads const two{2};
  auto const weight = credence::weighted_by(&asked::weight);
  auto const strata = credence::stratified_by(&asked::stratum);
  auto const clusters = credence::clustered_by(&asked::cluster);
  auto const spent = &asked::spent;
  auto const orders = &asked::orders;
  CHECK(ratio_of_totals(two, rows, spent, orders) == ratio_of_totals(rows, spent, orders));
  CHECK(ratio_of_totals(rows, spent, orders, &asked::weight) == ratio_of_totals(rows, spent, orders, weight));
  CHECK(ratio_of_totals(two, rows, spent, orders, &asked::weight) == ratio_of_totals(rows, spent, orders, weight));
  CHECK(ratio_of_totals(two, rows, spent, orders, &asked::weight, strata).interval ==
        ratio_of_totals(rows, spent, orders, strata, weight).interval);
  ratio_of_totals_result const all = ratio_of_totals(rows, spent, orders, &asked::weight, strata, clusters);
  CHECK(ratio_of_totals(two, rows, spent, orders, &asked::weight, strata, clusters).interval == all.interval);
  CHECK(ratio_of_totals(rows, spent, orders, {.confidence = .5}).interval.confidence == .5);
  CHECK(ratio_of_totals(two, rows, spent, orders, &asked::weight, strata, clusters, {.confidence = .5})
            .interval.confidence == .5);
  ratio_of_totals_accumulator acc;
  for (asked const& row : rows) acc(row.spent, row.orders);
  CHECK(acc.result().value == about(ratio_of_totals(rows, spent, orders).value));
  auto const grouped = credence::group_by(rows, &asked::stratum, ratio_of_totals_accumulator{}, spent, orders);
  CHECK(grouped.total().result().standard_error == about(ratio_of_totals(rows, spent, orders).standard_error));
}

TEST_CASE("ratio_of_totals: of equal lower parts it is a mean, with a design effect like its") {
  std::vector<asked> const rows = asked_rows();
  auto const one = [](asked const&) { return 1; };
  auto const clusters = credence::clustered_by(&asked::cluster);
  ratio_of_totals_result const found = ratio_of_totals(rows, &asked::spent, one, clusters);
  credence::mean_result const mean = credence::mean(rows, &asked::spent, clusters);
  CHECK(found.value == about(mean.value));
  CHECK(found.standard_error == about(mean.standard_error));
  CHECK(found.interval.lower == about(mean.interval.lower));
  CHECK(found.design.design_effect == about(mean.design.design_effect));
  CHECK(credence::is_nan(ratio_of_totals(rows, &asked::spent, one, &asked::weight, clusters).design.design_effect));
}

TEST_CASE("ratio_of_totals: two are compared by Welch's t") {
  std::vector<asked> const rows = asked_rows();
  std::vector<asked> const some(rows.begin(), rows.begin() + 6);
  auto const one = [](asked const&) { return 1; };
  credence::comparison const found =
      compare(ratio_of_totals(rows, &asked::spent, one), ratio_of_totals(some, &asked::spent, one));
  credence::comparison const means = compare(credence::mean(rows, &asked::spent), credence::mean(some, &asked::spent));
  CHECK(found.difference == about(means.difference));
  CHECK(found.p_value == about(means.p_value));
  CHECK(found.interval.upper == about(means.interval.upper));
}

TEST_CASE("ratio_of_totals: close to exact, far from the origin and with a bootstrap beside it") {
  std::vector<asked> rows;
  for (int at = 0; at < 1000; ++at) {
    rows.push_back(asked_rows()[static_cast<std::size_t>(at % 13)]);
    rows.back().spent = 1e9 + at % 10;
    rows.back().orders = 1;
  }
  ratio_of_totals_result const found = ratio_of_totals(rows, &asked::spent, &asked::orders);
  CHECK(found.value == about(1e9 + 4.5, 1e-15));
  CHECK(found.standard_error == about(std::sqrt(8.25 / 999), 1e-7));
  // The linearised error and the bootstrap's agree for a well-behaved ratio.
  for (std::size_t at = 0; at < rows.size(); ++at) {
    rows[at].spent = static_cast<double>(at * 37 % 101);
    rows[at].orders = static_cast<int>(at * 53 % 7 + 3);
  }
  credence::bootstrap_result const resampled =
      credence::bootstrap(rows, ratio_of_totals_accumulator{}, &asked::spent, &asked::orders, {.replicates = 400});
  CHECK(resampled.value == about(ratio_of_totals(rows, &asked::spent, &asked::orders).value));
  CHECK(resampled.standard_error ==
        doctest::Approx(ratio_of_totals(rows, &asked::spent, &asked::orders).standard_error).epsilon(.15));
}

TEST_CASE("ratio_of_totals: bad input") {
  struct pair {
    std::optional<double> top;
    double bottom;
  };
  auto const of = [](std::vector<pair> const& rows) { return ratio_of_totals(rows, &pair::top, &pair::bottom); };
  CHECK_FALSE(of({}));
  CHECK_FALSE(of({{1, 0}, {2, 0}}));
  CHECK(of({{1, 0}, {2, 0}}).count == 2);
  CHECK_FALSE(of({{1, 1}, {2, -1}}));
  ratio_of_totals_result const one = of({{1, 2}});
  CHECK(one.value == .5);
  CHECK(credence::is_nan(one.standard_error));
  CHECK(credence::is_nan(one.interval.lower));
  CHECK(of({{-1, 2}, {-3, 6}}).value == -.5);
  CHECK(of({{1, 2}, {2, 4}}).standard_error == 0);
  ratio_of_totals_result const dirty =
      of({{std::nullopt, 1}, {1, no_number}, {no_number, 1}, {infinity, 1}, {1, 1e101}, {3, 1}, {5, 3}});
  CHECK(dirty.value == 2);
  CHECK(dirty.count == 2);
  CHECK(dirty.rejections.missing == 1);
  CHECK(dirty.rejections.not_a_number == 2);
  CHECK(dirty.rejections.off_scale == 2);
  ratio_of_totals_accumulator strict({.on_invalid = credence::on_invalid::raise});
  strict(1, 2);
  ratio_of_totals_accumulator const before = strict;
  CHECK(contains(message_of([&] { strict(1, no_number); }), "sample 1 is not a number"));
  CHECK(contains(message_of([&] { strict(1, 2, -1); }), "sample 1 has a weight"));
  CHECK(strict == before);
  CHECK(credence::from_bytes<ratio_of_totals_accumulator>(credence::to_bytes(strict)) == strict);
  CHECK(contains(message_of([] { ratio_of_totals_accumulator acc({.confidence = 0}); }),
                 "ratio_of_totals_options::confidence is 0"));
}

}  // namespace test_ratio_of_totals
