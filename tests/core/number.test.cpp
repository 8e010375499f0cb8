// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

#include <credence/core/number.hpp>

namespace test_number {

using credence::number;
using credence::whole;

namespace {

double const no_number = std::numeric_limits<double>::quiet_NaN();
std::uint64_t const largest = ~std::uint64_t{};

struct options {
  number top = 4;
  std::optional<number> limit{};
  whole years = 2;
};

// Narrowing in braces would not compile if the fields were plain; the values are not constants on purpose.
options of(int rounded, std::size_t size, float real) { return {.top = rounded, .limit = real, .years = size}; }

template <class Integer>
constexpr bool keeps_extremes() {
  using limits = std::numeric_limits<Integer>;
  return whole(limits::min()) == whole(static_cast<std::int64_t>(limits::min())) &&
         whole(limits::max()) == whole(static_cast<std::int64_t>(limits::max()));
}

}  // namespace

static_assert(number(3).value == 3.0 && number(3U) == number(3.0F) && number(true).value == 1 &&
              double(number(2)) == 2);
static_assert(whole(3).value == 3 && whole(-2.0F) == whole(-2L) && whole('\2') == whole(std::uint64_t{2}));
static_assert(keeps_extremes<std::int8_t>() && keeps_extremes<std::uint32_t>() && keeps_extremes<std::int64_t>());
static_assert(whole(-0x1p63).value == std::numeric_limits<std::int64_t>::min());
static_assert(whole(0x1.fffffffffffffp62).value == 0x7fff'ffff'ffff'fc00);
static_assert(!std::is_convertible_v<char const*, number> && !std::is_convertible_v<void*, whole>);

TEST_CASE("options take any arithmetic type of the host without narrowing") {
  options const chosen = of(5, 7, 0.5F);
  CHECK(chosen.top == number(5));
  CHECK(chosen.limit->value == 0.5);
  CHECK(chosen.years == whole(7));
  CHECK(options{}.top.value == 4);
}

TEST_CASE("a whole number is refused when it has a fraction or does not fit") {
  CHECK_THROWS_WITH_AS(whole(2.5), "credence: an option is 2.5; it must be a whole number of 64 bits", credence::error);
  CHECK_THROWS_AS(whole(0x1p63), credence::error);
  CHECK_THROWS_AS(whole(-0x1.0000000000001p63), credence::error);
  CHECK_THROWS_AS(whole(0x1p63F), credence::error);
  CHECK_THROWS_AS(whole(1e300L), credence::error);
  CHECK_THROWS_AS(whole{no_number}, credence::error);
  CHECK_THROWS_AS(whole{-std::numeric_limits<float>::infinity()}, credence::error);
  CHECK_THROWS_WITH_AS(whole{largest},
                       "credence: an option is 18446744073709551615; it must be a whole number of 64 bits",
                       credence::error);
  CHECK(whole(std::uint64_t{1} << 62).value == std::int64_t{1} << 62);
}

}  // namespace test_number
