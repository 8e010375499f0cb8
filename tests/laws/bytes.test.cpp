// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <bit>
#include <credence/core/bytes.hpp>
#include <credence/core/crc32c.hpp>
#include <credence/core/error.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "laws/accumulators.hpp"

namespace {

using bytes_type = std::vector<std::byte>;
using rows_type = std::span<laws::row const>;
using credence::bytes_error;

// How far into the bytes the payload begins: magic, version, type and its length, length of the payload.
template <class Accumulator>
std::size_t payload_at() {
  return 4 + 2 + 2 + std::string(Accumulator::type_id()).size() + 8;
}

void put_word(bytes_type& bytes, std::size_t at, std::uint64_t word, int width = 8) {
  for (int byte = 0; byte < width; ++byte, word >>= 8)
    bytes[at + static_cast<std::size_t>(byte)] = static_cast<std::byte>(word & 0xff);
}
// What a hostile writer does: the checksum is right again.
void seal(bytes_type& bytes) {
  std::uint32_t const sum = credence::crc32c(std::span(bytes).first(bytes.size() - 4));
  put_word(bytes, bytes.size() - 4, sum, 4);
}
// Asks for the answer, where the options that were read have all that it needs.
template <class Recipe, class Accumulator>
void ask(Accumulator const& read) {
  if constexpr (requires { Recipe::lacks_an_option(read); }) {
    if (Recipe::lacks_an_option(read)) return;
  }
  static_cast<void>(read.result());
}

}  // namespace

TEST_CASE_TEMPLATE("law: bytes come back as what was written", Recipe, CREDENCE_LAWS_ALL) {
  using accumulator = laws::accumulator_of<Recipe>;
  for (std::size_t const count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{300}}) {
    accumulator const written = laws::made_of<Recipe>(laws::rows_of(count));
    bytes_type const bytes = credence::to_bytes(written);
    auto const read = credence::try_from_bytes<accumulator>(bytes);
    REQUIRE(read);
    CHECK(read.reason() == bytes_error::none);
    CHECK(read.message().empty());
    CHECK(*read == written);
    CHECK(credence::from_bytes<accumulator>(bytes) == written);
    CHECK(credence::to_bytes(*read) == bytes);
    // and goes on as what was written would have
    accumulator one = written;
    accumulator two = *read;
    accumulator const more = laws::made_of<Recipe>(laws::rows_of(40, 4));
    one += more;
    two += more;
    CHECK(one == two);
  }
  CHECK(credence::from_bytes<accumulator>(credence::to_bytes(accumulator{})) == accumulator{});
}

TEST_CASE_TEMPLATE("law: equal states give equal bytes", Recipe, CREDENCE_LAWS_PUSHED) {
  if constexpr (laws::is_exact<Recipe>()) {
    std::vector<laws::row> const rows = laws::rows_of(300);
    bytes_type const bytes = credence::to_bytes(laws::made_of<Recipe>(rows));
    std::vector<laws::row> const reversed(rows.rbegin(), rows.rend());
    CHECK(credence::to_bytes(laws::made_of<Recipe>(reversed)) == bytes);
    auto merged = laws::made_of<Recipe>(rows_type(rows).subspan(200));
    merged += laws::made_of<Recipe>(rows_type(rows).first(200));
    CHECK(credence::to_bytes(merged) == bytes);
  }
}

TEST_CASE("law: options that are equal give equal bytes, also where a zero has a sign") {
  credence::share_accumulator const plus(credence::share_options{.satisfied_from = 0.0});
  credence::share_accumulator const minus(credence::share_options{.satisfied_from = -0.0});
  REQUIRE(plus == minus);
  CHECK(credence::to_bytes(plus) == credence::to_bytes(minus));
}

