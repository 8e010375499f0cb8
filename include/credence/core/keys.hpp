// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_KEYS_HPP
#define CREDENCE_CORE_KEYS_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <credence/core/calendar_keys.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/version.hpp>

// What can be a key, and the four things a group needs of one: the type that is kept, equality, a hash, and an encoding
// as bytes. Encodings compare as their keys do (integers by value, strings by their characters, tuples field by field),
// so that what is written in their order is written in the order of the keys.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Mixes 64 bits so that each bit of the answer depends on every one (the finaliser of SplitMix64, Steele 2014). The
/// host's keys are often consecutive; a table that took them as they are would cluster.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58'476d'1ce4'e5b9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94d0'49bb'1331'11ebULL;
  return bits ^ (bits >> 31);
}
[[nodiscard]] inline std::uint64_t hash_of_text(std::string_view text) {
  std::uint64_t hash = mixed(text.size());
  while (!text.empty()) {
    std::uint64_t word = 0;
    std::size_t const length = text.size() < sizeof word ? text.size() : sizeof word;
    std::memcpy(&word, text.data(), length);
    hash = mixed(hash ^ word);
    text.remove_prefix(length);
  }
  return hash;
}

/// An encoding is a string of bytes; these read one from its front.
inline void encode_word(std::string& out, std::uint64_t word) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(word >> shift & 0xffU));
}
[[nodiscard]] inline bool decode_word(std::string_view& in, std::uint64_t& word) {
  if (in.size() < 8) return false;
  word = 0;
  for (std::size_t at = 0; at < 8; ++at) word = word << 8 | static_cast<unsigned char>(in[at]);
  in.remove_prefix(8);
  return true;
}

template <class Key>
concept integer_key = (std::is_integral_v<Key> || std::is_enum_v<Key>)&&sizeof(Key) <= sizeof(std::uint64_t);
template <class Key>
concept text_key = !std::is_same_v<Key, std::nullptr_t> && std::convertible_to<Key const&, std::string_view>;
/// A host's key, or one of the standard library's clocks and calendars, written with keys that are known here.
template <class Key>
concept host_key = requires(Key const& key) {
  { key_traits<Key>::from_key(key_traits<Key>::to_key(key)) } -> std::convertible_to<Key>;
}
&&!integer_key<Key> && !text_key<Key>;

/// Stored type, equality, hash and encoding of a key; undefined for what is none.
template <class Key>
struct key_codec;

template <integer_key Key>
struct key_codec<Key> {
  using stored_type = Key;
  /// The value in 64 bits, as two's complement; the sign tells −1 from 2⁶⁴ − 1. A character has none, as in a string:
  /// machines differ in whether `char` has.
  static constexpr std::uint64_t word(Key key) {
    if constexpr (is_character) {
      return static_cast<std::make_unsigned_t<Key>>(key);
    } else {
      return static_cast<std::uint64_t>(key);
    }
  }
  static constexpr bool negative(Key key) {
    if constexpr (is_character) {
      return false;
    } else if constexpr (std::is_enum_v<Key>) {
      return static_cast<std::underlying_type_t<Key>>(key) < std::underlying_type_t<Key>{};
    } else {
      return key < Key{};
    }
  }
  static constexpr std::uint64_t hash(Key key) { return mixed(word(key)); }
  template <integer_key Other>
  static constexpr bool equal(Key key, Other other) {
    return word(key) == key_codec<Other>::word(other) && negative(key) == key_codec<Other>::negative(other);
  }
  static constexpr Key stored(Key key) { return key; }
  static void encode(std::string& out, Key key) {
    out.push_back(negative(key) ? '\0' : '\1');  // negative keys come first, and two's complement orders the rest
    encode_word(out, word(key));
  }
  static bool decode(std::string_view& in, Key& key) {
    if (in.empty() || static_cast<unsigned char>(in[0]) > 1) return false;
    bool const below_zero = in[0] == 0;
    in.remove_prefix(1);
    std::uint64_t bits = 0;
    if (!decode_word(in, bits)) return false;
    key = static_cast<Key>(bits);
    return word(key) == bits && negative(key) == below_zero;  // it fits the type it was read for
  }
  static std::string name() { return "integer"; }

