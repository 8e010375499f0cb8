// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_INTERVAL_HPP
#define CREDENCE_CORE_INTERVAL_HPP

#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// A confidence interval, in the unit of the value it belongs to. `confidence` is in (0, 1). Both bounds are NaN where
/// the data say nothing.
struct interval {
  double lower = not_a_number();
  double upper = not_a_number();
  double confidence = not_a_number();

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("lower", self.lower);
    visit("upper", self.upper);
    visit("confidence", self.confidence);
  }
  friend constexpr bool operator==(interval const&, interval const&) = default;
};

namespace detail {

/// Is this a confidence an interval can have? NaN, by its bits, is not.
[[nodiscard]] constexpr bool is_confidence(double confidence) {
  return !is_nan(confidence) && confidence > 0 && confidence < 1;
}
constexpr void check_confidence(char const* argument, double const& confidence) {
  if (!is_confidence(confidence)) wrong_argument(argument, confidence, "it must lie strictly between 0 and 1");
}

/// The interval moved into another unit: NPS is computed in -1…1 and reported in -100…100.
[[nodiscard]] constexpr interval scaled(interval const& from, double factor) {
  return {from.lower * factor, from.upper * factor, from.confidence};
}
/// The part of the interval that lies in [lowest, highest].
[[nodiscard]] constexpr interval clipped(interval const& from, double lowest, double highest) {
  return {from.lower < lowest ? lowest : from.lower, from.upper > highest ? highest : from.upper, from.confidence};
}

/// A value give or take, within its scale.
[[nodiscard]] constexpr interval error_interval(double value, double half, double lowest, double highest,
                                                double confidence) {
  return clipped({value - half, value + half, confidence}, lowest, highest);
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
