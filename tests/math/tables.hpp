// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_MATH_TABLES_HPP
#define CREDENCE_TESTS_MATH_TABLES_HPP

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/core/real.hpp>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

// How far a function is from its table of reference values, at the worst row.
namespace tables {

// -ffast-math reorders sums and flushes denormals: the bounds hold up to this factor there.
#ifdef __FAST_MATH__
inline constexpr double leeway = 10.0;
#else
inline constexpr double leeway = 1.0;
#endif

template <std::size_t Width>
using row = std::array<double, Width>;  // the arguments, then the value

inline double relative_error(double const got, double const expected) {
  if (got == expected) return 0.0;
  if (!credence::is_finite(got)) return HUGE_VAL;
  return std::fabs(got - expected) / std::fabs(expected);
}

// Relative to the value, or absolute where that is below 1: for logarithms, which go through 0.
inline double error_beside_one(double const got, double const expected) {
  if (!credence::is_finite(got)) return HUGE_VAL;
  return std::fabs(got - expected) / std::fmax(1.0, std::fabs(expected));
}

// The largest error beside what is allowed at its row: `allowed` is a bound, or says one for a row, 0 for no promise.
template <std::size_t Width, std::size_t Rows, class Function, class Allowed, class Error = decltype(&relative_error)>
void check(row<Width> const (&table)[Rows], Function function, Allowed allowed, Error error = relative_error) {
  double largest_error = 0.0;
  double largest_share = 0.0;
  int rows = 0;
  std::string worst_row = "none";
  for (row<Width> const& cells : table) {
    double bound = 0.0;
    if constexpr (std::is_same_v<Allowed, double>) {
      bound = allowed;
    } else {
      bound = allowed(cells);
    }
    if (bound == 0.0) continue;
    ++rows;
    double const got = [&]<std::size_t... Place>(std::index_sequence<Place...>) { return function(cells[Place]...); }
    (std::make_index_sequence<Width - 1>{});
    double const here = error(got, cells[Width - 1]);
    if (here > largest_error) largest_error = here;
    if (here / bound <= largest_share) continue;
    largest_share = here / bound;
    worst_row.clear();
    for (double const cell : cells) worst_row += doctest::toString(cell).c_str() + std::string(" ");
  }
  CAPTURE(rows);
  CAPTURE(largest_error);
  CAPTURE(worst_row);
  CHECK(rows > 0);
  CHECK(largest_share <= leeway);
}

}  // namespace tables

#endif
