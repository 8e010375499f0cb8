// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_SURVIVAL_CURVE_HPP
#define CREDENCE_SURVIVAL_SURVIVAL_CURVE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/tied_times.hpp>
#include <credence/survival/restricted_mean.hpp>
#include <credence/survival/survival_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What a quantile answers where the curve runs level at it: any time of the stretch would do.
enum class level_stretch : std::uint8_t {
  middle,  ///< its middle, as R does (the default)
  start    ///< where it begins: the first time at which so few are left
};
constexpr std::string_view name_of(level_stretch rule) {
  switch (rule) {
    case level_stretch::middle: return "middle";
    case level_stretch::start: return "start";
  }
  return {};
}

/// The share that is still here at a time.
struct survival_point {
  double time = not_a_number();
  double survival = not_a_number();        ///< S(t), in 0…1
  double standard_error = not_a_number();  ///< of it, Greenwood's; NaN at S = 0
  credence::interval interval;             ///< of it, in 0…1
  double at_risk = 0;                      ///< customers, or their weights, just before it, or before the next step

  /// Is anything known of this time?
  explicit constexpr operator bool() const { return !is_nan(survival); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("survival", self.survival);
    visit("standard_error", self.standard_error);
    visit("interval", self.interval);
    visit("at_risk", self.at_risk);
  }
  friend constexpr bool operator==(survival_point const&, survival_point const&) = default;
};

/// A time at which somebody left, or was last seen.
struct survival_step {
  double time = 0;
  double at_risk = 0;   ///< just before it: customers, or their weights
  double left = 0;      ///< at it
  double stayed = 0;    ///< seen last at it, and still here
  double survival = 1;  ///< S, from it on
  double variance = 0;  ///< of log S: Σ d/(n(n − d))

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("at_risk", self.at_risk);
    visit("left", self.left);
    visit("stayed", self.stayed);
    visit("survival", self.survival);
    visit("variance", self.variance);
  }
  friend constexpr bool operator==(survival_step const&, survival_step const&) = default;
};

/// By when a share of the customers has left.
struct survival_quantile {
  double value = not_a_number();  ///< a time; NaN where fewer have left
  credence::interval interval;    ///< where the bounds of the curve cross; NaN where they never do

  explicit constexpr operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
  }
  friend constexpr bool operator==(survival_quantile const&, survival_quantile const&) = default;
};

/// The answer of `kaplan_meier`: `curve.at(12).survival`, `curve.median()`, `curve.restricted_mean(24)`.
struct survival_curve {
  std::vector<survival_step> steps;  ///< in the order of time
  double confidence = not_a_number();
  survival_interval interval_method = survival_interval::log;
  level_stretch level = level_stretch::middle;
  std::uint64_t count = 0;          ///< customers used
  std::uint64_t left = 0;           ///< of whom so many were seen to leave
  std::uint64_t rejected = 0;       ///< rows left out
  credence::rejections rejections;  ///< and why

  [[nodiscard]] auto begin() const { return steps.begin(); }
  [[nodiscard]] auto end() const { return steps.end(); }
  explicit operator bool() const { return !steps.empty(); }

  /// S(t): the share still here after a time. 1 before the first left. Beyond the last time anybody was seen nothing
  /// is known, and all is NaN, unless all had left. Throws `credence::error` for a time below 0 or a NaN. O(log steps).
  [[nodiscard]] survival_point at(number time) const {
    survival_point found;
    found.time = time;
    found.interval.confidence = confidence;
    if (!(time.value >= 0)) detail::wrong_argument("time", time.value, "it must not be negative");
    auto const after = detail::step_after(steps, time.value);
    if (ends_before(time.value)) return found;
    survival_step const last = after == steps.begin() ? survival_step{} : *(after - 1);
    bool const is_step = after != steps.begin() && !(detail::tied_until(last.time) < time.value);
    if (is_step || after != steps.end()) found.at_risk = is_step ? last.at_risk : after->at_risk;
    found.survival = last.survival;
    found.standard_error = error_at(last);
    found.interval = bounds_at(last);
    return found;
  }

