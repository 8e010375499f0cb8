// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/quadrature.hpp>

namespace test_quadrature {

namespace math = credence::math;

doctest::Approx to(double expected, double error = 1e-13) { return doctest::Approx(expected).scale(0).epsilon(error); }

TEST_CASE("quadrature: over a stretch, smooth or singular at its ends") {
  math::quadrature_result const smooth = math::double_exponential([](double x) { return std::exp(x); }, -1.0, 2.0);
  CHECK(smooth);
  CHECK(smooth.value == to(std::exp(2.0) - std::exp(-1.0)));
  CHECK(smooth.error <= 1e-13 * smooth.value);
  CHECK(smooth.evaluations < 200);
  CHECK(math::double_exponential([](double x) { return std::log(x); }, 0.0, 1.0).value == to(-1.0));
  CHECK(math::double_exponential([](double x) { return std::pow(x, -0.9); }, 0.0, 1.0).value == to(10.0, 1e-12));
  CHECK(math::double_exponential([](double x) { return std::log(1 - x); }, 0.0, 1.0).value == to(-1.0, 1e-12));
  CHECK(math::double_exponential([](double x) { return std::log(x - 5); }, 6.0, 5.0).value == to(1.0, 1e-12));
  // B(0.2, 0.3), both ends singular: the distances keep their digits.
  math::quadrature_result const both = math::double_exponential(
      [](double low, double high) { return std::pow(low, -0.8) * std::pow(high, -0.7); }, 0.0, 1.0);
  CHECK(both);
  CHECK(both.value == to(7.7484813887367651, 1e-12));
  auto const peak = [](double width) {
    return math::double_exponential([=](double x) { return 1 / (width * width + x * x); }, -1.0, 1.0);
  };
  CHECK(peak(0.1));
  CHECK(peak(0.1).value == to(20 * std::atan(10.0)));
  CHECK(!peak(0.001));  // too narrow to be seen between the nodes
  CHECK(math::double_exponential([](double) { return 1.0; }, 3.0, 3.0).value == 0);
}

TEST_CASE("quadrature: to infinity") {
  auto const bell = math::double_exponential_to_infinity([](double x) { return std::exp(-x * x); });
  CHECK(bell);
  CHECK(bell.value == to(0.886226925452758014));
  CHECK(math::double_exponential_to_infinity([](double x) { return 1 / (1 + x * x); }).value ==
        to(1.57079632679489662));
  CHECK(math::double_exponential_to_infinity([](double x) { return std::exp(-x) / std::sqrt(x); }).value ==
        to(1.77245385090551603));
  CHECK(math::double_exponential_to_infinity([](double x) { return std::exp(-x / 1e6); }, 1e6).value == to(1e6));
}

TEST_CASE("quadrature: what it cannot do, it says") {
  math::quadrature_result const jump =
      math::double_exponential([](double x) { return x < 0.3 ? 1.0 : 0.0; }, 0.0, 1.0, {.max_levels = 3});
  CHECK(!jump);
  CHECK(jump.error > 1e-6);
  CHECK(jump.value == doctest::Approx(0.3).epsilon(0.2));
  CHECK(jump.evaluations < 13 * 16);
#ifndef __FAST_MATH__  // there clang takes a lambda's NaN for whatever suits it
  math::quadrature_result const broken =
      math::double_exponential([](double) { return credence::not_a_number(); }, 0.0, 1.0);
  CHECK(!broken);
  CHECK(credence::is_nan(broken.value));
#endif
  math::quadrature_result const hole = math::double_exponential([](double x) { return 1 / (x - 0.5); }, 0.0, 1.0);
  CHECK(!hole);
  CHECK(!math::quadrature_result());
}

}  // namespace test_quadrature
