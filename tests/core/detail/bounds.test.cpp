// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

#include <credence/core/detail/bounds.hpp>

namespace test_bounds {

using credence::detail::above;
using credence::detail::measure_of;
using credence::detail::past_last;
using credence::detail::within;

namespace {

constexpr std::int64_t coarse = std::int64_t{1} << 53;  // from here on, doubles are two apart
constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t last_unsigned = std::numeric_limits<std::uint64_t>::max();

}  // namespace

static_assert(past_last<std::int8_t> == 128 && past_last<std::uint16_t> == 65'536);
static_assert(past_last<std::int64_t> == 0x1p63 && past_last<std::uint64_t> == 0x1p64);
static_assert(std::is_same_v<decltype(measure_of(std::optional<std::int64_t>(7))), std::int64_t>);
static_assert(std::is_same_v<decltype(measure_of(7)), double>);

TEST_CASE("a value is above a bound, or on it") {
  CHECK(above(4, 4, true));
  CHECK_FALSE(above(4, 4, false));
  CHECK(above(4.5, 4, false));
  CHECK_FALSE(above(3, 4, true));
  CHECK(within(0, 0, 10));
  CHECK(within(10, 0, 10));
  CHECK_FALSE(within(11, 0, 10));
  CHECK_FALSE(within(-1, 0, 10));
}

TEST_CASE("integers that doubles cannot tell apart are laid on a bound exactly") {
  CHECK_FALSE(above(coarse, 0x1p53, false));
  CHECK(above(coarse + 1, 0x1p53, false));
  CHECK_FALSE(above(coarse + 1, 0x1p53 + 2, true));
  CHECK_FALSE(within(coarse + 1, 0, 0x1p53));
  CHECK_FALSE(above(last, 0x1p63, true));
  CHECK(above(last, 0x1p63 - 1024, false));
  CHECK_FALSE(above(last_unsigned, 0x1p64, true));
  CHECK(within(std::numeric_limits<std::int64_t>::min(), -0x1p63, 0));
}

}  // namespace test_bounds
