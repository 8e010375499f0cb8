// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_N_DAY_RETENTION_HPP
#define CREDENCE_RETENTION_N_DAY_RETENTION_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/calendar.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/retention/detail/cohort_counts.hpp>
#include <credence/retention/detail/n_day_windows.hpp>
#include <credence/retention/n_day_retention_result.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

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
      return n_day_windows::answer(history.state(), options);
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
  /// One cohort of all, who begin each in a period of their own.
  template <class History, class Policy>
  static n_day_retention_result by_period(History const& history, n_day_retention_options const& options,
                                          Policy const& policy) {
    auto const& state = history.state();
    using sum_type = typename std::remove_cvref_t<decltype(state)>::page::sum_type;
    n_day_retention_result result;
    tell_events(result, state.rows, state.rejected);
    std::vector<period_slice> slices = detail::slices_of(state, history.options().grid, policy);
    std::vector<period_slice> const all = slices;
    cohort_plan plan;
    plan.mode = options.mode;
    plan.observed = detail::observed_by(options.observed_until, policy, slices);
    plan.most_cells = 200'000;
    plan.most_periods = options.days.empty() ? 0 : static_cast<std::uint64_t>(options.days.back().value);
    detail::cut_off(slices, plan.observed);
    std::vector<std::pair<std::int64_t, std::uint64_t>> beginners;
    std::vector<std::uint64_t> const begun = detail::beginners_of(state, all);
    for (std::size_t slice = 0; slice < all.size(); ++slice) {
      (slice < slices.size() ? result.customers : result.after_end) += begun[slice];
      if (slice < slices.size() && begun[slice] != 0) beginners.emplace_back(all[slice].index, begun[slice]);
    }
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
};

}  // namespace detail

/// Which share of customers came back on day N after their first? `n_day_retention(events, &event::user, &event::time,
/// {.days = {1, 7, 30}, .observed_until = end})`: day N is the window of 24 hours that begins N times 24 hours after
/// the customer's first event, whatever the clocks say there. With a policy behind the time, `calendar_day{}`, it is
/// the N-th day of the calendar after that of the first event; so N weeks or months. `on` counts who had an event on
/// that day, `on_or_after` then or later. Eligible, in both, are customers whose day N had ended when observation did;
/// an N that nobody is old enough for has no rate. Also of histories: `n_day_retention(times, {…})` and
/// `n_day_retention(history, calendar_day{}, {…})`. Events from `observed_until` on
/// do not count; with a policy, but for those in the period that holds it, for `on_or_after` and for who began. Throws
/// `credence::error` for wrong options. O(events).
inline constexpr detail::n_day_retention_function n_day_retention{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
