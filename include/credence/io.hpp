// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_IO_HPP
#define CREDENCE_IO_HPP

#include <ostream>
#include <string_view>
#include <type_traits>

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

template <class Container>
void print_all(std::ostream& out, Container const& all) {
  char const* between = "[";
  for (auto const& element : all) {
    out << between;
    print(out, element);
    between = ", ";
  }
  out << (*between == '[' ? "[]" : "]");
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
      print(out, *field);
    } else {
      out << "unset";
    }
  } else if constexpr (requires { field.to_real(); }) {
    out << field.to_real();
  } else if constexpr (described<Field const>) {
    char const* between = "{";
    Field::describe(field, [&](char const* name, auto const& inner) {
      out << between << name << ": ";
      print(out, inner);
      between = ", ";
    });
    out << '}';
  } else if constexpr (requires { field.begin(); } && !std::is_convertible_v<Field const&, std::string_view>) {
    print_all(out, field);
  } else {
    out << field;
  }
}

}  // namespace detail

/// Prints a result, an interval, a comparison, options or an accumulator by its fields, with the stream's own
/// precision.
template <class Type>
requires described<Type const> std::ostream& operator<<(std::ostream& out, Type const& value) {
  detail::print(out, value);
  return out;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
