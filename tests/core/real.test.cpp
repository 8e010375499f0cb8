// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <initializer_list>
#include <limits>

#include <credence/core/real.hpp>

namespace test_real {

using credence::is_finite;
using credence::is_nan;
using limits = std::numeric_limits<double>;

// All of it in constant expressions too.
static_assert(is_nan(limits::quiet_NaN()) && is_nan(-limits::quiet_NaN()) && is_nan(credence::not_a_number()));
static_assert(!is_nan(0.0) && !is_nan(limits::infinity()) && !is_nan(-limits::infinity()) && !is_nan(limits::lowest()));
static_assert(is_finite(0.0) && is_finite(-0.0) && is_finite((limits::max)()) && is_finite(limits::denorm_min()));
static_assert(!is_finite(limits::infinity()) && !is_finite(-limits::infinity()) && !is_finite(limits::quiet_NaN()));

TEST_CASE("a NaN is known by its bits, whatever its sign, its payload and whether it signals") {
  std::uint64_t const infinity = 0x7ff0'0000'0000'0000;
  std::uint64_t const sign = 0x8000'0000'0000'0000;
  for (std::uint64_t payload = 1; payload < 0x0010'0000'0000'0000; payload = payload * 2 + 1) {
    for (std::uint64_t const bits : {infinity | payload, infinity | payload | sign}) {
      double const value = std::bit_cast<double>(bits);
      CHECK(is_nan(value));
      CHECK_FALSE(is_finite(value));
    }
  }
  // The neighbours of the infinities on the other side are the largest numbers.
  CHECK(is_finite(std::bit_cast<double>(infinity - 1)));
  CHECK(is_finite(std::bit_cast<double>((infinity - 1) | sign)));
}

}  // namespace test_real
