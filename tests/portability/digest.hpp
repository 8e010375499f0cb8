// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_PORTABILITY_DIGEST_HPP
#define CREDENCE_TESTS_PORTABILITY_DIGEST_HPP

#include <credence/core/describe.hpp>
#include <credence/core/host_types.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

// What one build of the library answers, line by line, to be held against what another build answered.

namespace portability {

/// How a line is compared.
enum class measure {
  exact,    ///< by its text
  real,     ///< within so much of the larger of 1 and the value
  relative  ///< within so much of the value itself: for what may be tiny, as tails are
};

struct line {
  measure by = measure::exact;
  double within = 0;
  std::string name;  ///< "function.field" or "function(arguments)", without blanks
  std::string value;
};

/// Two builds of an answer that is made of a few hundred roundings: a thousand times what is mostly seen.
inline constexpr double usual = 1e-12;

/// Of a longer list of results, these; of an exact one, all are in the bytes.
inline constexpr std::size_t longest_list = 11;

class digest {
 public:
  void exact_text(std::string name, std::string_view value);
  /// A real whose bits must be the same.
  void exact_real(std::string name, double value);
  /// Their number and a hash of all of them.
  void exact_bytes(std::string const& name, std::string_view bytes);
  void exact_bytes(std::string const& name, std::vector<std::byte> const& bytes);

  void real(std::string name, double value, double within = usual);
  void relative(std::string name, double value, double within);

  /// A result, field by field: whole numbers, enumerations and texts exactly, reals within so much. What many types
  /// share is out of line: this is instantiated some hundred times.
  template <class Value>
  void add(std::string_view name, Value const& value, double within = usual) {
    std::size_t const outside = enter(name);
    if constexpr (std::is_same_v<Value, double>) {
      put_real(value, within);
    } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
      put_signed(value);
    } else if constexpr (std::is_integral_v<Value>) {
      put_unsigned(value);
    } else if constexpr (std::is_enum_v<Value>) {
      put_text(name_of(value));
    } else if constexpr (std::is_same_v<Value, std::string>) {
      put_text(value);
    } else if constexpr (credence::detail::is_optional<Value>) {
      if (value) add("value", *value, within);
    } else if constexpr (credence::described<Value const>) {
      Value::describe(value, [&](char const* field, auto const& own) { this->add(field, own, within); });
    } else if constexpr (requires { value.accumulator.result(); }) {  // one period
      add("index", value.period.index);
      add("result", value.accumulator.result(), within);
    } else if constexpr (requires { value.second; }) {  // one group, whose key is in the bytes
      add("result", value.second, within);
    } else if constexpr (requires { std::tuple_size<Value>::value; }) {
      std::size_t at = 0;
      std::apply([&](auto const&... each) { (this->add(std::to_string(at++), each, within), ...); }, value);
    } else {
      add("size", value.size());
      std::size_t at = 0;
      for (auto const& each : value)
        if (at < longest_list) add(std::to_string(at++), each, within);
    }
    leave(outside);
  }

  [[nodiscard]] std::vector<line> const& lines() const { return lines_; }

 private:
  std::size_t enter(std::string_view name);
  void leave(std::size_t outside);
  void put_real(double value, double within);
  void put_signed(std::int64_t value);
  void put_unsigned(std::uint64_t value);
  void put_text(std::string_view value);

  std::string path_;  ///< of what is being added
  std::vector<line> lines_;
};

// The parts, each in a file of its own.
void add_functions(digest& into);
void add_keys_and_times(digest& into);
void add_even_laws(digest& into);
void add_odd_laws(digest& into);
void add_answers(digest& into);

}  // namespace portability

#endif
