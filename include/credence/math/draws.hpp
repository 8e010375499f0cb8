// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_DRAWS_HPP
#define CREDENCE_MATH_DRAWS_HPP

#include <cmath>

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/log_space.hpp>
#include <credence/math/random.hpp>

// Draws from distributions of positive numbers, each from a `random_stream`. They go through logarithms: two machines
// agree but for the last bits, and for about one draw in 10^13.

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// A draw of the exponential distribution with mean 1. One word. Within 1.1e-16 … 37.
inline double exponential_draw(random_stream& stream) noexcept { return -std::log(stream.uniform()); }

/// ln of a draw of the gamma distribution with this shape and scale 1: finite where the draw itself is below what a
/// double holds, as draws of small shapes are. 2 to 3 words. Throws `credence::error` for a shape that is not positive
/// and finite. Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.
inline double log_gamma_draw(random_stream& stream, double const shape) {
  if (!is_finite(shape) || !(shape > 0))
    credence::detail::wrong_argument("gamma_draw(stream, shape): shape", shape, "it must be positive and finite");
  // G(shape) is G(shape + 1) times a power of a uniform.
  double const raised = shape < 1 ? shape + 1 : shape;
  double const less = shape < 1 ? std::log(stream.uniform()) / shape : 0.0;
  double const middle = raised - 1.0 / 3;
  double const width = 1 / std::sqrt(9 * middle);
  for (;;) {
    double const normal = stream.normal();
    double const root = 1 + width * normal;
    double const uniform = stream.uniform();
    if (root <= 0) continue;
    double const cube = root * root * root;
    if (std::log(uniform) < 0.5 * normal * normal + middle * (1 - cube + std::log(cube)))
      return std::log(middle) + std::log(cube) + less;
  }
}
/// A draw of the gamma distribution with this shape and scale 1; 0 where it is below 1e-308.
inline double gamma_draw(random_stream& stream, double const shape) { return std::exp(log_gamma_draw(stream, shape)); }

/// A draw of Beta(a, b), in 0 … 1: both ends are reached where a or b is small. 4 to 6 words.
inline double beta_draw(random_stream& stream, double const a, double const b) {
  double const left = log_gamma_draw(stream, a);
  return expit(left - log_gamma_draw(stream, b));
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
