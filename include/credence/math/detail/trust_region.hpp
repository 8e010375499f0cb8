// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_DETAIL_TRUST_REGION_HPP
#define CREDENCE_MATH_DETAIL_TRUST_REGION_HPP

#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/math/likelihood_sums.hpp>
#include <credence/math/symmetric_eigen.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {
namespace detail {

[[nodiscard]] inline double dot(std::vector<double> const& left, std::vector<double> const& right) {
  double sum = 0;
  for (std::size_t at = 0; at < left.size(); ++at) sum += left[at] * right[at];
  return sum;
}
[[nodiscard]] inline double length_of(std::vector<double> const& step) { return std::sqrt(dot(step, step)); }
[[nodiscard]] inline double largest_of(std::vector<double> const& step) {
  double most = 0;
  for (double const part : step)
    if (std::fabs(part) > most) most = std::fabs(part);
  return most;
}

// The negative Hessian, scaled to a unit diagonal and factored as L Lᵀ. `positive` is false where a parameter has no
// curvature beside the others or depends on them, to rounding.
struct information_factor {
  bool positive = false;
  std::vector<double> scale;   // 1 / sqrt of the diagonal
  std::vector<double> scaled;  // by rows, whole
  std::vector<double> lower;   // L, by rows, whole

  explicit information_factor(likelihood_sums const& sums) {
    std::size_t const size = sums.size();
    double most = 0;
    for (std::size_t at = 0; at < size; ++at) most = -sums.second(at, at) > most ? -sums.second(at, at) : most;
    for (std::size_t at = 0; at < size; ++at) {
      if (!(-sums.second(at, at) > 1e-14 * most)) return;
      scale.push_back(1 / std::sqrt(-sums.second(at, at)));
    }
    scaled.assign(size * size, 0.0);
    for (std::size_t row = 0; row < size; ++row)
      for (std::size_t column = 0; column < size; ++column)
        scaled[row * size + column] = -sums.second(row, column) * scale[row] * scale[column];
    lower.assign(size * size, 0.0);
    for (std::size_t row = 0; row < size; ++row) {
      for (std::size_t column = 0; column <= row; ++column) {
        double rest = scaled[row * size + column];
        for (std::size_t inner = 0; inner < column; ++inner)
          rest -= lower[row * size + inner] * lower[column * size + inner];
        if (column < row) {
          lower[row * size + column] = rest / lower[column * size + column];
        } else if (rest > 1e-11) {
          lower[row * size + row] = std::sqrt(rest);
        } else {
          return;
        }
      }
    }
    positive = true;
  }

  // The x of (-H) x = right. Only where positive.
  [[nodiscard]] std::vector<double> solve(std::vector<double> right) const {
    std::size_t const size = right.size();
    for (std::size_t row = 0; row < size; ++row) {
      right[row] *= scale[row];
      for (std::size_t inner = 0; inner < row; ++inner) right[row] -= lower[row * size + inner] * right[inner];
      right[row] /= lower[row * size + row];
    }
    for (std::size_t row = size; row-- != 0;) {
      for (std::size_t inner = row + 1; inner < size; ++inner) right[row] -= lower[inner * size + row] * right[inner];
      right[row] /= lower[row * size + row];
    }
    for (std::size_t row = 0; row < size; ++row) right[row] *= scale[row];
    return right;
  }
  // (-H)⁻¹ by rows.
  [[nodiscard]] std::vector<double> inverse() const {
    std::size_t const size = scale.size();
    std::vector<double> result(size * size);
    for (std::size_t column = 0; column < size; ++column) {
      std::vector<double> unit(size, 0.0);
      unit[column] = 1;
      unit = solve(unit);
      for (std::size_t row = 0; row < size; ++row) result[row * size + column] = unit[row];
    }
    for (std::size_t row = 0; row < size; ++row)
      for (std::size_t column = 0; column < row; ++column)
        result[row * size + column] = result[column * size + row] =
            0.5 * (result[row * size + column] + result[column * size + row]);
    return result;
  }
};

// The direction, of length 1, along which the curvature is least; `value` is the curvature there.
struct weakest_direction {
  double value = 0;
  std::vector<double> direction;

