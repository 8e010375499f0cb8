// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_IMPORTANCE_HPP
#define CREDENCE_INFERENCE_DETAIL_IMPORTANCE_HPP

#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/math/symmetric_eigen.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// R² of every subset of some drivers, from their correlations. Drivers are taken in or left out one after the other:
/// taking one in is a step of Gaussian elimination on what is left, and what is left gets smaller, so that all 2ᵏ
/// subsets cost about 2ᵏ·6 multiplications. A driver of which nothing is left beside those taken in adds nothing.
class subset_fits {
 public:
  subset_fits(std::vector<double> const& correlations, std::vector<double> const& with_score)
      : drivers_(with_score.size()), fits_(std::size_t{1} << with_score.size()) {
    std::size_t const size = drivers_ + 1;
    std::vector<double> matrix(size * size, 1.0);
    for (std::size_t row = 0; row < drivers_; ++row) {
      for (std::size_t column = 0; column < drivers_; ++column)
        matrix[row * size + column] = correlations[row * drivers_ + column];
      matrix[row * size + drivers_] = matrix[drivers_ * size + row] = with_score[row];
    }
    left_.resize(size);
    for (std::size_t depth = 0; depth < size; ++depth) left_[depth].resize((size - depth) * (size - depth));
    take(matrix, 0, 0);
  }

  /// Of all drivers.
  [[nodiscard]] double all() const { return fits_.back(); }
  /// Is a driver made of others?
  [[nodiscard]] bool collinear() const { return collinear_; }

  /// The gain in R² of each driver over every subset without it, weighted by |S|!(k − |S| − 1)!/k!.
  [[nodiscard]] std::vector<double> shapley_shares() const {
    std::vector<double> weights(drivers_, 1.0 / static_cast<double>(drivers_));
    for (std::size_t taken = 1; taken < drivers_; ++taken)
      weights[taken] = weights[taken - 1] * static_cast<double>(taken) / static_cast<double>(drivers_ - taken);
    std::vector<double> shares(drivers_, 0.0);
    for (std::size_t subset = 0; subset < fits_.size(); ++subset) {
      std::size_t taken = 0;
      for (std::size_t driver = 0; driver < drivers_; ++driver) taken += subset >> driver & 1U;
      for (std::size_t driver = 0; driver < drivers_; ++driver)
        if ((subset >> driver & 1U) == 0)
          shares[driver] += weights[taken] * (fits_[subset | std::size_t{1} << driver] - fits_[subset]);
    }
    return shares;
  }

 private:
  /// `matrix` is what is left of drivers `driver`… and the score, beside those in `subset`.
  void take(std::vector<double> const& matrix, std::size_t driver, std::size_t subset) {
    std::size_t const size = drivers_ + 1 - driver;
    if (size == 1) {
      fits_[subset] = 1 - matrix[0];
      return;
    }
    std::vector<double>& rest = left_[driver + 1];
    for (bool const in : {false, true}) {
      // The diagonal began as 1, or 0 for a driver that never varies.
      bool const adds = in && matrix[0] > 1e-12;
      collinear_ = collinear_ || (in && !adds);
      for (std::size_t row = 1; row < size; ++row)
        for (std::size_t column = 1; column < size; ++column)
          rest[(row - 1) * (size - 1) + column - 1] = matrix[row * size + column] -
                                                      (adds ? matrix[row * size] * matrix[column] / matrix[0] : 0);
      take(rest, driver + 1, in ? subset | std::size_t{1} << driver : subset);
    }
  }

  std::size_t drivers_;
  std::vector<double> fits_;
  std::vector<std::vector<double>> left_;
  bool collinear_ = false;
};

struct johnson_weights {
  std::vector<double> weights;
  std::vector<double> coefficients;  ///< standardised, the shortest where they are not one only
};

/// With R the drivers' correlations, Λ = R^½ and r those with the score: weightⱼ = Σₖ Λⱼₖ²·(Λ⁻¹r)ₖ².
[[nodiscard]] inline johnson_weights johnson_weights_of(std::vector<double> const& correlations,
                                                        std::vector<double> const& with_score) {
  std::size_t const drivers = with_score.size();
  math::symmetric_eigen_result const eigen = math::symmetric_eigen(correlations, drivers);
  double largest = 0;
  for (double const value : eigen.values) largest = value > largest ? value : largest;
  std::vector<double> root(drivers * drivers, 0.0);
  std::vector<double> inner(drivers, 0.0);
  johnson_weights result{std::vector<double>(drivers, 0.0), std::vector<double>(drivers, 0.0)};
  for (std::size_t vector = 0; vector < drivers; ++vector) {
    if (!(eigen.values[vector] > 1e-12 * largest)) continue;  // drivers that are made of others
    auto const entry = [&](std::size_t row) { return eigen.vectors[row * drivers + vector]; };
    double const scale = std::sqrt(eigen.values[vector]);
    double along = 0;
    for (std::size_t row = 0; row < drivers; ++row) along += entry(row) * with_score[row];
    for (std::size_t row = 0; row < drivers; ++row) {
      inner[row] += entry(row) * along / scale;
      result.coefficients[row] += entry(row) * along / eigen.values[vector];
      for (std::size_t column = 0; column < drivers; ++column)
        root[row * drivers + column] += scale * entry(row) * entry(column);
    }
  }
  for (std::size_t row = 0; row < drivers; ++row)
    for (std::size_t column = 0; column < drivers; ++column)
      result.weights[row] += root[row * drivers + column] * root[row * drivers + column] * inner[column] *
                             inner[column];
  return result;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
