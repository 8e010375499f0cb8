// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/core/crc32c.hpp>
#include <credence/survival/kaplan_meier.hpp>
#include <credence/survival/survival_times_accumulator.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <span>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "survival/seen.hpp"

namespace test_survival_times_accumulator {

using accumulator = credence::survival_times_accumulator;
using credence::kaplan_meier;
using naive_survival::customer;
using naive_survival::seen;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Customers of every kind together, so that all parts of the state are in use.
std::vector<customer> some(std::mt19937_64& random, std::size_t count) {
  std::vector<customer> all;
  while (all.size() < count) {
    auto const kind = static_cast<naive_survival::kind>(random() % 3);
    for (customer one : naive_survival::customers(random, 7, kind, random() % 3 == 0, random() % 3 == 0)) {
      if (random() % 6 == 0) one.event = static_cast<int>(random() % 4);
      if (random() % 20 == 0) one.time = -one.time - 1;
      if (random() % 20 == 0) one.time = 0.0 * -1;
      if (random() % 20 == 0) one.weight = not_a_number;
      if (random() % 20 == 0) one.weight = -0.0;
      if (random() % 20 == 0) one.entry = -0.0;
      if (random() % 20 == 0) one.time = random() % 2 != 0 ? 1e300 : 9007199254740992.0;
      all.push_back(one);
    }
  }
  return all;
}

TEST_CASE("survival_times_accumulator: any split by row, in any order, is the same state, answer and bytes") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 60; ++round) {
    auto all = some(random, 1 + random() % 400);
    accumulator const whole = seen(all);
    auto const bytes = credence::to_bytes(whole);
    std::shuffle(all.begin(), all.end(), random);
    std::vector<accumulator> parts(1 + random() % 5);
    for (customer const& one : all) parts[random() % parts.size()](one.time, one.event, one.weight, one.entry);
    accumulator merged;
    for (accumulator& part : parts) {
      if (random() % 2 != 0) part = credence::from_bytes<accumulator>(credence::to_bytes(part));
      merged += part;
    }
    CHECK(merged == whole);
    CHECK(merged.result() == whole.result());
    CHECK(credence::to_bytes(merged) == bytes);
    CHECK(merged.valid());
    CHECK(credence::from_bytes<accumulator>(bytes) == whole);
    CHECK(kaplan_meier(merged) == kaplan_meier(whole));
    // pushed to after it was settled by a question of its bytes
    accumulator later = credence::from_bytes<accumulator>(bytes);
    accumulator straight = whole;
    for (customer const& one : all) {
      later(one.time, one.event);
      straight(one.time, one.event);
    }
    CHECK(later == straight);
    CHECK(credence::to_bytes(later) == credence::to_bytes(straight));
  }
}

TEST_CASE("survival_times_accumulator: merged with itself it holds all twice") {
  std::mt19937_64 random(8);
  auto const all = some(random, 300);
  accumulator twice = seen(all);
  accumulator other = twice;
  twice += twice;
  other += accumulator(other);
  CHECK(twice == other);
  CHECK(twice.result().count == 2 * seen(all).result().count);
  CHECK(twice.result().rejected == 2 * seen(all).result().rejected);
}

TEST_CASE("survival_times_accumulator: a minus zero is zero, of time, weight and entry") {
  accumulator plus, minus;
  for (double const zero : {0.0, -0.0}) {
    accumulator& own = zero == 0 && !std::signbit(zero) ? plus : minus;
    own(zero, 2);
    own(5, 1, zero);
    own(5, 1, 2, zero);
    own(zero, 0);
    own(zero, 1, 2.5);
  }
  CHECK(plus == minus);
  CHECK(credence::to_bytes(plus) == credence::to_bytes(minus));
  CHECK(plus.result().count == 5);
}

