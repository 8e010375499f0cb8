// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_QUADRATURE_HPP
#define CREDENCE_MATH_QUADRATURE_HPP

#include <cmath>
#include <cstdint>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gauss_legendre.hpp>

// Integrals. Of a smooth function over a known stretch, the rules of Gauss and Legendre are the fastest; the double
// exponential rules here take any integrable function that is smooth inside, singular at its ends or not, and know
// how well they did.

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

struct quadrature_options {
  double tolerance = 1e-13;  ///< relative
  int max_levels = 8;  ///< the step starts at 1/2 and is halved so often: about 13 · 2^levels evaluations at most
};

struct quadrature_result {
  double value = not_a_number();
  double error = not_a_number();  ///< about how far off it is, beside rounding
  std::uint64_t evaluations = 0;
  bool converged = false;  ///< is the error within the tolerance?

  explicit operator bool() const { return converged; }
};

namespace detail {

inline constexpr double half_pi = 1.57079632679489662;

// The trapezoidal sum of `term` over the whole line, which falls off doubly exponentially on both sides: halving the
// step doubles the digits. Beyond |t| = 6.1 a double has no room for the mapped node.
template <class Term>
[[nodiscard]] quadrature_result double_exponential_sum(Term const& term, quadrature_options const& options) {
  constexpr double last = 6.1;
  quadrature_result result;
  double sum = 0;
  double change = 0;
  // Nodes sign·(first + k·step), outwards until three terms in a row add nothing.
  auto const add = [&](double first, double step, double sign) {
    int idle = 0;
    for (double at = first; at <= last && idle < 3; at += step) {
      double const part = term(sign * at);
      ++result.evaluations;
      if (!is_finite(part)) {
        if (at < 4.0) return false;
        break;  // so far out the node or the function has left the range of a double
      }
      sum += part;
      idle = at > 1.0 && std::fabs(part) <= 1e-18 * std::fabs(sum) ? idle + 1 : 0;
    }
    return true;
  };
  double step = 0.5;
  if (!add(0.0, step, 1.0) || !add(step, step, -1.0)) return result;
  result.value = step * sum;
  for (int level = 0; level < options.max_levels; ++level) {
    if (!add(0.5 * step, step, 1.0) || !add(0.5 * step, step, -1.0)) {
      result.value = not_a_number();
      return result;
    }
    step *= 0.5;
    double const before = change;
    change = std::fabs(step * sum - result.value);
    result.value = step * sum;
    double const whole = std::fabs(result.value);
    // The digits double with each level, or, near a singularity, come more slowly: the better of what the last change
    // and the last two say.
    result.error = change;
    if (level > 0 && change < before && before < 1e-2 * whole)
      result.error = (std::fmin)(change, 10.0 * change * (change / before));
    if (level > 0 && result.error <= options.tolerance * whole) {
      result.converged = true;
      return result;
    }
  }
  return result;
}

}  // namespace detail

/// The integral of `function` from `lower` to `upper`, both finite, by the double exponential rule (tanh-sinh):
/// relative error within `tolerance` where the function is analytic inside, however it behaves at the ends, down to
/// x^(-0.9).
///
/// A function of two arguments gets the distances from `lower` and to `upper`, which keep their digits at the ends: use
/// that for a power that is singular elsewhere than at 0. One of one argument gets x, never an end itself. NaN, and not
/// converged, where the function is not finite inside. About 100 to 200 evaluations.
/// Source: Takahasi and Mori (1974).
template <class Function>
[[nodiscard]] quadrature_result double_exponential(Function const& function, double const lower, double const upper,
                                                   quadrature_options const& options = {}) {
  double const length = upper - lower;
  return detail::double_exponential_sum(
      [&](double const at) {
        double const far_side = std::exp(-2 * detail::half_pi * std::sinh(std::fabs(at)));
        double const to_end = length * far_side / (1 + far_side);
        double const from_other = length / (1 + far_side);
        double const weight = 2 * detail::half_pi * std::cosh(at) * far_side / ((1 + far_side) * (1 + far_side)) *
                              length;
        if (weight == 0) return 0.0;
        double const from_lower = at < 0 ? to_end : from_other;
        double const to_upper = at < 0 ? from_other : to_end;
        if constexpr (requires { function(from_lower, to_upper); }) {
          return weight * function(from_lower, to_upper);
        } else {
          double const place = at < 0 ? lower + from_lower : upper - to_upper;
          return place == lower || place == upper ? 0.0 : weight * function(place);
        }
      },
      options);
}

/// The integral of `function` over [0, ∞) by the double exponential rule (exp-sinh), for functions that fall off like a
/// power or faster. `scale` is about where the function has its bulk. Errors, evaluations and source as above.
template <class Function>
[[nodiscard]] quadrature_result double_exponential_to_infinity(Function const& function, double const scale = 1,
                                                               quadrature_options const& options = {}) {
  return detail::double_exponential_sum(
      [&](double const at) {
        double const place = scale * std::exp(detail::half_pi * std::sinh(at));
        double const value = function(place);
        return value == 0 ? 0.0 : detail::half_pi * std::cosh(at) * place * value;
      },
      options);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
