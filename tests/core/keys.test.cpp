// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <bit>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>

using namespace std::chrono;
using namespace std::string_literals;
using credence::key_like;
using credence::detail::codec_of;
using credence::detail::stored_key;

namespace {

enum class channel : signed char { none = -1, web, shop };
enum plain : unsigned { first, second };

// A host's identifier, written with a tuple of what is known.
struct article {
  std::string shop;
  int number = 0;
  bool operator==(article const&) const = default;
  auto operator<=>(article const&) const = default;
};
// A date by its looks, but it says more than its year and month.
struct moment {
  int year() const { return 2026; }
  unsigned month() const { return 1; }
  int hour() const { return 3; }
};

template <class Key>
std::string encoded(Key const& key) {
  std::string out;
  codec_of<Key>::encode(out, codec_of<Key>::stored(key));
  return out;
}
template <class Key>
std::optional<Key> decoded(std::string_view bytes) {
  Key key{};
  return codec_of<Key>::decode(bytes, key) && bytes.empty() ? std::optional<Key>(key) : std::nullopt;
}

// Keys in ascending order: their encodings ascend with them, differ, read back, and no other number of bytes does.
template <class Key>
void check_ascending(std::vector<Key> const& keys) {
  for (std::size_t at = 0; at < keys.size(); ++at) {
    Key const key = keys[at];  // a copy: a vector<bool> holds no bool
    std::string const bytes = encoded(key);
    REQUIRE(decoded<Key>(bytes).has_value());
    CHECK(*decoded<Key>(bytes) == key);
    for (std::size_t length = 0; length < bytes.size(); ++length)
      CHECK_FALSE(decoded<Key>(std::string_view(bytes).substr(0, length)).has_value());
    CHECK_FALSE(decoded<Key>(bytes + '\0').has_value());
    CHECK(codec_of<Key>::hash(key) == codec_of<Key>::hash(*decoded<Key>(bytes)));
    for (std::size_t other = 0; other < at; ++other) {
      Key const before = keys[other];
      CHECK(encoded(before) < bytes);
      CHECK_FALSE(codec_of<Key>::equal(before, key));
      CHECK(codec_of<Key>::hash(before) != codec_of<Key>::hash(key));
    }
    CHECK(codec_of<Key>::equal(key, key));
  }
}

}  // namespace

template <>
struct credence::key_traits<article> {
  static std::tuple<std::string, int> to_key(article const& key) { return {key.shop, key.number}; }
  static article from_key(std::tuple<std::string, int> const& key) { return {std::get<0>(key), std::get<1>(key)}; }
};

static_assert(key_like<int> && key_like<bool> && key_like<char> && key_like<channel> && key_like<plain>);
static_assert(key_like<std::string> && key_like<char const*> && key_like<char[4]> && key_like<std::string_view const&>);
static_assert(key_like<year_month_day> && key_like<year_month> && key_like<sys_days> && key_like<local_seconds>);
static_assert(key_like<article> && key_like<std::optional<std::pair<int, article>>>);
static_assert(!key_like<double> && !key_like<std::vector<int>> && !key_like<void*> && !key_like<std::nullptr_t>);
static_assert(!key_like<year_month_weekday> && !key_like<year_month_day_last> && !key_like<moment>);
static_assert(std::is_same_v<stored_key<char const*>, std::string> &&
              std::is_same_v<stored_key<std::tuple<std::string_view, char[3], int const&>>,
                             std::tuple<std::string, std::string, int>>);

TEST_CASE_TEMPLATE("integers are ordered by value", Key, std::int8_t, std::int16_t, std::int32_t, std::int64_t) {
  using limits = std::numeric_limits<Key>;
  check_ascending(std::vector<Key>{limits::min(), static_cast<Key>(limits::min() + 1), Key(0), Key(1), Key(100),
                                   static_cast<Key>(limits::max() - 1), limits::max()});
}
TEST_CASE_TEMPLATE("integers without a sign too", Key, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t) {
  check_ascending(std::vector<Key>{0, 1, 100, std::numeric_limits<Key>::max()});
}

TEST_CASE("characters are ordered as in a string, whether or not the machine's have a sign") {
  check_ascending(std::vector<char>{'\0', 'a', 'z', '\x7f', '\x80', '\xe9', '\xff'});
  check_ascending(std::vector<wchar_t>{L'\0', L'a', static_cast<wchar_t>(-1)});
  CHECK(encoded('\xe9') == encoded(233));
  CHECK(codec_of<char>::hash('\xe9') == codec_of<int>::hash(233));
  CHECK(codec_of<char>::equal('\xe9', 233));
  CHECK_FALSE(codec_of<char>::equal('\xe9', -23));
  CHECK_FALSE(decoded<char>(encoded(-23)).has_value());
}

TEST_CASE("every other kind of key") {
  check_ascending(std::vector<bool>{false, true});
  check_ascending(std::vector{channel::none, channel::web, channel::shop});
  check_ascending(std::vector{first, second});
  check_ascending(std::vector{""s, "\0"s, "\0\0"s, "\0a"s, "\1"s, "a"s, "a\0"s, "a\0b"s, "ab"s, "b"s, "\xff"s});
  check_ascending(std::vector<std::optional<int>>{std::nullopt, -1, 0, 1});
  check_ascending(std::vector<std::optional<std::optional<bool>>>{std::nullopt, std::optional<bool>(), false, true});
  check_ascending(std::vector<std::pair<std::string, int>>{{"", 9}, {"a", -1}, {"a", 1}, {"a\0"s, 0}, {"ab", 0}});
  using nested = std::tuple<std::pair<int, std::string>, std::optional<channel>, bool>;
  check_ascending(std::vector<nested>{{{-1, "z"}, channel::shop, true},
                                      {{0, ""}, std::nullopt, false},
                                      {{0, ""}, channel::none, false},
                                      {{0, ""}, channel::none, true},
                                      {{0, "\0"s}, std::nullopt, false}});
  check_ascending(std::vector<article>{{"a", 2}, {"a", 10}, {"b", -5}});
}

