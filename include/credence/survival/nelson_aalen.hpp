// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_NELSON_AALEN_HPP
#define CREDENCE_SURVIVAL_NELSON_AALEN_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/math/normal.hpp>
#include <credence/survival/detail/gather_times.hpp>
#include <credence/survival/detail/risk_rows.hpp>
#include <credence/survival/detail/tied_times.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How those are counted who leave at one time.
enum class tied_events : std::uint8_t {
  together,   ///< d/n: all of them at risk when each left (the default)
  one_by_one  ///< 1/n + 1/(n−1) + …: as if they had left one after the other; Fleming and Harrington
};
constexpr std::string_view name_of(tied_events rule) {
  switch (rule) {
    case tied_events::together: return "together";
    case tied_events::one_by_one: return "one_by_one";
  }
  return {};
}

/// On which scale the interval of a cumulative hazard is symmetric.
enum class hazard_interval : std::uint8_t {
  log,   ///< H·e^{∓z·SE/H}, never below 0 (the default)
  plain  ///< H ∓ z·SE, cut off at 0
};
constexpr std::string_view name_of(hazard_interval method) {
  switch (method) {
    case hazard_interval::log: return "log";
    case hazard_interval::plain: return "plain";
  }
  return {};
}

struct nelson_aalen_options {
  tied_events ties = tied_events::together;
  number confidence = 0.95;  ///< of all intervals, in (0, 1)
  hazard_interval interval_method = hazard_interval::log;
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// A cumulative hazard at a time.
struct hazard_point {
  double time = not_a_number();
  double hazard = not_a_number();          ///< H(t), 0 or more, without a unit
  double standard_error = not_a_number();  ///< of it
  credence::interval interval;             ///< of it
  double survival = not_a_number();        ///< e^{−H}, in 0…1

  /// Is anything known of this time?
  explicit constexpr operator bool() const { return !is_nan(hazard); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("hazard", self.hazard);
    visit("standard_error", self.standard_error);
    visit("interval", self.interval);
    visit("survival", self.survival);
  }
  friend constexpr bool operator==(hazard_point const&, hazard_point const&) = default;
};

/// A time at which somebody left, or was last seen.
struct hazard_step {
  double time = 0;
  double at_risk = 0;   ///< just before it: customers, or their weights
  double left = 0;      ///< at it
  double hazard = 0;    ///< H, from it on
  double variance = 0;  ///< of H

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("time", self.time);
    visit("at_risk", self.at_risk);
    visit("left", self.left);
    visit("hazard", self.hazard);
    visit("variance", self.variance);
  }
  friend constexpr bool operator==(hazard_step const&, hazard_step const&) = default;
};

/// The answer of `nelson_aalen`: `curve.at(12).hazard`.
struct hazard_curve {
  std::vector<hazard_step> steps;  ///< in the order of time
  double confidence = not_a_number();
  hazard_interval interval_method = hazard_interval::log;
  std::uint64_t count = 0;          ///< customers used
  std::uint64_t left = 0;           ///< of whom so many were seen to leave
  std::uint64_t rejected = 0;       ///< rows left out
  credence::rejections rejections;  ///< and why

  [[nodiscard]] auto begin() const { return steps.begin(); }
  [[nodiscard]] auto end() const { return steps.end(); }
  explicit operator bool() const { return !steps.empty(); }

