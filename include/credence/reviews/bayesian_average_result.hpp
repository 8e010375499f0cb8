// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_BAYESIAN_AVERAGE_RESULT_HPP
#define CREDENCE_REVIEWS_BAYESIAN_AVERAGE_RESULT_HPP

#include <cstdint>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The answer of `bayesian_average`.
struct bayesian_average_result {
  double value = not_a_number();           ///< in the ratings' unit; the prior mean without ratings
  credence::interval interval;             ///< of the item's mean, in the ratings' unit
  double standard_error = not_a_number();  ///< σ/√(m + n), σ given or estimated; NaN where it cannot be
  double mean = not_a_number();            ///< of the ratings alone
  double prior_mean = not_a_number();      ///< C, as it was used
  double prior_weight = not_a_number();    ///< m, as it was used
  std::uint64_t count = 0;                 ///< ratings used
  double weight = 0;                       ///< n = Σw, the evidence: the count where there are no weights
  std::uint64_t rejected = 0;              ///< ratings left out
  credence::rejections rejections;         ///< and why

  /// Is there an answer that is not the prior's?
  constexpr explicit operator bool() const { return count != 0 && weight > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("mean", self.mean);
    visit("prior_mean", self.prior_mean);
    visit("prior_weight", self.prior_weight);
    visit("count", self.count);
    visit("weight", self.weight);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(bayesian_average_result const&, bayesian_average_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
