// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

#include <credence/math/detail/product_error.hpp>

namespace test_product_error {

using credence::math::detail::product_error;

TEST_CASE("what a product lost in rounding is what fma finds, to twice the digits of the product") {
  std::uint64_t word = 88'172'645'463'325'252U;
  auto const next = [&word] {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return std::ldexp(static_cast<double>(word >> 11), static_cast<int>(word % 200) - 150);
  };
  double worst = 0;
  for (int turn = 0; turn < 10'000; ++turn) {
    double const left = next();
    double const right = turn % 2 == 0 ? next() : -next();
    double const product = left * right;
    double const lost = std::fma(left, right, -product);
    worst = std::fmax(worst, std::fabs((product_error(left, right, product) - lost) / product));
  }
  CHECK(worst <= 0x1p-104);
  CHECK(product_error(3, 5, 15) == 0);
}

}  // namespace test_product_error
