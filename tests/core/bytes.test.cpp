// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/bytes.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/tee.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>

#include "core/tickets.hpp"

namespace test_bytes {

using credence::bytes_error;
using credence::nps_accumulator;
using credence::try_from_bytes;

namespace {

using bytes = std::vector<std::byte>;

ticket_accumulator late_tickets() {
  ticket_accumulator acc({.limit = 48, .label = -2});
  for (double const hours : {1.0, 50.0, 60.0}) acc(hours);
  return acc;
}

std::string hexadecimal(bytes const& from) {
  std::string text;
  for (std::byte const byte : from) {
    text += "0123456789abcdef"[std::to_integer<unsigned>(byte >> 4)];
    text += "0123456789abcdef"[std::to_integer<unsigned>(byte & std::byte{15})];
  }
  return text;
}

// The bytes with their checksum put right: what is wrong with them is then looked for beyond it.
bytes sealed(bytes from) {
  from.resize(from.size() - 4);
  credence::detail::byte_writer out{std::move(from)};
  std::uint32_t const checksum = credence::crc32c(out.bytes);
  out.put_word(checksum, 4);
  return std::move(out.bytes);
}
bytes with(bytes from, std::size_t at, unsigned value) {
  from.at(at) = static_cast<std::byte>(value);
  return sealed(std::move(from));
}

template <class Accumulator>
bytes_error refusal(bytes const& from) {
  auto const read = try_from_bytes<Accumulator>(from);
  CHECK(static_cast<bool>(read) == (read.reason() == bytes_error::none));
  CHECK(read.message().empty() == static_cast<bool>(read));
  return read.reason();
}

}  // namespace

TEST_CASE("the layout, byte for byte: it can be read for ever") {
  bytes const written = credence::to_bytes(late_tickets());
  CHECK(hexadecimal(written) ==
        "4352444e"                  // "CRDN"
        "0100"                      // format 1
        "0c00"                      // the type's name has 12 letters,
        "686f73742e7469636b657473"  // "host.tickets"
        "2000000000000000"          // the payload has 32 bytes:
        "0000000000004840"          // options.limit, 48.0
        "feffffffffffffff"          // options.label, -2
        "0300000000000000"          // state.count
        "0200000000000000"          // state.late
        "502daaec");                // CRC-32C of all before it
  CHECK(credence::from_bytes<ticket_accumulator>(written) == late_tickets());
}

TEST_CASE("parsed answers a value, or a reason with its sentence") {
  bytes const written = credence::to_bytes(late_tickets());
  auto const good = try_from_bytes<ticket_accumulator>(written);
  REQUIRE(good);
  CHECK(good.reason() == bytes_error::none);
  CHECK(good.message().empty());
  CHECK(*good == late_tickets());
  CHECK(good->result().late == 2);
  auto const bad = try_from_bytes<nps_accumulator>(written);
  CHECK_FALSE(bad);
  CHECK(bad.message() == "credence: these bytes hold \"host.tickets\", not \"credence.nps\"");
  CHECK_THROWS_WITH_AS((void)bad.value(), bad.message().c_str(), credence::error);
  CHECK_THROWS_AS((void)*bad, credence::error);
  CHECK_THROWS_AS((void)bad->result(), credence::error);
  CHECK_THROWS_AS((void)credence::from_bytes<nps_accumulator>(written), credence::error);
}

TEST_CASE("what is read and used at once is moved out, and does not dangle") {
  bytes const written = credence::to_bytes(late_tickets());
  static_assert(std::is_same_v<decltype(*try_from_bytes<ticket_accumulator>(written)), ticket_accumulator>);
  static_assert(std::is_same_v<decltype(try_from_bytes<ticket_accumulator>(written).value()), ticket_accumulator>);
  auto const& read = *try_from_bytes<ticket_accumulator>(written);
  CHECK(read == late_tickets());
  CHECK_THROWS_AS((void)*try_from_bytes<nps_accumulator>(written), credence::error);
}

TEST_CASE("every reason") {
  bytes const good = credence::to_bytes(late_tickets());
  CHECK(refusal<ticket_accumulator>({}) == bytes_error::foreign);
  CHECK(refusal<ticket_accumulator>(with(good, 0, 'D')) == bytes_error::foreign);
  for (std::size_t size = 4; size < good.size(); ++size)
    CHECK(refusal<ticket_accumulator>(bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))) ==
          bytes_error::truncated);
  bytes longer = good;
  longer.push_back(std::byte{0});
  CHECK(refusal<ticket_accumulator>(longer) == bytes_error::truncated);
  CHECK(refusal<ticket_accumulator>(with(good, 6, 200)) == bytes_error::truncated);
  bytes damaged = good;
  damaged[40] ^= std::byte{1};
  CHECK(refusal<ticket_accumulator>(damaged) == bytes_error::damaged);
  CHECK(refusal<ticket_accumulator>(with(good, 4, 2)) == bytes_error::newer_format);
  CHECK(try_from_bytes<ticket_accumulator>(with(good, 5, 1)).message() ==
        "credence: these bytes need a credence that reads format 257; this one reads up to 1");
  CHECK(refusal<ticket_accumulator>(with(good, 8, 'H')) == bytes_error::other_type);
  CHECK(refusal<ticket_accumulator>(with(good, 4, 0)) == bytes_error::malformed);      // there is no format 0
  CHECK(refusal<ticket_accumulator>(with(good, 35, 0xc0)) == bytes_error::malformed);  // a limit of -48
  CHECK(refusal<ticket_accumulator>(with(good, 52, 4)) == bytes_error::malformed);     // 4 late of 3
  CHECK(refusal<ticket_accumulator>(with(good, 52, 3)) == bytes_error::none);
}

