// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_ACTIVE_USERS_HPP
#define CREDENCE_RETENTION_ACTIVE_USERS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/calendar.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/period.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_rows.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/history/detail/window_counts.hpp>
#include <credence/retention/detail/period_calls.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct active_users_options {
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else what the policy says
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The customers of one period, or of the window that ends with one step.
struct active_period_users {
  time_period period;       ///< of a window, all of it
  std::string name;         ///< of the period, or of the window's last step
  bool complete = false;    ///< had it ended when observation did?
  bool whole = false;       ///< does it begin no earlier than the first event's period? Else it counts too few
  std::uint64_t users = 0;  ///< who were active in it, each counted once

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("complete", self.complete);
    visit("whole", self.whole);
    visit("users", self.users);
  }
  friend bool operator==(active_period_users const&, active_period_users const&) = default;
};

/// The answer of `active_users`: `for (auto const& day : found) day.users`.
struct active_users_result {
  std::vector<active_period_users> periods;  ///< in the order of time, those without anyone too
  std::uint64_t count = 0;                   ///< events used
  std::uint64_t rejected = 0;                ///< events left out
  credence::rejections rejections;           ///< and why

  [[nodiscard]] auto begin() const { return periods.begin(); }
  [[nodiscard]] auto end() const { return periods.end(); }
  [[nodiscard]] std::size_t size() const { return periods.size(); }
  [[nodiscard]] active_period_users const& operator[](std::size_t at) const { return periods[at]; }
  explicit operator bool() const { return !periods.empty(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("periods", self.periods);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(active_users_result const&, active_users_result const&) = default;
};

namespace detail {

struct active_users_function : policy_calls<active_users_function, active_users_options, active_users_result> {
  template <class History, class Policy>
  static active_users_result of(History const& history, active_users_options const& options, Policy const& policy) {
    active_users_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    answered_periods const asked = detail::periods_of(history, policy, options.observed_until);
    std::int64_t const window = detail::periods_a_window(policy);
    std::vector<std::uint64_t> const users =
        detail::window_counts(history.state(), asked.slices, asked.first, asked.count, window);
    for (std::size_t at = 0; at < asked.count; ++at) {
      std::int64_t const index = asked.first + static_cast<std::int64_t>(at);
      std::int64_t const first = index - window + 1;
      result.periods.push_back({{index, policy.begin_of(first), policy.begin_of(index + 1)},
                                policy.name_of(index),
                                index <= asked.observed.last_complete,
                                first >= asked.first,
                                users[at]});
    }
    return result;
  }
};

}  // namespace detail

/// How many customers were active, each counted once, in each period or trailing window: `active_users([executor,]
/// events, &event::user, &event::time, calendar_day{})` are daily active users, with `sliding{days{28}, days{1}}` those
/// of the last four weeks, for every day; or of a history that `activity` gathered. Exact. The first windows reach back
/// before the first event and are not `whole`; the last may not be `complete`. Throws `credence::error` for a policy
/// that cannot be, for more than a million periods, and for a history whose periods lie in two of the policy's.
/// O(events) to gather, O(customers in periods + periods) to answer, however long the windows.
inline constexpr detail::active_users_function active_users{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