  weakest_direction(symmetric_eigen_result const& eigen, std::size_t size) {
    std::size_t least = 0;
    for (std::size_t at = 1; at < size; ++at)
      if (eigen.values[at] < eigen.values[least]) least = at;
    value = eigen.values[least];
    for (std::size_t at = 0; at < size; ++at) direction.push_back(eigen.vectors[at * size + least]);
  }
};

[[nodiscard]] inline symmetric_eigen_result information_eigen(likelihood_sums const& sums) {
  std::size_t const size = sums.size();
  std::vector<double> matrix(size * size);
  for (std::size_t row = 0; row < size; ++row)
    for (std::size_t column = 0; column < size; ++column) matrix[row * size + column] = -sums.second(row, column);
  return symmetric_eigen(matrix, size);
}

// The step of at most this length for which the quadratic model of `sums` gains most. It is exact: with the
// eigenvalues v and the gradient g along the eigenvectors, g / (v + shift) with the shift that gives the length.
// Source: Moré and Sorensen (1983), Computing a trust region step.
[[nodiscard]] inline std::vector<double> trust_region_step(likelihood_sums const& sums, double const radius,
                                                           double const noise) {
  std::size_t const size = sums.size();
  symmetric_eigen_result eigen = information_eigen(sums);
  double const most = largest_of(eigen.values);
  std::vector<double> along(size, 0.0);
  double least = most;
  std::size_t least_at = 0;
  for (std::size_t place = 0; place < size; ++place) {
    for (std::size_t at = 0; at < size; ++at) along[place] += eigen.vectors[at * size + place] * sums.gradient[at];
    // Level, to rounding: nothing is to be gained there.
    if (std::fabs(eigen.values[place]) <= 1e-12 * most && std::fabs(along[place]) * radius <= noise) {
      along[place] = 0;
      eigen.values[place] = most;
    }
    if (eigen.values[place] < least) least = eigen.values[place], least_at = place;
  }
  std::vector<double> parts(size, 0.0);
  auto const shifted_by = [&](double shift) {
    for (std::size_t at = 0; at < size; ++at) parts[at] = along[at] == 0 ? 0.0 : along[at] / (eigen.values[at] + shift);
    return length_of(parts);
  };
  double low = least > 0 ? 0 : -least + 1e-14 * most;
  if (least <= 0 || !(shifted_by(0) <= radius)) {
    if (shifted_by(low) <= radius) {
      // The gradient has no part along the upward curve, or too little: whichever way, it goes up there.
      double const rest = radius * radius - dot(parts, parts);
      if (rest > 0) parts[least_at] += (parts[least_at] < 0 ? -1 : 1) * std::sqrt(rest);
    } else {
      // The length falls as the shift grows. Nearly the radius is near enough.
      double high = low + length_of(along) / radius;
      double length = shifted_by(high);
      for (int halving = 0; halving < 200 && length < 0.95 * radius; ++halving) {
        double const middle = 0.5 * (low + high);
        length = shifted_by(middle);
        if (length > radius) {
          low = middle;
          length = 0;
        } else {
          high = middle;
        }
      }
      static_cast<void>(shifted_by(high));
    }
  }
  std::vector<double> step(size, 0.0);
  for (std::size_t at = 0; at < size; ++at)
    for (std::size_t place = 0; place < size; ++place) step[at] += eigen.vectors[at * size + place] * parts[place];
  return step;
}

// What the quadratic model of `sums` gains by a step.
[[nodiscard]] inline double predicted_gain(likelihood_sums const& sums, std::vector<double> const& step) {
  double gain = 0;
  for (std::size_t row = 0; row < step.size(); ++row) {
    double curved = 0;
    for (std::size_t column = 0; column < step.size(); ++column) curved += sums.second(row, column) * step[column];
    gain += step[row] * (sums.gradient[row] + 0.5 * curved);
  }
  return gain;
}

}  // namespace detail
}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
