// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_REVENUE_SPANS_HPP
#define CREDENCE_CHURN_DETAIL_REVENUE_SPANS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_rows.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/history/detail/push_activity.hpp>

// From subscriptions with a start, an end and an amount to what customers paid in periods.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A subscription, [start, end), of a customer by number.
template <class Sum>
struct revenue_span {
  std::uint32_t customer = 0;
  std::int64_t start = 0;
  std::optional<std::int64_t> end{};  ///< none while it runs
  Sum amount{};
};

/// What runs at the last moment of each period is what its customer pays in it; of a period that observation cuts off,
/// at the last moment that was observed.
template <class Key, class Policy, class Value>
class span_history {
 public:
  using history_type = activity_accumulator<Key, Policy, Value>;
  using sum_type = sum_of_value<Value>;

  span_history(Policy const& policy, on_invalid invalid) : policy_(policy), invalid_(invalid) {
    policy_.check_fields([](char const* argument, auto const& value, std::string_view allowed) -> bool {
      wrong_argument(argument, value, allowed);
    });
  }

  template <class Own, class Start, class End, class Amount>
  void push(Own const& own, Start const& start, End const& end, Amount const& amount) {
    revenue_span<sum_type> span;
    rejection reason = rejection::missing;
    if (!detail::has_answer(own) || !times(span, start, end, reason) ||
        !detail::add_amount(span.amount, amount, reason)) {
      turn_away(invalid_, rejected, reason, 0, count() + rejected.total());
      return;
    }
    span.customer = detail::number_among(state_.customers(), own);
    latest_ = (std::max)({latest_, span.start, span.end.value_or(span.start)});
    spans_.push_back(std::move(span));
  }
  [[nodiscard]] std::uint64_t count() const { return spans_.size(); }

  /// What all paid up to then, and the periods to be answered.
  struct paid {
    history_type history;
    answered_periods asked;
  };
  [[nodiscard]] paid up_to(std::optional<instant> const& asked) {
    std::optional<instant> const until = asked ? asked : policy_.observed_until;
    check_end(until);
    bool const cuts = until && until->is_known();
    observed_periods observed;
    observed.last_shown = policy_.index_of(instant::from_micros(cuts ? until->micros - 1 : latest_));
    observed.last_complete = cuts ? policy_.index_of(*until) - 1 : until ? latest_micros / 4 : observed.last_shown - 1;
    enter(observed.last_shown, cuts ? until->micros : latest_micros);
    history_type history(activity_grid<Policy>{policy_}, std::move(state_));
    auto slices = detail::slices_of(history.state(), policy_, policy_);
    answered_periods periods = detail::periods_observed(policy_, std::move(slices), observed);
    return {std::move(history), std::move(periods)};
  }

  rejections rejected;

 private:
  template <class Start, class End>
  static bool times(revenue_span<sum_type>& span, Start const& start, End const& end, rejection& reason) {
    if (!detail::has_answer(start)) return false;
    reason = rejection::bad_time;
    instant const began = detail::instant_of(start);
    span.start = began.micros;
    if (!began.is_known()) return false;
    if (!detail::has_answer(end)) return true;
    instant const ended = detail::instant_of(end);
    span.end = ended.micros;
    return ended.is_known() && ended >= began;
  }
  /// The first and the last period at whose last moment a span runs; the last is before the first where there is none.
  struct run {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::size_t span = 0;
  };
  [[nodiscard]] run run_of(std::size_t number, std::int64_t last_shown, std::int64_t until) const {
    revenue_span<sum_type> const& span = spans_[number];
    run own{policy_.index_of(instant::from_micros(span.start)), last_shown, number};
    if (span.end && *span.end < until)
      own.last = (std::min)(own.last, policy_.index_of(instant::from_micros(*span.end)) - 1);
    if (span.start >= until) own.last = own.first - 1;
    return own;
  }
  /// Period by period what runs in it: of one span after the other, memory would be gone through once a span.
  void enter(std::int64_t last_shown, std::int64_t until) {
    std::vector<run> runs;
    for (std::size_t at = 0; at < spans_.size(); ++at) {
      run const own = run_of(at, last_shown, until);
      if (own.first <= own.last) runs.push_back(own);
    }
    // In the order in which they came, where they begin together: sums of reals depend on it.
    detail::sort_by_word(runs,
                         [](run const& own) { return static_cast<std::uint64_t>(own.first) ^ std::uint64_t{1} << 63; });
    if (runs.empty()) return;
    static_cast<void>(detail::period_count(policy_, runs.front().first, last_shown));
    std::vector<std::uint32_t> customers;
    std::vector<sum_type> amounts;
    std::vector<std::int64_t> lasts;
    std::size_t next = 0;
    for (std::int64_t period = runs.front().first; period <= last_shown; ++period) {
      std::size_t kept = 0;
      for (std::size_t at = 0; at < lasts.size(); ++at) {
        if (lasts[at] < period) continue;
        customers[kept] = customers[at];
        amounts[kept] = amounts[at];
        lasts[kept++] = lasts[at];
      }
      customers.resize(kept);
      amounts.resize(kept);
      lasts.resize(kept);
      for (; next < runs.size() && runs[next].first == period; ++next) {
        customers.push_back(spans_[runs[next].span].customer);
        amounts.push_back(spans_[runs[next].span].amount);
        lasts.push_back(runs[next].last);
      }
      if (lasts.empty()) continue;
      state_.add_run(state_.column_of(period), customers.data(), amounts.data(), lasts.size());
      state_.rows += lasts.size();
    }
  }

  Policy policy_;
  on_invalid invalid_;
  std::vector<revenue_span<sum_type>> spans_;
  std::int64_t latest_ = earliest_micros + 1;
  typename history_type::state_type state_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
