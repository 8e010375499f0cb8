// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DETAIL_BYTE_CODEC_HPP
#define CREDENCE_CORE_DETAIL_BYTE_CODEC_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <credence/core/describe.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

// How fields are written: whole numbers and reals in 8 bytes, enums and bools in 1, sequences after their length. A
// container of states has `write` and `read` of its own, because it orders its own bytes.

template <class Type>
inline constexpr bool is_array = false;
template <class Element, std::size_t Size>
inline constexpr bool is_array<std::array<Element, Size>> = true;
template <class Type>
inline constexpr bool is_wide = false;
template <std::size_t Words>
inline constexpr bool is_wide<wide_integer<Words>> = true;
template <class Type>
inline constexpr bool is_tuple = false;
template <class... Types>
inline constexpr bool is_tuple<std::tuple<Types...>> = true;
template <class Type>
inline constexpr bool is_vector = false;
template <class Element>
inline constexpr bool is_vector<std::vector<Element>> = true;

inline constexpr std::uint64_t negative_zero = std::uint64_t{1} << 63;  ///< −0.0: never written, nor read

struct byte_writer {
  std::vector<std::byte> bytes;

  void put_word(std::uint64_t word, int width) {
    for (; width != 0; --width, word >>= 8) bytes.push_back(static_cast<std::byte>(word & 0xffU));
  }
  void put_text(std::string_view text) {
    for (char const letter : text) bytes.push_back(static_cast<std::byte>(letter));
  }
  void put_count(std::size_t count) { put_word(count, 8); }

  template <class Object>
  void put_object(Object const& object) {
    if constexpr (requires { object.write(*this); }) {
      object.write(*this);
    } else {
      // Without `this->`, here and below, clang 14 takes the capture for unused.
      Object::describe(object, [this](char const*, auto const& field) { this->put(field); });
    }
  }
  template <class Field>
  void put(Field const& field) {
    if constexpr (std::is_enum_v<Field> || std::is_same_v<Field, bool>) {
      put_word(static_cast<std::uint64_t>(field), 1);
    } else if constexpr (std::is_integral_v<Field>) {
      put_word(static_cast<std::uint64_t>(field), 8);
    } else if constexpr (std::is_same_v<Field, double>) {
      std::uint64_t const bits = std::bit_cast<std::uint64_t>(field);
      put_word(bits == negative_zero ? 0 : bits, 8);  // it equals 0, and equal states have equal bytes
    } else if constexpr (std::is_same_v<Field, number> || std::is_same_v<Field, whole>) {
      put(field.value);
    } else if constexpr (std::is_same_v<Field, std::string>) {
      put_count(field.size());
      put_text(field);
    } else if constexpr (is_optional<Field>) {
      put(field.has_value());
      if (field) put(*field);
    } else if constexpr (is_wide<Field>) {
      for (std::uint64_t const word : field.words) put_word(word, 8);
    } else if constexpr (is_array<Field>) {
      for (auto const& element : field) put(element);
    } else if constexpr (is_vector<Field>) {
      put_count(field.size());
      for (auto const& element : field) put(element);
    } else if constexpr (is_tuple<Field>) {
      std::apply([this](auto const&... part) { (this->put(part), ...); }, field);
    } else {
      put_object(field);
    }
  }
};

/// Every `get` answers whether it could; what it filled is meaningless otherwise. Lengths are bounded by what is left.
struct byte_reader {
  std::span<std::byte const> left;

  [[nodiscard]] bool get_word(std::size_t width, std::uint64_t& word) {
    if (left.size() < width) return false;
    word = 0;
    for (std::size_t at = width; at-- != 0;) word = word << 8 | std::to_integer<std::uint64_t>(left[at]);
    left = left.subspan(width);
    return true;
  }
  [[nodiscard]] bool get_text(std::uint64_t size, std::string_view& text) {
    if (left.size() < size) return false;
    text = {reinterpret_cast<char const*>(left.data()), static_cast<std::size_t>(size)};
    left = left.subspan(static_cast<std::size_t>(size));
    return true;
  }
  /// A count of things of at least one byte each.
  [[nodiscard]] bool get_count(std::uint64_t& count) { return get_word(8, count) && count <= left.size(); }

  template <class Object>
  [[nodiscard]] bool get_object(Object& object) {
    if constexpr (requires { object.read(*this); }) {
      return object.read(*this);
    } else {
      bool good = true;
      Object::describe(object, [this, &good](char const*, auto& field) { good = good && this->get(field); });
      return good;
    }
  }
  template <class Field>
  [[nodiscard]] bool get(Field& field) {
    std::uint64_t word = 0;
    if constexpr (std::is_enum_v<Field>) {
      if (!get_word(1, word)) return false;
      field = static_cast<Field>(word);
      return !name_of(field).empty();
    } else if constexpr (std::is_same_v<Field, bool>) {
      if (!get_word(1, word)) return false;
      field = word != 0;
      return word <= 1;
    } else if constexpr (std::is_integral_v<Field>) {
      if (!get_word(8, word)) return false;
      field = static_cast<Field>(word);
      return static_cast<std::uint64_t>(field) == word;
    } else if constexpr (std::is_same_v<Field, double>) {
      if (!get_word(8, word)) return false;
      field = std::bit_cast<double>(word);
      return word != negative_zero;
    } else if constexpr (std::is_same_v<Field, number> || std::is_same_v<Field, whole>) {
      return get(field.value);
    } else if constexpr (std::is_same_v<Field, std::string>) {
      std::string_view text;
      if (!get_count(word) || !get_text(word, text)) return false;
      field = text;
      return true;
    } else if constexpr (is_optional<Field>) {
      bool there = false;
      if (!get(there)) return false;
      field.reset();
      return !there || get(field.emplace());
    } else if constexpr (is_wide<Field>) {
      for (std::uint64_t& each : field.words)
        if (!get_word(8, each)) return false;
      return true;
    } else if constexpr (is_array<Field>) {
      for (auto& element : field)
        if (!get(element)) return false;
      return true;
    } else if constexpr (is_vector<Field>) {
      if (!get_count(word)) return false;
      field.clear();
      for (; word != 0; --word)
        if (!get(field.emplace_back())) return false;
      return true;
    } else if constexpr (is_tuple<Field>) {
      return std::apply([this](auto&... part) { return (this->get(part) && ...); }, field);
    } else {
      return get_object(field);
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
