// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/core/detail/byte_codec.hpp>

namespace test_byte_codec {

using credence::detail::byte_reader;
using credence::detail::byte_writer;

namespace {

enum class colour : std::uint8_t { red, green };
constexpr std::string_view name_of(colour value) {
  return value == colour::red ? "red" : value == colour::green ? "green" : std::string_view();
}
struct mixed_bag {
  std::int8_t narrow = -3;
  std::uint64_t wide = ~std::uint64_t{};
  bool flag = true;
  colour paint = colour::green;
  double real = -0.1;
  credence::number number = 2.5;
  credence::whole whole = -7;
  std::string text = "a";
  std::optional<int> unset{};
  std::optional<std::uint32_t> set = 9;
  std::array<std::uint64_t, 2> two{1, 2};
  std::vector<std::string> many{"", "bc"};
  std::tuple<bool, std::int64_t> pair{false, -1};
  credence::wide_integer<2> sum{-2};

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("narrow", self.narrow);
    visit("wide", self.wide);
    visit("flag", self.flag);
    visit("paint", self.paint);
    visit("real", self.real);
    visit("number", self.number);
    visit("whole", self.whole);
    visit("text", self.text);
    visit("unset", self.unset);
    visit("set", self.set);
    visit("two", self.two);
    visit("many", self.many);
    visit("pair", self.pair);
    visit("sum", self.sum);
  }
  friend bool operator==(mixed_bag const&, mixed_bag const&) = default;
};

template <class Value>
std::vector<std::byte> written(Value const& value) {
  byte_writer out;
  out.put(value);
  return out.bytes;
}
template <class Value>
bool reads(std::vector<std::byte> const& bytes, Value& value) {
  byte_reader in{bytes};
  return in.get(value) && in.left.empty();
}
template <class Value>
bool reads(std::vector<std::byte> const& bytes) {
  Value value{};
  return reads(bytes, value);
}

}  // namespace

TEST_CASE("every kind of field comes back as it was, and from no fewer bytes") {
  mixed_bag const bag;
  auto const bytes = written(bag);
  CHECK(bytes.size() == 8 + 8 + 1 + 1 + 8 + 8 + 8 + (8 + 1) + 1 + (1 + 8) + 16 + (8 + 8 + 8 + 2) + (1 + 8) + 16);
  mixed_bag read{.narrow = 0, .wide = 0, .flag = false, .paint = colour::red, .unset = 4, .set = {}, .many = {"x"}};
  CHECK(reads(bytes, read));
  CHECK(read == bag);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(reads<mixed_bag>({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}));
}

TEST_CASE("words are little-endian, and of fixed width whatever the type") {
  CHECK(written(std::int8_t{-2}) == written(std::int64_t{-2}));
  CHECK(written(std::uint32_t{0x01020304}) == std::vector{std::byte{4}, std::byte{3}, std::byte{2}, std::byte{1},
                                                          std::byte{0}, std::byte{0}, std::byte{0}, std::byte{0}});
  CHECK(written(1.0).back() == std::byte{0x3f});
}

TEST_CASE("a double keeps its bits, but for a negative zero: it equals zero, so its bytes are those of zero") {
  double const infinity = std::numeric_limits<double>::infinity();
  for (double const value : {0.1, -infinity, std::numeric_limits<double>::denorm_min()}) {
    double back = 0;
    CHECK(reads(written(value), back));
    CHECK(back == value);
  }
  CHECK(written(-0.0) == written(0.0));
  CHECK_FALSE(reads<double>(written(std::uint64_t{1} << 63)));  // nothing writes it
}

TEST_CASE("an integer is refused by a type that cannot hold it") {
  CHECK(reads<std::int8_t>(written(-128)));
  CHECK_FALSE(reads<std::int8_t>(written(-129)));
  CHECK_FALSE(reads<std::int8_t>(written(128)));
  CHECK_FALSE(reads<std::uint8_t>(written(-1)));
  CHECK(reads<std::uint32_t>(written(std::numeric_limits<std::uint32_t>::max())));
  CHECK_FALSE(reads<std::uint32_t>(written(std::uint64_t{1} << 32)));
}

TEST_CASE("an enum without a name, and a bool that is neither, are refused") {
  CHECK(reads<colour>({std::byte{1}}));
  CHECK_FALSE(reads<colour>({std::byte{2}}));
  CHECK_FALSE(reads<bool>({std::byte{2}}));
  CHECK_FALSE(reads<std::optional<bool>>({std::byte{2}, std::byte{0}}));
  CHECK(reads<std::optional<bool>>({std::byte{0}}));
  CHECK_FALSE(reads<std::optional<bool>>({std::byte{1}}));
}

TEST_CASE("lengths are held against the bytes that are left before anything is allocated") {
  for (std::uint64_t const length : {std::uint64_t{3}, std::uint64_t{1} << 40, ~std::uint64_t{}}) {
    byte_writer out;
    out.put(length);
    out.put_text("ab");
    std::string text;
    std::vector<colour> many;
    CHECK_FALSE(reads(out.bytes, text));
    CHECK_FALSE(reads(out.bytes, many));
    CHECK(text.capacity() < 100);
    CHECK(many.capacity() == 0);
  }
}

}  // namespace test_byte_codec