TEST_CASE_TEMPLATE("law: every flipped bit is refused", Recipe, CREDENCE_LAWS_ALL) {
  using accumulator = laws::accumulator_of<Recipe>;
  bytes_type bytes = credence::to_bytes(laws::made_of<Recipe>(laws::rows_of(12)));
  std::size_t accepted = 0;
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::byte const mask = std::byte{1} << static_cast<int>(bit % 8);
    bytes[bit / 8] ^= mask;
    auto const read = credence::try_from_bytes<accumulator>(bytes);
    accepted += static_cast<bool>(read) || read.reason() == bytes_error::none || read.message().empty();
    bytes[bit / 8] ^= mask;
  }
  CHECK(accepted == 0);
  CHECK(credence::try_from_bytes<accumulator>(bytes));
}

TEST_CASE_TEMPLATE("law: every truncation and everything longer is refused", Recipe, CREDENCE_LAWS_ALL) {
  using accumulator = laws::accumulator_of<Recipe>;
  bytes_type bytes = credence::to_bytes(laws::made_of<Recipe>(laws::rows_of(12)));
  std::size_t accepted = 0;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    auto const read = credence::try_from_bytes<accumulator>(std::span(bytes).first(length));
    accepted += static_cast<bool>(read);
    CHECK(read.reason() == (length < 4 ? bytes_error::foreign : bytes_error::truncated));
  }
  CHECK(accepted == 0);
  bytes_type longer = bytes;
  longer.push_back(std::byte{0});
  CHECK_FALSE(credence::try_from_bytes<accumulator>(longer));
  seal(longer);
  CHECK_FALSE(credence::try_from_bytes<accumulator>(longer));
  // a payload that is longer than what its fields take, all lengths and the checksum being right
  std::size_t const length_at = payload_at<accumulator>() - 8;
  longer = bytes;
  longer.insert(longer.end() - 4, std::byte{0});
  put_word(longer, length_at, longer.size() - 4 - payload_at<accumulator>());
  seal(longer);
  CHECK(credence::try_from_bytes<accumulator>(longer).reason() == bytes_error::malformed);
  // and one that is shorter
  if (longer.size() > payload_at<accumulator>() + 8) {
    bytes_type shorter = bytes;
    shorter.erase(shorter.end() - 5);
    put_word(shorter, length_at, shorter.size() - 4 - payload_at<accumulator>());
    seal(shorter);
    CHECK(credence::try_from_bytes<accumulator>(shorter).reason() == bytes_error::malformed);
  }
}

TEST_CASE_TEMPLATE("law: another's bytes, and a later format's, say what they are", Recipe, CREDENCE_LAWS_ALL) {
  using accumulator = laws::accumulator_of<Recipe>;
  bytes_type const bytes = credence::to_bytes(laws::made_of<Recipe>(laws::rows_of(12)));
  using other_type = std::conditional_t<std::is_same_v<accumulator, credence::nps_accumulator>,
                                        credence::csat_accumulator, credence::nps_accumulator>;
  auto const other = credence::try_from_bytes<other_type>(bytes);
  CHECK(other.reason() == bytes_error::other_type);
  CHECK(other.message().find(std::string(accumulator::type_id())) != std::string::npos);
  CHECK(other.message().find(std::string(other_type::type_id())) != std::string::npos);
  CHECK_THROWS_AS(static_cast<void>(credence::from_bytes<other_type>(bytes)), credence::error);
  CHECK_THROWS_AS(static_cast<void>(*other), credence::error);
  bytes_type newer = bytes;
  put_word(newer, 4, 712, 2);
  seal(newer);
  auto const later = credence::try_from_bytes<accumulator>(newer);
  CHECK(later.reason() == bytes_error::newer_format);
  CHECK(later.message().find("712") != std::string::npos);
  bytes_type none = bytes;
  put_word(none, 4, 0, 2);
  seal(none);
  CHECK_FALSE(credence::try_from_bytes<accumulator>(none));
  bytes_type foreign = bytes;
  foreign[0] = std::byte{'X'};
  CHECK(credence::try_from_bytes<accumulator>(foreign).reason() == bytes_error::foreign);
}

