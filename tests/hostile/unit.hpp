// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_HOSTILE_UNIT_HPP
#define CREDENCE_TESTS_HOSTILE_UNIT_HPP

#include <cstddef>
#include <span>

// The same unit four times in one program: of this version of credence and of a later one, with exceptions and without.
// They share nothing but these plain types, and the bytes that they write.

namespace units {

struct answers {
  char const* version;
  bool exceptions;
  void const* type;         ///< an address that is the accumulator's type's own
  void const* result_type;  ///< and one of the result's
  double nps;
  double weighted;
  double mean;
  std::size_t groups;
};

/// What a unit can be asked for.
struct unit {
  answers (*answered)();
  std::span<std::byte const> (*written)();
  bool (*reads)(std::span<std::byte const> bytes);  ///< and finds its own answers there?
  bool (*throws)();  ///< does a wrong call throw? Without exceptions, it ends the program
};

unit this_version();
unit this_version_no_exceptions();
unit later_version();
unit later_version_no_exceptions();

/// One address a type, in all units that know the type by the same name.
template <class Type>
void const* address_of_type() {
  static char const address = 0;
  return &address;
}

}  // namespace units

#endif
