// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_LEAST_SQUARES_HPP
#define CREDENCE_MATH_LEAST_SQUARES_HPP

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// The answer of `least_squares`: of k columns, k coefficients, and the residuals in the order of the rows.
struct least_squares_result {
  std::vector<double> coefficients;
  std::vector<double> inverse;    ///< (XᵀX)⁻¹, k × k, by rows
  std::vector<double> residuals;  ///< y − X·coefficients
  double residual_squares = 0;    ///< Σ of their squares
  bool full_rank = false;         ///< false: the columns depend on each other, and there are no coefficients
};

/// The coefficients b that make Σ(y − Xb)² least, by Householder's QR, which does not square the condition of X as the
/// normal equations do. `design` is X by rows, of `columns` columns. Columns are taken to depend on each other where
/// what is left of one, beside the others, is less than 1e-12 of its length. O(rows · columns²).
/// Source: Golub and Van Loan, Matrix Computations, 5.2 and 5.3.
[[nodiscard]] inline least_squares_result least_squares(std::vector<double> design, std::size_t columns,
                                                        std::vector<double> const& values) {
  least_squares_result result;
  std::size_t const rows = values.size();
  if (columns == 0 || rows < columns) return result;
  std::vector<double> const original = design;
  std::vector<double> turned = values;
  auto const at = [&](std::size_t row, std::size_t column) -> double& { return design[row * columns + column]; };
  for (std::size_t column = 0; column < columns; ++column) {
    double whole = 0;
    for (std::size_t row = 0; row < rows; ++row)
      whole += original[row * columns + column] * original[row * columns + column];
    double below = 0;
    for (std::size_t row = column; row < rows; ++row) below += at(row, column) * at(row, column);
    if (!(below > 1e-24 * whole)) return result;
    // The reflection that turns the column onto its first entry; its vector replaces the column below it.
    double const length = at(column, column) > 0 ? -std::sqrt(below) : std::sqrt(below);
    double const pivot = at(column, column) - length;
    double const scale = -1 / (length * pivot);  // 2 ÷ |vector|²
    at(column, column) = pivot;
    for (std::size_t other = column + 1; other <= columns; ++other) {
      auto const entry = [&](std::size_t row) -> double& { return other == columns ? turned[row] : at(row, other); };
      double product = 0;
      for (std::size_t row = column; row < rows; ++row) product += at(row, column) * entry(row);
      for (std::size_t row = column; row < rows; ++row) entry(row) -= scale * product * at(row, column);
    }
    at(column, column) = length;  // the diagonal of R; the rest of the vector is not asked for again
  }
  // R⁻¹, column by column from the back, and with it the coefficients and R⁻¹R⁻ᵀ = (XᵀX)⁻¹.
  std::vector<double> inverse(columns * columns, 0.0);
  for (std::size_t column = 0; column < columns; ++column) {
    inverse[column * columns + column] = 1 / at(column, column);
    for (std::size_t row = column; row-- != 0;) {
      double sum = 0;
      for (std::size_t inner = row + 1; inner <= column; ++inner)
        sum += at(row, inner) * inverse[inner * columns + column];
      inverse[row * columns + column] = -sum / at(row, row);
    }
  }
  result.full_rank = true;
  result.coefficients.assign(columns, 0.0);
  result.inverse.assign(columns * columns, 0.0);
  for (std::size_t row = 0; row < columns; ++row) {
    for (std::size_t inner = row; inner < columns; ++inner)
      result.coefficients[row] += inverse[row * columns + inner] * turned[inner];
    for (std::size_t column = 0; column < columns; ++column)
      for (std::size_t inner = row > column ? row : column; inner < columns; ++inner)
        result.inverse[row * columns + column] += inverse[row * columns + inner] * inverse[column * columns + inner];
  }
  for (std::size_t row = 0; row < rows; ++row) {
    double fitted = 0;
    for (std::size_t column = 0; column < columns; ++column)
      fitted += original[row * columns + column] * result.coefficients[column];
    result.residuals.push_back(values[row] - fitted);
    result.residual_squares += result.residuals[row] * result.residuals[row];
  }
  return result;
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
