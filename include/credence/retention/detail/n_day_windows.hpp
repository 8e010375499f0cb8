// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_DETAIL_N_DAY_WINDOWS_HPP
#define CREDENCE_RETENTION_DETAIL_N_DAY_WINDOWS_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/number.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/event_log.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/retention/n_day_retention_result.hpp>
#include <credence/retention/retention_mode.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Day N as a window of 24 hours, or whatever is asked, that begins with each customer's own first event.
class n_day_windows {
 public:
  template <class State>
  static n_day_retention_result answer(State const& log, n_day_retention_options const& options) {
    n_day_retention_result result;
    tell_events(result, log.rows, log.rejected);
    std::int64_t const until = detail::end_of_log(options.observed_until, log);
    std::vector<std::uint64_t> eligible(options.days.size());
    std::vector<std::uint64_t> const retained = options.mode == retention_mode::on
                                                    ? on_days(log, options, until, result, eligible)
                                                    : on_or_after_days(log, options, until, result, eligible);
    for (std::size_t day = 0; day < options.days.size(); ++day)
      add_day(result, options, options.days[day], retained[day], eligible[day]);
    return result;
  }

 private:
  /// Of each customer, while their events are looked at.
  struct window_member {
    std::int64_t first = latest_micros;
    std::int64_t last = earliest_micros;
  };
  /// The same, of days asked for a bit each: as little as can be, for memory is what it waits for.
  struct day_member {
    std::int64_t first = latest_micros;
    std::uint64_t on = 0;
  };
  static constexpr std::size_t days_at_a_time = 64;
  static constexpr std::size_t ahead = 32;  ///< events for whose customers memory is asked beforehand

  /// Which day of a customer's own a time lies in, by a product: a division would take as long as all else. The product
  /// is off by one at most, since lengths below 2⁵³ ± 1 are exact and longer ones later than any day asked for.
  class day_clock {
   public:
    day_clock(std::int64_t window, std::vector<whole> const& days, std::size_t from, std::size_t to)
        : window_(static_cast<std::uint64_t>(window)), per_micro_(1.0 / static_cast<double>(window)) {
      latest_ = days.empty() ? 0 : static_cast<std::uint64_t>(days[to - 1].value);
      bits_.resize(static_cast<std::size_t>(latest_) + 2);
      for (std::size_t day = from; day < to; ++day)
        bits_[static_cast<std::size_t>(days[day].value)] = std::uint64_t{1} << (day - from);
      ends_ = (latest_ + 1) * window_;
    }
    [[nodiscard]] std::uint64_t bit_of(std::uint64_t since) const {
      if (since >= ends_) return 0;
      std::uint64_t day = static_cast<std::uint64_t>(
          static_cast<std::int64_t>(static_cast<double>(static_cast<std::int64_t>(since)) * per_micro_));
      day -= day * window_ > since;
      day += (day + 1) * window_ <= since;
      return bits_[static_cast<std::size_t>(day)];
    }

   private:
    std::uint64_t window_;
    double per_micro_;
    std::uint64_t latest_ = 0;
    std::uint64_t ends_ = 0;
    std::vector<std::uint64_t> bits_;
  };

  /// For how many of the days asked for a customer is old enough: they are in order.
  [[nodiscard]] static std::size_t days_ended(std::int64_t first, n_day_retention_options const& options,
                                              std::int64_t until) {
    std::size_t day = 0;
    while (day < options.days.size() &&
           saturated_sum(first, (options.days[day].value + 1) * options.window.micros) <= until)
      ++day;
    return day;
  }
  /// Counts a customer; answers whether they began before the end.
  [[nodiscard]] static bool counted(std::int64_t first, std::int64_t until, n_day_retention_result& result) {
    result.customers += first < until;
    result.after_end += first >= until && first != latest_micros;
    return first < until;
  }
  template <class State>
  static std::vector<std::uint64_t> on_or_after_days(State const& log, n_day_retention_options const& options,
                                                     std::int64_t until, n_day_retention_result& result,
                                                     std::vector<std::uint64_t>& eligible) {
    std::vector<std::uint64_t> retained(options.days.size());
    std::vector<window_member> members(log.customers().limit());
    each_event(log, members, [&](window_member& own, std::int64_t when) {
      own.first = (std::min)(own.first, when);
      if (when < until) own.last = (std::max)(own.last, when);
    });
    for (window_member const& own : members) {
      if (!counted(own.first, until, result)) continue;
      std::size_t const ended = days_ended(own.first, options, until);
      for (std::size_t day = 0; day < ended; ++day) {
        ++eligible[day];
        retained[day] += elapsed(own.first, own.last) >=
                         static_cast<std::uint64_t>(options.days[day].value * options.window.micros);
      }
    }
    return retained;
  }
  template <class State>
  static std::vector<std::uint64_t> on_days(State const& log, n_day_retention_options const& options,
                                            std::int64_t until, n_day_retention_result& result,
                                            std::vector<std::uint64_t>& eligible) {
    std::size_t const days = options.days.size();
    std::vector<std::uint64_t> retained(days);
    std::vector<day_member> members(log.customers().limit());
    // In the order of time the first event of each is known when it comes; else all are looked at before.
    if (!log.in_order() || days == 0)
      each_event(log, members, [](day_member& own, std::int64_t when) { own.first = (std::min)(own.first, when); });
    for (std::size_t from = 0; from < days; from += days_at_a_time) {
      std::size_t const to = (std::min)(from + days_at_a_time, days);
      day_clock const clock(options.window.micros, options.days, from, to);
      each_event(log, members, [&](day_member& own, std::int64_t when) {
        own.first = (std::min)(own.first, when);
        if (when < until) own.on |= clock.bit_of(elapsed(own.first, when));
      });
      for (day_member& own : members) {
        if (own.on == 0) continue;
        std::size_t const ended = days_ended(own.first, options, until);
        for (std::uint64_t left = own.on; left != 0; left &= left - 1) {
          std::size_t const day = from + static_cast<std::size_t>(std::countr_zero(left));
          retained[day] += day < ended;
        }
        own.on = 0;
      }
    }
    for (day_member const& own : members) {
      if (!counted(own.first, until, result)) continue;
      std::size_t const ended = days_ended(own.first, options, until);
      for (std::size_t day = 0; day < ended; ++day) ++eligible[day];
    }
    return retained;
  }
  template <class State, class Member, class See>
  static void each_event(State const& log, std::vector<Member>& members, See const& see) {
    std::uint32_t const* const who = log.who().data();
    std::int64_t const* const when = log.when().data();
    std::size_t const count = log.who().size();
    for (std::size_t at = 0; at < count; ++at) {
      if (at + ahead < count) fetch(&members[who[at + ahead]]);
      see(members[who[at]], when[at]);
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
