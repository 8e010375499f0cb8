// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_LIFECYCLE_HPP
#define CREDENCE_RETENTION_LIFECYCLE_HPP

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
#include <credence/retention/detail/period_calls.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct lifecycle_options {
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else what the policy says
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// Where the customers of one period come from, and who of the one before is missing.
struct lifecycle_period {
  time_period period;
  std::string name;
  bool complete = false;            ///< had it ended when observation did?
  std::uint64_t new_customers = 0;  ///< active for the first time
  std::uint64_t returning = 0;      ///< active in the period before, too
  std::uint64_t resurrecting = 0;   ///< active before, but not in the period before
  std::uint64_t dormant = 0;        ///< active in the period before, not in this one

  /// All who were active.
  [[nodiscard]] constexpr std::uint64_t active() const { return new_customers + returning + resurrecting; }
  /// (new + resurrecting) ÷ dormant: above 1 the base grows. Infinite where nobody left, NaN where nobody came either.
  [[nodiscard]] constexpr double quick_ratio() const {
    double const gained = static_cast<double>(new_customers + resurrecting);
    if (dormant != 0) return gained / static_cast<double>(dormant);
    return gained > 0 ? infinite_number() : not_a_number();
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("complete", self.complete);
    visit("new_customers", self.new_customers);
    visit("returning", self.returning);
    visit("resurrecting", self.resurrecting);
    visit("dormant", self.dormant);
  }
  friend bool operator==(lifecycle_period const&, lifecycle_period const&) = default;
};

/// The answer of `lifecycle`: `for (auto const& week : found) week.resurrecting`.
struct lifecycle_result {
  std::vector<lifecycle_period> periods;  ///< in the order of time, those without anyone too
  std::uint64_t count = 0;                ///< events used
  std::uint64_t rejected = 0;             ///< events left out
  credence::rejections rejections;        ///< and why

  [[nodiscard]] auto begin() const { return periods.begin(); }
  [[nodiscard]] auto end() const { return periods.end(); }
  [[nodiscard]] std::size_t size() const { return periods.size(); }
  [[nodiscard]] lifecycle_period const& operator[](std::size_t at) const { return periods[at]; }
  explicit operator bool() const { return !periods.empty(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("periods", self.periods);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(lifecycle_result const&, lifecycle_result const&) = default;
};

namespace detail {

struct lifecycle_function : policy_calls<lifecycle_function, lifecycle_options, lifecycle_result> {
  template <class History, class Policy>
  static lifecycle_result of(History const& history, lifecycle_options const& options, Policy const& policy) {
    static_assert(
        !requires { policy.steps_a_window(); },
        "credence: lifecycle compares a period with the one before; windows that overlap share their customers");
    lifecycle_result result;
    tell_events(result, history.state().rows, history.state().rejected);
    answered_periods const asked = detail::periods_of(history, policy, options.observed_until);
    for (std::size_t at = 0; at < asked.count; ++at) {
      std::int64_t const index = asked.first + static_cast<std::int64_t>(at);
      lifecycle_period own;
      own.period = {index, policy.begin_of(index), policy.begin_of(index + 1)};
      own.name = policy.name_of(index);
      own.complete = index <= asked.observed.last_complete;
      result.periods.push_back(std::move(own));
    }
    tally(result.periods, history.state(), asked);
    return result;
  }

 private:
  // By sets of customers, 64 at a time.
  template <class State>
  static void tally(std::vector<lifecycle_period>& periods, State const& state, answered_periods const& asked) {
    struct sets {
      page_bits now;
      page_bits before;  ///< of the last period in which anyone was active
      page_bits known;
    };
    std::vector<sets> all(1);  // not on the stack: twelve kilobytes
    sets& own = all[0];
    for (std::size_t page = 0; page < state.page_count(); ++page) {
      own.known.fill(0);
      std::uint64_t active_before = 0;
      std::int64_t last = 0;
      for (period_slice const& slice : asked.slices) {
        if (!detail::active_in(state, slice, page, own.now)) continue;
        bool const follows = active_before != 0 && slice.index == last + 1;
        lifecycle_period& row = periods[static_cast<std::size_t>(slice.index - asked.first)];
        std::uint64_t active = 0;
        std::uint64_t fresh = 0;
        std::uint64_t returning = 0;
        for (std::size_t word = 0; word < own.now.size(); ++word) {
          active += bits_set(own.now[word]);
          fresh += bits_set(own.now[word] & ~own.known[word]);
          if (follows) returning += bits_set(own.now[word] & own.before[word]);
          own.known[word] |= own.now[word];
        }
        row.new_customers += fresh;
        row.returning += returning;
        row.resurrecting += active - fresh - returning;
        leave(periods, asked.first, last, active_before - returning);
        own.before = own.now;
        active_before = active;
        last = slice.index;
      }
      leave(periods, asked.first, last, active_before);
    }
  }
  /// So many were active in a period and are not in the next.
  static void leave(std::vector<lifecycle_period>& periods, std::int64_t first, std::int64_t last, std::uint64_t many) {
    std::size_t const next = static_cast<std::size_t>(last - first) + 1;
    if (many != 0 && next < periods.size()) periods[next].dormant += many;
  }
};

}  // namespace detail

/// Of the customers active in each period, who is new, who returns and who is back after a pause, and who of the period
/// before is missing: `lifecycle([executor,] events, &event::user, &event::time, calendar_week{})`, or of a history
/// that `activity` gathered. active(t) = new + returning + resurrecting, and active(t−1) = returning(t) + dormant(t).
/// Customers dormant in a period that is not complete may still come. Throws `credence::error` for a policy that cannot
/// be, for more than a million periods, and for a history whose periods lie in two of the policy's. O(events) to
/// gather, O(customers in periods + periods) to answer.
inline constexpr detail::lifecycle_function lifecycle{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
