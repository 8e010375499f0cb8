// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/survey/share.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "survey/counted.hpp"

namespace test_share {

using credence::share;
using credence::share_accumulator;
using credence::share_interval;
using credence::share_options;
using credence::share_result;

namespace {

struct visit {
  int pages;
  bool bought;
  double weight;
};
std::vector<visit> const visits{{1, false, 1}, {7, true, 2}, {3, true, 1}, {2, false, 4}};

}  // namespace

// statsmodels 0.13.5, proportion_confint.
TEST_CASE("share: intervals agree with statsmodels") {
  struct reference {
    std::uint64_t satisfied, count;
    share_interval method;
    double lower, upper;
  };
  reference const rows[] = {
      {0, 10, share_interval::wilson, 0, .277532799863},
      {0, 10, share_interval::agresti_coull, 0, .320887305751},
      {0, 10, share_interval::clopper_pearson, 0, .308497107819},
      {0, 10, share_interval::jeffreys, 0, .217196267509},
      {9, 10, share_interval::wilson, .595849973205, .982123786905},
      {9, 10, share_interval::agresti_coull, .574032262605, 1},
      {9, 10, share_interval::clopper_pearson, .554983882972, .997471421456},
      {9, 10, share_interval::jeffreys, .618685228933, .988988326237},
      {5, 10, share_interval::wilson, .236593090513, .763406909487},
      {5, 10, share_interval::agresti_coull, .236593090513, .763406909487},
      {5, 10, share_interval::clopper_pearson, .187086028447, .812913971553},
      {5, 10, share_interval::jeffreys, .223528670253, .776471329747},
      {90, 100, share_interval::wilson, .825634338495, .944770862939},
      {90, 100, share_interval::clopper_pearson, .82377740226, .950995310779},
      {90, 100, share_interval::jeffreys, .829876070348, .947415324709},
      {1, 1, share_interval::wilson, .206549314377, 1},
  };
  for (reference const& row : rows) {
    share_result const result = counted_share(row.satisfied, row.count).result({.interval_method = row.method});
    CAPTURE(row.satisfied);
    CAPTURE(row.count);
    CAPTURE(name_of(row.method));
    CHECK(std::fabs(result.interval.lower - row.lower) < 1e-12);
    CHECK(std::fabs(result.interval.upper - row.upper) < 1e-12);
  }
  CHECK(std::fabs(counted_share(600, 1000).result().interval.lower - .569309429514) < 1e-12);
  CHECK(std::fabs(counted_share(5500, 10000).result().interval.lower - .540231955772) < 1e-12);
  CHECK(std::fabs(counted_share(2, 2).result().interval.lower - .342380227507) < 1e-12);
  CHECK(std::fabs(counted_share(100, 101).result().interval.lower - .946032842006) < 1e-12);
  // z = 1.281551565545
  share_options const eighty{.confidence = .8};
  CHECK(std::fabs(counted_share(40, 60).result(eighty).interval.lower - .585151313959) < 1e-11);
  CHECK(std::fabs(counted_share(10, 11).result(eighty).interval.lower - .739494988452) < 1e-11);
  CHECK(std::fabs(counted_share(1, 1).result(eighty).interval.lower - .378447503225) < 1e-11);
}

TEST_CASE("share: of rows that satisfy a predicate, or reach a cut") {
  share_result const predicate = share(visits, [](visit const& row) { return row.pages >= 3; });
  CHECK(predicate.value == .5);
  CHECK(predicate.satisfied == 2);
  CHECK(predicate.standard_error == about(std::sqrt(.25 / 4)));
  CHECK(share(visits, &visit::bought).value == .5);
  CHECK(share(visits, &visit::pages, {.satisfied_from = 7}).value == .25);
  CHECK(share(visits, &visit::pages, {.satisfied_from = 1}).value == 1);
  CHECK(share(std::vector<bool>{true, false, true, true}).value == .75);
  CHECK(share(std::vector<double>{-1e300, .99, 1, 1e300}).value == .5);
}

TEST_CASE("share: a scale is optional") {
  std::vector<int> const values{-5, 0, 3, 4, 5, 6};
  CHECK(share(values, {.satisfied_from = 4}).rejected == 0);
  share_result const above = share(values, {.satisfied_from = 4, .scale_min = 1});
  CHECK(above.rejections.off_scale == 2);
  CHECK(above.value == .75);
  share_result const below = share(values, {.satisfied_from = 4, .scale_max = 5});
  CHECK(below.rejections.off_scale == 1);
  CHECK(below.value == .4);
  std::vector<double> const extremes{no_number, infinity, -infinity, (std::numeric_limits<double>::max)(),
                                     std::numeric_limits<double>::lowest()};
  share_result const limits = share(extremes);
  CHECK(limits.count == 2);
  CHECK(limits.rejections.not_a_number == 1);
  CHECK(limits.rejections.off_scale == 2);
  CHECK(limits.value == .5);
}

TEST_CASE("share: weighted") {
  share_result const result = share(visits, &visit::bought, &visit::weight);
  CHECK(result.weighted);
  CHECK(result.value == about(3.0 / 8));
  CHECK(result.effective_count == about(64.0 / 22));
  // SE² = n/(n−1)·Σ(w(x−p))²/(Σw)² with p = 3/8
  double const squares = 25.0 / 64 * (2 * 2 + 1) + 9.0 / 64 * (1 + 4 * 4);
  double const error = std::sqrt(4.0 / 3 * squares / 64);
  CHECK(result.standard_error == about(error));
  double const size = 3.0 / 8 * 5 / 8 / (error * error);
  credence::interval const expected = interval_of({3.0 / 8, size}, share_interval::wilson, .95);
  CHECK(result.interval.lower == about(expected.lower));
  CHECK(result.interval.upper == about(expected.upper));
}

TEST_CASE("share: no sample, one sample, all alike, weights that sum to zero") {
  share_result const nothing = share(std::vector<int>{});
  CHECK_FALSE(nothing);
  CHECK(credence::is_nan(nothing.value));
  CHECK(credence::is_nan(nothing.interval.upper));
  share_accumulator weightless;
  weightless(1, 0);
  CHECK_FALSE(weightless.result());
  CHECK(weightless.result().count == 1);
  CHECK_FALSE(compare(nothing, nothing));
  for (share_interval const method : {share_interval::wilson, share_interval::agresti_coull,
                                      share_interval::clopper_pearson, share_interval::jeffreys}) {
    for (std::uint64_t const count : {std::uint64_t{1}, std::uint64_t{10}, std::uint64_t{10'000'000'000}}) {
      share_result const all = counted_share(count, count, {.interval_method = method}).result();
      share_result const none = counted_share(0, count, {.interval_method = method}).result();
      CAPTURE(name_of(method));
      CAPTURE(count);
      CHECK(all.interval.lower < 1);
      CHECK(all.interval.upper == 1);
      CHECK(none.interval.lower == 0);
      CHECK(none.interval.upper > 0);
      CHECK(1 - all.interval.lower == about(none.interval.upper));
    }
  }
}

TEST_CASE("share: bounds lie in 0...1, in order, and mirror each other") {
  for (std::uint64_t count = 1; count <= 12; ++count)
    for (std::uint64_t satisfied = 0; satisfied <= count; ++satisfied)
      for (share_interval const method :
           {share_interval::wilson, share_interval::agresti_coull, share_interval::clopper_pearson,
            share_interval::jeffreys, share_interval::wald})
        for (double const confidence : {.01, .5, .95, .999999}) {
          share_options const options{.confidence = confidence, .interval_method = method};
          credence::interval const here = counted_share(satisfied, count).result(options).interval;
          credence::interval const mirrored = counted_share(count - satisfied, count).result(options).interval;
          CHECK(here.lower >= 0);
          CHECK(here.upper <= 1);
          CHECK(here.lower <= here.upper);
          CHECK(here.lower == about(1 - mirrored.upper));
        }
}

TEST_CASE("share: two samples") {
  share_result const first = counted_share(56, 70).result();
  share_result const second = counted_share(48, 80).result();
  credence::comparison const found = compare(first, second);
  // Newcombe (1998), table II, contrast (a), method 10: .0524 to .3339.
  CHECK(found.difference == about(.2));
  CHECK(std::fabs(found.interval.lower - .0524) < 5e-5);
  CHECK(std::fabs(found.interval.upper - .3339) < 5e-5);
  // Pearson's χ² of the two by two table (56, 14; 48, 32), one degree of freedom
  double const chi_squared = 150 * std::pow(56.0 * 32 - 14.0 * 48, 2) / (104.0 * 46 * 70 * 80);
  CHECK(found.z * found.z == about(chi_squared));
  CHECK(found.p_value == about(std::erfc(std::sqrt(chi_squared / 2))));
  credence::comparison const ninety = compare(first, second, {.confidence = .9});
  CHECK(ninety.interval.confidence == .9);
  CHECK(ninety.interval.lower > found.interval.lower);
  credence::comparison const alike = compare(counted_share(5, 5).result(), counted_share(9, 9).result());
  CHECK(alike.difference == 0);
  CHECK(alike.z == 0);
  CHECK(alike.p_value == 1);
  CHECK(alike.interval.lower < 0);
  CHECK(alike.interval.upper > 0);
  CHECK(contains(message_of([&] { return compare(first, second, {.confidence = 0}); }),
                 "share_comparison_options::confidence is 0"));
}

TEST_CASE("share: wrong options") {
  auto const complaint = [](share_options const& options) {
    return message_of([&] { share_accumulator acc(options); });
  };
  CHECK(contains(complaint({.satisfied_from = 1, .scale_min = 2}), "share_options::satisfied_from is 1"));
  CHECK(contains(complaint({.satisfied_from = 1, .scale_min = 2}), "share_options::scale_min, which is 2"));
  CHECK(contains(complaint({.satisfied_from = 9, .scale_max = 5}), "share_options::scale_max is 5"));
  CHECK(contains(complaint({.satisfied_from = no_number}), "share_options::satisfied_from is nan"));
  CHECK(contains(complaint({.scale_min = -infinity}), "share_options::scale_min is -inf"));
  for (double const wrong : {0.0, 1.0, no_number})
    CHECK(contains(complaint({.confidence = wrong}), "share_options::confidence is "));
  share_accumulator plain = counted_share(1, 2);
  share_accumulator scaled(share_options{.scale_min = 0});
  scaled(1);
  CHECK(contains(message_of([&] { plain += scaled; }), "credence.share"));
}

TEST_CASE("share: counts beyond 2^32") {
  share_accumulator acc = counted_share(1, 3);
  for (int times = 0; times < 40; ++times) {
    acc += acc;
    acc = credence::from_bytes<share_accumulator>(credence::to_bytes(acc));
  }
  share_result const result = acc.result();
  CHECK(result.satisfied == std::uint64_t{1} << 40);
  CHECK(result.value == about(1.0 / 3));
  CHECK(result.interval.upper - result.interval.lower == about(2 * 1.959963984540054 * result.standard_error));
}

static_assert([] {
  share_accumulator acc;
  acc(true);
  acc(false);
  acc(3.5);
  acc(true, 2);
  acc += acc;
  return acc.state().counts[0] == 2 && acc.state().counts[1] == 6 && acc.state().weighted[1].weight.sum == 4;
}());

}  // namespace test_share
