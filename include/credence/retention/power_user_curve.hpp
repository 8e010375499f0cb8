// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_POWER_USER_CURVE_HPP
#define CREDENCE_RETENTION_POWER_USER_CURVE_HPP

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
#include <credence/core/interval.hpp>
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
#include <credence/inference/share_interval.hpp>
#include <credence/retention/detail/period_calls.hpp>
#include <credence/retention/detail/share.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct power_user_curve_options {
  whole window = 28;                        ///< how many periods are looked at: 7 for L7, 28 for L28; 1 to 10,000
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else what the policy says
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The customers who were active on so many days of the window.
struct power_user_bar {
  std::int64_t periods = 0;       ///< 1 to the window's length
  std::uint64_t customers = 0;    ///< active on just so many
  double share = not_a_number();  ///< of those active at all, in 0…1
  credence::interval interval;    ///< Wilson's, in 0…1

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("periods", self.periods);
    visit("customers", self.customers);
    visit("share", self.share);
    visit("interval", self.interval);
  }
  friend constexpr bool operator==(power_user_bar const&, power_user_bar const&) = default;
};

/// The answer of `power_user_curve`; empty where no window is complete.
struct power_user_curve_result {
  std::vector<power_user_bar> bars;  ///< from 1 day to all of them
  time_period window;                ///< what was looked at: its last period's number
  std::uint64_t customers = 0;       ///< active in it at all
  double mean = not_a_number();      ///< of the days they were active on
  std::uint64_t count = 0;           ///< events used, those outside the window too
  std::uint64_t rejected = 0;        ///< events left out
  credence::rejections rejections;   ///< and why

  [[nodiscard]] auto begin() const { return bars.begin(); }
  [[nodiscard]] auto end() const { return bars.end(); }
  explicit operator bool() const { return customers != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("bars", self.bars);
    visit("customers", self.customers);
    visit("mean", self.mean);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(power_user_curve_result const&, power_user_curve_result const&) = default;
};

namespace detail {

struct power_user_curve_function
    : daily_calls<power_user_curve_function, power_user_curve_options, power_user_curve_result> {
  template <class History, class Policy>
  static power_user_curve_result of(History const& history, power_user_curve_options const& options,
                                    Policy const& policy) {
    check_confidence("power_user_curve_options::confidence", options.confidence);
    if (options.window < 1 || options.window > 10'000)
      wrong_argument("power_user_curve_options::window", options.window.value, "it must be 1 to 10,000");
    power_user_curve_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    answered_periods const asked = detail::periods_of(history, policy, options.observed_until);
    if (asked.count == 0) return result;
    std::int64_t const last = asked.observed.last_complete;
    std::int64_t const first = last - options.window.value + 1;
    result.window = {last, policy.begin_of(first), policy.begin_of(last + 1)};
    if (first < asked.first) return result;
    std::vector<std::uint64_t> const days =
        tally(history.state(), asked.slices, first, last, static_cast<std::size_t>(options.window.value));
    double sum = 0;
    for (std::size_t at = 1; at < days.size(); ++at) {
      result.customers += days[at];
      sum += static_cast<double>(at) * static_cast<double>(days[at]);
    }
    if (result.customers != 0) result.mean = sum / static_cast<double>(result.customers);
    for (std::size_t at = 1; at < days.size(); ++at) {
      power_user_bar bar;
      bar.periods = static_cast<std::int64_t>(at);
      bar.customers = days[at];
      tell_share(bar.share, bar.interval, days[at], result.customers, options.confidence);
      result.bars.push_back(bar);
    }
    return result;
  }

 private:
  /// How many customers were active in how many periods of the window.
  template <class State>
  static std::vector<std::uint64_t> tally(State const& state, std::vector<period_slice> const& slices,
                                          std::int64_t first, std::int64_t last, std::size_t window) {
    struct seen {
      std::uint32_t last_slice = ~std::uint32_t{};
      std::uint32_t periods = 0;
    };
    std::vector<std::uint64_t> days(window + 1);
    per_customer<seen> members(seen{}, state.customers().limit());
    for (std::size_t page = 0; page < state.page_count(); ++page) {
      members.clear();
      detail::walk_page(state, slices, page, [&](std::uint32_t who, std::size_t slice, std::uint64_t, auto const&) {
        if (slices[slice].index < first || slices[slice].index > last || members[who].last_slice == slice) return;
        members[who].last_slice = static_cast<std::uint32_t>(slice);
        ++members[who].periods;
      });
      for (std::uint32_t who = 0; who < members.size(); ++who) ++days[members[who].periods];
    }
    days[0] = 0;
    return days;
  }
};

}  // namespace detail

/// How many days of the last 28 were customers active on? `power_user_curve([executor,] events, &event::user,
/// &event::time)` is the L28, with `{.window = 7}` the L7: for each number of days the customers who were active on
/// just so many, their share and Wilson's interval. The window ends with the last day that is complete; where fewer
/// days were observed than it has, there is no answer. With a policy behind the time, of other periods. Throws
/// `credence::error` for wrong options. O(events) to gather, O(customers in days) to answer.
inline constexpr detail::power_user_curve_function power_user_curve{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
