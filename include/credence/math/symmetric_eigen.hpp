// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_SYMMETRIC_EIGEN_HPP
#define CREDENCE_MATH_SYMMETRIC_EIGEN_HPP

#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// A = V·diag(values)·Vᵀ; column j of V, which is by rows, belongs to values[j]. In no particular order.
struct symmetric_eigen_result {
  std::vector<double> values;
  std::vector<double> vectors;
};

/// Eigenvalues and orthonormal eigenvectors of a symmetric matrix, n × n by rows, by cyclic Jacobi rotations: slow for
/// large matrices, and for small ones as exact as any. Error of a value: some units in the last place of the largest.
/// O(n³) a sweep, of which six to ten are needed.
/// Source: Golub and Van Loan, Matrix Computations, 8.5.
[[nodiscard]] inline symmetric_eigen_result symmetric_eigen(std::vector<double> matrix, std::size_t size) {
  symmetric_eigen_result result;
  result.vectors.assign(size * size, 0.0);
  for (std::size_t at = 0; at < size; ++at) result.vectors[at * size + at] = 1;
  auto const off_diagonal = [&] {
    double sum = 0;
    for (std::size_t row = 0; row < size; ++row)
      for (std::size_t column = 0; column < row; ++column)
        sum += matrix[row * size + column] * matrix[row * size + column];
    return sum;
  };
  double whole = 0;
  for (double const entry : matrix) whole += entry * entry;
  for (int sweep = 0; sweep < 60 && off_diagonal() > 1e-34 * whole; ++sweep) {
    for (std::size_t low = 0; low + 1 < size; ++low) {
      for (std::size_t high = low + 1; high < size; ++high) {
        double const across = matrix[low * size + high];
        if (across == 0) continue;
        // The rotation that makes the entry 0, by the smaller of its two angles.
        double const slope = (matrix[high * size + high] - matrix[low * size + low]) / (2 * across);
        double const tangent = (slope >= 0 ? 1 : -1) / (std::fabs(slope) + std::hypot(1.0, slope));
        double const cosine = 1 / std::hypot(1.0, tangent);
        double const sine = tangent * cosine;
        auto const rotate = [&](double& left, double& right) {
          double const before = left;
          left = cosine * before - sine * right;
          right = sine * before + cosine * right;
        };
        for (std::size_t at = 0; at < size; ++at) rotate(matrix[at * size + low], matrix[at * size + high]);
        for (std::size_t at = 0; at < size; ++at) rotate(matrix[low * size + at], matrix[high * size + at]);
        for (std::size_t at = 0; at < size; ++at)
          rotate(result.vectors[at * size + low], result.vectors[at * size + high]);
        matrix[low * size + high] = matrix[high * size + low] = 0;
      }
    }
  }
  for (std::size_t at = 0; at < size; ++at) result.values.push_back(matrix[at * size + at]);
  return result;
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
