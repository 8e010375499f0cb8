// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_ERROR_HPP
#define CREDENCE_CORE_ERROR_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The parts of a message as one string. Out of line and cold: a chain of `+` is expanded at every place it is written.
[[nodiscard, gnu::cold]] inline std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (std::string_view const part : parts) text.append(part);
  return text;
}

}  // namespace detail

/// What a wrong call throws. The message names the argument, its value and what is allowed.
class error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What `on_invalid::raise` throws for a dirty sample: `position()` is its index, from 0, in the range that was folded
/// (or, pushed by hand, in what its accumulator has seen).
class invalid_sample : public error {
 public:
  invalid_sample(std::string what_is_wrong, std::uint64_t position)
      : error(detail::joined({"credence: sample ", std::to_string(position), " ", what_is_wrong})),
        what_is_wrong_(std::move(what_is_wrong)),
        position_(position) {}
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
  /// The same complaint about another position: a fold knows the row, an accumulator only what it has seen.
  [[nodiscard]] invalid_sample at(std::uint64_t position) const { return {what_is_wrong_, position}; }

 private:
  std::string what_is_wrong_;
  std::uint64_t position_;
};

namespace detail {

/// Throws, or, where exceptions are off, prints the message and terminates. Cold, so that callers stay branch and call.
template <class Error>
[[noreturn, gnu::cold]] inline void raise(Error const& complaint) {
#if CREDENCE_EXCEPTIONS
  throw complaint;
#else
  std::fprintf(stderr, "%s\n", complaint.what());
  std::abort();
#endif
}

/// A number as a message shows it: shortest of 15 or 17 digits that reads back the same.
[[nodiscard]] inline std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", value);
  if (std::strtod(text, nullptr) != value) std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}
template <std::integral Integer>
[[nodiscard]] inline std::string shown(Integer value) {
  return std::to_string(value);
}
[[nodiscard]] inline std::string shown(std::string_view text) { return joined({"\"", text, "\""}); }

/// A wrong argument: `credence: nps_options::confidence is 1.5; it must lie strictly between 0 and 1`.
template <class Value>
[[noreturn, gnu::cold]] inline void wrong_argument(char const* argument, Value const& value, std::string_view allowed) {
  raise(error(joined({"credence: ", argument, " is ", shown(value), "; ", allowed})));
}

/// Runs `action`; an `invalid_sample` it throws leaves as the complaint about row `position()` of the whole range.
template <class Action, class Position>
constexpr void at_row([[maybe_unused]] Position const& position, Action const& action) {
#if CREDENCE_EXCEPTIONS
  if (!std::is_constant_evaluated()) {
    try {
      action();
    } catch (invalid_sample const& complaint) {
      raise(complaint.at(position()));
    }
    return;
  }
#endif
  action();
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
