// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_N_DAY_RETENTION_HPP
#define CREDENCE_RETENTION_N_DAY_RETENTION_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
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
#include <credence/history/activity_times.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/retention/cohort_table.hpp>
#include <credence/retention/detail/cohort_counts.hpp>
#include <credence/retention/retention_mode.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct n_day_retention_options {
  std::vector<whole> days{1, 7, 30};  ///< the N, in periods since the first; ascending, 0 to 100,000
  retention_mode mode = retention_mode::on;
  time_span window = detail::one_day;       ///< where no policy is given: the length of a period
  std::optional<instant> observed_until{};  ///< up to when events were looked for; else the last event
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The customers who came back on day N.
struct n_day_retention_day {
  std::int64_t day = 0;          ///< N
  std::uint64_t retained = 0;    ///< of the eligible
  std::uint64_t eligible = 0;    ///< customers whose day N has ended
  double rate = not_a_number();  ///< of them, in 0…1; NaN where nobody is eligible
  credence::interval interval;   ///< Wilson's, in 0…1

  explicit constexpr operator bool() const { return eligible != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("day", self.day);
    visit("retained", self.retained);
    visit("eligible", self.eligible);
    visit("rate", self.rate);
    visit("interval", self.interval);
  }
  friend constexpr bool operator==(n_day_retention_day const&, n_day_retention_day const&) = default;
};

/// The answer of `n_day_retention`: `for (auto const& each : found) each.rate`.
struct n_day_retention_result {
  std::vector<n_day_retention_day> days;  ///< as they were asked for
  std::uint64_t customers = 0;            ///< who began before observation ended
  std::uint64_t after_end = 0;            ///< customers left out: they began later
  std::uint64_t count = 0;                ///< events used
  std::uint64_t rejected = 0;             ///< events left out
  credence::rejections rejections;        ///< and why

