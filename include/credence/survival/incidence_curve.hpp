// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_INCIDENCE_CURVE_HPP
#define CREDENCE_SURVIVAL_INCIDENCE_CURVE_HPP

#include <cmath>
#include <cstdint>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/tied_times.hpp>
#include <credence/survival/leaving_cause.hpp>
#include <credence/survival/survival_curve.hpp>
#include <credence/survival/survival_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The share that has left for one cause by a time.
struct incidence_point {
  std::uint64_t cause = 0;
  double probability = not_a_number();     ///< in 0…1
  double standard_error = not_a_number();  ///< of it
  credence::interval interval;             ///< of it, in 0…1

  /// Is anything known of this time?
  explicit constexpr operator bool() const { return !is_nan(probability); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("cause", self.cause);
    visit("probability", self.probability);
    visit("standard_error", self.standard_error);
    visit("interval", self.interval);
  }
  friend constexpr bool operator==(incidence_point const&, incidence_point const&) = default;
};

/// A time at which somebody left for the cause.
struct incidence_step {
  double time = 0;
  double at_risk = 0;      ///< just before it, of leaving for any cause: customers, or their weights
  double left = 0;         ///< at it, for this cause
  double probability = 0;  ///< of having left for it, from this time on
  double variance = 0;     ///< of that

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("at_risk", self.at_risk);
    visit("left", self.left);
    visit("probability", self.probability);
    visit("variance", self.variance);
  }
  friend constexpr bool operator==(incidence_step const&, incidence_step const&) = default;
};

/// How the share that has left for one cause grows.
struct incidence_curve {
  std::uint64_t cause = 0;
  std::uint64_t left = 0;             ///< customers seen to leave for it
  std::vector<incidence_step> steps;  ///< in the order of time

  [[nodiscard]] auto begin() const { return steps.begin(); }
  [[nodiscard]] auto end() const { return steps.end(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("cause", self.cause);
    visit("left", self.left);
    visit("steps", self.steps);
  }
  friend bool operator==(incidence_curve const&, incidence_curve const&) = default;
};

/// All that is known of a time: who is still here, and for which cause the others left.
struct incidence_at {
  double time = not_a_number();
  double survival = not_a_number();  ///< the share still here; with those that have left for each cause, 1
  std::vector<incidence_point> causes;

  explicit constexpr operator bool() const { return !is_nan(survival); }

  /// Of one cause. One that nobody was seen to leave for has a probability of 0 without an error.
  [[nodiscard]] incidence_point of(leaving_cause cause) const {
    for (incidence_point const& point : causes)
      if (point.cause == cause.number) return point;
    incidence_point none;
    none.cause = cause.number;
    if (*this) none.probability = none.standard_error = none.interval.lower = none.interval.upper = 0;
    return none;
  }
  [[nodiscard]] double probability(leaving_cause cause) const { return of(cause).probability; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("survival", self.survival);
    visit("causes", self.causes);
  }
  friend bool operator==(incidence_at const&, incidence_at const&) = default;
};

/// The answer of `aalen_johansen`: `found.at(12).probability(cause)`, `found.curve(cause)`.
struct incidence_curves {
  survival_curve survival;              ///< of leaving for any cause: what `kaplan_meier` answers
  std::vector<incidence_curve> curves;  ///< of each cause that anybody left for, in the order of their numbers
  std::uint64_t count = 0;              ///< customers used
  std::uint64_t left = 0;               ///< of whom so many were seen to leave
  std::uint64_t rejected = 0;           ///< rows left out
  credence::rejections rejections;      ///< and why

  explicit operator bool() const { return static_cast<bool>(survival); }

  /// The causes that anybody left for.
  [[nodiscard]] std::vector<std::uint64_t> causes() const {
    std::vector<std::uint64_t> found;
    for (incidence_curve const& curve_of : curves) found.push_back(curve_of.cause);
    return found;
  }
  /// Of one cause; without steps where nobody left for it.
  [[nodiscard]] incidence_curve const& curve(leaving_cause cause) const {
    static incidence_curve const none;
    for (incidence_curve const& curve_of : curves)
      if (curve_of.cause == cause.number) return curve_of;
    return none;
  }

  /// Who has left by a time, and why. Beyond the last time anybody was seen nothing is known, and all is NaN, unless
  /// all had left. Throws `credence::error` for a time below 0 or a NaN. O(causes · log steps).
  [[nodiscard]] incidence_at at(number time) const {
    incidence_at found;
    found.time = time;
    found.survival = survival.at(time).survival;
    for (incidence_curve const& curve_of : curves) {
      incidence_point& own = found.causes.emplace_back();
      own.cause = curve_of.cause;
      own.interval.confidence = survival.confidence;
      if (!found) continue;
      auto const after = detail::step_after(curve_of.steps, time.value);
      incidence_step const last = after == curve_of.steps.begin() ? incidence_step{} : *(after - 1);
      own.probability = last.probability;
      own.standard_error = std::sqrt(last.variance);
      own.interval = interval_of(own.probability, own.standard_error, survival.interval_method, survival.confidence);
    }
    return found;
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("survival", self.survival);
    visit("curves", self.curves);
    visit("count", self.count);
    visit("left", self.left);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(incidence_curves const&, incidence_curves const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
