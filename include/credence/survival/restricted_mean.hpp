// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_RESTRICTED_MEAN_HPP
#define CREDENCE_SURVIVAL_RESTRICTED_MEAN_HPP

#include <cmath>
#include <cstdint>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/compared_by_t.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How long customers stay on average up to a horizon; see `survival_curve::restricted_mean`.
struct restricted_mean_result {
  double value = not_a_number();           ///< in the unit of the times, in 0…horizon
  credence::interval interval;             ///< of it, normal
  double standard_error = not_a_number();  ///< of it
  double horizon = not_a_number();         ///< up to when, in the unit of the times
  std::uint64_t count = 0;                 ///< customers used

  explicit constexpr operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("horizon", self.horizon);
    visit("count", self.count);
  }
  friend constexpr bool operator==(restricted_mean_result const&, restricted_mean_result const&) = default;
};

namespace detail {

inline void tell_restricted_mean(restricted_mean_result& result, double value, double error, double confidence) {
  result.value = value;
  result.standard_error = error;
  result.interval = error_interval(value, math::normal_critical(confidence) * error, 0, result.horizon, confidence);
}

}  // namespace detail

struct restricted_mean_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

/// Two groups of customers, up to the same horizon: the first's restricted mean less the second's, in the unit of the
/// times, with its normal interval and test. NaN where either has no answer. Throws `credence::error` for horizons that
/// differ and for a confidence outside (0, 1).
[[nodiscard]] inline comparison compare(restricted_mean_result const& first, restricted_mean_result const& second,
                                        restricted_mean_comparison_options options = {}) {
  detail::check_confidence("restricted_mean_comparison_options::confidence", options.confidence);
  if (first && second && first.horizon != second.horizon)
    detail::wrong_argument("second.horizon", second.horizon, "restricted means are compared up to the same horizon");
  return detail::compared_by_t(first.value - second.value, std::hypot(first.standard_error, second.standard_error),
                               infinite_number(), options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