TEST_CASE("a payload that is too short or too long for its type is malformed, though its checksum is right") {
  bytes good = credence::to_bytes(late_tickets());
  for (int const change : {-8, -1, 1}) {
    bytes other = good;
    if (change > 0) other.insert(other.end() - 4, std::byte{0});
    if (change < 0) other.erase(other.end() - 4 + change, other.end() - 4);
    CHECK(refusal<ticket_accumulator>(with(other, 20, static_cast<unsigned>(32 + change))) == bytes_error::malformed);
  }
}

TEST_CASE("whatever single bit is flipped, the bytes are refused") {
  bytes const good = credence::to_bytes(late_tickets());
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    bytes flipped = good;
    flipped[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
    CHECK_FALSE(try_from_bytes<ticket_accumulator>(flipped));
  }
}

TEST_CASE("a length that no bytes follow is refused without a try to hold it") {
  using by_name = credence::grouped<std::string, nps_accumulator>;
  bytes const empty = credence::to_bytes(by_name{});
  std::size_t const count_at = empty.size() - 4 - 8;  // the number of groups comes last
  for (std::size_t byte = 0; byte < 8; ++byte)
    for (unsigned const value : {1U, 0x7fU, 0xffU})
      CHECK(refusal<by_name>(with(empty, count_at + byte, value)) == bytes_error::malformed);
}

TEST_CASE("equal groups give equal bytes, in whatever order they came") {
  using by_name = credence::grouped<std::string, nps_accumulator>;
  by_name one;
  by_name other;
  for (char const* const key : {"web", "", "shop", "a"}) one(key, 9);
  for (char const* const key : {"a", "shop", "", "web"}) other(std::string(key), 10);
  CHECK(one == other);
  CHECK(credence::to_bytes(one) == credence::to_bytes(other));
  by_name const read = credence::from_bytes<by_name>(credence::to_bytes(one));
  CHECK(read == one);
  CHECK(read.state().keys == std::vector<std::string>{"", "a", "shop", "web"});
}

TEST_CASE("groups that are out of order or twice there are malformed") {
  using by_number = credence::grouped<int, ticket_accumulator>;
  by_number groups;
  groups(1, 30.0);
  groups(2, 30.0);
  bytes const good = credence::to_bytes(groups);
  std::size_t const group_size = 8 + 9 + 16;
  std::size_t const last_digit = good.size() - 4 - 16 - 1;  // of the second key
  CHECK(good.at(last_digit) == std::byte{2});
  CHECK(refusal<by_number>(good) == bytes_error::none);
  CHECK(refusal<by_number>(with(good, last_digit, 1)) == bytes_error::malformed);
  CHECK(refusal<by_number>(with(good, last_digit, 0)) == bytes_error::malformed);
  CHECK(refusal<by_number>(with(good, last_digit - group_size, 3)) == bytes_error::malformed);
  CHECK(refusal<by_number>(with(good, last_digit - 8, 2)) == bytes_error::malformed);  // a sign that is none
  // A wider key of the same kind reads the same bytes; a narrower one those that it can hold.
  CHECK(try_from_bytes<credence::grouped<std::int8_t, ticket_accumulator>>(good)->at(2).result().late == 1);
  CHECK(refusal<credence::grouped<std::int8_t, ticket_accumulator>>(with(good, last_digit, 200)) ==
        bytes_error::malformed);
}

TEST_CASE("accumulators of accumulators come back as they were") {
  auto both = credence::tee(nps_accumulator{}, credence::csat_accumulator{{.scale_max = 7}});
  both(5);
  both(11);
  CHECK(credence::from_bytes<decltype(both)>(credence::to_bytes(both)) == both);
  credence::grouped<std::pair<std::string, bool>, decltype(both)> groups(credence::detail::emptied(both));
  groups(std::pair("web", true), 3);
  groups(std::pair("web", false), 3);
  CHECK(credence::from_bytes<decltype(groups)>(credence::to_bytes(groups)) == groups);
}

}  // namespace test_bytes
