// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/core/real.hpp>
#include <credence/inference/detail/level_moments.hpp>
#include <vector>

namespace test_level_moments {

using credence::is_nan;
using credence::detail::level_counts;
using credence::detail::level_moments;
using credence::detail::level_scale;
using credence::detail::median_point;

TEST_CASE("median point: halfway where just half is reached") {
  std::vector<double> const points{1, 2, 3, 4};
  CHECK(median_point(points, {.5, 0, 0, .5}) == 2.5);
  CHECK(median_point(points, {.4, .1, 0, .5}) == 3);
  CHECK(median_point(points, {.4, .2, 0, .4}) == 2);
  CHECK(median_point(points, {0, 0, 0, 1}) == 4);
  CHECK(median_point(points, {1, 0, 0, 0}) == 1);
  // Tenths that do not add up to just a half.
  CHECK(median_point(points, {.1, .1, .1, .7}) == 4);
  CHECK(median_point(points, {.1 + .2, .1 + .1, 0, .5}) == 3);
  CHECK(is_nan(median_point({}, {})));
}

TEST_CASE("level moments: two ratings, one, none") {
  level_scale const scale{2, 4};
  level_counts state;
  state.reach(3);
  CHECK(is_nan(level_moments(scale, state).mean));
  state.counts[2] = 1;
  level_moments const one(scale, state);
  CHECK(one.mean == 4);
  CHECK(one.median == 4);
  CHECK(one.spread == 0);
  CHECK(is_nan(one.variance));
  CHECK(is_nan(one.standard_error));
  state.counts[0] = 1;
  level_moments const two(scale, state);
  CHECK(two.points == std::vector<double>{2, 3, 4});
  CHECK(two.mean == 3);
  CHECK(two.spread == 1);
  CHECK(two.variance == 2);
  CHECK(std::fabs(two.standard_error - 1) < 1e-15);
}

TEST_CASE("level counts: those that reach a cut") {
  level_counts state;
  state.reach(3);
  state.counts = {1, 2, 4};
  state.weighted[2].add(.5);
  state.rejected.off_scale = 9;
  auto const found = state.reaching(1);
  CHECK(found.counts[0] == 1);
  CHECK(found.counts[1] == 6);
  CHECK(found.weighted[1].count == 1);
  CHECK(found.rejected.off_scale == 9);
  CHECK(state.reaching(0).counts[0] == 0);
  CHECK(state.reaching(3).counts[1] == 0);
}

}  // namespace test_level_moments
