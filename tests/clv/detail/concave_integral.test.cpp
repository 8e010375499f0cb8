// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/clv/detail/concave_integral.hpp>
#include <credence/core/real.hpp>
#include <initializer_list>

namespace test_concave_integral {

using credence::detail::hump_of;
using credence::detail::log_concave_integral;

TEST_CASE("concave_integral: exponentials up and down, steep and flat") {
  for (double const slope : {-1e6, -50., -1., 1e-9, 1., 50., 1e6}) {
    CAPTURE(slope);
    // ∫ over [1, 3] of e^(slope w).
    double const expected = slope > 0 ? 3 * slope + std::log(-std::expm1(-2 * slope) / slope)
                                      : slope + std::log(std::expm1(2 * slope) / slope);
    double const found = log_concave_integral([&](double w) { return slope * w; }, 1, 3);
    CHECK(std::fabs(found - expected) <= 1e-13 + 4e-16 * std::fabs(expected));
  }
}
TEST_CASE("concave_integral: bells, however narrow and wherever") {
  for (double const width : {1e-7, 1e-3, 0.1, 3.0})
    for (double const middle : {-7., 0.123, 9.5}) {
      CAPTURE(width);
      CAPTURE(middle);
      double const found =
          log_concave_integral([&](double w) { return -(w - middle) * (w - middle) / (2 * width * width); }, -50, 50);
      // At 1e-7 the places themselves are rounded to 1e-8 widths.
      CHECK(found == doctest::Approx(std::log(width * 2.5066282746310005)).epsilon(width < 1e-5 ? 1e-9 : 1e-13));
    }
}
TEST_CASE("concave_integral: infinite ends, and nothing between them") {
  // ∫₀¹ w³ dw.
  CHECK(log_concave_integral([](double w) { return w > 0 ? 3 * std::log(w) : -credence::infinite_number(); }, 0, 1) ==
        doctest::Approx(std::log(0.25)).epsilon(1e-12));
  CHECK(log_concave_integral([](double) { return 0.0; }, 2, 2) == -credence::infinite_number());
  CHECK(log_concave_integral([](double) { return 0.0; }, 2, 1) == -credence::infinite_number());
}
TEST_CASE("concave_integral: the hump leaves out what is not seen") {
  auto const hump = hump_of([](double w) { return -1e4 * w; }, 0, 10);
  CHECK(hump.from == 0);
  CHECK(hump.to >= 40e-4);
  CHECK(hump.to <= 10e-3);
  CHECK(hump.top == 0);
}

}  // namespace test_concave_integral
