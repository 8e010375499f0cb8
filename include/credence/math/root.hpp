// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_ROOT_HPP
#define CREDENCE_MATH_ROOT_HPP

#include <cmath>
#include <limits>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// Where a function changes sign: the best value, the ends of the last bracket around it (equal when the function is
/// exactly zero there), and how often the function was called.
struct root_result {
  double value = not_a_number();
  double lower = not_a_number();
  double upper = not_a_number();
  int evaluations = 0;
  bool converged = false;
};

/// An argument with the function's value there.
struct known_value {
  double argument;
  double value;
};

namespace detail {

// A tolerance below the spacing of doubles could never be met.
[[nodiscard]] inline double reachable_tolerance(double const within, double const argument) noexcept {
  double const spacing = 2.0 * std::numeric_limits<double>::epsilon() * std::fabs(argument);
  return std::fmax(std::fmax(within, spacing), (std::numeric_limits<double>::min)());
}

}  // namespace detail

/// The root of a continuous function between two arguments whose values are already known and differ in sign.
///
/// `value` is no further than `within` from a change of sign (an absolute length of argument; no less than twice the
/// spacing of doubles at the bracket). A function that is zero at an end returns that end without a call. If the ends
/// do not bracket a change of sign, are out of order or 1e305 apart, or if a value is NaN, `converged` is false and
/// `value` NaN. Infinite values of the function are allowed.
///
/// Never leaves the bracket, and calls the function at most ceil(log2(width / within)) + 10 times, which is
/// bisection and ten more; smooth functions take 4 to 12 calls, also where they start like a square root. Source:
/// Chandrupatla, Advances in Engineering Software 28 (1997) 145-149; the bound on the calls is ours.
template <class Function>
[[nodiscard]] root_result find_root(Function&& function, known_value const lower, known_value const upper,
                                    double const within = 1e-12) {
  root_result found{not_a_number(), lower.argument, upper.argument, 0, false};
  auto const exactly = [&found](double const argument) {
    found.value = found.lower = found.upper = argument;
    found.converged = true;
    return found;
  };
  // Every call halves this; a bracket is never allowed to be wider. That is what bounds the number of calls.
  double widest_allowed = 1024.0 * (upper.argument - lower.argument);
  if (!is_finite(widest_allowed) || lower.argument > upper.argument) return found;
  if (is_nan(lower.value) || is_nan(upper.value) || is_nan(within)) return found;
  if (lower.value == 0.0) return exactly(lower.argument);
  if (upper.value == 0.0) return exactly(upper.argument);
  if ((lower.value < 0.0) == (upper.value < 0.0)) return found;

  // `newest` and `other` bracket the root; `dropped` is the end that was given up last.
  known_value newest = lower;
  known_value other = upper;
  known_value dropped = other;
  double fraction = 0.5;  // the next argument is this far along the way from newest to other
  for (;;) {
    double const width = std::fabs(other.argument - newest.argument);
    known_value const best = std::fabs(newest.value) < std::fabs(other.value) ? newest : other;
    double const length = detail::reachable_tolerance(within, best.argument);
    if (width <= length) {
      found.value = best.argument;
      found.lower = std::fmin(newest.argument, other.argument);
      found.upper = std::fmax(newest.argument, other.argument);
      found.converged = true;
      return found;
    }
    widest_allowed *= 0.5;
    // Half a tolerance from either end at least: the step that has met the root then crosses it and closes the bracket.
    double const least = 0.5 * length / width;
    fraction = std::fmin(std::fmax(fraction, least), 1.0 - least);
    if (std::fmax(fraction, 1.0 - fraction) * width > widest_allowed) fraction = 0.5;

    double const argument = newest.argument + fraction * (other.argument - newest.argument);
    known_value const next{argument, static_cast<double>(function(argument))};
    ++found.evaluations;
    if (is_nan(next.value)) return found;
    if (next.value == 0.0) return exactly(next.argument);
    dropped = newest;
    if ((next.value < 0.0) != (newest.value < 0.0)) {
      dropped = other;
      other = newest;
    }
    newest = next;

    // Inverse quadratic interpolation through the three points, where they promise that the interpolant is monotone
    // between the ends (Chandrupatla's test); the middle otherwise.
    double const place = (newest.argument - other.argument) / (dropped.argument - other.argument);
    double const level = (newest.value - other.value) / (dropped.value - other.value);
    fraction = 0.5;
    if (level * level < place && (1.0 - level) * (1.0 - level) < 1.0 - place) {
      double const to_other = newest.value / (other.value - newest.value);
      double const to_dropped = newest.value / (dropped.value - newest.value);
      double const interpolated = to_other * (dropped.value / (other.value - dropped.value)) +
                                  (dropped.argument - newest.argument) / (other.argument - newest.argument) *
                                      to_dropped * (other.value / (dropped.value - other.value));
      if (is_finite(interpolated)) fraction = interpolated;  // not so where the function is infinite
    }
  }
}

/// The same, for two ends at which the function is still to be called: two calls more.
template <class Function>
[[nodiscard]] root_result find_root(Function&& function, double const lower, double const upper,
                                    double const within = 1e-12) {
  known_value const lower_end{lower, static_cast<double>(function(lower))};
  known_value const upper_end{upper, static_cast<double>(function(upper))};
  root_result found = find_root(function, lower_end, upper_end, within);
  found.evaluations += 2;
  return found;
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
