// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_BEFORE_AFTER_HPP
#define CREDENCE_INFERENCE_BEFORE_AFTER_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/period_value.hpp>
#include <credence/math/least_squares.hpp>
#include <credence/math/student_t.hpp>

// Did an initiative change anything? The level and the slope of a metric before and after it, by segmented regression.

namespace credence {
inline namespace CREDENCE_ABI {

struct before_after_options {
  whole minimum_count = 1;      ///< periods with fewer samples are left out
  std::optional<whole> lags{};  ///< over how many periods errors are related; unset: ⌊4(n/100)^(2/9)⌋
  number confidence = 0.95;     ///< of the intervals, in (0, 1)
};

/// One coefficient of a regression.
struct estimated_effect {
  double value = not_a_number();
  credence::interval interval;
  double standard_error = not_a_number();
  double p_value = not_a_number();  ///< two-sided, of no effect

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("p_value", self.p_value);
  }
  friend constexpr bool operator==(estimated_effect const&, estimated_effect const&) = default;
};

struct before_after_result {
  estimated_effect level_change;           ///< at the first period after, from where the line before would have led
  estimated_effect slope_change;           ///< a period
  double slope_before = not_a_number();    ///< a period
  double slope_after = not_a_number();     ///< a period
  double expected_level = not_a_number();  ///< where the line before leads at the first period after
  std::uint64_t before = 0;                ///< periods used before the change
  std::uint64_t after = 0;                 ///< periods used from the change on
  std::uint64_t left_out = 0;              ///< periods without a value, or with fewer samples than `minimum_count`
  std::uint64_t straddling = 0;            ///< periods left out as the change fell within them
  std::uint64_t lags = 0;                  ///< over which errors were taken to be related

