// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_DETAIL_GAMMA_SIDES_HPP
#define CREDENCE_MATH_DETAIL_GAMMA_SIDES_HPP

#include <cmath>
#include <limits>

#include <credence/core/version.hpp>
#include <credence/math/detail/beta_sides.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/gauss_legendre.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

// Both tails of Gamma(a, 1) at a point, and what Newton's method wants to know.
//   front = x^a exp(-x) / Gamma(a) = weight * exp(exponent), the density of log x
//   lower = front * lower_ratio, upper = front * upper_ratio
struct gamma_sides {
  double lower;
  double upper;
  double exponent;
  double weight;
  double lower_ratio;
  double upper_ratio;
};

inline constexpr double gamma_epsilon = 0.25 * std::numeric_limits<double>::epsilon();

// P / front for x not above the middle: 1/a + x/(a (a + 1)) + ..., all of one sign. Source: DLMF 8.11.4.
[[nodiscard]] inline double gamma_lower_series(double const a, double const x) noexcept {
  double term = 1.0 / a;
  double total = term;
  for (double step = 1.0; step < 2000.0 && term > gamma_epsilon * total; step += 1.0) {
    term *= x / (a + step);
    total += term;
  }
  return total;
}

// Q / front for x not below the middle, by Legendre's continued fraction, evaluated forwards by Steed's method.
// Source: DLMF 8.9.2.
[[nodiscard]] inline double gamma_upper_fraction(double const a, double const x) noexcept {
  double denominator = x + 1.0 - a;
  double inverse = 1.0 / denominator;
  double change = inverse;
  double total = inverse;
  for (double step = 1.0; step < 2000.0; step += 1.0) {
    double const numerator = step * (a - step);
    denominator += 2.0;
    double const next = 1.0 / (denominator + numerator * inverse);
    change *= -numerator * inverse * next;
    inverse = next;
    total += change;
    if (std::fabs(change) <= gamma_epsilon * std::fabs(total)) break;
  }
  return total;
}

// A tail / front for large a, in time that does not grow with it: the integral of the density from x on, downwards
// (side = -1) or upwards (side = +1), in units of x, over the length in which it falls by exp(-40). As
// beta_integral.
[[nodiscard]] inline double gamma_tail_integral(double const a, double const x, double const side) noexcept {
  double const a_less = a - 1.0;
  double const slope = side * (x - a_less);
  auto const log_density = [&](double const length) {
    return a_less * log1p_less(side * length, 1.0 + side * length) - slope * length;
  };
  double length = 80.0 / (slope + std::sqrt(slope * slope + 80.0 * a_less));
  for (int step = 0; step < 2; ++step) {
    double const fall = slope + a_less * length / (1.0 + side * length);
    length += (log_density(length) + 40.0) / fall;
  }
  return gauss_legendre<24>([&](double const along) { return std::exp(log_density(along)); }, length);
}

// Both tails for 0 < a < 1. log Gamma(1 + a) is small to its last digit for small a; Q below x = 1 is
//   1 - x^a / Gamma(1 + a) + x^a / Gamma(1 + a) (a x / (a + 1) - a x^2 / (2 (a + 2)) + ...),
// so that it keeps its digits as it vanishes like a. Source: Gautschi, ACM TOMS 5 (1979) 466-481.
[[nodiscard]] inline gamma_sides gamma_sides_of_small_shape(double const a, double const x) noexcept {
  double const log_gamma_above = a <= 0.5 ? log_gamma_of_two_plus(a) - std::log1p(a) : log_gamma(1.0 + a);
  double const log_power = a * std::log(x) - log_gamma_above;
  gamma_sides sides{};
  sides.exponent = log_power - x;
  sides.weight = a;
  double const front = a * std::exp(sides.exponent);
  if (x >= 1.0) {
    sides.upper_ratio = gamma_upper_fraction(a, x);
    sides.upper = std::fmin(front * sides.upper_ratio, 1.0);
    sides.lower = 1.0 - sides.upper;
    sides.lower_ratio = sides.lower / front;
    return sides;
  }
  sides.lower_ratio = gamma_lower_series(a, x);
  sides.lower = std::fmin(front * sides.lower_ratio, 1.0);
  double power = 1.0;
  double series = 0.0;
  for (double step = 1.0; step < 40.0 && std::fabs(power) > 1e-20 * series; step += 1.0) {
    power *= -x / step;
    series -= a * power / (a + step);
  }
  sides.upper = std::fmax(std::exp(log_power) * series - std::expm1(log_power), 0.0);
  sides.upper_ratio = sides.upper / front;
  return sides;
}

// Both tails for a > 0 and 0 < x < infinity.
//
// The front: Stirling's formula turns x^a exp(-x) / Gamma(a) into
//   sqrt(a / (2 pi)) * exp(a (log(1 - u) + u) - correction), u = (a - x) / a,
// whose exponent is negative: however large a is, nothing cancels. Source: Loader, "Fast and accurate computation of
// binomial probabilities", 2000, carried over to real a.
[[nodiscard]] inline gamma_sides gamma_sides_at(double const a, double const x) noexcept {
  if (a < 1.0) return gamma_sides_of_small_shape(a, x);
  gamma_sides sides{};
  sides.exponent = a * log1p_less((x - a) / a, x / a);
  sides.weight = std::sqrt(a * 0.15915494309189533577) * std::exp(-stirling_correction(a));
  double const front = sides.weight * std::exp(sides.exponent);
  if (x < a + 0.5) {
    sides.lower_ratio = a > 1000.0 ? gamma_tail_integral(a, x, -1.0) : gamma_lower_series(a, x);
    sides.lower = std::fmin(front * sides.lower_ratio, 1.0);
    sides.upper = 1.0 - sides.lower;
    sides.upper_ratio = sides.upper / front;
  } else {
    sides.upper_ratio = a > 1000.0 ? gamma_tail_integral(a, x, 1.0) : gamma_upper_fraction(a, x);
    sides.upper = std::fmin(front * sides.upper_ratio, 1.0);
    sides.lower = 1.0 - sides.upper;
    sides.lower_ratio = sides.lower / front;
  }
  return sides;
}

}  // namespace detail
}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