 private:
  static constexpr bool is_character = std::is_same_v<Key, char> || std::is_same_v<Key, wchar_t>;
};

template <text_key Key>
struct key_codec<Key> {
  using stored_type = std::string;
  static std::uint64_t hash(std::string_view key) { return hash_of_text(key); }
  static bool equal(std::string_view key, std::string_view other) { return key == other; }
  static std::string stored(std::string_view key) { return std::string(key); }
  // A zero byte is written 00 FF and the end 00 00, so that "a" comes before "ab" whatever follows in a tuple.
  static void encode(std::string& out, std::string_view key) {
    for (char const letter : key) {
      out.push_back(letter);
      if (letter == '\0') out.push_back('\xff');
    }
    out.append(2, '\0');
  }
  static bool decode(std::string_view& in, std::string& key) {
    key.clear();
    for (std::size_t at = 0; at + 1 < in.size(); ++at) {
      if (in[at] != '\0') {
        key.push_back(in[at]);
      } else if (in[at + 1] == '\xff') {
        key.push_back('\0');
        ++at;
      } else if (in[at + 1] == '\0') {
        in.remove_prefix(at + 2);
        return true;
      } else {
        return false;
      }
    }
    return false;
  }
  static std::string name() { return "text"; }
};

template <class Key>
using codec_of = key_codec<std::remove_cvref_t<std::decay_t<Key>>>;
template <class Key>
using stored_key = typename codec_of<Key>::stored_type;

/// An empty optional is a key of its own, and comes first.
template <class Key>
struct key_codec<std::optional<Key>> {
  using stored_type = std::optional<stored_key<Key>>;
  template <class Own>
  static std::uint64_t hash(std::optional<Own> const& key) {
    return key ? mixed(codec_of<Own>::hash(*key) + 1) : 0;
  }
  template <class Own, class Other>
  static bool equal(std::optional<Own> const& key, std::optional<Other> const& other) {
    return key && other ? codec_of<Own>::equal(*key, *other) : key.has_value() == other.has_value();
  }
  template <class Own>
  static stored_type stored(std::optional<Own> const& key) {
    return key ? stored_type(codec_of<Own>::stored(*key)) : stored_type();
  }
  static void encode(std::string& out, stored_type const& key) {
    out.push_back(key ? '\1' : '\0');
    if (key) codec_of<Key>::encode(out, *key);
  }
  static bool decode(std::string_view& in, stored_type& key) {
    if (in.empty() || static_cast<unsigned char>(in[0]) > 1) return false;
    bool const there = in[0] == '\1';
    in.remove_prefix(1);
    key.reset();
    return !there || codec_of<Key>::decode(in, key.emplace());
  }
  static std::string name() { return "optional " + codec_of<Key>::name(); }
};

template <class... Keys>
struct key_codec<std::tuple<Keys...>> {
  using stored_type = std::tuple<stored_key<Keys>...>;
  template <class... Own>
  static std::uint64_t hash(std::tuple<Own...> const& key) {
    std::uint64_t hash = sizeof...(Keys);
    std::apply([&hash](auto const&... part) { ((hash = mixed(hash ^ codec_of<decltype(part)>::hash(part))), ...); },
               key);
    return hash;
  }
  template <class... Own, class... Other>
  static bool equal(std::tuple<Own...> const& key, std::tuple<Other...> const& other) {
    return [&]<std::size_t... At>(std::index_sequence<At...>) {
      return (codec_of<Own>::equal(std::get<At>(key), std::get<At>(other)) && ...);
    }
    (std::index_sequence_for<Own...>{});
  }
  template <class... Own>
  static stored_type stored(std::tuple<Own...> const& key) {
    return std::apply([](auto const&... part) { return stored_type(codec_of<decltype(part)>::stored(part)...); }, key);
  }
  static void encode(std::string& out, stored_type const& key) {
    std::apply([&out](auto const&... part) { (codec_of<decltype(part)>::encode(out, part), ...); }, key);
  }
  static bool decode(std::string_view& in, stored_type& key) {
    return std::apply([&in](auto&... part) { return (codec_of<decltype(part)>::decode(in, part) && ...); }, key);
  }
  static std::string name() {
    std::string id = "(";
    ((id += codec_of<Keys>::name(), id += ','), ...);
    id.back() = ')';
    return id;
  }
};