TEST_CASE("survival_times_accumulator: every flipped bit and every truncation is refused") {
  std::mt19937_64 random(9);
  auto bytes = credence::to_bytes(seen(some(random, 40)));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      bytes[at] ^= std::byte{1} << bit;
      CHECK_FALSE(credence::try_from_bytes<accumulator>(bytes));
      bytes[at] ^= std::byte{1} << bit;
    }
    CHECK_FALSE(credence::try_from_bytes<accumulator>(std::span(bytes).first(at)));
  }
  CHECK(credence::try_from_bytes<accumulator>(bytes));
  bytes.push_back(std::byte{0});
  CHECK_FALSE(credence::try_from_bytes<accumulator>(bytes));
}

TEST_CASE(
    "survival_times_accumulator: forged bytes, their checksum right, are refused, or are those of what they hold") {
  std::mt19937_64 random(11);
  accumulator small;
  small(0, false);
  small(3, true);
  small(.5, true);
  small(3, 2, 1.5, 0);
  small(3, 0, 0);
  small(0, 1, 2);
  auto const bytes = credence::to_bytes(small);
  std::size_t accepted = 0;
  for (int round = 0; round < 60'000; ++round) {
    auto forged = bytes;
    std::size_t const header = 4 + 2 + 2 + accumulator::type_id().size() + 8;
    std::size_t const at = header + random() % (forged.size() - header - 4);
    forged[at] = random() % 3 == 0 ? forged[at] ^ std::byte{0x80} : static_cast<std::byte>(random());
    std::uint32_t const checksum = credence::crc32c(std::span(forged).first(forged.size() - 4));
    for (std::size_t byte = 0; byte < 4; ++byte)
      forged[forged.size() - 4 + byte] = static_cast<std::byte>(checksum >> (8 * byte));
    auto const read = credence::try_from_bytes<accumulator>(forged);
    if (!read) continue;
    ++accepted;
    CHECK(credence::to_bytes(*read) == forged);
    CHECK((*read == small) == (forged == bytes));
    for (auto const& step : kaplan_meier(*read)) CHECK(!(step.at_risk < step.left + step.stayed));
  }
  CHECK(accepted > 0);
  CHECK(accepted < 60'000);
}

TEST_CASE("survival_times_accumulator: a row is turned away for one reason, and counted") {
  accumulator seen;
  using maybe = std::optional<double>;
  seen(maybe(), 1);
  seen(1, maybe());
  seen(1, 1, 1, maybe());
  CHECK(seen.result().rejections.missing == 3);
  seen(not_a_number, 1);
  seen(1, not_a_number);
  seen(1, 1, 1, not_a_number);
  CHECK(seen.result().rejections.not_a_number == 3);
  seen(-1, 1);
  seen(infinity, 1);
  seen(-infinity, 0);
  seen(3, 1, 1, 3);         // comes as they leave
  seen(3, 1, 1, 4);         // after
  seen(.1 + .2, 1, 1, .3);  // the same time but for rounding
  seen(0, 1, 1, 0);
  seen(3, 1, 1, infinity);
  seen(3, 1, 1, -infinity);
  CHECK(seen.result().rejections.bad_time == 9);
  seen(1, -1);
  seen(1, .5);
  seen(1, infinity);
  seen(1, 4294967296.0);
  CHECK(seen.result().rejections.off_scale == 4);
  seen(1, 1, -1);
  seen(1, 1, not_a_number);
  seen(1, 1, infinity);
  seen(1, 1, maybe());
  CHECK(seen.result().rejections.bad_weight == 4);
  CHECK(seen.result().rejected == 23);
  CHECK(seen.result().count == 0);
  CHECK_FALSE(seen.result());
  CHECK(std::isnan(seen.result().longest));
  seen(1, 4294967295.0);
  seen(3, 1, 1, -7);  // from the start
  seen(0, 1, 0);
  CHECK(seen.result().count == 3);
  CHECK(seen.result().left == 3);
}

TEST_CASE("survival_times_accumulator: raise names the position, and leaves all as it was before the sample") {
  accumulator raising({.on_invalid = credence::on_invalid::raise});
  raising(1, true);
  raising(2, false, 3.0);
  accumulator const before = raising;
  auto const position_of = [&](double time, double event, double weight, double entry) -> std::uint64_t {
    try {
      raising(time, event, weight, entry);
      return 99;
    } catch (credence::invalid_sample const& complaint) {
      return complaint.position();
    }
  };
  CHECK(position_of(-1, 1, 1, -1) == 2);
  CHECK(position_of(1, .5, 1, -1) == 2);
  CHECK(position_of(1, 1, -1, -1) == 2);
  CHECK(position_of(1, 1, 1, 1) == 2);
  CHECK(position_of(not_a_number, 1, 1, 1) == 2);
  CHECK(raising == before);
}

TEST_CASE("survival_times_accumulator: what it says: customers, who left, times watched, the longest") {
  accumulator seen;
  seen(5, true);
  seen(7.5, 0);
  seen(10, 2, 2.5, 4);
  auto const found = seen.result();
  CHECK(found.count == 3);
  CHECK(found.left == 2);
  CHECK(found.time == 18.5);
  CHECK(found.longest == 10);
}

enum class outcome : std::uint8_t { stayed, left };
TEST_CASE("survival_times_accumulator: times and events of all types, near the limit of the table and far from it") {
  accumulator wide, narrow;
  for (double const time : {0.0, 65'535.0, 65'536.0, 65'537.0, 9007199254740992.0, 1e300, 0.0, 65'536.0}) wide(time, 1);
  for (int const time : {0, 65'535, 65'536, 65'537, 0, 65'536}) narrow(time, true);
  narrow(std::uint64_t{1} << 53, outcome::left);
  narrow(1e300, std::optional<bool>(true));
  CHECK(wide == narrow);
  CHECK(kaplan_meier(wide).steps.size() == 6);
  CHECK(kaplan_meier(wide).steps[2].left == 2);
  accumulator small_times, large_times;
  small_times(std::int8_t{100}, outcome::stayed);
  small_times(std::uint8_t{200}, false);
  large_times(100, 0);
  large_times(200.0f, std::int64_t{0});
  CHECK(small_times == large_times);
  // a table that grew to its whole size
  accumulator full;
  for (int time = 0; time < 70'000; ++time) full(time, time % 2);
  CHECK(full.result().count == 70'000);
  CHECK(full.result().longest == 69'999);
  CHECK(kaplan_meier(full).steps.size() == 70'000);
}

/// Bytes that the heap has given out; 0 where nobody says.
std::size_t allocated() {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
  return ::mallinfo2().uordblks + ::mallinfo2().hblkhd;
#else
  return 0;
#endif
}
TEST_CASE("survival_times_accumulator: ten thousand groups, each of a few customers of long times, are small") {
  std::size_t const before = allocated();
  std::vector<accumulator> groups(10'000);
  std::mt19937_64 random(10);
  for (accumulator& own : groups)
    for (int many = 0; many < 12; ++many) own(random() % 65'536, random() % 2 != 0);
  // 12 times of 8 bytes; a table to 65,536 would take a megabyte each, ten gigabytes here
  CHECK(allocated() - before < 10'000 * 1'000);
  accumulator all;
  for (accumulator const& own : groups) all += own;
  CHECK(all.result().count == 120'000);
}

TEST_CASE("survival_times_accumulator: of few distinct times memory grows no further, whole or not, pushed or merged") {
  std::size_t const before = allocated();
  accumulator seen;
  for (int many = 0; many < 1'000'000; ++many) seen(many % 90 / 8.0, many % 3 == 0);
  accumulator doubled = seen;
  for (int times = 0; times < 30; ++times) doubled += doubled;
  CHECK(allocated() - before < 8'000'000);
  CHECK(seen.result().count == 1'000'000);
  CHECK(doubled.result().count == (std::uint64_t{1'000'000} << 30));
  CHECK(kaplan_meier(doubled).steps.size() == 90);
  CHECK(doubled.valid());
}

}  // namespace test_survival_times_accumulator
