// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_IO_HPP
#define CREDENCE_IO_HPP

#include <cstddef>
#include <ostream>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <credence/core/describe.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

// `std::cout << result`: everything that lists its fields prints as `{value: 39.84, interval: {lower: …}, …}`, from
// that list. Opt-in, so that nobody pays for streams who does not print. For people and logs; store with `to_bytes`.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Field>
void print(std::ostream& out, Field const& field);

// Only our own types are printed, told by a function that argument-dependent look-up alone can find: with `using
// namespace credence`, a host's type that happens to list its fields must stay the host's to print.
void is_ours() = delete;
template <class Type>
concept ours = requires(Type const& value) {
  is_ours(value);
};

template <class Container>
void print_all(std::ostream& out, Container const& all) {
  char const* between = "[";
  for (auto const& element : all) {
    out << between;
    detail::print(out, element);
    between = ", ";
  }
  out << (*between == '[' ? "[]" : "]");
}

template <class Key, class State>
void print_groups(std::ostream& out, std::vector<Key> const& keys, std::vector<State> const& states) {
  char const* between = "{";
  for (std::size_t at = 0; at < keys.size(); ++at) {
    out << between;
    detail::print<Key>(out, keys[at]);
    out << ": ";
    detail::print(out, states[at]);
    between = ", ";
  }
  out << (*between == '{' ? "{}" : "}");
}

template <class Field>
void print(std::ostream& out, Field const& field) {
  if constexpr (named_enum<Field>) {
    out << name_of(field);
  } else if constexpr (std::is_same_v<Field, bool>) {
    out << (field ? "true" : "false");
  } else if constexpr (std::is_same_v<Field, number> || std::is_same_v<Field, whole>) {
    out << field.value;
  } else if constexpr (is_optional<Field>) {
    if (field) {
      detail::print(out, *field);
    } else {
      out << "unset";
    }
  } else if constexpr (requires { field.to_real(); }) {
    out << field.to_real();
  } else if constexpr (described<Field const>) {
    char const* between = "{";
    Field::describe(field, [&](char const* name, auto const& inner) {
      out << between << name << ": ";
      detail::print(out, inner);
      between = ", ";
    });
    out << '}';
  } else if constexpr (requires { field.begin(); } && !std::is_convertible_v<Field const&, std::string_view>) {
    print_all(out, field);
  } else if constexpr (requires { std::tuple_size<Field>::value; }) {
    char const* between = "[";
    std::apply([&](auto const&... part) { ((out << between, detail::print(out, part), between = ", "), ...); }, field);
    out << ']';
  } else if constexpr (requires { field.keys.size() == field.states.size(); }) {
    detail::print_groups(out, field.keys, field.states);
  } else if constexpr (std::is_enum_v<Field>) {
    detail::print(out, static_cast<std::underlying_type_t<Field>>(field));
  } else if constexpr (std::is_same_v<Field, signed char> || std::is_same_v<Field, unsigned char>) {
    out << static_cast<int>(field);  // a number of 8 bits is no letter
  } else if constexpr (requires { key_traits<Field>::to_key(field); }) {
    detail::print(out, key_traits<Field>::to_key(field));
  } else {
    out << field;
  }
}

}  // namespace detail

template <class Type>
void is_ours(Type const&);

/// Prints a result, an interval, a comparison, options or an accumulator by its fields, with the stream's own
/// precision.
template <class Type>
requires described<Type const> && detail::ours<Type> std::ostream& operator<<(std::ostream& out, Type const& value) {
  detail::print(out, value);
  return out;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
