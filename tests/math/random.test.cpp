// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/math/gamma.hpp>
#include <credence/math/random.hpp>
#include <cstdint>
#include <map>
#include <numeric>
#include <random>
#include <vector>

namespace test_random {

namespace {

namespace math = credence::math;
using credence::math::random_stream;

static_assert(std::uniform_random_bit_generator<random_stream>);
static_assert(math::detail::upper_word(~std::uint64_t{}, ~std::uint64_t{}) == ~std::uint64_t{} - 1);
static_assert(math::detail::upper_word(std::uint64_t{1} << 63, 6) == 3);

/// log P(X = k), from the logarithms of gammas: not the form that the draws use.
double log_mass(double successes, double trials, double p) {
  return math::log_gamma(trials + 1) - math::log_gamma(successes + 1) - math::log_gamma(trials - successes + 1) +
         successes * std::log(p) + (trials - successes) * std::log1p(-p);
}

/// How surprising Pearson's chi-square of these counts is, as a standard normal deviate (Wilson and Hilferty), cells
/// pooled until each expects 10.
template <class Mass>
double surprise(std::map<std::uint64_t, double> const& seen, double draws, std::uint64_t lowest, std::uint64_t highest,
                Mass const& expected_share) {
  double statistic = 0;
  double cells = 0;
  double expected = 0;
  double observed = 0;
  double expected_all = 0;
  double observed_all = 0;
  for (std::uint64_t value = lowest; value <= highest; ++value) {
    expected += draws * expected_share(value);
    if (auto const at = seen.find(value); at != seen.end()) observed += at->second;
    if (expected < 10) continue;
    statistic += (observed - expected) * (observed - expected) / expected;
    ++cells;
    expected_all += expected;
    observed_all += observed;
    expected = observed = 0;
  }
  double const expected_rest = draws - expected_all;
  if (expected_rest > 1) {
    statistic += (draws - observed_all - expected_rest) * (draws - observed_all - expected_rest) / expected_rest;
    ++cells;
  }
  double const degrees = cells - 1;
  REQUIRE(degrees > 0);
  return (std::cbrt(statistic / degrees) - (1 - 2 / (9 * degrees))) / std::sqrt(2 / (9 * degrees));
}

}  // namespace

TEST_CASE("random: the known answers of Philox4x32-10") {
  // Random123 1.14.0, tests/kat_vectors.
  using block = math::detail::philox_block;
  CHECK(math::detail::philox({0, 0, 0, 0}, 0) == block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(math::detail::philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffffffffffff) ==
        block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(math::detail::philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822) ==
        block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("random: a draw depends on the seed, the stream and its index alone") {
  random_stream first(0);
  CHECK(first() == 0xe169c58d6627e8d5);
  CHECK(first() == 0x9b00dbd8bc57ac4c);
  std::uint64_t const third = first();
  random_stream again(0, 0);
  for (int draw = 0; draw < 2; ++draw) again();
  CHECK(again() == third);
  CHECK(again == first);
  CHECK(random_stream(0, 1)() != 0xe169c58d6627e8d5);
  CHECK(random_stream(1, 0)() != random_stream(0, 1)());
  CHECK(random_stream(std::uint64_t{1} << 32)() != random_stream(0)());
  // Block 1 of stream 3 under seed 7 is the block with that counter.
  random_stream counted(7, (std::uint64_t{5} << 32) + 3);
  counted();
  counted();
  auto const block = math::detail::philox({1, 0, 3, 5}, 7);
  CHECK(counted() == (block[0] | std::uint64_t{block[1]} << 32));
  CHECK(counted() == (block[2] | std::uint64_t{block[3]} << 32));
  static_assert([] {
    random_stream compiled(0);
    return compiled();
  }() == 0xe169c58d6627e8d5);
}

TEST_CASE("random: uniform is inside (0, 1), with the moments of a uniform") {
  random_stream draws(2026);
  double sum = 0;
  double squares = 0;
  double lagged = 0;
  double before = 0.5;
  int const count = 400'000;
  for (int draw = 0; draw < count; ++draw) {
    double const value = draws.uniform();
    REQUIRE(value > 0);
    REQUIRE(value < 1);
    sum += value - 0.5;
    squares += (value - 0.5) * (value - 0.5);
    lagged += (value - 0.5) * (before - 0.5);
    before = value;
  }
  double const root = std::sqrt(1.0 * count);
  CHECK(std::fabs(sum / root) < 4 * std::sqrt(1.0 / 12));
  CHECK(std::fabs(squares / count - 1.0 / 12) * root < 4 * std::sqrt(1.0 / 180));
  CHECK(std::fabs(lagged / root) < 4.0 / 12);
  // The ends of the range, by the formula.
  CHECK((0.0 + 0.5) * 0x1p-52 == 0x1p-53);
  CHECK((static_cast<double>(~std::uint64_t{} >> 12) + 0.5) * 0x1p-52 == 1 - 0x1p-53);
}

TEST_CASE("random: below is even, whatever the limit") {
  for (std::uint64_t const limit : {1ULL, 2ULL, 3ULL, 7ULL, 1000ULL}) {
    random_stream draws(11, limit);
    std::map<std::uint64_t, double> seen;
    for (int draw = 0; draw < 100'000; ++draw) ++seen[draws.below(limit)];
    CHECK(seen.rbegin()->first == limit - 1);
    CHECK(seen.size() == limit);
    if (limit > 1)
      CHECK(std::fabs(surprise(seen, 100'000, 0, limit - 1,
                               [&](std::uint64_t) { return 1 / static_cast<double>(limit); })) < 4);
  }
  // 3/4 of 2^64: half of the words of the lower two thirds would fall twice were nothing rejected.
  std::uint64_t const large = std::uint64_t{3} << 62;
  random_stream draws(12);
  double thirds[3] = {};
  for (int draw = 0; draw < 90'000; ++draw) ++thirds[draws.below(large) >> 62];
  for (double const third : thirds) CHECK(std::fabs(third - 30'000) < 4 * std::sqrt(20'000.0));
  CHECK_THROWS_WITH_AS(draws.below(0), "credence: below(limit) is 0; it must be at least 1", credence::error);
  CHECK(draws.below(~std::uint64_t{}) < ~std::uint64_t{});
}

TEST_CASE("random: binomial draws follow the binomial distribution") {
  struct {
    std::uint64_t trials;
    double p;
  } const cases[] = {{1, 0.3},     {5, 0.5},          {20, 0.02},     {20, 0.98},         {19, 0.5},    {20, 0.5},
                     {25, 0.4},    {100, 0.1},        {100, 0.9},     {100, 0.099},       {1000, 0.01}, {1000, 0.3},
                     {1000, 0.77}, {1'000'000, 9e-6}, {100'000, 0.5}, {1'000'000, 1.1e-5}};
  for (auto const& sample : cases) {
    CAPTURE(sample.trials);
    CAPTURE(sample.p);
    random_stream draws(5, sample.trials);
    std::map<std::uint64_t, double> seen;
    double const count = 200'000;
    for (int draw = 0; draw < 200'000; ++draw) ++seen[draws.binomial(sample.trials, sample.p)];
    REQUIRE(seen.rbegin()->first <= sample.trials);
    auto const trials = static_cast<double>(sample.trials);
    double const mean = trials * sample.p;
    double const deviation = std::sqrt(mean * (1 - sample.p));
    double const low = (std::max)(0.0, std::floor(mean - 9 * deviation - 9));
    double const high = (std::min)(trials, std::ceil(mean + 9 * deviation + 9));
    CHECK(std::fabs(surprise(seen, count, static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high),
                             [&](std::uint64_t value) {
                               return std::exp(log_mass(static_cast<double>(value), trials, sample.p));
                             })) < 4);
  }
}

TEST_CASE("random: binomial draws of up to 2^53 trials have their moments and tails") {
  for (double const p : {0.5, 0.037, 1e-9, 1 - 1e-9}) {
    std::uint64_t const trials = std::uint64_t{1} << 53;
    random_stream draws(9, static_cast<std::uint64_t>(p * 1e9));
    double const mean = static_cast<double>(trials) * p;
    double const deviation = std::sqrt(mean * (1 - p));
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    double beyond_two = 0;
    int const count = 200'000;
    for (int draw = 0; draw < count; ++draw) {
      double const z = (static_cast<double>(draws.binomial(trials, p)) - mean) / deviation;
      sum += z;
      squares += z * z;
      fourths += z * z * z * z;
      beyond_two += std::fabs(z) > 2;
    }
    CAPTURE(p);
    double const root = std::sqrt(1.0 * count);
    CHECK(std::fabs(sum) / root < 4);
    CHECK(std::fabs(squares / count - 1) * root < 4 * std::sqrt(2.0));
    CHECK(std::fabs(fourths / count - 3) * root < 4 * std::sqrt(96.0));
    double const tail = 0.04550026389635841;  // P(|Z| > 2)
    CHECK(std::fabs(beyond_two - count * tail) < 4 * std::sqrt(count * tail) + count * 1e-3);
  }
}

TEST_CASE("random: the mass of the rejection is that of the other formula") {
  for (double const trials : {20.0, 100.0, 1000.0})
    for (double const p : {0.5, 0.1, 0.01})
      for (double successes = 0; successes <= trials; ++successes)
        CHECK(math::detail::binomial_log_mass(successes, trials, p) ==
              doctest::Approx(log_mass(successes, trials, p)).epsilon(1e-11));
}

TEST_CASE("random: binomial ends and wrong calls") {
  random_stream draws(1);
  random_stream const untouched = draws;
  CHECK(draws.binomial(0, 0.5) == 0);
  CHECK(draws.binomial(1000, 0) == 0);
  CHECK(draws.binomial(1000, 1) == 1000);
  CHECK(draws == untouched);  // certain answers draw nothing
  CHECK(draws.binomial(1000, 1e-300) == 0);
  CHECK(draws.binomial(std::uint64_t{1} << 53, 5e-324) == 0);
  CHECK_THROWS_AS(draws.binomial(1, -0.1), credence::error);
  CHECK_THROWS_AS(draws.binomial(1, 1.1), credence::error);
  CHECK_THROWS_AS(draws.binomial(1, credence::not_a_number()), credence::error);
  CHECK_THROWS_WITH_AS(draws.binomial((std::uint64_t{1} << 53) + 1, 0.5),
                       "credence: binomial(trials, p): trials is 9007199254740993; it must not be above 2^53",
                       credence::error);
}

TEST_CASE("random: normal draws") {
  random_stream draws(8);
  double sum = 0;
  double squares = 0;
  double above = 0;
  int const count = 200'000;
  for (int draw = 0; draw < count; ++draw) {
    double const z = draws.normal();
    REQUIRE(std::fabs(z) < 8.3);
    sum += z;
    squares += z * z;
    above += z > 1.6448536269514722;
  }
  double const root = std::sqrt(1.0 * count);
  CHECK(std::fabs(sum) / root < 4);
  CHECK(std::fabs(squares / count - 1) * root < 4 * std::sqrt(2.0));
  CHECK(std::fabs(above - 0.05 * count) < 4 * std::sqrt(0.0475 * count));
}

TEST_CASE("random: it drives the standard library's algorithms") {
  std::vector<int> order(100);
  std::iota(order.begin(), order.end(), 0);
  auto const sorted = order;
  std::shuffle(order.begin(), order.end(), random_stream(3));
  CHECK(order != sorted);
  CHECK(std::is_permutation(order.begin(), order.end(), sorted.begin()));
}

}  // namespace test_random
