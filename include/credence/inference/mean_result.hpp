// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_MEAN_RESULT_HPP
#define CREDENCE_INFERENCE_MEAN_RESULT_HPP

#include <cstdint>

#include <credence/core/design.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The answer of `mean`. Everything is NaN or 0 where no sample was good, or Σw = 0.
struct mean_result {
  double value = not_a_number();           ///< in the samples' unit
  credence::interval interval;             ///< t, in the samples' unit; NaN for fewer than two samples
  double standard_error = not_a_number();  ///< of the value; NaN for fewer than two samples
  double standard_deviation = not_a_number();  ///< of one sample: √(Σ(x−x̄)²/(n−1)), weighted √(n/(n−1)·Σw(x−x̄)²/Σw)
  std::uint64_t count = 0;                     ///< samples used
  bool weighted = false;                       ///< did any sample come with a weight?
  double effective_count = 0;       ///< Kish (Σw)²/Σw²; the count where there are no weights
  std::uint64_t rejected = 0;       ///< samples left out
  credence::rejections rejections;  ///< and why
  sampling_design design;           ///< strata and clusters that the error took into account

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && effective_count > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("standard_deviation", self.standard_deviation);
    visit("count", self.count);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend constexpr bool operator==(mean_result const&, mean_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
