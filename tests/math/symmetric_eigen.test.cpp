// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/math/symmetric_eigen.hpp>
#include <cstddef>
#include <vector>

namespace test_symmetric_eigen {

using credence::math::symmetric_eigen;

TEST_CASE("symmetric_eigen: known values") {
  auto found = symmetric_eigen({2, 1, 1, 2}, 2);
  std::sort(found.values.begin(), found.values.end());
  CHECK(found.values[0] == doctest::Approx(1).epsilon(1e-15));
  CHECK(found.values[1] == doctest::Approx(3).epsilon(1e-15));
  CHECK(symmetric_eigen({5}, 1).values == std::vector<double>{5});
  CHECK(symmetric_eigen({}, 0).values.empty());
  CHECK(symmetric_eigen({0, 0, 0, 0}, 2).values == std::vector<double>{0, 0});
}

TEST_CASE("symmetric_eigen: a Hilbert matrix is put together again, and its vectors are orthonormal") {
  constexpr std::size_t size = 8;
  std::vector<double> matrix;
  for (std::size_t row = 0; row < size; ++row)
    for (std::size_t column = 0; column < size; ++column) matrix.push_back(1. / static_cast<double>(row + column + 1));
  auto const found = symmetric_eigen(matrix, size);
  for (std::size_t row = 0; row < size; ++row) {
    for (std::size_t column = 0; column < size; ++column) {
      double together = 0;
      double product = 0;
      for (std::size_t vector = 0; vector < size; ++vector) {
        together += found.values[vector] * found.vectors[row * size + vector] * found.vectors[column * size + vector];
        product += found.vectors[vector * size + row] * found.vectors[vector * size + column];
      }
      CHECK(std::fabs(together - matrix[row * size + column]) < 1e-14);
      CHECK(std::fabs(product - (row == column ? 1 : 0)) < 1e-14);
    }
  }
  // mpmath, 40 digits: the largest and the smallest.
  CHECK(*std::max_element(found.values.begin(), found.values.end()) ==
        doctest::Approx(1.6959389969219497).epsilon(1e-14));
  CHECK(std::fabs(*std::min_element(found.values.begin(), found.values.end()) - 1.11153896636e-10) < 1e-15);
}

}  // namespace test_symmetric_eigen
