// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/math/detail/lane_math.hpp>
#include <cstddef>
#include <random>

namespace test_lane_math {

namespace detail = credence::math::detail;
using block = double[detail::lane_width];

// The largest error in units in the last place, 2^-52 of the value at most, against long double.
template <class Draw, class Lanes, class Function>
double worst_error(Draw const& draw, Lanes const& lanes, Function const& function) {
  std::mt19937_64 engine(3);
  double worst = 0;
  for (int round_of = 0; round_of < 3000; ++round_of) {
    block values;
    block given;
    for (double& value : values) value = draw(engine);
    std::copy(values, values + detail::lane_width, given);
    lanes(values);
    for (std::size_t at = 0; at < detail::lane_width; ++at) {
      long double const expected = function(static_cast<long double>(given[at]));
      int exponent = 0;
      (void)std::frexp(static_cast<double>(expected), &exponent);
      double const error = static_cast<double>(
          std::fabs((static_cast<long double>(values[at]) - expected) / std::ldexp(1.0L, exponent - 53)));
      if (!(error <= worst)) worst = error;
    }
  }
  return worst;
}

auto const within = [](double low, double high) {
  return [=](std::mt19937_64& engine) { return std::uniform_real_distribution<double>(low, high)(engine); };
};
auto const powers_within = [](double low, double high) {
  return [=](std::mt19937_64& engine) { return std::exp(std::uniform_real_distribution<double>(low, high)(engine)); };
};

#ifdef __FAST_MATH__
double const leeway = 3.5;
#else
double const leeway = 1.0;
#endif

TEST_CASE("lane_math: exp") {
  auto const lanes = [](block& values) { detail::exp_lanes(values); };
  auto const exact = [](long double x) { return std::exp(x); };
  CHECK(worst_error(within(-708, 709), lanes, exact) < 1.2 * leeway);
  CHECK(worst_error(within(-1, 1), lanes, exact) < 1.2 * leeway);
  CHECK(worst_error(powers_within(-60, 0), lanes, exact) < 1.2 * leeway);
  // Beyond both ends, and the ends themselves.
  double values[] = {-1e300, -708.5, -708, 0, 709, 710, 1e9, 1e300};
  detail::exp_lanes(values);
  CHECK(values[0] == values[2]);
  CHECK(values[1] == values[2]);
  CHECK(values[2] / std::exp(-708.0) == doctest::Approx(1.0).epsilon(1e-15));
  CHECK(values[3] == 1.0);
  CHECK(values[4] == doctest::Approx(std::exp(709.0)).epsilon(1e-15));
  for (std::size_t at = 5; at < 8; ++at) CHECK(values[at] == values[4]);
}

TEST_CASE("lane_math: log") {
  auto const lanes = [](block& values) { detail::log_lanes(values); };
  auto const exact = [](long double x) { return std::log(x); };
  CHECK(worst_error(powers_within(-708, 709), lanes, exact) < leeway);
  CHECK(worst_error(within(0.3, 3), lanes, exact) < leeway);
  CHECK(worst_error(within(1 - 1e-9, 1 + 1e-9), lanes, exact) < leeway);
  double values[] = {1.0, 0.0, 2.0, 0.5};
  detail::log_lanes(values);
  CHECK(values[0] == 0.0);
  CHECK(values[1] < -700);
  CHECK(values[2] == -values[3]);
}

TEST_CASE("lane_math: log1p") {
  auto const lanes = [](block& values) { detail::log1p_lanes(values); };
  auto const exact = [](long double x) { return std::log1p(x); };
  CHECK(worst_error(powers_within(-700, 709), lanes, exact) < leeway);
  CHECK(worst_error(powers_within(-50, 3), lanes, exact) < leeway);
  CHECK(worst_error(within(-0.999999, 1), lanes, exact) < leeway);
  CHECK(worst_error(within(-1e-9, 1e-9), lanes, exact) < leeway);
  double values[] = {0.0, 1.0, 1e300, -1e-300};
  detail::log1p_lanes(values);
  CHECK(values[0] == 0.0);
  CHECK(values[3] == -1e-300);
}

}  // namespace test_lane_math