  /// By when half of them have left.
  [[nodiscard]] survival_quantile median() const { return quantile(0.5); }
  /// By when a portion has left, in (0, 1): the first time with S(t) ≤ 1 − portion, to a part in 10¹². Its interval is
  /// where the bounds of the curve cross 1 − portion (Brookmeyer and Crowley 1982). Throws `credence::error` for
  /// another portion. O(steps).
  [[nodiscard]] survival_quantile quantile(number portion) const {
    if (is_nan(portion.value) || !(portion.value > 0 && portion.value < 1))
      detail::wrong_argument("portion", portion.value, "it must lie strictly between 0 and 1");
    survival_quantile found;
    found.interval.confidence = confidence;
    double const level_asked = 1 - portion.value;
    found.value = crossing(level_asked, [](survival_step const& step) { return step.survival; });
    found.interval.lower = crossing(level_asked, [this](survival_step const& step) { return bounds_at(step).lower; });
    found.interval.upper = crossing(level_asked, [this](survival_step const& step) { return bounds_at(step).upper; });
    return found;
  }

  /// How long a customer stays on average up to a horizon: the area under the curve. Unset, the horizon is the last
  /// time anybody was seen. Beyond that NaN, unless all had left. Variance Σ A²·d/(n(n−d)), A the area from a time to
  /// the horizon. Throws `credence::error` for a horizon that is not above 0 and finite. O(steps).
  [[nodiscard]] restricted_mean_result restricted_mean(std::optional<number> horizon = {}) const {
    restricted_mean_result found;
    found.interval.confidence = confidence;
    if (horizon && !(is_finite(horizon->value) && horizon->value > 0))
      detail::wrong_argument("horizon", horizon->value, "it must be above 0");
    if (steps.empty()) return found;
    found.count = count;
    found.horizon = horizon ? horizon->value : steps.back().time;
    if (ends_before(found.horizon)) return found;
    // Backwards: the area from each time on is known when its step is met.
    double area = 0;
    double variance = 0;
    double to = found.horizon;
    for (std::size_t at = steps.size(); at-- != 0;) {
      survival_step const& step = steps[at];
      if (!(step.time < found.horizon)) continue;
      area += step.survival * (to - step.time);
      to = step.time;
      // Where all leave, nothing lies beyond.
      if (area > 0 && step.left > 0) variance += area * area * step.left / (step.at_risk * (step.at_risk - step.left));
    }
    detail::tell_restricted_mean(found, area + to, std::sqrt(variance), confidence);
    return found;
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("steps", self.steps);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("level", self.level);
    visit("count", self.count);
    visit("left", self.left);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(survival_curve const&, survival_curve const&) = default;

 private:
  /// Is nothing known of a time, because nobody was seen that long, and some had not left?
  [[nodiscard]] bool ends_before(double time) const {
    return steps.empty() || (detail::tied_until(steps.back().time) < time && steps.back().survival > 0);
  }
  [[nodiscard]] static double error_at(survival_step const& step) {
    return step.survival > 0 ? step.survival * std::sqrt(step.variance) : not_a_number();
  }
  [[nodiscard]] interval bounds_at(survival_step const& step) const {
    return interval_of(step.survival, error_at(step), interval_method, confidence);
  }
  /// When a curve, made of each step, first falls to a level.
  template <class Curve>
  [[nodiscard]] double crossing(double level_asked, Curve const& curve) const {
    double const rounding = 1e-12 * level_asked;
    for (std::size_t at = 0; at < steps.size(); ++at) {
      double const here = curve(steps[at]);
      if (is_nan(here)) return not_a_number();
      if (!(here <= level_asked + rounding)) continue;
      if (here < level_asked - rounding || level == level_stretch::start) return steps[at].time;
      std::size_t end = at + 1;
      while (end + 1 < steps.size() && !(curve(steps[end]) < level_asked - rounding)) ++end;
      return end < steps.size() ? (steps[at].time + steps[end].time) / 2 : steps[at].time;
    }
    return not_a_number();
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