// A hostile writer puts what it likes wherever it likes and mends the checksum. What is then read is sound: it keeps
// its invariants, answers, merges, and is written as the same bytes again.
TEST_CASE_TEMPLATE("law: whatever stands in the payload, what is read is sound", Recipe, CREDENCE_LAWS_ALL) {
  using accumulator = laws::accumulator_of<Recipe>;
  accumulator const filled = laws::made_of<Recipe>(laws::rows_of(9));
  bytes_type const bytes = credence::to_bytes(filled);
  std::uint64_t const patterns[] = {0,
                                    1,
                                    ~std::uint64_t{},
                                    std::uint64_t{1} << 63,
                                    ~std::uint64_t{} >> 1,
                                    std::uint64_t{1} << 32,
                                    std::bit_cast<std::uint64_t>(std::numeric_limits<double>::quiet_NaN()),
                                    std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity()),
                                    std::bit_cast<std::uint64_t>(-1.0),
                                    std::bit_cast<std::uint64_t>(1e300),
                                    std::bit_cast<std::uint64_t>(5e-324)};
  std::size_t unsound = 0;
  std::size_t refused = 0;
  for (std::size_t at = payload_at<accumulator>(); at + 12 <= bytes.size(); ++at) {
    for (std::uint64_t const pattern : patterns) {
      bytes_type crafted = bytes;
      put_word(crafted, at, pattern);
      seal(crafted);
      auto const read = credence::try_from_bytes<accumulator>(crafted);
      if (!read) {
        ++refused;
        CHECK(read.reason() == bytes_error::malformed);
        continue;
      }
      if constexpr (laws::pushed<Recipe>) {
        accumulator merged = *read;
        merged += *read;
        ask<Recipe>(merged);
      }
      ask<Recipe>(*read);
      bytes_type const again = credence::to_bytes(*read);
      unsound += !read->valid() || !(credence::from_bytes<accumulator>(again) == *read);
      unsound += again != crafted && pattern != std::uint64_t{1} << 63;  // as a double that is −0, written as 0
    }
  }
  CHECK(unsound == 0);
  CHECK(refused > 0);
}

// --- states that no samples lead to ---

namespace {

// The reason why an accumulator of these parts is not read back.
template <class Accumulator>
bytes_error reason_of(typename Accumulator::options_type const& options,
                      typename Accumulator::state_type const& state) {
  return credence::try_from_bytes<Accumulator>(credence::to_bytes(Accumulator(options, state))).reason();
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::uint64_t everything = ~std::uint64_t{};

}  // namespace

TEST_CASE("law: counts, weights and options that cannot be are refused") {
  using credence::nps_accumulator;
  nps_accumulator weighted;
  for (int score = 0; score <= 10; ++score) weighted(score, 1.0 + score);
  auto const reason = [&weighted](auto const& change) {
    auto state = weighted.state();
    change(state);
    return reason_of<nps_accumulator>({}, state);
  };
  CHECK(reason([](auto&) {}) == bytes_error::none);
  CHECK(reason([](auto& state) { state.counts[0] = everything; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.counts[1] = everything / 2; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.rejected.missing = everything; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) {
          state.rejected = {everything / 4, everything / 4, everything / 4, everything / 4, 9};
        }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].count = 8; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].count = 0; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].weight.sum = not_a_number; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].weight.sum = infinity; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].weight.sum = -1; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].weight.lost = not_a_number; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].weight.lost = -1e6; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[0].weight.lost = 1; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[1].weight_squared.sum = -1; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[1].weight_squared.sum = infinity; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[1].weight_squared.lost = -1e9; }) == bytes_error::malformed);
  // Σw² lies between (Σw)²/n and (Σw)²
  CHECK(reason([](auto& state) { state.weighted[1].weight_squared.sum = 1e-3; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted[1].weight_squared.sum = 1e6; }) == bytes_error::malformed);
  for (credence::nps_options const& options :
       {credence::nps_options{.confidence = 1}, credence::nps_options{.confidence = not_a_number},
        credence::nps_options{.scale_max = infinity}, credence::nps_options{.scale_max = 3},
        credence::nps_options{.interval_method = static_cast<credence::nps_interval>(9)},
        credence::nps_options{.on_invalid = static_cast<credence::on_invalid>(2)}})
    CHECK(reason_of<nps_accumulator>(options, {}) == bytes_error::malformed);
}

