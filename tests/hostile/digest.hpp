// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_HOSTILE_DIGEST_HPP
#define CREDENCE_TESTS_HOSTILE_DIGEST_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// What a program computed, as lines of text, one a figure: they outlive the program, so that what a hostile build
// answers is held against what a plain one wrote, whatever separates the two.

namespace hostile {

/// A figure is equal to the plain build's: letter for letter, or, if it is a real number, within 1e-12 of it.
[[nodiscard]] inline bool same_figure(std::string const& here, std::string const& there) {
  if (here == there) return true;
  std::size_t const at = here.find(" ~ ");
  if (at == std::string::npos || here.compare(0, at + 3, there, 0, at + 3) != 0) return false;
  double const one = std::strtod(here.c_str() + at + 3, nullptr);
  double const other = std::strtod(there.c_str() + at + 3, nullptr);
  return (std::isnan)(one) ? (std::isnan)(other) : std::fabs(one - other) <= 1e-12 * (std::fmax)(1.0, std::fabs(other));
}

class digest {
 public:
  /// Everything that the value lists of itself, under the name.
  template <class Value>
  void note(std::string const& name, Value const& value) {
    if constexpr (std::is_same_v<Value, bool> || std::is_integral_v<Value>) {
      lines_.push_back(name + " = " + std::to_string(value));
    } else if constexpr (std::is_enum_v<Value>) {
      lines_.push_back(name + " = " + std::to_string(static_cast<long>(value)));
    } else if constexpr (std::is_floating_point_v<Value>) {
      char text[40];
      std::snprintf(text, sizeof text, "%.17g", static_cast<double>(value));
      lines_.push_back(name + " ~ " + text);
    } else if constexpr (std::is_convertible_v<Value const&, std::string_view>) {
      lines_.push_back(name + " = " + std::string(std::string_view(value)));
    } else if constexpr (requires { value.has_value(); }) {
      if (value) note(name, *value);
    } else if constexpr (requires { value.begin(); }) {
      std::size_t place = 0;
      for (auto const& part : value) note(name + "[" + std::to_string(place++) + "]", part);
    } else if constexpr (requires { value.first; }) {
      note(name, value.second);
    } else if constexpr (requires { Value::describe(value, [](char const*, auto const&) {}); }) {
      Value::describe(value, [&](char const* field, auto const& inner) { note(name + "." + field, inner); });
    } else {
      note(name, value.value);
    }
  }

  /// Bytes that must be the same everywhere.
  void note_bytes(std::string const& name, std::vector<std::byte> const& bytes) {
    std::uint64_t mixed = 14'695'981'039'346'656'037U;
    for (std::byte const byte : bytes) mixed = (mixed ^ std::to_integer<std::uint64_t>(byte)) * 1'099'511'628'211U;
    note(name + ".size", bytes.size());
    note(name + ".bytes", mixed);
  }

  /// Writes the figures to a file; or, without `--write`, says which differ from the file's. What `main` returns.
  [[nodiscard]] int settle(int argument_count, char const* const* arguments) const {
    bool const writes = argument_count == 3 && std::strcmp(arguments[1], "--write") == 0;
    if (argument_count != 2 && !writes) return complain("usage: program [--write] FILE");
    std::FILE* const file = std::fopen(arguments[argument_count - 1], writes ? "w" : "r");
    if (file == nullptr) return complain("the file of figures cannot be opened");
    int result = 0;
    if (writes) {
      for (std::string const& line : lines_) std::fprintf(file, "%s\n", line.c_str());
    } else {
      std::vector<std::string> expected(1);
      for (int letter = 0; (letter = std::fgetc(file)) != EOF;)
        if (letter == '\n') {
          expected.emplace_back();
        } else {
          expected.back() += static_cast<char>(letter);
        }
      expected.pop_back();
      if (expected.size() != lines_.size()) result = complain("there are not as many figures as in the plain build");
      for (std::size_t at = 0; at < lines_.size() && at < expected.size(); ++at)
        if (!same_figure(lines_[at], expected[at]))
          result = complain((lines_[at] + "\n  the plain build says " + expected[at]).c_str());
    }
    std::fclose(file);
    std::printf("%zu figures\n", lines_.size());
    return result;
  }

 private:
  static int complain(char const* what) {
    std::printf("%s\n", what);
    return 1;
  }

  std::vector<std::string> lines_;
};

}  // namespace hostile

#endif
