// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_CHURN_SERIES_HPP
#define CREDENCE_CHURN_CHURN_SERIES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/churn_rate_result.hpp>
#include <credence/churn/detail/churn_answer.hpp>
#include <credence/churn/detail/churn_series_sink.hpp>
#include <credence/churn/detail/read_span.hpp>
#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/period.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/period_rows.hpp>
#include <credence/inference/share_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct churn_series_options {
  std::optional<instant> from{};  ///< the first period is the one it lies in; unset: that of the earliest start
  churn_denominator denominator = churn_denominator::start_of_period;
  returning_customers returning = returning_customers::not_lost;
  time_span unit = detail::one_day;  ///< of time at risk, for `exposure`
  std::optional<instant>
      observed_until{};      ///< up to when ends are known; else what the policy says, else the last time
  number confidence = 0.95;  ///< of the intervals, in (0, 1)
  share_interval interval_method = share_interval::wilson;  ///< where the rate is a share
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The churn rate of one period.
struct churn_period {
  time_period period;
  std::string name;
  bool complete = false;  ///< had it ended when observation did? Else the rate is of what had passed of it
  churn_rate_result rate;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("complete", self.complete);
    visit("rate", self.rate);
  }
  friend bool operator==(churn_period const&, churn_period const&) = default;
};

/// The answer of `churn_series`: `for (auto const& month : found) month.rate.value`.
struct churn_series_result {
  std::vector<churn_period> periods;  ///< in the order of time, those without anyone too
  std::uint64_t count = 0;            ///< spans used
  std::uint64_t rejected = 0;         ///< spans left out
  credence::rejections rejections;    ///< and why

  [[nodiscard]] auto begin() const { return periods.begin(); }
  [[nodiscard]] auto end() const { return periods.end(); }
  [[nodiscard]] std::size_t size() const { return periods.size(); }
  [[nodiscard]] churn_period const& operator[](std::size_t at) const { return periods[at]; }
  explicit operator bool() const { return !periods.empty(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("periods", self.periods);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(churn_series_result const&, churn_series_result const&) = default;
};

namespace detail {

using churn_series_call = call_shape<churn_series_options, call_terms{.further = 1, .policy = policy_place::behind},
                                     argument_kind::projection, argument_kind::projection>;

struct churn_series_function : optioned_calls<churn_series_function, churn_series_options, churn_series_call,
                                              std::type_identity<churn_series_result>> {
  template <class Executor, class Range, class KeyOf, class Start, class End, class Policy>
  static churn_series_result answer(Executor&, churn_series_options const& options, Range& rows, KeyOf const& key,
                                    Start const& start, End const& end, Policy const& policy) {
    static_assert(
        !requires { policy.steps_a_window(); },
        "credence: churn_series follows customers from one period to the next; windows that overlap have no next");
    if constexpr (check_spans<Range, KeyOf, Start, End, not_given>()) {
      check_options(options, policy);
      return of(detail::gathered_spans(options.on_invalid, rows, key, start, end, not_given{}), options, policy);
    } else {
      return {};
    }
  }
  template <class Executor, class Range, class Start, class End, class Policy>
  static churn_series_result answer(Executor& run, churn_series_options const& options, Range& rows, Start const& start,
                                    End const& end, Policy const& policy) {
    return answer(run, options, rows, not_given{}, start, end, policy);
  }

 private:
  template <class Policy>
  static void check_options(churn_series_options const& options, Policy const& policy) {
    auto const complain = [](char const* argument, auto const& value, std::string_view allowed) -> bool {
      wrong_argument(argument, value, allowed);
    };
    policy.check_fields(complain);
    check_window_end("churn_series_options::from", options.from, complain);
    check_window_end("churn_series_options::observed_until", options.observed_until, complain);
    check_window_end("the policy's observed_until", policy.observed_until, complain);
    check_unit("churn_series_options::unit", options.unit, complain);
    check_confidence("churn_series_options::confidence", options.confidence);
  }
  template <class Policy>
  static churn_series_result of(span_list<int> const& list, churn_series_options const& options, Policy const& policy) {
    churn_series_result result;
    result.count = list.rows;
    result.rejections = list.rejected;
    result.rejected = list.rejected.total();
    std::int64_t earliest = latest_micros;
    for (churn_span const& own : list.spans) earliest = (std::min)(earliest, own.start);
    if (options.from) earliest = options.from->micros;
    std::optional<instant> const& observed = options.observed_until ? options.observed_until : policy.observed_until;
    // Of what is not told, nothing is known after the last time: it is in the last period itself.
    std::int64_t const until = observed ? observed->micros : saturated_sum(list.latest, 1);
    if (list.spans.empty() || until <= earliest) return result;
    std::int64_t const first = policy.index_of(instant::from_micros(earliest));
    std::int64_t const last = policy.index_of(instant::from_micros(until - 1));
    auto const many = static_cast<std::int64_t>(detail::period_count(policy, first, last));
    if (options.denominator == churn_denominator::daily) {
      tally<true>(result, list, options, policy, first, many, until);
    } else {
      tally<false>(result, list, options, policy, first, many, until);
    }
    return result;
  }
  template <bool CountsDays, class Policy>
  static void tally(churn_series_result& result, span_list<int> const& list, churn_series_options const& options,
                    Policy const& policy, std::int64_t first, std::int64_t many, std::int64_t until) {
    churn_periods<Policy, CountsDays> const grid(policy, first, many, until);
    churn_series_sink sink(many, grid.days());
    list.each_customer([&](churn_span const* spans, std::size_t count) {
      detail::tally_customer(grid, options.returning, sink, spans, count);
    });
    sink.settle(grid);
    for (std::int64_t at = 0; at < many; ++at) {
      churn_period own;
      own.period = {first + at, policy.begin_of(first + at), policy.begin_of(first + at + 1)};
      own.name = policy.name_of(first + at);
      own.complete = own.period.end.micros <= until;
      own.rate = detail::churn_answer(churn_terms::of(options), sink.at(at), sink.days_of(grid, at));
      own.rate.count = result.count;
      own.rate.rejected = result.rejected;
      own.rate.rejections = result.rejections;
      result.periods.push_back(std::move(own));
    }
  }
};

}  // namespace detail

/// The churn rate of each period, in one pass over the rows: `churn_series(subscriptions, &subscription::start,
/// &subscription::end, credence::calendar_month{}, {.observed_until = today})`, or with the customer before the start.
/// Each period's `rate` is that of `churn_rate` from its begin to its end, or to where observation ends; what begins or
/// ends after that is not known. Periods are cut as over_time cuts them, by any policy but one of windows that overlap.
/// Days of `daily` are counted from the begin of each period. Throws `credence::error` for wrong options, and for more
/// than a million periods, or days. O(spans + periods), and sorting the spans where customers are named.
inline constexpr detail::churn_series_function churn_series{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
