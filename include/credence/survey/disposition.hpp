// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_DISPOSITION_HPP
#define CREDENCE_SURVEY_DISPOSITION_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <credence/core/host_types.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What became of an invitation, in AAPOR's words.
enum class disposition : std::uint8_t {
  complete,
  partial,
  refusal,
  non_contact,
  other,
  unknown_eligibility,
  not_eligible  ///< should not have been asked: outside the rate
};
constexpr std::string_view name_of(disposition outcome) {
  switch (outcome) {
    case disposition::complete: return "complete";
    case disposition::partial: return "partial";
    case disposition::refusal: return "refusal";
    case disposition::non_contact: return "non_contact";
    case disposition::other: return "other";
    case disposition::unknown_eligibility: return "unknown_eligibility";
    case disposition::not_eligible: return "not_eligible";
  }
  return {};
}
namespace detail {

inline constexpr std::size_t dispositions = 7;

template <class Value>
inline constexpr bool is_outcome = std::is_same_v<Value, disposition> || std::is_same_v<Value, bool> ||
                                   std::is_same_v<Value, std::vector<bool>::reference> || is_optional<Value>;

/// The one place where a projection that says nothing of an answer is complained about.
struct outcome_check {
  template <class Outcome, class... Weight>
  static constexpr bool of() {
    constexpr bool fits = is_outcome<std::remove_cvref_t<Outcome>>;
    static_assert(fits,
                  "credence: this projection does not say whether there was an answer; return a bool, an optional "
                  "(empty: no answer) or a credence::disposition");
    return fits && number_check::of<Weight...>();
  }
};

/// What a row's value says; `dispositions` for nothing. An answer is complete, and the lack of one a refusal: who was
/// not reached only the host can tell.
template <class Value>
[[nodiscard]] constexpr std::size_t outcome_of(Value const& value) {
  if constexpr (std::is_same_v<Value, disposition>) {
    return static_cast<std::size_t>(value);
  } else if constexpr (std::is_same_v<Value, std::optional<disposition>>) {
    return value ? static_cast<std::size_t>(*value) : dispositions;
  } else {
    return static_cast<std::size_t>(static_cast<bool>(value) ? disposition::complete : disposition::refusal);
  }
}

}  // namespace detail

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