TEST_CASE("calendars and clocks are ordered as time is") {
  check_ascending(std::vector{year_month_day(year(-5), January, day(1)), year_month_day(year(2025), December, day(31)),
                              year_month_day(year(2026), February, day(9)),
                              year_month_day(year(2026), October, day(1))});
  check_ascending(std::vector{year(1999) / 12, year(2026) / 2, year(2026) / 10});
  check_ascending(std::vector{sys_days(days(-1)), sys_days(days(0)), sys_days(days(20'000))});
  check_ascending(std::vector{sys_seconds(seconds(-1)), sys_seconds(seconds(1'700'000'000))});
  check_ascending(std::vector{year(-5), year(0), year(2026)});
  check_ascending(std::vector{January, February, October, December});
  check_ascending(std::vector{day(1), day(9), day(31)});
  check_ascending(std::vector{Monday, Tuesday, Saturday, Sunday});
  check_ascending(std::vector{hours(-3), hours(0), hours(48)});
  check_ascending(std::vector{milliseconds(-1), milliseconds(1)});
  CHECK(encoded(sys_seconds(seconds(-7))) == encoded(std::int64_t{-7}));
}

TEST_CASE("an encoding is refused by a type that cannot hold it") {
  CHECK(decoded<std::int8_t>(encoded(127)) == 127);
  CHECK(decoded<std::int8_t>(encoded(128)) == std::nullopt);
  CHECK(decoded<std::int8_t>(encoded(-129)) == std::nullopt);
  CHECK(decoded<std::uint64_t>(encoded(-1)) == std::nullopt);
  CHECK(decoded<std::int64_t>(encoded(~std::uint64_t{})) == std::nullopt);
  CHECK(decoded<bool>(encoded(2)) == std::nullopt);
  CHECK(decoded<channel>(encoded(200)) == std::nullopt);
  CHECK(decoded<int>("\2"s + std::string(8, '\0')) == std::nullopt);
  CHECK(decoded<std::string>("a\0\1\0\0"s) == std::nullopt);
  CHECK(decoded<std::string>("a\0"s) == std::nullopt);
  CHECK(decoded<std::optional<int>>("\2"s) == std::nullopt);
  // A year has 16 bits: one that wrapped would be another key.
  std::string const far_year = encoded(std::tuple(70'000, 2U));
  CHECK(decoded<year_month>(far_year) == std::nullopt);
  CHECK(decoded<year_month>(encoded(std::tuple(2026, 300U))) == std::nullopt);
}

TEST_CASE("keys are looked up by any type that says the same") {
  using credence::detail::key_codec;
  CHECK(key_codec<std::int64_t>::equal(5, 5));
  CHECK(codec_of<int>::hash(-5) == codec_of<std::int64_t>::hash(-5));
  CHECK(codec_of<std::uint8_t>::hash(200) == codec_of<std::int64_t>::hash(200));
  CHECK(key_codec<std::int64_t>::equal(-5, -5));
  CHECK(key_codec<std::int64_t>::equal(200, std::uint8_t{200}));
  CHECK_FALSE(key_codec<std::int64_t>::equal(-1, ~std::uint64_t{}));  // the same 64 bits
  CHECK(encoded(-1) != encoded(~std::uint64_t{}));
  CHECK_FALSE(key_codec<bool>::equal(true, 2));
  CHECK(codec_of<char[4]>::hash("web") == codec_of<std::string>::hash("web"s));
  CHECK(codec_of<std::string_view>::equal("web", "web"s));
  using stored = std::tuple<std::string, std::int64_t>;
  CHECK(codec_of<stored>::equal(stored("web", 3), std::tuple("web", 3)));
  CHECK(codec_of<stored>::hash(stored("web", 3)) == codec_of<std::tuple<char const*, int>>::hash(std::tuple("web", 3)));
  CHECK(codec_of<std::pair<std::string, int>>::hash(std::pair("web"s, 3)) ==
        codec_of<std::pair<std::string_view, short>>::hash(std::pair<std::string_view, short>("web", short{3})));
  CHECK_FALSE(codec_of<std::string>::equal("a\0b"s, "a"));
  CHECK(codec_of<std::string>::hash("a\0"s) != codec_of<std::string>::hash("a"s));
}

TEST_CASE("a type says what its keys are written with, so that bytes of a like key can be read") {
  CHECK(codec_of<int>::name() == "integer");
  CHECK(codec_of<channel>::name() == "integer");
  CHECK(codec_of<char const*>::name() == "text");
  CHECK(codec_of<std::optional<std::pair<int, std::string>>>::name() == "optional (integer,text)");
  CHECK(codec_of<year_month>::name() == "(integer,integer)");
  CHECK(codec_of<article>::name() == "(text,integer)");
  CHECK(codec_of<sys_days>::name() == "integer");
}

TEST_CASE("hashes of neighbours differ in about half of their bits, high and low") {
  for (unsigned shift : {0U, 32U}) {
    int bits = 0;
    for (int key = 0; key < 1'000; ++key) {
      std::uint64_t const change = codec_of<int>::hash(key) ^ codec_of<int>::hash(key + 1);
      bits += std::popcount(static_cast<std::uint32_t>(change >> shift));
    }
    CHECK(bits > 15'000);
    CHECK(bits < 17'000);
  }
}