  /// H(t): 0 before the first left, NaN beyond the last time anybody was seen. Throws `credence::error` for a time
  /// below 0 or a NaN. O(log steps).
  [[nodiscard]] hazard_point at(number time) const {
    hazard_point found;
    found.time = time;
    found.interval.confidence = confidence;
    if (!(time.value >= 0)) detail::wrong_argument("time", time.value, "it must not be negative");
    auto const after = detail::step_after(steps, time.value);
    if (steps.empty() || detail::tied_until(steps.back().time) < time.value) return found;
    hazard_step const last = after == steps.begin() ? hazard_step{} : *(after - 1);
    found.hazard = last.hazard;
    found.standard_error = std::sqrt(last.variance);
    found.survival = std::exp(-last.hazard);
    double const half = math::normal_critical(confidence) * found.standard_error;
    bool const on_log = interval_method == hazard_interval::log && last.hazard > 0;
    found.interval.lower = on_log ? last.hazard * std::exp(-half / last.hazard) : (std::max)(last.hazard - half, 0.0);
    found.interval.upper = on_log ? last.hazard * std::exp(half / last.hazard) : last.hazard + half;
    return found;
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("steps", self.steps);
    visit("confidence", self.confidence);
    visit("interval_method", self.interval_method);
    visit("count", self.count);
    visit("left", self.left);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(hazard_curve const&, hazard_curve const&) = default;
};

namespace detail {

/// 1/n + 1/(n−1) + …, and 1/n² + 1/(n−1)² + …
struct reciprocals {
  double first = 0;
  double second = 0;
};
/// Of so many terms, no more than n. The last few are added up, those before them by the formula of Euler and
/// Maclaurin, to a part in 10¹⁵: a count that came as bytes may be as large as it likes.
[[nodiscard]] inline reciprocals reciprocals_down_from(double from, std::uint64_t terms) {
  constexpr std::uint64_t few = 256;
  reciprocals sums;
  if (terms > few) {
    double const width = static_cast<double>(terms - few - 1);
    double const low = 1 / (from - width);
    double const high = 1 / from;
    double const low_square = low * low;
    double const high_square = high * high;
    sums.first = std::log1p(width * low) + (low + high) / 2 + (low_square - high_square) / 12 -
                 (low_square * low_square - high_square * high_square) / 120;
    sums.second = width * low * high + (low_square + high_square) / 2 + (low_square * low - high_square * high) / 6 -
                  (low_square * low_square * low - high_square * high_square * high) / 30;
    from -= width + 1;
    terms = few;
  }
  for (std::uint64_t gone = 0; gone < terms; ++gone) {
    double const own = 1 / (from - static_cast<double>(gone));
    sums.first += own;
    sums.second += own * own;
  }
  return sums;
}

struct nelson_aalen_function : survival_calls<nelson_aalen_function, nelson_aalen_options, hazard_curve> {
  static hazard_curve of(survival_times_accumulator const& history, nelson_aalen_options const& options) {
    check_confidence("nelson_aalen_options::confidence", options.confidence);
    hazard_curve curve;
    curve.confidence = options.confidence;
    curve.interval_method = options.interval_method;
    curve.count = history.state().count();
    curve.left = history.state().left();
    curve.rejected = history.state().rejected.total();
    curve.rejections = history.state().rejected;
    history.state().in_order([&](auto const& runs, auto const& marked) {
      std::vector<risk_row> const rows = detail::risk_rows(runs, marked);
      curve.steps.reserve(rows.size());
      double hazard = 0;
      double variance = 0;
      for (risk_row const& row : rows) {
        if (row.left > 0 && options.ties == tied_events::together) {
          hazard += row.left / row.at_risk;
          variance += row.left / (row.at_risk * row.at_risk);
        } else if (row.left > 0) {
          // Of the mean weight each.
          double const own = row.left / static_cast<double>(row.events);
          reciprocals const sums = detail::reciprocals_down_from(row.at_risk / own, row.events);
          hazard += sums.first;
          variance += sums.second / own;
        }
        curve.steps.push_back({row.time, row.at_risk, row.left, hazard, variance});
      }
    });
    return curve;
  }
};

}  // namespace detail

/// How much risk of leaving has a customer of some age lived through? `nelson_aalen(customers, &customer::months,
/// &customer::has_left [, weight] [, weighted_by(…)] [, entering_at(…)] [, {options}])`, or of what `survival_times`
/// gathered: the cumulative hazard H(t) = Σ d/n over the times up to t, d who left then of the n at risk just before,
/// with variance Σ d/n². Its slope is the rate of leaving: straight where that does not change with age. What is taken
/// for rows, times and events, what is left out and what it costs is as for `kaplan_meier`; with weights, those who
/// leave `one_by_one` are of their mean weight each, as in R. Source: Nelson (1972), Aalen (1978); R's survfit with
/// stype = 2.
inline constexpr detail::nelson_aalen_function nelson_aalen{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