  /// Is there an answer? It takes three periods on either side.
  constexpr explicit operator bool() const { return !is_nan(level_change.value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("level_change", self.level_change);
    visit("slope_change", self.slope_change);
    visit("slope_before", self.slope_before);
    visit("slope_after", self.slope_after);
    visit("expected_level", self.expected_level);
    visit("before", self.before);
    visit("after", self.after);
    visit("left_out", self.left_out);
    visit("straddling", self.straddling);
    visit("lags", self.lags);
  }
  friend constexpr bool operator==(before_after_result const&, before_after_result const&) = default;
};

namespace detail {

/// Newey and West's variances of the coefficients: with X the design, e the residuals and B = (XᵀX)⁻¹, the diagonal of
/// B·(ΣΣ k(|tᵢ − tⱼ|)·eᵢeⱼ·xᵢxⱼᵀ)·B·n/(n − columns), k(d) = 1 − d/(lags + 1) where that is positive. Lags are told by
/// time, so that a missing period does not bring the ones about it together. `times` ascend.
[[nodiscard]] inline std::vector<double> newey_west_variances(math::least_squares_result const& fit,
                                                              std::vector<double> const& design, std::size_t columns,
                                                              std::vector<double> const& times, double lags) {
  std::size_t const rows = times.size();
  // What each row adds to each coefficient: B·xᵢ·eᵢ.
  std::vector<double> influences(rows * columns, 0.0);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t column = 0; column < columns; ++column)
      for (std::size_t inner = 0; inner < columns; ++inner)
        influences[row * columns + column] += fit.inverse[column * columns + inner] * design[row * columns + inner] *
                                              fit.residuals[row];
  std::vector<double> variances(columns, 0.0);
  for (std::size_t one = 0; one < rows; ++one) {
    for (std::size_t other = one; other < rows && times[other] - times[one] <= lags; ++other) {
      double const kernel = (1 - (times[other] - times[one]) / (lags + 1)) * (one == other ? 1 : 2);
      for (std::size_t column = 0; column < columns; ++column)
        variances[column] += kernel * influences[one * columns + column] * influences[other * columns + column];
    }
  }
  double const samples = static_cast<double>(rows);
  for (double& variance : variances) variance *= samples / (samples - static_cast<double>(columns));
  return variances;
}

[[nodiscard]] inline estimated_effect effect_of(double value, double variance, double degrees, double confidence) {
  estimated_effect effect;
  effect.value = value;
  effect.standard_error = std::sqrt((std::fmax)(variance, 0.0));
  double const half = math::student_t_critical(confidence, degrees) * effect.standard_error;
  effect.interval = {value - half, value + half, confidence};
  effect.p_value = effect.standard_error > 0
                       ? 2 * math::student_t_upper_tail(std::fabs(value) / effect.standard_error, degrees)
                   : value == 0 ? 1
                                : 0;
  return effect;
}

/// The regression of values, ascending in time, of which those from `change` on are after it.
inline void fit_segments(before_after_result& result, std::vector<period_value> const& periods, double change,
                         before_after_options const& options) {
  constexpr std::size_t columns = 4;
  std::vector<double> design;
  std::vector<double> times;
  std::vector<double> values;
  for (period_value const& period : periods) {
    double const since = period.time - change;
    double const after = since >= 0;
    for (double const entry : {1.0, since, after, after * since}) design.push_back(entry);
    times.push_back(period.time);
    values.push_back(period.value);
  }
  math::least_squares_result const fit = math::least_squares(design, columns, values);
  if (!fit.full_rank) return;
  double const samples = static_cast<double>(periods.size());
  double const degrees = samples - static_cast<double>(columns);
  double const lags = options.lags ? static_cast<double>(options.lags->value)
                                   : std::floor(4 * std::pow(samples / 100, 2.0 / 9));
  std::vector<double> const variances = newey_west_variances(fit, design, columns, times, lags);
  result.lags = static_cast<std::uint64_t>(lags);
  result.expected_level = fit.coefficients[0];
  result.slope_before = fit.coefficients[1];
  result.slope_after = fit.coefficients[1] + fit.coefficients[3];
  result.level_change = effect_of(fit.coefficients[2], variances[2], degrees, options.confidence);
  result.slope_change = effect_of(fit.coefficients[3], variances[3], degrees, options.confidence);
}

}  // namespace detail

/// What changed with an initiative: `before_after(monthly, change)`, of what `over_time` answers or of `period_value`s.
/// `change` is the number of the first period after it, or, for what `over_time` answers, a time; a period within which
/// it falls is left out. With t₀ that first period, the values are fitted by least squares, unweighted, to
///     value = a + b·(t − t₀) + [t ≥ t₀]·(level_change + slope_change·(t − t₀)),
/// and the errors are Newey and West's (1987; Bartlett's kernel, ×n/(n − 4)), right where neighbouring periods are
/// alike and where their errors differ; intervals and p by t with n − 4 degrees of freedom. Fewer than three periods on
/// a side: no answer. Nothing here says that the initiative was the cause: what else happened at that time is in it
/// too; `difference_in_differences` holds a control group against it. Throws `credence::error` for a confidence outside
/// (0, 1), and negative counts. O(n·lags). Source: Wagner et al. (2002), Journal of Clinical Pharmacy and Therapeutics
/// 27, 299; Newey and West (1987).
template <rows_range Periods, class Change>
requires detail::is_period_of<detail::row_of<Periods>>
[[nodiscard]] before_after_result before_after(Periods&& periods, Change const& change,
                                               before_after_options options = {}) {
  detail::check_confidence("before_after_options::confidence", options.confidence);
  if (options.minimum_count < 0)
    detail::wrong_argument("before_after_options::minimum_count", options.minimum_count.value,
                           "it must not be negative");
  if (options.lags && *options.lags < 0)
    detail::wrong_argument("before_after_options::lags", options.lags->value, "it must not be negative");
  constexpr bool by_number = std::is_arithmetic_v<Change>;
  static_assert(by_number || time_like<Change>,
                "credence: the change is the number of a period, or a time (sys_time, local_time, year_month_day …)");
  before_after_result result;
  result.level_change.interval.confidence = result.slope_change.interval.confidence = options.confidence;
  std::vector<period_value> used;
  double first_after = not_a_number();
  if constexpr (by_number) first_after = static_cast<double>(change);
  for (auto const& period : periods) {
    period_value const found = detail::value_of(period);
    if constexpr (!by_number) {
      static_assert(detail::slot_like<decltype(period)>,
                    "credence: a time of change takes the periods of over_time; for period_values give a number");
      instant const when(change);
      if (period.period.begin < when && when < period.period.end) {
        ++result.straddling;
        continue;
      }
      if (!(period.period.begin < when) && !(first_after <= found.time)) first_after = found.time;
    }
    if (!is_finite(found.value) || !is_finite(found.time) ||
        found.count < static_cast<std::uint64_t>(options.minimum_count.value)) {
      ++result.left_out;
    } else {
      used.push_back(found);
    }
  }
  for (period_value const& each_period : used) ++(each_period.time >= first_after ? result.after : result.before);
  if (result.before < 3 || result.after < 3) return result;
  std::sort(used.begin(), used.end(),
            [](period_value const& left, period_value const& right) { return left.time < right.time; });
  detail::fit_segments(result, used, first_after, options);
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
