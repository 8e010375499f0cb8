// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>

#include <credence/core/wide_integer.hpp>

#if __has_include(<boost/multiprecision/cpp_int.hpp>)
#include <boost/multiprecision/cpp_int.hpp>
#define HAS_BOOST 1
#endif

using credence::multiply;
using credence::wide_integer;

static_assert(wide_integer<2>(-1).words[1] == ~std::uint64_t{} && wide_integer<2>(1U).words[1] == 0);
static_assert(wide_integer<3>(wide_integer<2>(-7)) == wide_integer<3>(-7) && wide_integer<3>(-7).negative());
static_assert(multiply(wide_integer<2>(-3), wide_integer<1>(5)) == wide_integer<3>(-15));
static_assert(wide_integer<2>(-5).to_real() == -5 && wide_integer<2>().to_real() == 0);
static_assert(wide_integer<2>(true).to_real() == 1 && -wide_integer<2>() == wide_integer<2>());

namespace {

// Words that are mostly carries and borrows: all zeros, all ones, a single bit, or random.
std::uint64_t word(std::mt19937_64& random) {
  switch (random() % 5) {
    case 0: return 0;
    case 1: return ~std::uint64_t{};
    case 2: return std::uint64_t{1} << random() % 64;
    case 3: return ~(std::uint64_t{1} << random() % 64);
    default: return random();
  }
}
template <std::size_t Words>
wide_integer<Words> some(std::mt19937_64& random) {
  wide_integer<Words> value;
  for (std::uint64_t& each : value.words) each = word(random);
  return value;
}

}  // namespace

TEST_CASE("it holds the extremes of every integer") {
  CHECK(wide_integer<2>(std::numeric_limits<std::int64_t>::min()).to_real() == -0x1p63);
  CHECK(wide_integer<2>(std::numeric_limits<std::uint64_t>::max()).to_real() == 0x1p64);
  CHECK(wide_integer<2>(std::int8_t{-128}).to_real() == -128);
  wide_integer<2> lowest;
  lowest.words[1] = std::uint64_t{1} << 63;
  CHECK(lowest.negative());
  CHECK(lowest.to_real() == -0x1p127);
  CHECK(-lowest == lowest);  // wraps, as two's complement does
  CHECK(multiply(lowest, lowest).to_real() == 0x1p254);
}

TEST_CASE("to_real rounds to nearest, ties to even, however far below the tie the last bit stands") {
  auto const real = [](std::uint64_t high, std::uint64_t middle, std::uint64_t low) {
    wide_integer<3> value;
    value.words[0] = low;
    value.words[1] = middle;
    value.words[2] = high;
    double const positive = value.to_real();
    CHECK((-value).to_real() == -positive);
    return positive;
  };
  std::uint64_t const even = std::uint64_t{1} << 53;
  CHECK(real(0, 0, even + 1) == 0x1p53);                             // a tie, down to even
  CHECK(real(0, 0, even + 3) == 0x1p53 + 4);                         // a tie, up to even
  CHECK(real(0, even + 1, 0) == 0x1p117);                            // the same a word up
  CHECK(real(0, even + 1, 1) == std::nextafter(0x1p117, HUGE_VAL));  // a single bit breaks the tie
  CHECK(real(1, 0x800, 0) == 0x1p128);                               // the tie itself, across words
  CHECK(real(1, 0x800, 1) == std::nextafter(0x1p128, HUGE_VAL));     // broken by the lowest bit of three words
  CHECK(real(1, 0x7ff, ~std::uint64_t{}) == 0x1p128);
  CHECK(real(0x7fff'ffff'ffff'ffff, ~std::uint64_t{}, 0) == 0x1p191);  // rounds up into the next power
}

#if defined(__SIZEOF_INT128__)
TEST_CASE("two words agree with the compiler's 128 bits") {
  __extension__ typedef __int128 int128;
  __extension__ typedef unsigned __int128 uint128;
  auto const same = [](wide_integer<2> const& value) { return uint128{value.words[1]} << 64 | value.words[0]; };
  std::mt19937_64 random(1);
  for (int round = 0; round < 50'000; ++round) {
    wide_integer<2> const left = some<2>(random);
    wide_integer<2> const right = some<2>(random);
    wide_integer<2> sum = left;
    sum += right;
    wide_integer<2> difference = left;
    difference -= right;
    REQUIRE(same(sum) == same(left) + same(right));
    REQUIRE(same(difference) == same(left) - same(right));
    REQUIRE(same(-left) == -same(left));
    REQUIRE(left.to_real() == static_cast<double>(static_cast<int128>(same(left))));
    wide_integer<2> const product = multiply(wide_integer<1>(static_cast<std::int64_t>(left.words[0])),
                                             wide_integer<1>(static_cast<std::int64_t>(right.words[0])));
    REQUIRE(same(product) == static_cast<uint128>(int128{static_cast<std::int64_t>(left.words[0])} *
                                                  static_cast<std::int64_t>(right.words[0])));
    wide_integer<2> const& itself = sum;
    sum -= itself;
    REQUIRE(sum == wide_integer<2>());
  }
}
#endif

#if HAS_BOOST
TEST_CASE("wider ones agree with Boost.Multiprecision") {
  using boost::multiprecision::cpp_int;
  auto const exactly = []<std::size_t Words>(wide_integer<Words> const& value) {
    cpp_int total = 0;
    for (std::size_t at = Words; at-- != 0;) total = (total << 64) + value.words[at];
    return value.negative() ? cpp_int(total - (cpp_int(1) << 64 * Words)) : total;
  };
  // Rounded by hand from the exact value: 53 bits, the rest compared with one half.
  auto const nearest = [](cpp_int const& value) {
    cpp_int const magnitude = abs(value);
    if (magnitude == 0) return 0.0;
    unsigned const top = static_cast<unsigned>(msb(magnitude));
    if (top < 53) return value.convert_to<double>();
    unsigned const shift = top - 52;
    cpp_int quotient = magnitude >> shift;
    cpp_int const rest = magnitude - (quotient << shift);
    cpp_int const half = cpp_int(1) << (shift - 1);
    if (rest > half || (rest == half && quotient % 2 != 0)) ++quotient;
    double const real = std::ldexp(quotient.convert_to<double>(), static_cast<int>(shift));
    return value < 0 ? -real : real;
  };
  std::mt19937_64 random(2);
  for (int round = 0; round < 10'000; ++round) {
    wide_integer<3> const left = some<3>(random);
    wide_integer<2> const right = some<2>(random);
    wide_integer<5> const product = multiply(left, right);
    REQUIRE(exactly(product) == exactly(left) * exactly(right));
    REQUIRE(product.to_real() == nearest(exactly(product)));
    REQUIRE(left.to_real() == nearest(exactly(left)));
    wide_integer<4> sum(left);
    sum += wide_integer<4>(right);
    REQUIRE(exactly(sum) == exactly(left) + exactly(right));
    sum -= wide_integer<4>(left);
    REQUIRE(exactly(sum) == exactly(right));
  }
}
#endif
