// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

namespace test_class_counts {

// Many integers at once leave the state that they leave one by one: every integer type, length, alignment and scale.

namespace {

std::uint64_t next_word(std::uint64_t& state) {  // xorshift64
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

// Values of a type: all sizes of bits, so that many lie on any scale, and the type's ends.
template <class Value>
std::vector<Value> values_of(std::size_t count, std::uint64_t seed) {
  std::vector<Value> values;
  values.reserve(count);
  using limits = std::numeric_limits<Value>;
  while (values.size() < count) {
    std::uint64_t const word = next_word(seed);
    std::uint64_t const shown = word >> (word % 64);
    if (word >> 58 == 0) {
      values.push_back(word & 1 ? limits::max() : limits::min());
    } else if (word >> 62 == 0) {
      values.push_back(static_cast<Value>(shown));
    } else {
      values.push_back(static_cast<Value>(static_cast<int>(word % 29) - (std::is_signed_v<Value> ? 9 : 0)));
    }
  }
  return values;
}

template <class Accumulator, class Value>
bool alike(Accumulator const& empty, Value const* values, std::size_t count) {
  Accumulator by_block = empty;
  Accumulator one_by_one = empty;
  by_block.push_many(values, count);
  for (std::size_t at = 0; at < count; ++at) one_by_one(values[at]);
  return by_block == one_by_one;
}

std::vector<credence::nps_accumulator> nps_shapes() {
  using credence::nps_accumulator;
  using credence::nps_options;
  return {
      nps_accumulator{},
      nps_accumulator(nps_options{.passive_from = 4, .promoter_from = 5, .scale_min = 1, .scale_max = 5}),
      nps_accumulator(nps_options{.passive_from = 6.5, .promoter_from = 8.5}),
      nps_accumulator(nps_options{.scale_min = -5}),
      nps_accumulator(nps_options{.scale_max = 1000}),
      nps_accumulator(nps_options{.passive_from = 0, .promoter_from = 10}),
      nps_accumulator(nps_options{.passive_from = 7, .promoter_from = 7}),
      nps_accumulator(nps_options{.passive_from = 3, .promoter_from = 3, .scale_min = 3, .scale_max = 3}),
      nps_accumulator(nps_options{.passive_from = -2, .promoter_from = 2, .scale_min = -9, .scale_max = 9}),
      nps_accumulator(nps_options{.passive_from = -150.5, .promoter_from = 150.5, .scale_min = -200, .scale_max = 200}),
      nps_accumulator(nps_options{.passive_from = 300, .promoter_from = 400, .scale_min = 260, .scale_max = 500}),
      nps_accumulator(nps_options{.passive_from = -400, .promoter_from = -300, .scale_min = -500, .scale_max = -260}),
      nps_accumulator(
          nps_options{.passive_from = -1e30, .promoter_from = 1e30, .scale_min = -1e300, .scale_max = 1e300}),
      nps_accumulator(nps_options{.passive_from = 2.25, .promoter_from = 2.75, .scale_min = .5, .scale_max = 9.5}),
  };
}

template <class Value>
void check_scales() {
  std::vector<Value> const values = values_of<Value>(3000, 88172645463325252ULL);
  for (credence::nps_accumulator const& empty : nps_shapes()) {
    CAPTURE(empty.options().passive_from.value);
    CAPTURE(empty.options().scale_max.value);
    CHECK(alike(empty, values.data(), values.size()));
  }
  for (double const cut : {-1e19, -130.0, -1.0, 0.0, .5, 1.0, 3.0, 127.0, 128.0, 255.0, 256.0, 65535.5, 1e9, 1e19}) {
    CAPTURE(cut);
    CHECK(alike(credence::share_accumulator(credence::share_options{.satisfied_from = cut}), values.data(),
                values.size()));
    if (cut >= 0)
      CHECK(alike(credence::share_accumulator(credence::share_options{.satisfied_from = cut, .scale_min = 0}),
                  values.data(), values.size()));
  }
}

// Every length to 300 from every offset into a 16-byte block, and around where the narrow counters are widened.
template <class Value>
void check_lengths() {
  std::size_t const widened = 255 * (32 / sizeof(Value));
  std::vector<Value> const values = values_of<Value>(3 * widened + 100, 1234567);
  std::size_t const offsets = 16 / sizeof(Value) + 1;
  credence::nps_accumulator const empty;
  bool all_alike = true;
  for (std::size_t count = 0; count <= 300; ++count)
    for (std::size_t offset = 0; offset < offsets; offset += 1 + count % 3)
      all_alike = all_alike && alike(empty, values.data() + offset, count);
  for (std::size_t const times : {std::size_t{1}, std::size_t{2}, std::size_t{3}})
    for (std::size_t count = times * widened - 40; count <= times * widened + 40; count += 3)
      all_alike = all_alike && alike(empty, values.data() + count % offsets, count);
  CHECK(all_alike);
}

}  // namespace

TEST_CASE_TEMPLATE("class counts: a block is its values one by one, whatever the scale", Value, std::int8_t,
                   std::uint8_t, std::int16_t, std::uint16_t, std::int32_t, std::uint32_t, std::int64_t, std::uint64_t,
                   char, wchar_t, char16_t, long long, unsigned long long) {
  check_scales<Value>();
}

TEST_CASE_TEMPLATE("class counts: a block is its values one by one, whatever its length and alignment", Value,
                   std::int8_t, std::uint8_t, std::int16_t, std::uint16_t, std::int32_t, std::uint64_t) {
  check_lengths<Value>();
}

TEST_CASE("class counts: wide integers are cut exactly, also where doubles are too coarse") {
  std::int64_t const coarse = std::int64_t{1} << 53;
  std::vector<std::int64_t> const values{
      coarse - 1, coarse, coarse + 1, coarse + 2, coarse + 3, coarse + 4, std::numeric_limits<std::int64_t>::max()};
  // Beside each cut stands how many of the values reach it.
  struct reference {
    double cut;
    std::uint64_t reached;
  };
  for (reference const& row : {reference{0x1p53, 6}, {0x1p53 + 2, 4}, {0x1p53 + 4, 2}, {0x1p63, 0}}) {
    credence::share_accumulator const empty(credence::share_options{.satisfied_from = row.cut});
    credence::share_accumulator one_by_one = empty;
    for (std::int64_t const value : values) one_by_one(value);
    credence::share_accumulator by_block = empty;
    by_block.push_many(values.data(), values.size());
    CAPTURE(row.cut);
    CHECK(one_by_one.state().counts[1] == row.reached);
    CHECK(by_block.state().counts[1] == row.reached);
  }
  credence::share_accumulator unsigned_ones(credence::share_options{.satisfied_from = 0x1p64});
  unsigned_ones(std::numeric_limits<std::uint64_t>::max());
  CHECK(unsigned_ones.state().counts[1] == 0);
  credence::share_accumulator scaled(credence::share_options{.scale_max = 0x1p53});
  scaled(coarse + 1);
  CHECK(scaled.state().rejected.off_scale == 1);
}

TEST_CASE("class counts: a counter of every 8-bit lane survives its widest stretch") {
  for (int const value : {-1, 0, 7, 10, 11, 127, -128}) {
    std::vector<std::int8_t> const values(255 * 32 * 4 + 33, static_cast<std::int8_t>(value));
    CHECK(alike(credence::nps_accumulator{}, values.data(), values.size()));
  }
}

TEST_CASE("class counts: a block of bools") {
  bool const values[] = {true, false, true, true};
  for (double const cut : {-1.0, 0.0, .5, 1.0, 1.5, 2.0})
    CHECK(alike(credence::share_accumulator(credence::share_options{.satisfied_from = cut}), values, 4));
  CHECK(alike(credence::share_accumulator(credence::share_options{.scale_min = 1}), values, 4));
  CHECK(alike(credence::csat_accumulator{}, values, 4));
  CHECK(alike(credence::nps_accumulator{}, values, 4));
}

TEST_CASE("class counts: pushed times over is pushed that many times") {
  for (credence::nps_accumulator const& empty : nps_shapes()) {
    auto state = empty.state();
    credence::nps_accumulator one_by_one = empty;
    for (int value = -12; value < 30; ++value) {
      credence::nps_accumulator::push_times(empty.options(), state, value, 3);
      for (int times = 0; times < 3; ++times) one_by_one(value);
    }
    CHECK(credence::nps_accumulator(empty.options(), state) == one_by_one);
  }
}

TEST_CASE("class counts: a block of a tee is a block of each part") {
  std::vector<std::int8_t> const values = values_of<std::int8_t>(5000, 42);
  CHECK(alike(credence::tee(credence::nps_accumulator{}, credence::csat_accumulator{}, credence::share_accumulator{}),
              values.data(), values.size()));
}

namespace {

// In a constant expression there are no vectors: the same states, the long way.
template <class Value>
constexpr bool alike_early() {
  Value const values[] = {0, 1, 6, 7, 8, 9, 10, 11, 12, 127, 9, 9};
  credence::nps_accumulator by_block;
  credence::nps_accumulator one_by_one;
  by_block.push_many(values, 12);
  for (Value const value : values) one_by_one(value);
  return by_block == one_by_one && by_block.state().counts[2] == 4 && by_block.state().rejected.off_scale == 3;
}
static_assert(alike_early<std::int8_t>() && alike_early<std::uint16_t>() && alike_early<std::int64_t>());

}  // namespace

}  // namespace test_class_counts
