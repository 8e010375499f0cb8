// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_DESCRIBE_HPP
#define CREDENCE_CORE_DESCRIBE_HPP

#include <concepts>
#include <string_view>
#include <type_traits>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct visitor_archetype {
  template <class Field>
  constexpr void operator()(char const*, Field&) const {}
};

}  // namespace detail

/// A type that lists its fields by name, once, in a static `describe(self, visitor)` that calls `visitor(name, field)`
/// for each. Bytes, printing and JSON all come from it, so a field that is listed is never forgotten in one of them.
/// `self` may be const or not; a reader fills the fields it is shown.
template <class Type>
concept described = requires(Type& self) {
  std::remove_cv_t<Type>::describe(self, detail::visitor_archetype{});
};

/// An enumeration whose values have names: `name_of(value)`, found beside it, answers an empty name for a value that is
/// none of its own. Printing writes the name; bytes from outside are refused where there is none.
template <class Type>
concept named_enum = std::is_enum_v<Type> && requires(Type value) {
  { name_of(value) } -> std::convertible_to<std::string_view>;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