template <class First, class Second>
struct key_codec<std::pair<First, Second>> {
  using stored_type = std::pair<stored_key<First>, stored_key<Second>>;
  using fields = key_codec<std::tuple<First, Second>>;
  template <class Own>
  static std::uint64_t hash(Own const& key) {
    return fields::hash(std::tie(key.first, key.second));
  }
  template <class Own, class Other>
  static bool equal(Own const& key, Other const& other) {
    return fields::equal(std::tie(key.first, key.second), std::tie(other.first, other.second));
  }
  template <class Own>
  static stored_type stored(Own const& key) {
    return {codec_of<First>::stored(key.first), codec_of<Second>::stored(key.second)};
  }
  static void encode(std::string& out, stored_type const& key) {
    codec_of<First>::encode(out, key.first);
    codec_of<Second>::encode(out, key.second);
  }
  static bool decode(std::string_view& in, stored_type& key) {
    return codec_of<First>::decode(in, key.first) && codec_of<Second>::decode(in, key.second);
  }
  static std::string name() { return fields::name(); }
};

/// A key that is written with another: everything is asked of that one, and the key itself is kept.
template <host_key Key>
struct key_codec<Key> {
  using stored_type = Key;
  using known = std::remove_cvref_t<decltype(key_traits<Key>::to_key(std::declval<Key const&>()))>;
  static std::uint64_t hash(Key const& key) { return codec_of<known>::hash(key_traits<Key>::to_key(key)); }
  static bool equal(Key const& key, Key const& other) {
    return codec_of<known>::equal(key_traits<Key>::to_key(key), key_traits<Key>::to_key(other));
  }
  static Key stored(Key const& key) { return key; }
  static void encode(std::string& out, Key const& key) {
    codec_of<known>::encode(out, codec_of<known>::stored(key_traits<Key>::to_key(key)));
  }
  static bool decode(std::string_view& in, Key& key) {
    stored_key<known> read{};
    if (!codec_of<known>::decode(in, read)) return false;
    key = key_traits<Key>::from_key(read);
    return codec_of<known>::equal(key_traits<Key>::to_key(key), read);  // a year of 16 bits cannot hold every integer
  }
  static std::string name() { return codec_of<known>::name(); }
};

}  // namespace detail

/// Can groups be told apart by this type?
template <class Key>
concept key_like = requires {
  typename detail::stored_key<Key>;
};

namespace detail {

/// The one place where a projection that returns no key is complained about.
template <class Key>
constexpr bool check_key() {
  static_assert(!std::is_floating_point_v<std::remove_cvref_t<Key>>,
                "credence: a floating-point number is no key (NaN equals nothing, and 0.1 + 0.2 is not 0.3); group by "
                "an integer, an enum or a string");
  static_assert(key_like<Key> || std::is_floating_point_v<std::remove_cvref_t<Key>>,
                "credence: this projection returns a type that is not a key; return an integer, an enum, a string or a "
                "tuple of them, or specialise credence::key_traits<T> with `static auto to_key(T const&)` and "
                "`static T from_key(known const&)`");
  return key_like<Key> && !std::is_floating_point_v<std::remove_cvref_t<Key>>;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
