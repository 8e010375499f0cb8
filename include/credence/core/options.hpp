// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_OPTIONS_HPP
#define CREDENCE_CORE_OPTIONS_HPP

#include <cstddef>
#include <string>

#include <credence/core/describe.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

// What the options of several metrics must keep to, said once. `complain(name, value, allowed)` throws for a caller's
// options, and answers false for options read from bytes.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// An option's value as a message shows it.
template <class Option>
[[nodiscard]] std::string shown_option(Option const& option) {
  if constexpr (named_enum<Option>) {
    return std::string(name_of(option));
  } else if constexpr (is_optional<Option>) {
    return option ? shown_option(*option) : "unset";
  } else if constexpr (requires { option.begin(); }) {
    std::string text;
    for (auto const& each : option) text.append(text.empty() ? "(" : ", ").append(shown_option(each));
    return text.empty() ? "()" : text.append(")");
  } else if constexpr (described<Option>) {
    std::string text;
    Option::describe(option, [&](char const* name, auto const& field) {
      text.append(text.empty() ? "(" : ", ").append(name).append(" ").append(shown_option(field));
    });
    return text.append(")");
  } else {
    return shown(static_cast<double>(option));
  }
}

/// An option with the name that messages call it by.
struct named_number {
  char const* name;
  double value;
};

/// Are these options finite, and none less than the one before? The first that is not goes to
/// `complain(name, value, allowed)`, with the name and value of the other one that it contradicts.
template <std::size_t Count, class Complain>
constexpr bool check_ascending(named_number const (&options)[Count], Complain const& complain) {
  for (named_number const& option : options)
    if (!is_finite(option.value)) return complain(option.name, option.value, "it must be a finite number");
  for (std::size_t at = 1; at < Count; ++at)
    if (options[at].value < options[at - 1].value)
      return complain(
          options[at].name, options[at].value,
          joined({"it must not be less than ", options[at - 1].name, ", which is ", shown(options[at - 1].value)}));
  return true;
}

template <class Complain>
constexpr bool check_confidence_option(char const* name, double const& confidence, Complain const& complain) {
  return is_confidence(confidence) || complain(name, confidence, "it must lie strictly between 0 and 1");
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
