// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/second_order.hpp>
#include <cstddef>

namespace test_second_order {

namespace math = credence::math;
using pair_number = math::second_order<2>;

// Every operation, by central differences of the same template on doubles, at two points.
template <class Function>
void check_derivatives(Function const& function, double first, double second) {
  CAPTURE(first);
  CAPTURE(second);
  pair_number const got = function(math::variable<2>(first, 0), math::variable<2>(second, 1));
  CHECK(got.value == doctest::Approx(function(first, second)).epsilon(1e-14));
  double const step = 1e-4;
  auto const at = [&](int up, int right) { return function(first * (1 + step * up), second * (1 + step * right)); };
  double const scale = 1 + std::fabs(got.value);
  auto const near_to = [&](double expected) { return doctest::Approx(expected).epsilon(2e-6).scale(scale); };
  CHECK(got.gradient[0] == near_to((at(1, 0) - at(-1, 0)) / (2 * step * first)));
  CHECK(got.gradient[1] == near_to((at(0, 1) - at(0, -1)) / (2 * step * second)));
  CHECK(got.second(0, 0) == near_to((at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / (step * step * first * first)));
  CHECK(got.second(1, 1) == near_to((at(0, 1) - 2 * at(0, 0) + at(0, -1)) / (step * step * second * second)));
  CHECK(got.second(0, 1) ==
        near_to((at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * step * step * first * second)));
  CHECK(got.second(0, 1) == got.second(1, 0));
}

template <class Function>
void check_at_points(Function const& function) {
  check_derivatives(function, 0.7, 1.9);
  check_derivatives(function, 3.2, 0.4);
}

TEST_CASE("second_order: arithmetic, with numbers and with constants") {
  check_at_points([](auto x, auto y) { return x * y * y + x / y - y / x; });
  check_at_points([](auto x, auto y) { return 2.0 / (1.0 + x * y) - 3.0 * x + (x - 4.0) / 5.0 - (7 - y) * x; });
  check_at_points([](auto x, auto y) {
    auto sum = -x;
    sum += y * y;
    sum -= x * y;
    sum *= x;
    sum /= y;
    sum += 3.0;
    sum -= 1.5;
    sum *= 2.0;
    sum /= 3.0;
    return +sum;
  });
}

TEST_CASE("second_order: functions") {
  using math::log_beta, math::log_gamma, math::log_gamma_increment, math::log_sum_exp, math::softplus;
  using std::exp, std::expm1, std::log, std::log1p, std::sqrt;
  check_at_points([](auto x, auto y) { return log(x + y * y) * log1p(x * y); });
  check_at_points([](auto x, auto y) { return exp(x * y) + expm1(x - y * y) + sqrt(x * x + y); });
  check_at_points([](auto x, auto y) { return log_gamma(x * y) - log_gamma(x + y); });
  check_at_points([](auto x, auto y) {
    return log_gamma_increment(x * y, x + y) + log_gamma_increment(x, 3.0) + log_gamma_increment(20.0 * y, 2.5) +
           log_gamma_increment(12.0, x * y);
  });
  check_at_points([](auto x, auto y) { return log_beta(x * y, x + y * y) + log_beta(x, 2.5) + log_beta(0.3, x * y); });
  check_at_points([](auto x, auto y) { return softplus(x * y - y) + softplus(-30.0 * x) + softplus(20.0 * y - x); });
  check_at_points([](auto x, auto y) {
    return log_sum_exp(x * y, x + y * y) + log_sum_exp(x * x * y, 1.5) + log_sum_exp(0.5, y * y * x);
  });
  check_at_points([](auto x, auto y) {
    decltype(x) const terms[] = {x * y, x + y * y, x - y};
    return log_sum_exp(terms, 3);
  });
}

TEST_CASE("second_order: the logarithm of nothing brings no derivatives") {
  pair_number const x = math::variable<2>(2.0, 0);
  pair_number const nothing = math::log(math::variable<2>(0.0, 1));
  CHECK(math::log_sum_exp(nothing, x).value == 2.0);
  CHECK(math::log_sum_exp(x, nothing).gradient[0] == 1.0);
  CHECK(math::log_sum_exp(x, nothing).gradient[1] == 0.0);
  CHECK(math::log_sum_exp(nothing, nothing).value < -1e308);
}

TEST_CASE("second_order: compares by value") {
  pair_number const low = math::variable<2>(1.0, 0);
  pair_number const high = math::variable<2>(2.0, 1);
  CHECK(low < high);
  CHECK(high > low);
  CHECK(low <= 1.0);
  CHECK(2.0 >= high);
  CHECK(low == 1.0);
  CHECK(low != high);
  CHECK(math::value_of(high) == 2.0);
  CHECK(math::value_of(2.5) == 2.5);
}

}  // namespace test_second_order
