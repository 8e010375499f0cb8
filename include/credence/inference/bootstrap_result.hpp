// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_BOOTSTRAP_RESULT_HPP
#define CREDENCE_INFERENCE_BOOTSTRAP_RESULT_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How the interval is made of the replicates: bias-corrected and accelerated (Efron 1987), or their plain quantiles.
enum class bootstrap_method : std::uint8_t { bca, percentile };
constexpr std::string_view name_of(bootstrap_method method) {
  switch (method) {
    case bootstrap_method::bca: return "bca";
    case bootstrap_method::percentile: return "percentile";
  }
  return {};
}

struct bootstrap_options {
  whole replicates = 10'000;  ///< 2 to 1,000,000,000
  whole seed = 2026;          ///< another seed, other replicates
  number confidence = 0.95;   ///< of the interval, in (0, 1)
  bootstrap_method interval_method = bootstrap_method::bca;
};

/// The answer of `bootstrap`. NaN where the sample gives no answer.
struct bootstrap_result {
  double value = not_a_number();           ///< of the sample itself
  credence::interval interval;             ///< in the unit of the value
  double standard_error = not_a_number();  ///< the standard deviation of the replicates
  double bias = not_a_number();            ///< their mean less the value
  std::uint64_t replicates = 0;            ///< those that gave an answer
  std::uint64_t count = 0;                 ///< samples used for the value

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && replicates != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("bias", self.bias);
    visit("replicates", self.replicates);
    visit("count", self.count);
  }
  friend constexpr bool operator==(bootstrap_result const&, bootstrap_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
