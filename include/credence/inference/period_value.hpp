// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_PERIOD_VALUE_HPP
#define CREDENCE_INFERENCE_PERIOD_VALUE_HPP

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The value of a metric in one period, as trends are made of: those of `over_time` become it by themselves.
struct period_value {
  double time = 0;                         ///< the period's number: consecutive periods are 1 apart
  double value = not_a_number();           ///< in the metric's unit; NaN where there is none
  double standard_error = not_a_number();  ///< of the value; NaN or 0 where there is none
  std::uint64_t count = 1;                 ///< samples it is made of
  bool complete = true;                    ///< had the period ended?

  friend constexpr bool operator==(period_value const&, period_value const&) = default;
};

namespace detail {

/// An element of what `over_time` answers, over a metric that has a standard error.
template <class Slot>
concept slot_like = requires(std::remove_cvref_t<Slot> const& slot) {
  { slot.period.index } -> std::convertible_to<double>;
  { slot.complete } -> std::convertible_to<bool>;
  { slot.accumulator.result().value } -> std::convertible_to<double>;
  { slot.accumulator.result().standard_error } -> std::convertible_to<double>;
  { slot.accumulator.result().count } -> std::convertible_to<std::uint64_t>;
};
template <class Period>
concept is_period_of = std::same_as<std::remove_cvref_t<Period>, period_value> || slot_like<Period>;

template <class Period>
[[nodiscard]] period_value value_of(Period const& period) {
  if constexpr (std::is_same_v<Period, period_value>) {
    return period;
  } else {
    if constexpr (requires { Period::overlapping; })
      static_assert(!Period::overlapping,
                    "credence: windows that slide share most of their samples, and a trend through them would count "
                    "each sample many times; take periods that do not overlap");
    auto const result = period.accumulator.result();
    return {static_cast<double>(period.period.index), result.value, result.standard_error, result.count,
            period.complete};
  }
}

[[nodiscard]] inline bool has_error(period_value const& period) {
  return is_finite(period.standard_error) && period.standard_error > 0;
}
[[nodiscard]] inline bool any_error(std::vector<period_value> const& periods) {
  for (period_value const& period : periods)
    if (has_error(period)) return true;
  return false;
}

/// The standard errors of the periods. One without its own, as all its samples are alike, has that of as many samples
/// of the pooled variance: to leave it out would leave out the best and the worst. All 1 where none has any.
[[nodiscard]] inline std::vector<double> errors_of(std::vector<period_value> const& periods) {
  double samples = 0;
  double variance = 0;  // Σ count·(variance of one sample), that being count·SE²
  for (period_value const& period : periods) {
    if (!has_error(period)) continue;
    double const count = static_cast<double>(period.count);
    samples += count;
    variance += count * count * period.standard_error * period.standard_error;
  }
  std::vector<double> errors;
  errors.reserve(periods.size());
  for (period_value const& period : periods) {
    double const count = period.count == 0 ? 1 : static_cast<double>(period.count);
    errors.push_back(has_error(period) ? period.standard_error
                     : variance > 0    ? std::sqrt(variance / samples / count)
                                       : 1);
  }
  return errors;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
