// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_COMPARISON_HPP
#define CREDENCE_INFERENCE_COMPARISON_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How two samples were drawn: different respondents, none of them in both, as every `compare` takes them to be; or the
/// same respondents asked twice, for whom that would overstate the error.
enum class sample_design : std::uint8_t { independent, paired };
constexpr std::string_view name_of(sample_design design) {
  switch (design) {
    case sample_design::independent: return "independent samples";
    case sample_design::paired: return "paired samples";
  }
  return {};
}

/// Two samples of the same thing: the first less the second, in the unit of their values.
struct comparison {
  double difference = not_a_number();      ///< first − second
  credence::interval interval;             ///< of the difference
  double standard_error = not_a_number();  ///< of the difference, as z is made with it: of each `compare` its own
  double z = not_a_number();               ///< under "no difference"
  double p_value = not_a_number();         ///< two-sided, in 0…1
  sample_design samples = sample_design::independent;

  /// Did both samples have an answer?
  constexpr explicit operator bool() const { return !is_nan(difference); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("difference", self.difference);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("z", self.z);
    visit("p_value", self.p_value);
    visit("samples", self.samples);
  }
  friend constexpr bool operator==(comparison const&, comparison const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
