// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_ACTIVITY_CHURN_HPP
#define CREDENCE_CHURN_ACTIVITY_CHURN_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/churn_rate_accumulator.hpp>
#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/churn_rate_result.hpp>
#include <credence/churn/detail/churn_tally.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/period.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity_times.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct activity_churn_options {
  time_span inactive_for = time_span::from_micros(30 * detail::one_day.micros);  ///< so long after an event, without
                                                                                 ///< another, a customer has left
  std::optional<instant> from{};  ///< where the window begins; must be set
  std::optional<instant> to{};    ///< where it ends, itself not in it; must be set, and later than `from`
  churn_denominator denominator = churn_denominator::start_of_period;
  returning_customers returning = returning_customers::not_lost;
  time_span unit = detail::one_day;         ///< of time at risk, for `exposure`
  std::optional<instant> observed_until{};  ///< up to when events were looked for; not before `to`. Unset: up to `to`
  number confidence = 0.95;                 ///< of the interval, in (0, 1)
  share_interval interval_method = share_interval::wilson;  ///< where the rate is a share
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

using activity_churn_call = call_shape<activity_churn_options, call_terms{.takes_history = true},
                                       argument_kind::projection, argument_kind::projection>;

struct activity_churn_function : optioned_calls<activity_churn_function, activity_churn_options, activity_churn_call,
                                                std::type_identity<churn_rate_result>> {
  template <class Executor, class Range, class KeyOf, class Time>
  static churn_rate_result answer(Executor&, activity_churn_options const& options, Range& rows, KeyOf const& key,
                                  Time const& time) {
    return answer_of(detail::gathered_times({options.on_invalid}, rows, key, time), options);
  }
  template <class History>
  static churn_rate_result answer_of(History const& history, activity_churn_options const& options) {
    static_assert(
        is_times_history<History>,
        "credence: this is asked of an activity_times_accumulator, which activity_times(events, &event::user, "
        "&event::time) gathers");
    if constexpr (is_times_history<History>) {
      return of(history, options);
    } else {
      return {};
    }
  }

 private:
  [[nodiscard]] static churn_rate_options window_of(activity_churn_options const& options) {
    churn_rate_options const window{options.from, options.to,         options.denominator,     options.returning,
                                    options.unit, options.confidence, options.interval_method, options.on_invalid};
    window.check_fields([](char const* argument, auto const& value, std::string_view allowed) -> bool {
      std::string_view const other = "churn_rate_options";
      std::string const own = joined({"activity_churn_options", std::string_view(argument).substr(other.size())});
      wrong_argument(own.c_str(), value, allowed);
    });
    if (!options.from)
      wrong_argument("activity_churn_options::from", "unset", "a churn rate is of a window: {.from = …, .to = …}");
    if (options.inactive_for.micros <= 0)
      wrong_argument("activity_churn_options::inactive_for", static_cast<double>(options.inactive_for.micros) / 1e6,
                     "seconds; it must be above 0");
    if (options.observed_until && *options.observed_until < *options.to)
      wrong_argument("activity_churn_options::observed_until",
                     static_cast<double>(options.observed_until->micros) / 1e6,
                     "seconds after 1970; of a window that ends later it is not known who left");
    return window;
  }
  template <class History>
  static churn_rate_result of(History const& history, activity_churn_options const& options) {
    churn_rate_options const window = window_of(options);
    auto const log = history.state().settled();
    churn_window_state state;
    std::vector<churn_span> spans;
    for (std::size_t number = 0; number + 1 < log.begins.size(); ++number) {
      spans.clear();
      for (std::size_t at = log.begins[number]; at < log.begins[number + 1]; ++at) {
        std::int64_t const left = saturated_sum(log.when[at], options.inactive_for.micros);
        if (spans.empty() || log.when[at] > spans.back().end) spans.push_back({log.when[at], left, 0, 0});
        spans.back().end = left;
      }
      state.tally(window, spans.data(), spans.size(), state);
    }
    state.rows = history.state().rows;
    state.rejected = history.state().rejected;
    return detail::churn_answer(window, state);
  }
};

}  // namespace detail

/// The churn rate where nobody says goodbye: `activity_churn(events, &event::user, &event::time, {.inactive_for =
/// std::chrono::days{30}, .from = march, .to = april})`, or of a history that `activity_times` gathered. A customer is
/// there from their first event on, and has left `inactive_for` after an event that no other follows within that time,
/// at its end included; whoever has an event later is back. Of the spans this makes the rate is that of `churn_rate`:
/// by default those lost within the window ÷ those there when it begins. Whoever was last seen less than `inactive_for`
/// before `to` has not left yet. `count` and `rejected` are of events. Throws `credence::error` for wrong options.
/// O(events), and sorting them where they are not in order.
inline constexpr detail::activity_churn_function activity_churn{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