TEST_CASE("law: moments that cannot be are refused") {
  using credence::mean_accumulator;
  mean_accumulator acc;
  for (int value = 0; value < 10; ++value) acc(value);
  for (int value = 0; value < 10; ++value) acc(value * 1.5, 1.0 + value);
  auto const reason = [&acc](auto const& change) {
    auto state = acc.state();
    change(state);
    return reason_of<mean_accumulator>({}, state);
  };
  CHECK(reason([](auto&) {}) == bytes_error::none);
  CHECK(reason([](auto& state) { state.integers.count = 0; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.integers.count = everything; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.integers.squares = credence::wide_integer<3>(3); }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.integers.squares = credence::wide_integer<3>(-3); }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.real_count = 3; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.real_count = everything; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.weighted_count = 99; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.rejected.off_scale = everything; }) == bytes_error::malformed);
  for (double const wrong : {not_a_number, infinity, -1.0}) {
    CHECK(reason([wrong](auto& state) { state.reals.weight = wrong; }) == bytes_error::malformed);
    CHECK(reason([wrong](auto& state) { state.squares.weight = wrong; }) == bytes_error::malformed);
  }
  // (infinite they may be: squares of reals beyond 1e154 are)
  for (double const wrong : {not_a_number, -1.0, -infinity})
    CHECK(reason([wrong](auto& state) { state.reals.squared_deviations = wrong; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.reals.mean = not_a_number; }) == bytes_error::malformed);
  CHECK(reason([](auto& state) { state.squares.mean = -infinity; }) == bytes_error::malformed);
}

TEST_CASE("law: shards without a name, out of order or twice are refused") {
  using sharded = credence::sharded<credence::nps_accumulator>;
  credence::nps_accumulator acc;
  acc(9);
  auto const reason = [&acc](std::vector<std::string> labels) {
    return reason_of<sharded>({}, {std::move(labels), acc.state()});
  };
  CHECK(reason({"a", "b"}) == bytes_error::none);
  CHECK(reason({}) == bytes_error::malformed);
  CHECK(reason({""}) == bytes_error::malformed);
  CHECK(reason({"b", "a"}) == bytes_error::malformed);
  CHECK(reason({"a", "a"}) == bytes_error::malformed);
}

TEST_CASE("law: lengths that promise more than there is are refused, and nothing is allocated for them") {
  using sharded = credence::sharded<credence::nps_accumulator>;
  bytes_type bytes = credence::to_bytes(sharded("a", credence::nps_accumulator{}));
  // the options come first (five numbers and two enums), then the number of labels, then the first one's length
  std::size_t const labels_at = payload_at<sharded>() + 5 * 8 + 2;
  for (std::size_t const at : {labels_at, labels_at + 8})
    for (std::uint64_t const length : {everything, everything >> 1, std::uint64_t{1} << 40, std::uint64_t{500}}) {
      bytes_type crafted = bytes;
      put_word(crafted, at, length);
      seal(crafted);
      CHECK(credence::try_from_bytes<sharded>(crafted).reason() == bytes_error::malformed);
    }
  // the payload's own length
  for (std::uint64_t const length : {everything, everything - 3, std::uint64_t{1} << 40, std::uint64_t{0}}) {
    bytes_type crafted = bytes;
    put_word(crafted, payload_at<sharded>() - 8, length);
    seal(crafted);
    CHECK(credence::try_from_bytes<sharded>(crafted).reason() == bytes_error::truncated);
  }
}

