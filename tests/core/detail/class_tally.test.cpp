// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <credence/core/detail/class_tally.hpp>

namespace test_class_tally {

// How the strips are cut, and every integer type and scale: inference/detail/class_counts.test.cpp.

using credence::detail::class_scale;
using credence::detail::class_tally;
using credence::detail::tally_classes;

namespace {

using three_classes = class_scale<3>;
constexpr three_classes nps_scale{0, {7, 9}, 10};

/// What a tally must be: how many reach each cut or lie off the scale, and how many lie off it.
template <class Value>
class_tally<3> counted(std::vector<Value> const& values, three_classes const& scale) {
  class_tally<3> tally{};
  for (Value const value : values) {
    bool const off = !scale.holds(value);
    for (std::size_t at = 0; at < 2; ++at) tally[at] += off || value >= scale.cuts[at];
    tally[2] += off;
  }
  return tally;
}

constexpr std::int8_t few[] = {-1, 0, 6, 7, 8, 9, 10, 11};
static_assert(tally_classes(few, 8, nps_scale) == class_tally<3>{6, 4, 2});
static_assert(nps_scale.class_of(6.5) == 0 && nps_scale.class_of(7) == 1 && nps_scale.class_of(10) == 2);

}  // namespace

TEST_CASE("every 8-bit value, on scales that lie within the type, cross its ends and miss it") {
  std::vector<std::int8_t> values;
  for (int value = -128; value < 128; ++value) values.push_back(static_cast<std::int8_t>(value));
  for (three_classes const& scale :
       {nps_scale, three_classes{-128, {0, 1}, 127}, three_classes{-1e300, {-300, 300}, 1e300},
        three_classes{.5, {1.5, 2.5}, 2.75}, three_classes{200, {201, 202}, 203}, three_classes{-3, {-3, -3}, -3}}) {
    CAPTURE(scale.lowest);
    CHECK(tally_classes(values.data(), values.size(), scale) == counted(values, scale));
  }
}

TEST_CASE("the ends of 64 bits") {
  using limits = std::numeric_limits<std::uint64_t>;
  std::vector<std::uint64_t> const values{0, 1, limits::max() - 1, limits::max()};
  three_classes const whole_type{0, {1, 0x1p64}, 0x1p64};
  CHECK(tally_classes(values.data(), values.size(), whole_type) == class_tally<3>{3, 0, 0});
}

TEST_CASE("no values") { CHECK(tally_classes(few, 0, nps_scale) == class_tally<3>{}); }

}  // namespace test_class_tally