  [[nodiscard]] auto begin() const { return days.begin(); }
  [[nodiscard]] auto end() const { return days.end(); }
  [[nodiscard]] std::size_t size() const { return days.size(); }
  [[nodiscard]] n_day_retention_day const& operator[](std::size_t at) const { return days[at]; }
  explicit operator bool() const { return customers != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("days", self.days);
    visit("customers", self.customers);
    visit("after_end", self.after_end);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(n_day_retention_result const&, n_day_retention_result const&) = default;
};

namespace detail {

inline void check_n_day(n_day_retention_options const& options) {
  check_confidence("n_day_retention_options::confidence", options.confidence);
  std::int64_t before = -1;
  for (whole const day : options.days) {
    if (day <= before || day > 100'000)
      wrong_argument("n_day_retention_options::days", day.value, "they must ascend, from 0 to 100,000");
    before = day;
  }
  if (options.window.micros <= 0 || options.window.micros > latest_micros / 1'000'000)
    wrong_argument("n_day_retention_options::window", static_cast<double>(options.window.micros) / 1e6,
                   "seconds; it must be above 0 and below 106 days");
}

struct n_day_retention_function
    : optioned_calls<
          n_day_retention_function, n_day_retention_options,
          call_shape<n_day_retention_options,
                     call_terms{
                         .takes_executor = true, .takes_history = true, .policy = policy_place::behind_if_at_all},
                     argument_kind::projection, argument_kind::projection>,
          std::type_identity<n_day_retention_result>> {
  template <class Executor, class Range, class KeyOf, class Time>
  static n_day_retention_result answer(Executor&, n_day_retention_options const& options, Range& rows, KeyOf const& key,
                                       Time const& time) {
    check_n_day(options);
    return answer_of(detail::gathered_times({options.on_invalid}, rows, key, time), options);
  }
  template <class Executor, class Range, class KeyOf, class Time, class Policy>
  static n_day_retention_result answer(Executor& run, n_day_retention_options const& options, Range& rows,
                                       KeyOf const& key, Time const& time, Policy const& policy) {
    check_n_day(options);
    return answer_of(detail::gathered_activity(run, {.on_invalid = options.on_invalid}, rows, key, time, policy),
                     options, policy);
  }
  template <class History>
  static n_day_retention_result answer_of(History const& history, n_day_retention_options const& options) {
    check_n_day(options);
    static_assert(is_times_history<History>,
                  "credence: without a policy days are windows of 24 hours from each customer's own first event, which "
                  "an activity_times_accumulator knows; of a history by day ask n_day_retention(history, "
                  "calendar_day{}, {options})");
    if constexpr (is_times_history<History>) {
      return by_window(history, options);
    } else {
      return {};
    }
  }
  template <class History, class Policy>
  static n_day_retention_result answer_of(History const& history, n_day_retention_options const& options,
                                          Policy const& policy) {
    check_n_day(options);
    if (options.window != one_day)
      wrong_argument("n_day_retention_options::window", static_cast<double>(options.window.micros) / 1e6,
                     "seconds; where a policy is given, its periods are the days");
    static_assert(is_activity<History>,
                  "credence: days of the calendar are asked of what activity(events, &event::user, &event::time, "
                  "credence::calendar_day{}) gathered");
    if constexpr (is_activity<History>) {
      return by_period(history, options, policy);
    } else {
      return {};
    }
  }

 private:
  static void add_day(n_day_retention_result& result, n_day_retention_options const& options, std::int64_t day,
                      std::uint64_t retained, std::uint64_t eligible) {
    n_day_retention_day own;
    own.day = day;
    own.retained = retained;
    own.eligible = eligible;
    own.interval.confidence = options.confidence;
    if (eligible != 0) {
      own.rate = static_cast<double>(retained) / static_cast<double>(eligible);
      set_interval(own.interval, own.rate, static_cast<double>(eligible), options.confidence);
    }
    result.days.push_back(own);
  }
  template <class State>
  static n_day_retention_result started(State const& state) {
    n_day_retention_result result;
    result.count = state.rows;
    result.rejections = state.rejected;
    result.rejected = state.rejected.total();
    return result;
  }

  /// One cohort of all, who begin each in a period of their own.
  template <class History, class Policy>
  static n_day_retention_result by_period(History const& history, n_day_retention_options const& options,
                                          Policy const& policy) {
    auto const& state = history.state();
    using sum_type = typename std::remove_cvref_t<decltype(state)>::page::sum_type;
    n_day_retention_result result = started(state);
    std::vector<period_slice> slices = slices_of(state, history.options().grid, policy);
    std::vector<period_slice> const all = slices;
    cohort_plan plan;
    plan.mode = options.mode;
    plan.observed = observed_by(options.observed_until, policy, slices);
    plan.most_cells = 200'000;
    plan.most_periods = options.days.empty() ? 0 : options.days.back().value;
    cut_off(slices, plan.observed);
    std::vector<std::pair<std::int64_t, std::uint64_t>> beginners;
    std::uint64_t const known = first_seen(state, all, slices.size(), beginners);
    for (auto const& [period, many] : beginners) result.customers += many;
    result.after_end = known - result.customers;
    if (beginners.empty()) {
      for (whole const day : options.days) add_day(result, options, day, 0, 0);
      return result;
    }
    cohort_counts<sum_type> counts(plan, state.customers().limit());
    counts.add_row(std::move(beginners));
    counts.lay_out();
    for (std::size_t page = 0; page < state.page_count(); ++page)
      counts.count_page(state, slices, page, [&](std::uint32_t, std::size_t slice, std::int64_t& first) {
        first = slices[slice].index;
        return std::uint32_t{0};
      });
    counts.finish();
    auto const& row = counts.rows[0];
    for (whole const day : options.days) {
      auto const cell = static_cast<std::size_t>(day.value);
      bool const there = cell < row.width;
      add_day(result, options, day, there ? counts.retained[cell] : 0, there ? counts.eligible(row, cell) : 0);
    }
    return result;
  }
  /// How many customers began in each of the first `shown` periods; answers how many there are in all.
  template <class State>
  static std::uint64_t first_seen(State const& state, std::vector<period_slice> const& slices, std::size_t shown,
                                  std::vector<std::pair<std::int64_t, std::uint64_t>>& beginners) {
    std::vector<std::uint64_t> begun(slices.size());
    per_customer<unsigned char> known(0, state.customers().limit());
    for (std::size_t page = 0; page < state.page_count(); ++page) {
      known.clear();
      walk_page(state, slices, page, [&](std::uint32_t who, std::size_t slice, std::uint64_t, auto const&) {
        begun[slice] += known[who] == 0;
        known[who] = 1;
      });
    }
    std::uint64_t all = 0;
    for (std::size_t slice = 0; slice < slices.size(); ++slice) {
      all += begun[slice];
      if (slice < shown && begun[slice] != 0) beginners.emplace_back(slices[slice].index, begun[slice]);
    }
    return all;
  }

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
    [[nodiscard]] std::uint64_t bit_of(std::int64_t since_first) const {
      std::uint64_t const since = static_cast<std::uint64_t>(since_first);
      if (since >= ends_) return 0;
      std::uint64_t day =
          static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<double>(since_first) * per_micro_));
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

  template <class History>
  static n_day_retention_result by_window(History const& history, n_day_retention_options const& options) {
    auto const& log = history.state();
    n_day_retention_result result = started(log);
    std::vector<std::int64_t> const& when = log.when();
    std::int64_t const until = end_of_log(options.observed_until, when);
    std::vector<std::uint64_t> eligible(options.days.size());
    std::vector<std::uint64_t> const retained = options.mode == retention_mode::on
                                                    ? on_days(log, options, until, result, eligible)
                                                    : on_or_after_days(log, options, until, result, eligible);
    for (std::size_t day = 0; day < options.days.size(); ++day)
      add_day(result, options, options.days[day], retained[day], eligible[day]);
    return result;
  }
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
        retained[day] += own.last - own.first >= options.days[day].value * options.window.micros;
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
        if (when < until) own.on |= clock.bit_of(when - own.first);
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

/// Which share of customers came back on day N after their first? `n_day_retention(events, &event::user, &event::time,
/// {.days = {1, 7, 30}, .observed_until = end})`: day N is the window of 24 hours that begins N times 24 hours after
/// the customer's first event, whatever the clocks say there. With a policy behind the time, `calendar_day{}`, it is
/// the N-th day of the calendar after that of the first event; so N weeks or months. `on` counts who had an event on
/// that day, `on_or_after` then or later. Eligible, in both, are customers whose day N had ended when observation did;
/// an N that nobody is old enough for has no rate. Also of histories: `n_day_retention(times, {…})` and
/// `n_day_retention(history, calendar_day{}, {…})`. Events from `observed_until` on do not count. Throws
/// `credence::error` for wrong options. O(events).
inline constexpr detail::n_day_retention_function n_day_retention{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
