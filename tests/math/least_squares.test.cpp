// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/least_squares.hpp>
#include <cstddef>
#include <vector>

namespace test_least_squares {

using credence::math::least_squares;

namespace {

doctest::Approx about(double value, double within = 1e-13) { return doctest::Approx(value).epsilon(within); }

}  // namespace

TEST_CASE("least_squares: a line") {
  // 1, 2, 2 at 0, 1, 2: slope ½, intercept 7/6; (XᵀX)⁻¹ = [5/6 −½; −½ ½].
  auto const fit = least_squares({1, 0, 1, 1, 1, 2}, 2, {1, 2, 2});
  REQUIRE(fit.full_rank);
  CHECK(fit.coefficients[0] == about(7. / 6));
  CHECK(fit.coefficients[1] == about(.5));
  CHECK(fit.inverse[0] == about(5. / 6));
  CHECK(fit.inverse[1] == about(-.5));
  CHECK(fit.inverse[2] == about(-.5));
  CHECK(fit.inverse[3] == about(.5));
  CHECK(fit.residual_squares == about(1. / 6));
  CHECK(fit.residuals[1] == about(1. / 3));
}

TEST_CASE("least_squares: Longley's ill-conditioned regression, to NIST's certified values") {
  // NIST StRD, Longley: y on six columns and a constant; the normal equations lose most digits.
  std::vector<std::vector<double>> const rows{
      {60323, 83.0, 234289, 2356, 1590, 107608, 1947},  {61122, 88.5, 259426, 2325, 1456, 108632, 1948},
      {60171, 88.2, 258054, 3682, 1616, 109773, 1949},  {61187, 89.5, 284599, 3351, 1650, 110929, 1950},
      {63221, 96.2, 328975, 2099, 3099, 112075, 1951},  {63639, 98.1, 346999, 1932, 3594, 113270, 1952},
      {64989, 99.0, 365385, 1870, 3547, 115094, 1953},  {63761, 100.0, 363112, 3578, 3350, 116219, 1954},
      {66019, 101.2, 397469, 2904, 3048, 117388, 1955}, {67857, 104.6, 419180, 2822, 2857, 118734, 1956},
      {68169, 108.4, 442769, 2936, 2798, 120445, 1957}, {66513, 110.8, 444546, 4681, 2637, 121950, 1958},
      {68655, 112.6, 482704, 3813, 2552, 123366, 1959}, {69564, 114.2, 502601, 3931, 2514, 125368, 1960},
      {69331, 115.7, 518173, 4806, 2572, 127852, 1961}, {70551, 116.9, 554894, 4007, 2827, 130081, 1962}};
  std::vector<double> design;
  std::vector<double> values;
  for (auto const& row : rows) {
    values.push_back(row[0]);
    design.push_back(1);
    design.insert(design.end(), row.begin() + 1, row.end());
  }
  auto const fit = least_squares(design, 7, values);
  REQUIRE(fit.full_rank);
  std::vector<double> const certified{-3482258.63459582, 15.0618722713733,  -0.358191792925910e-01,
                                      -2.02022980381683, -1.03322686717359, -0.511041056535807e-01,
                                      1829.15146461355};
  for (std::size_t at = 0; at < 7; ++at) CHECK(fit.coefficients[at] == about(certified[at], 1e-8));
  double const spread = fit.residual_squares / 9;
  CHECK(std::sqrt(spread * fit.inverse[0]) == about(890420.383607373, 1e-8));
  CHECK(std::sqrt(spread * fit.inverse[48]) == about(455.478499142212, 1e-8));
  CHECK(fit.residual_squares == about(836424.055505915, 1e-8));
}

TEST_CASE("least_squares: columns that depend on each other, and too few rows") {
  CHECK_FALSE(least_squares({1, 2, 1, 2, 1, 2}, 2, {1, 2, 3}).full_rank);
  CHECK_FALSE(least_squares({1, 1, 3, 1, 2, 4, 1, 3, 5, 1, 7, 9}, 3, {1, 2, 3, 4}).full_rank);
  CHECK_FALSE(least_squares({0, 0}, 1, {1, 2}).full_rank);
  CHECK_FALSE(least_squares({1, 2}, 2, {1}).full_rank);
  CHECK_FALSE(least_squares({}, 0, {}).full_rank);
  // Tiny and huge columns are as good as any.
  CHECK(least_squares({1e-150, 1e150, 1e-150, 2e150, 1e-150, 4e150}, 2, {1, 2, 3}).full_rank);
}

}  // namespace test_least_squares
