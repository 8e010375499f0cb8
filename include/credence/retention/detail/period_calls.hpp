// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_DETAIL_PERIOD_CALLS_HPP
#define CREDENCE_RETENTION_DETAIL_PERIOD_CALLS_HPP

#include <cstdint>
#include <type_traits>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/calendar.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_rows.hpp>

// The calls that the functions of this folder share: what stands in them, and that it may be a history.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What is gathered for periods of this policy: of windows, their steps.
template <class Policy>
[[nodiscard]] auto grid_of(Policy const& policy) {
  if constexpr (requires { policy.steps(); }) {
    return policy.steps();
  } else {
    return policy;
  }
}
template <class Policy>
[[nodiscard]] std::int64_t periods_a_window(Policy const& policy) {
  if constexpr (requires { policy.steps_a_window(); }) {
    return policy.steps_a_window();
  } else {
    return 1;
  }
}

/// Of calls that cut time by a policy, `[executor,] rows, user, time, policy [, {options}]`, or a history in the place
/// of the first: `Derived::of(history, options, policy)` answers both.
template <class Derived, class Options, class Result>
struct policy_calls
    : optioned_calls<
          Derived, Options,
          call_shape<Options, call_terms{.takes_executor = true, .takes_history = true, .policy = policy_place::behind},
                     argument_kind::projection, argument_kind::projection>,
          std::type_identity<Result>> {
  template <class Executor, class Range, class KeyOf, class Time, class Policy>
  static Result answer(Executor& run, Options const& options, Range& rows, KeyOf const& key, Time const& time,
                       Policy const& policy) {
    return Derived::of(
        detail::gathered_activity(run, {.on_invalid = options.on_invalid}, rows, key, time, detail::grid_of(policy)),
        options, policy);
  }
  template <class History, class Policy>
  static Result answer_of(History const& history, Options const& options, Policy const& policy) {
    if constexpr (check_history<History>()) {
      return Derived::of(history, options, policy);
    } else {
      return {};
    }
  }
};

/// Of calls that look at days where no policy is given: `[executor,] rows, user, time [, policy] [, {options}]`, or a
/// history in the place of the first: `Derived::of(history, options, policy)` answers all.
template <class Derived, class Options, class Result>
struct daily_calls
    : optioned_calls<
          Derived, Options,
          call_shape<Options,
                     call_terms{
                         .takes_executor = true, .takes_history = true, .policy = policy_place::behind_if_at_all},
                     argument_kind::projection, argument_kind::projection>,
          std::type_identity<Result>> {
  template <class Executor, class Range, class KeyOf, class Time, class Policy = calendar_day>
  static Result answer(Executor& run, Options const& options, Range& rows, KeyOf const& key, Time const& time,
                       Policy const& policy = {}) {
    if constexpr (check_periods<Policy>()) {
      return answer_of(detail::gathered_activity(run, {.on_invalid = options.on_invalid}, rows, key, time, policy),
                       options, policy);
    } else {
      return {};
    }
  }
  template <class History>
  static Result answer_of(History const& history, Options const& options) {
    if constexpr (check_history<History>()) {
      return answer_of(history, options, detail::periods_as_gathered<calendar_day>(history));
    } else {
      return {};
    }
  }
  template <class History, class Policy>
  static Result answer_of(History const& history, Options const& options, Policy const& policy) {
    if constexpr (check_history<History>() && check_periods<Policy>()) {
      return Derived::of(history, options, policy);
    } else {
      return {};
    }
  }

 private:
  template <class Policy>
  static constexpr bool check_periods() {
    constexpr bool overlap = requires(Policy const& policy) { policy.steps_a_window(); };
    static_assert(!overlap,
                  "credence: this counts periods within a window of its own; give it the periods, such as "
                  "calendar_day{}, and the window as an option");
    return !overlap;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
