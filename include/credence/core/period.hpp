// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_PERIOD_HPP
#define CREDENCE_CORE_PERIOD_HPP

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include <credence/core/detail/civil.hpp>
#include <credence/core/detail/time_text.hpp>
#include <credence/core/error.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// How time is cut into periods. A policy numbers its periods (consecutive ones have consecutive numbers), says where
// each begins, and calls it by a name. Its `observed_until` is up to when events were looked for: a period that ends
// later is not complete. Unset, nothing is known of the time after the last event, so that the period which holds it is
// not complete. Periods of the calendar are in core/calendar.hpp; here are those of fixed lengths.

namespace credence {
inline namespace CREDENCE_ABI {

/// One stretch of time, [begin, end), and its number. Bounds are in the time that the samples have: UTC for UTC times,
/// local for local ones.
struct time_period {
  std::int64_t index = 0;
  instant begin;
  instant end;

  friend constexpr auto operator<=>(time_period const&, time_period const&) = default;
};

namespace detail {

struct complaint_archetype {
  template <class... Parts>
  constexpr bool operator()(Parts const&...) const {
    return false;
  }
};

}  // namespace detail

/// What `over_time` takes as its policy.
template <class Policy>
concept period_policy = std::regular<Policy> && requires(Policy const& policy, instant time, std::int64_t index) {
  { policy.index_of(time) } -> std::same_as<std::int64_t>;
  { policy.begin_of(index) } -> std::same_as<instant>;
  { policy.name_of(index) } -> std::convertible_to<std::string>;
  { policy.observed_until } -> std::convertible_to<std::optional<instant>>;
  { policy.check_fields(detail::complaint_archetype{}) } -> std::convertible_to<bool>;
  Policy::shape(policy);
  Policy::type_id();
};

namespace detail {

inline constexpr time_span one_day = time_span::from_micros(86'400'000'000);
inline constexpr time_span four_weeks = time_span::from_micros(28 * one_day.micros);

/// An origin from which every instant can be reached without leaving the range.
template <class Complain>
constexpr bool check_origin(char const* argument, instant origin, Complain const& complain) {
  return (origin.micros > earliest_micros / 2 && origin.micros < latest_micros / 2) ||
         complain(argument, static_cast<double>(origin.micros) / 1e6,
                  "seconds after 1970; it must be within 146,000 years of it");
}
}  // namespace detail

/// Periods of one length, `every{std::chrono::hours{6}}`, numbered from the one that begins at `origin`; called by
/// their first moment, `2026-03-09T06:00:00`.
struct every {
  time_span span = detail::one_day;         ///< the length of a period; a day by default
  instant origin{};                         ///< where one period begins; 1970-01-01 in UTC by default
  std::optional<instant> observed_until{};  ///< up to when events were looked for

  [[nodiscard]] constexpr std::int64_t index_of(instant time) const {
    return detail::floor_quotient(detail::saturated_sum(time.micros, -origin.micros), span.micros);
  }
  [[nodiscard]] constexpr instant begin_of(std::int64_t index) const {
    return instant::from_micros(detail::saturated_sum(detail::saturated_product(index, span.micros), origin.micros));
  }
  [[nodiscard]] std::string name_of(std::int64_t index) const { return detail::time_text(begin_of(index).micros); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return (span.micros > 0 || complain("every::span", static_cast<double>(span.micros) / 1e6,
                                        "seconds; a period must have a length above zero")) &&
           detail::check_origin("every::origin", origin, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.span, self.origin);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("span", self.span);
    visit("origin", self.origin);
    visit("observed_until", self.observed_until);
  }
  static constexpr std::string_view type_id() { return "every"; }
  friend constexpr bool operator==(every const&, every const&) = default;
};

/// Windows that overlap: one ends after every `step`, and each is `window` long, which must be a multiple of the step.
/// `sliding{std::chrono::days{28}, std::chrono::days{1}}` is the last four weeks, day by day. A window has the number
/// of its last step, and is called by that step's first moment. Values of neighbouring windows share most samples: a
/// trend through them would take the same sample for many.
struct sliding {
  time_span window = detail::four_weeks;    ///< the length of a window; four weeks by default
  time_span step = detail::one_day;         ///< from one window to the next; a day by default
  instant origin{};                         ///< where one step begins; 1970-01-01 in UTC by default
  std::optional<instant> observed_until{};  ///< up to when events were looked for

  [[nodiscard]] constexpr every steps() const { return {step, origin, observed_until}; }
  [[nodiscard]] constexpr std::int64_t steps_a_window() const { return window.micros / step.micros; }
  [[nodiscard]] constexpr std::int64_t index_of(instant time) const { return steps().index_of(time); }
  [[nodiscard]] constexpr instant begin_of(std::int64_t index) const { return steps().begin_of(index); }
  [[nodiscard]] std::string name_of(std::int64_t index) const { return steps().name_of(index); }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return (step.micros > 0 || complain("sliding::step", static_cast<double>(step.micros) / 1e6,
                                        "seconds; a step must have a length above zero")) &&
           ((window.micros > 0 && window.micros % step.micros == 0) ||
            complain("sliding::window", static_cast<double>(window.micros) / 1e6,
                     "seconds; it must be a multiple of the step")) &&
           (steps_a_window() <= most_steps || complain("sliding::window", static_cast<double>(steps_a_window()),
                                                       "steps; a window has at most 100,000")) &&
           detail::check_origin("sliding::origin", origin, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.window, self.step, self.origin);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("window", self.window);
    visit("step", self.step);
    visit("origin", self.origin);
    visit("observed_until", self.observed_until);
  }
  static constexpr std::string_view type_id() { return "sliding"; }
  friend constexpr bool operator==(sliding const&, sliding const&) = default;

  static constexpr std::int64_t most_steps = 100'000;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
