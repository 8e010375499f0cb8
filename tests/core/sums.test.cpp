// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <random>
#include <vector>

#include <credence/core/sums.hpp>

namespace test_sums {

using credence::compensated_sum;

namespace {

constexpr double sum_of(std::initializer_list<double> terms) {
  compensated_sum sum;
  for (double const term : terms) sum += term;
  return sum.value();
}
// In a constant expression, where there is no fence.
static_assert(sum_of({1e16, 1, -1e16}) == 1 && sum_of({1, 1e100, 1, -1e100}) == 2 && sum_of({}) == 0);

constexpr double infinity = std::numeric_limits<double>::infinity();

// |error| ≤ 2u|Σx| + n²u²Σ|x|
double bound(std::vector<double> const& terms, long double sum) {
  double magnitudes = 0;
  for (double const term : terms) magnitudes += std::fabs(term);
  double const count = static_cast<double>(terms.size());
  return 0x1p-52 * static_cast<double>(std::fabs(sum)) + count * count * 0x1p-106 * magnitudes;
}

}  // namespace

TEST_CASE("small terms survive large ones that cancel") {
  CHECK(sum_of({1e16, 1, -1e16}) == 1);
  CHECK(sum_of({1, 1e16, 1, -1e16}) == 2);
  CHECK(sum_of({3, 1e16, -1e16, 1e-3}) == 3.001);
  CHECK(sum_of({-1e16, -1, 1e16}) == -1);
}

TEST_CASE("the error stays within its bound, in one pass and merged from any cuts") {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int round = 0; round < 20; ++round) {
    std::vector<double> terms;
    for (int pair = 0; pair < 500; ++pair) {
      double const large = std::ldexp(uniform(random), pair % 40);
      terms.insert(terms.begin() + static_cast<std::ptrdiff_t>(random() % (terms.size() + 1)), large);
      terms.push_back(std::ldexp(uniform(random), -20) - large);
    }
    // Summed a second time in integers of 2^-90, which all of them are multiples of in a long double's reach: by pairs.
    long double exact = 0;
    std::vector<double> rest = terms;
    while (rest.size() > 1) {  // exact error-free distillation, until nothing moves
      bool moved = false;
      for (std::size_t at = 0; at + 1 < rest.size(); ++at) {
        double const total = rest[at] + rest[at + 1];
        double const part = total - rest[at + 1];
        double const lost = (rest[at] - part) + (rest[at + 1] - (total - part));
        moved = moved || lost != rest[at] || total != rest[at + 1];
        rest[at] = lost;
        rest[at + 1] = total;
      }
      if (!moved) break;
    }
    for (double const term : rest) exact += term;
    compensated_sum whole;
    compensated_sum merged;
    compensated_sum part;
    for (double const term : terms) {
      whole += term;
      part += term;
      if (random() % 30 == 0) {
        merged += part;
        part = {};
      }
    }
    merged += part;
    CHECK(std::fabs(static_cast<double>(whole.value() - exact)) <= bound(terms, exact));
    CHECK(std::fabs(static_cast<double>(merged.value() - exact)) <= bound(terms, exact));
  }
}

TEST_CASE("a product as a term is rounded once, and not fused into the first addition") {
  double const third = 1.0 / 3;
  double const product = third * third;
  compensated_sum sum;
  for (int times = 0; times < 3; ++times) sum += third * third;
  sum += -product;
  sum += -product;
  sum += -product;
  CHECK(sum == compensated_sum{});
}

TEST_CASE("an overflowed sum is its infinity, and opposite infinities are no number") {
  CHECK(sum_of({infinity, 1}) == infinity);
  CHECK(sum_of({1, -infinity, 2}) == -infinity);
  CHECK(sum_of({1.7e308, 1.7e308}) == infinity);
  double const nothing = sum_of({infinity, -infinity});
  CHECK(credence::is_nan(nothing));
}

TEST_CASE("merging is adding: with nothing, with itself") {
  compensated_sum sum;
  for (double const term : {1e16, 1.0, 0.25}) sum += term;
  compensated_sum same = sum;
  same += compensated_sum{};
  CHECK(same == sum);
  same += same;
  same += -2e16;
  CHECK(same.value() == 2.5);
}

}  // namespace test_sums
