// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include "support/error_of.hpp"

#include <algorithm>
#include <cmath>
#include <credence/core/real.hpp>
#include <credence/math/beta.hpp>
#include <credence/math/draws.hpp>
#include <credence/math/incomplete_gamma.hpp>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace test_draws {

namespace {

namespace math = credence::math;

/// √n times the greatest distance between the draws' distribution and what it should be (Kolmogorov and Smirnov): over
/// 2.2 once in 8,000 times.
template <class Distribution>
double distance(std::vector<double> drawn, Distribution const& lower_tail) {
  std::sort(drawn.begin(), drawn.end());
  double const count = static_cast<double>(drawn.size());
  double most = 0;
  for (std::size_t at = 0; at < drawn.size(); ++at) {
    double const expected = lower_tail(drawn[at]);
    double const before = static_cast<double>(at) / count;
    most = (std::max)({most, expected - before, before + 1 / count - expected});
  }
  return most * std::sqrt(count);
}

template <class Draw>
std::vector<double> drawn(int count, std::uint64_t seed, Draw const& draw) {
  math::random_stream stream(seed);
  std::vector<double> all;
  for (int each = 0; each < count; ++each) all.push_back(draw(stream));
  return all;
}

double mean_of(std::vector<double> const& all) {
  double sum = 0;
  for (double const value : all) sum += value;
  return sum / static_cast<double>(all.size());
}

}  // namespace

TEST_CASE("draws: exponential") {
  auto const all = drawn(40'000, 1, [](auto& stream) { return math::exponential_draw(stream); });
  CHECK(distance(all, [](double value) { return -std::expm1(-value); }) < 2.2);
  CHECK(std::fabs(mean_of(all) - 1) < 4 / 200.0);
}

TEST_CASE("draws: gamma, of small shapes and large ones") {
  for (double const shape : {0.02, 0.3, 0.999, 1.0, 1.5, 7.0, 200.0, 1e6}) {
    CAPTURE(shape);
    auto const all = drawn(40'000, 2, [&](auto& stream) { return math::gamma_draw(stream, shape); });
    CHECK(distance(all, [&](double value) { return math::incomplete_gamma(shape, value); }) < 2.2);
    CHECK(std::fabs(mean_of(all) - shape) < 4 * std::sqrt(shape) / 200);
  }
  // Where draws are below what a double holds: shape·ln G is nearly −exponential.
  auto const logs = drawn(40'000, 3, [](auto& stream) { return -1e-6 * math::log_gamma_draw(stream, 1e-6); });
  CHECK(distance(logs, [](double value) { return -std::expm1(-value); }) < 2.2);
}

TEST_CASE("draws: beta, also where all is at the ends") {
  struct {
    double a, b;
  } const shapes[] = {{0.9, 2.5}, {0.05, 0.05}, {1, 1}, {80, 2400}, {3, 0.2}};
  for (auto const& own : shapes) {
    CAPTURE(own.a);
    CAPTURE(own.b);
    auto const all = drawn(40'000, 4, [&](auto& stream) { return math::beta_draw(stream, own.a, own.b); });
    auto const lower_tail = [&](double value) { return math::incomplete_beta(own.a, own.b, value); };
    // Draws that are rounded to 1 are no matter of the distribution's.
    if (own.a >= 0.5 && own.b >= 0.5) CHECK(distance(all, lower_tail) < 2.2);
    double const sum = own.a + own.b;
    double const deviation = std::sqrt(own.a * own.b / (sum * sum * (sum + 1)));
    CHECK(std::fabs(mean_of(all) - own.a / sum) < 4 * deviation / 200);
  }
  auto const ends = drawn(40'000, 5, [](auto& stream) { return math::beta_draw(stream, 1e-5, 3e-5); });
  CHECK(std::fabs(mean_of(ends) - 0.25) < 4 * std::sqrt(0.1875) / 200);
}

TEST_CASE("draws: the same from the same stream, and a shape that is none") {
  math::random_stream first(9, 1), again(9, 1);
  CHECK(math::gamma_draw(first, 0.5) == math::gamma_draw(again, 0.5));
  CHECK(first == again);
  for (double const shape : {0.0, -1.0, credence::not_a_number(), credence::infinite_number()})
    CHECK(error_of([&] {
            math::gamma_draw(first, shape);
          }).starts_with("credence: gamma_draw(stream, shape): shape is "));
}

}  // namespace test_draws
