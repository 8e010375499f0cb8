// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_STICKINESS_HPP
#define CREDENCE_RETENTION_STICKINESS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/calendar.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
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

struct stickiness_options {
  whole window = 28;                        ///< periods that the larger count looks back, its own among them
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else what the policy says
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// One day: its customers, and those of the window that ends with it.
struct stickiness_period {
  time_period period;
  std::string name;
  std::uint64_t users = 0;         ///< active in it
  std::uint64_t window_users = 0;  ///< active in the window
  double ratio = not_a_number();   ///< of them, in 0…1

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("users", self.users);
    visit("window_users", self.window_users);
    visit("ratio", self.ratio);
  }
  friend bool operator==(stickiness_period const&, stickiness_period const&) = default;
};

/// The answer of `stickiness`; NaN where no day is complete with a whole window behind it.
struct stickiness_result {
  double mean = not_a_number();            ///< of the daily ratios, in 0…1
  double pooled = not_a_number();          ///< Σ users ÷ Σ window users, in 0…1
  std::vector<stickiness_period> periods;  ///< the days that are complete, with a whole window
  std::uint64_t count = 0;                 ///< events used
  std::uint64_t rejected = 0;              ///< events left out
  credence::rejections rejections;         ///< and why

  [[nodiscard]] auto begin() const { return periods.begin(); }
  [[nodiscard]] auto end() const { return periods.end(); }
  explicit operator bool() const { return !is_nan(mean); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("mean", self.mean);
    visit("pooled", self.pooled);
    visit("periods", self.periods);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(stickiness_result const&, stickiness_result const&) = default;
};

namespace detail {

struct stickiness_function : daily_calls<stickiness_function, stickiness_options, stickiness_result> {
  template <class History, class Policy>
  static stickiness_result of(History const& history, stickiness_options const& options, Policy const& policy) {
    if (options.window < 1 || options.window > most_periods)
      wrong_argument("stickiness_options::window", options.window.value, "it must be 1 to 1,000,000");
    stickiness_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    answered_periods const asked = detail::periods_of(history, policy, options.observed_until);
    std::vector<std::uint64_t> const users =
        detail::window_counts(history.state(), asked.slices, asked.first, asked.count, 1);
    std::vector<std::uint64_t> const window_users =
        detail::window_counts(history.state(), asked.slices, asked.first, asked.count, options.window);
    double ratios = 0;
    double all_users = 0;
    double all_window_users = 0;
    double days = 0;
    for (std::size_t at = 0; at < asked.count; ++at) {
      std::int64_t const index = asked.first + static_cast<std::int64_t>(at);
      if (index - options.window.value + 1 < asked.first || index > asked.observed.last_complete) continue;
      stickiness_period own;
      own.period = {index, policy.begin_of(index), policy.begin_of(index + 1)};
      own.name = policy.name_of(index);
      own.users = users[at];
      own.window_users = window_users[at];
      if (own.window_users != 0) {
        own.ratio = static_cast<double>(own.users) / static_cast<double>(own.window_users);
        ratios += own.ratio;
        all_users += static_cast<double>(own.users);
        all_window_users += static_cast<double>(own.window_users);
        days += 1;
      }
      result.periods.push_back(std::move(own));
    }
    if (days == 0) return result;
    result.mean = ratios / days;
    result.pooled = all_users / all_window_users;
    return result;
  }
};

}  // namespace detail

/// Which share of the customers of the last 28 days is active on a day, on average: `stickiness([executor,] events,
/// &event::user, &event::time).mean`, DAU ÷ MAU; with a policy behind the time, of other periods: `calendar_week{},
/// {.window = 4}`. Exact counts of customers; only days that are complete, with a whole window since the first event's
/// day; days whose window nobody was active in have no ratio. Days follow each other: their ratios are no independent
/// samples, so there is no interval. Throws `credence::error` for wrong options. O(events) to gather, O(customers in
/// days) to answer.
inline constexpr detail::stickiness_function stickiness{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
