// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef TRUST_REPORT_JSON_HPP
#define TRUST_REPORT_JSON_HPP

#include <optional>
#include <ostream>
#include <string>
#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

#include <credence/core/describe.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>

#include "trust_report/report.hpp"

// The report as JSON. Written once for everything that describes itself, so no field of a result can be forgotten.

namespace trust_report {
namespace detail {

template <class Value>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;
template <class Value>
inline constexpr bool is_vector = false;
template <class Value>
inline constexpr bool is_vector<std::vector<Value>> = true;

template <class Value>
nlohmann::ordered_json as_json(Value const& value) {
  nlohmann::ordered_json written;
  if constexpr (credence::described<Value>) {
    written = nlohmann::ordered_json::object();
    Value::describe(value, [&](char const* name, auto const& field) { written[name] = as_json(field); });
  } else if constexpr (is_optional<Value>) {
    if (value) written = as_json(*value);
  } else if constexpr (is_vector<Value>) {
    written = nlohmann::ordered_json::array();
    for (auto const& element : value) written.push_back(as_json(element));
  } else if constexpr (credence::named_enum<Value>) {
    written = std::string(name_of(value));
  } else if constexpr (std::is_same_v<Value, credence::number>) {
    written = value.value;
  } else if constexpr (std::is_same_v<Value, double>) {
    if (credence::is_finite(value)) written = value;  // JSON has no NaN: null where there is no answer
  } else {
    written = value;
  }
  return written;
}

}  // namespace detail

/// Of a report, whatever it is of.
template <class Report>
void write_json(std::ostream& out, Report const& made) {
  // A file need not be UTF-8, but JSON must be.
  out << detail::as_json(made).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace trust_report

#endif
