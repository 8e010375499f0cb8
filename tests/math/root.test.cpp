// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/math/root.hpp>
#include <limits>
#include <vector>

namespace {

namespace math = credence::math;

double const none = credence::not_a_number();
double const infinity = std::numeric_limits<double>::infinity();

// Calls, counts, and notices whoever leaves the bracket.
template <class Function>
math::root_result watched(Function function, double const lower, double const upper, double const tolerance = 1e-12) {
  int calls = 0;
  auto const found = math::find_root(
      [&](double const argument) {
        ++calls;
        CHECK(argument >= lower);
        CHECK(argument <= upper);
        return function(argument);
      },
      lower, upper, tolerance);
  CHECK(found.evaluations == calls);
  CHECK(found.evaluations <= static_cast<int>(std::ceil(std::log2((upper - lower) / tolerance))) + 12);
  if (found.converged) {
    CHECK(found.lower <= found.value);
    CHECK(found.value <= found.upper);
    CHECK(found.upper - found.lower <= tolerance + 1e-15 * std::fabs(found.value));
  }
  return found;
}

void smooth(math::root_result const& found, double const expected) {
  REQUIRE(found.converged);
  CHECK(std::fabs(found.value - expected) <= 1e-12);
  CHECK(found.evaluations <= 12);
}

}  // namespace

TEST_CASE("root: smooth functions take few calls") {
  smooth(watched([](double x) { return std::exp(x) - 2.0; }, 0.0, 1.0), std::log(2.0));
  smooth(watched([](double x) { return x * x * x - x - 2.0; }, 1.0, 2.0), 1.52137970680456757);
  smooth(watched([](double x) { return std::cos(x) - x; }, 0.0, 1.0), 0.73908513321516064);
  smooth(watched([](double x) { return std::log(x) + 3.0; }, 1e-9, 1.0), std::exp(-3.0));
  smooth(watched([](double x) { return 2.0 * x - 0.5; }, -1.0, 1.0), 0.25);
}

TEST_CASE("root: functions that start like a square root") {
  for (double const height : {0.5, 0.1, 1e-3, 1e-5}) {
    smooth(watched([=](double x) { return height - std::sqrt(x); }, 0.0, 1.0), height * height);
    smooth(watched([=](double x) { return height - std::sqrt(1.0 - x); }, -1.0, 1.0), 1.0 - height * height);
    if (height > 0.2) continue;  // x + height and sqrt(x) meet twice
    double const root = 2.0 * height / (1.0 + std::sqrt(1.0 - 4.0 * height));
    smooth(watched([=](double x) { return x + height - std::sqrt(x); }, 0.0, 4.0 * root * root), root * root);
  }
}

TEST_CASE("root: unfriendly functions stay within the bound") {
  auto const flat = watched([](double x) { return std::pow(x - 0.1, 9.0); }, -1.0, 1.3);
  CHECK(std::fabs(flat.value - 0.1) <= 1e-12);
  auto const jump = watched([](double x) { return x < 1.0 / 3.0 ? -1.0 : 1.0; }, 0.0, 1.0);
  CHECK(std::fabs(jump.value - 1.0 / 3.0) <= 1e-12);
  auto const steep = watched([](double x) { return std::exp(40.0 * x) - 1e9; }, 0.0, 1.0);
  CHECK(std::fabs(steep.value - std::log(1e9) / 40.0) <= 1e-12);
  auto const pole = watched([](double x) { return std::tan(x); }, 1.0, 2.0);  // a change of sign without a zero
  CHECK(std::fabs(pole.value - 1.5707963267948966) <= 1e-12);
  auto const dyadic = watched([](double x) { return x < 0.75 ? -1.0 : (x > 0.75 ? 1e300 : 0.0); }, 0.0, 1.0);
  CHECK(dyadic.value == 0.75);
  // Every step is misled as to where the root is: flat on one side, very steep on the other.
  for (double const target : {1e-9, 0.001, 0.3, 0.77, 0.999999}) {
    auto const misled =
        watched([=](double x) { return x < target ? -1e-12 : std::expm1(700.0 * (x - target)) + 1e-9; }, 0.0, 1.0);
    CHECK(std::fabs(misled.value - target) <= 1e-12);
  }
}

TEST_CASE("root: a tolerance finer than the doubles is met as far as they go") {
  auto const found = math::find_root([](double x) { return x * x - 2e12; }, 0.0, 1e7, 0.0);
  REQUIRE(found.converged);
  CHECK(std::fabs(found.value - std::sqrt(2e12)) <= 1e-9);
  auto const tiny = math::find_root([](double x) { return x - 1e-200; }, -1.0, 1.0, 0.0);
  REQUIRE(tiny.converged);
  CHECK(std::fabs(tiny.value - 1e-200) <= 1e-214);
}

TEST_CASE("root: a zero at an end is that end") {
  auto const line = [](double x) { return x - 1.0; };
  CHECK(math::find_root(line, 1.0, 5.0).value == 1.0);
  CHECK(math::find_root(line, -5.0, 1.0).value == 1.0);
  CHECK(math::find_root(line, 1.0, 1.0).value == 1.0);
  CHECK(math::find_root(line, 1.0, 5.0).evaluations == 2);
}

TEST_CASE("root: known ends cost nothing, and the two forms agree") {
  int calls = 0;
  auto const counted = [&calls](double x) {
    ++calls;
    return std::exp(x) - 2.0;
  };
  auto const known = math::find_root(counted, {0.0, -1.0}, {1.0, std::exp(1.0) - 2.0});
  CHECK(known.evaluations == calls);
  auto const found = math::find_root(counted, 0.0, 1.0);
  CHECK(found.value == known.value);
  CHECK(found.evaluations == known.evaluations + 2);
}

TEST_CASE("root: what cannot be answered says so") {
  auto const line = [](double x) { return x; };
  auto const unanswered = [](math::root_result const& found) {
    CHECK_FALSE(found.converged);
    CHECK(credence::is_nan(found.value));
  };
  unanswered(math::find_root(line, 1.0, 2.0));
  unanswered(math::find_root(line, 2.0, -1.0));
  unanswered(math::find_root(line, none, 1.0));
  unanswered(math::find_root(line, -1.0, none));
  unanswered(math::find_root(line, -1.0, infinity));
  unanswered(math::find_root(line, -1.0, 1.5, none));
  unanswered(math::find_root(line, -1e308, 1e308));
  unanswered(math::find_root([](double) { return credence::not_a_number(); }, -1.0, 1.0));
  unanswered(math::find_root([](double x) { return std::fabs(x) < 0.9 ? credence::not_a_number() : x; }, -1.0, 1.0));
}

#ifndef __FAST_MATH__
TEST_CASE("root: infinite values at an end") {
  auto const found = math::find_root([](double x) { return std::log(x) + 3.0; }, 0.0, 1.0);
  REQUIRE(found.converged);
  CHECK(std::fabs(found.value - std::exp(-3.0)) <= 1e-12);
}
#endif