TEST_CASE("law: groups out of order, twice, or with a key that does not fit are refused") {
  using wide = credence::grouped<std::int64_t, credence::nps_accumulator>;
  using narrow = credence::grouped<std::int8_t, credence::nps_accumulator>;
  wide groups;
  groups(std::int64_t{-3}, 9);
  groups(std::int64_t{200}, 3);
  bytes_type const bytes = credence::to_bytes(groups);
  REQUIRE(credence::try_from_bytes<wide>(bytes));
  // every integer key is written alike, so that the type may change; but 200 is no int8_t
  CHECK(std::string(wide::type_id()) == narrow::type_id());
  CHECK(credence::try_from_bytes<narrow>(bytes).reason() == bytes_error::malformed);
  // options, the number of groups, then twice: length of the key (9 bytes), key, state
  std::size_t const first = payload_at<wide>() + 5 * 8 + 2 + 8;
  std::size_t const size = (bytes.size() - 4 - first) / 2;
  REQUIRE(first + 2 * size + 4 == bytes.size());
  bytes_type swapped = bytes;
  for (std::size_t at = 0; at < size; ++at) std::swap(swapped[first + at], swapped[first + size + at]);
  seal(swapped);
  CHECK(credence::try_from_bytes<wide>(swapped).reason() == bytes_error::malformed);
  bytes_type twice = bytes;
  for (std::size_t at = 0; at < size; ++at) twice[first + size + at] = twice[first + at];
  seal(twice);
  CHECK(credence::try_from_bytes<wide>(twice).reason() == bytes_error::malformed);
  bytes_type more = bytes;
  put_word(more, first - 8, 3);
  seal(more);
  CHECK(credence::try_from_bytes<wide>(more).reason() == bytes_error::malformed);
  put_word(more, first - 8, everything);
  seal(more);
  CHECK(credence::try_from_bytes<wide>(more).reason() == bytes_error::malformed);
}

TEST_CASE("law: combinators hold one another, and travel as bytes") {
  std::vector<laws::row> const rows = laws::rows_of(200);
  using groups = laws::accumulator_of<laws::grouped_by_text>;
  using shard = credence::sharded<groups>;
  shard all("monday", laws::made_of<laws::grouped_by_text>(rows));
  all += shard("tuesday", laws::made_of<laws::grouped_by_text>(laws::rows_of(100, 8)));
  CHECK(credence::from_bytes<shard>(credence::to_bytes(all)) == all);
  CHECK_THROWS_AS(all += shard("monday", groups{}), credence::error);
  using nested = credence::tee_accumulator<credence::grouped<int, groups>, credence::mean_accumulator>;
  nested parts;
  for (laws::row const& each : rows) {
    auto inner = parts;
    credence::grouped<int, groups> one;
    one(each.shop, each.city, each.score);
    parts += nested(one, credence::mean_accumulator{});
    CHECK_FALSE(inner == parts);
  }
  CHECK(credence::from_bytes<nested>(credence::to_bytes(parts)) == parts);
  CHECK(parts.get<0>().at(rows[0].shop).at(rows[0].city).result().count > 0);
}

TEST_CASE("law: noise is refused") {
  std::uint64_t word = 1;
  for (int times = 0; times < 2000; ++times) {
    bytes_type noise(static_cast<std::size_t>(times % 200));
    for (std::byte& each : noise) {
      word = word * 6364136223846793005U + 1442695040888963407U;
      each = static_cast<std::byte>(word >> 56);
    }
    if (times % 2 == 0 && noise.size() >= 4) {
      std::string_view const magic = "CRDN";
      for (std::size_t at = 0; at < 4; ++at) noise[at] = static_cast<std::byte>(magic[at]);
    }
    CHECK_FALSE(credence::try_from_bytes<credence::nps_accumulator>(noise));
  }
  CHECK(credence::try_from_bytes<credence::nps_accumulator>({}).reason() == bytes_error::foreign);
}
