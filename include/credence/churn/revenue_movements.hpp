// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_REVENUE_MOVEMENTS_HPP
#define CREDENCE_CHURN_REVENUE_MOVEMENTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/detail/revenue_money.hpp>
#include <credence/churn/detail/revenue_spans.hpp>
#include <credence/churn/detail/revenue_walk.hpp>
#include <credence/churn/revenue_movements_result.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_rows.hpp>
#include <credence/history/detail/push_activity.hpp>
#include <credence/history/detail/tell_events.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/math/student_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct revenue_movements_options {
  bool reactivation_is_retained = false;    ///< does net retention count those who are back?
  std::optional<instant> observed_until{};  ///< up to when rows were looked for; else what the policy says
  number confidence = 0.95;                 ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

/// The rates of a period, and their errors, from what was tallied in it and in the one before.
template <class Total>
void tell_rates(revenue_period<Total>& own, revenue_tally<Total> const& now, revenue_tally<Total> const* before,
                revenue_movements_options const& options) {
  double const gained = own.new_business + own.expansion + own.reactivation;
  double const lost = own.contraction + own.churn;
  if (lost > 0 || gained > 0) own.quick_ratio = lost > 0 ? gained / lost : infinite_number();
  if (own.customers.closing != 0) own.average_revenue = own.closing / static_cast<double>(own.customers.closing);
  for (interval* each : {&own.gross_retention_interval, &own.net_retention_interval, &own.customer_churn_interval})
    each->confidence = options.confidence;
  if (own.customers.opening == 0 || !(own.opening > 0)) return;
  double const customers = static_cast<double>(own.customers.opening);
  own.customer_churn = static_cast<double>(own.customers.churned) / customers;
  own.customer_churn_interval =
      interval_of(observed_share{own.customer_churn, customers}, share_interval::wilson, options.confidence);
  own.gross_revenue_churn = lost / own.opening;
  own.gross_retention = (std::max)(0.0, (own.opening - own.contraction - own.churn) / own.opening);
  double const back = options.reactivation_is_retained ? own.reactivation : 0;
  own.net_revenue_churn = (lost - own.expansion - back) / own.opening;
  own.net_retention = (std::max)(0.0, (own.opening - own.contraction - own.churn + own.expansion + back) / own.opening);

  // Those who churned pay nothing, so that they changed by all they paid before.
  double const churned = own.customers.churned == 0 ? 0 : before->paid_squared - now.kept_before_squared;
  auto const tell = [&](interval& bounds, double rate, double squared, double by_before, double squared_beside,
                        double size, double highest) {
    if (!(size > 1)) return;
    // Σ(y − Rx)² of d = y − x: Σd² − 2(R−1)Σdx + (R−1)²Σx², which does not cancel where nearly all is retained.
    double const step = rate - 1;
    double const residuals = squared + churned - 2 * step * (by_before - churned) + step * step * before->paid_squared;
    double const variance = size / (size - 1) * ((residuals > 0 ? residuals : 0) + squared_beside);
    double const half = math::student_t_critical(options.confidence, size - 1) * std::sqrt(variance) / own.opening;
    bounds = error_interval(rate, half, 0, highest, options.confidence);
  };
  tell(own.gross_retention_interval, own.gross_retention, now.cuts_squared, now.cuts_by_before, 0, customers, 1);
  bool const counts_back = options.reactivation_is_retained;
  tell(own.net_retention_interval, own.net_retention, now.changes_squared, now.changes_by_before,
       counts_back ? now.reactivated_squared : 0,
       customers + (counts_back ? static_cast<double>(own.customers.reactivated) : 0), infinite_number());
}

struct revenue_movements_function
    : optioned_calls<revenue_movements_function, revenue_movements_options,
                     call_shape<revenue_movements_options,
                                call_terms{.further = 1,
                                           .takes_executor = true,
                                           .takes_history = true,
                                           .policy = policy_place::behind_if_at_all},
                                argument_kind::projection, argument_kind::projection, argument_kind::projection>,
                     std::type_identity<revenue_movements_result<>>> {
  /// Behind the customer and a time: the amount, or the end and the amount; then the policy, if any.
  template <class Executor, class Range, class KeyOf, class Time, class Next>
  static auto answer(Executor& run, revenue_movements_options const& options, Range& rows, KeyOf const& key,
                     Time const& time, Next const& amount) {
    return of_rows(run, options, rows, key, time, amount, calendar_month{});
  }
  template <class Executor, class Range, class KeyOf, class Time, class Next, class Last>
  static auto answer(Executor& run, revenue_movements_options const& options, Range& rows, KeyOf const& key,
                     Time const& time, Next const& next, Last const& last) {
    if constexpr (looks_like_a_policy<Last>) {
      return of_rows(run, options, rows, key, time, next, last);
    } else {
      return of_spans(options, rows, key, time, next, last, calendar_month{});
    }
  }
  template <class Executor, class Range, class KeyOf, class Start, class End, class Amount, class Policy>
  static auto answer(Executor&, revenue_movements_options const& options, Range& rows, KeyOf const& key,
                     Start const& start, End const& end, Amount const& amount, Policy const& policy) {
    return of_spans(options, rows, key, start, end, amount, policy);
  }
  template <class History>
  static auto answer_of(History const& history, revenue_movements_options const& options) {
    if constexpr (check_history<History>()) {
      return answer_of(history, options, detail::periods_as_gathered<calendar_month>(history));
    } else {
      return revenue_movements_result<>{};
    }
  }
  template <class History, class Policy>
  static auto answer_of(History const& history, revenue_movements_options const& options, Policy const& policy) {
    if constexpr (check_history<History>()) {
      static_assert(History::has_values,
                    "credence: this history holds no amounts; gather them too: activity(rows, &row::customer, "
                    "&row::month, &row::revenue, credence::calendar_month{})");
      if constexpr (History::has_values && check_policy<Policy>()) {
        check_confidence("revenue_movements_options::confidence", options.confidence);
        answered_periods const asked = detail::periods_of(history, policy, options.observed_until);
        auto result = told<typename History::value_type>(history.state(), asked, policy, options);
        detail::tell_events(result, history.state().rows, history.state().rejected);
        return result;
      } else {
        return revenue_movements_result<>{};
      }
    } else {
      return revenue_movements_result<>{};
    }
  }

 private:
  template <class Policy>
  static constexpr bool check_policy() {
    constexpr bool overlap = requires(Policy const& policy) { policy.steps_a_window(); };
    static_assert(!overlap,
                  "credence: revenue_movements compares a period with the one before; windows that overlap share their "
                  "revenue");
    return !overlap;
  }

  template <class Executor, class Range, class KeyOf, class Time, class Amount, class Policy>
  static auto of_rows(Executor& run, revenue_movements_options const& options, Range& rows, KeyOf const& key,
                      Time const& time, Amount const& amount, Policy const& policy) {
    if constexpr (check_present_key<projected<Range, KeyOf>>() && check_time<projected<Range, Time>>() &&
                  check_amount<projected<Range, Amount>>() && check_policy<Policy>()) {
      return answer_of(
          detail::gathered_activity(run, {.on_invalid = options.on_invalid}, rows, key, time, policy, amount), options,
          policy);
    } else {
      return revenue_movements_result<>{};
    }
  }
  template <class Range, class KeyOf, class Start, class End, class Amount, class Policy>
  static auto of_spans(revenue_movements_options const& options, Range& rows, KeyOf const& key, Start const& start,
                       End const& end, Amount const& amount, Policy const& policy) {
    if constexpr (check_present_key<projected<Range, KeyOf>>() && check_time<projected<Range, Start>>() &&
                  check_time<projected<Range, End>>() && check_amount<projected<Range, Amount>>() &&
                  check_policy<Policy>()) {
      using value_type = typename answer_type<std::remove_cvref_t<projected<Range, Amount>>>::type;
      check_confidence("revenue_movements_options::confidence", options.confidence);
      span_history<present_key<projected<Range, KeyOf>>, Policy, value_type> spans(policy, options.on_invalid);
      auto const last = std::ranges::end(rows);
      std::uint64_t done = 0;
      at_row([&] { return done; },
             [&] {
               for (auto row = std::ranges::begin(rows); row != last; ++row, static_cast<void>(++done)) {
                 auto&& projected_row = *row;
                 spans.push(detail::project(key, projected_row), detail::project(start, projected_row),
                            detail::project(end, projected_row), detail::project(amount, projected_row));
               }
             });
      std::uint64_t const count = spans.count();
      auto const paid = spans.up_to(options.observed_until);
      auto result = told<value_type>(paid.history.state(), paid.asked, policy, options);
      detail::tell_events(result, count, spans.rejected);
      return result;
    } else {
      return revenue_movements_result<>{};
    }
  }

  template <class Value, class State, class Policy>
  static auto told(State const& state, answered_periods const& asked, Policy const& policy,
                   revenue_movements_options const& options) {
    using money = revenue_money<Value>;
    revenue_walk<Value> const walk(state, asked);
    auto const& rows = walk.rows();
    revenue_movements_result<typename money::total> result;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      std::int64_t const index = asked.first + static_cast<std::int64_t>(at);
      revenue_period<typename money::total> own;
      own.period = {index, policy.begin_of(index), policy.begin_of(index + 1)};
      own.name = policy.name_of(index);
      own.complete = index <= asked.observed.last_complete;
      own.exact = rows[at].totals;
      own.customers = rows[at].customers;
      own.opening = money::total_as_real(own.exact.opening);
      own.new_business = money::total_as_real(own.exact.new_business);
      own.expansion = money::total_as_real(own.exact.expansion);
      own.contraction = money::total_as_real(own.exact.contraction);
      own.churn = money::total_as_real(own.exact.churn);
      own.reactivation = money::total_as_real(own.exact.reactivation);
      own.closing = money::total_as_real(own.exact.closing);
      own.below_zero = money::total_as_real(own.exact.below_zero);
      detail::tell_rates(own, rows[at], at == 0 ? nullptr : rows.data() + at - 1, options);
      result.periods.push_back(std::move(own));
    }
    return result;
  }
};

}  // namespace detail

/// Where a business's recurring revenue comes from and goes, period by period: `revenue_movements([executor,] rows,
/// &row::customer, &row::month, &row::revenue [, policy] [, {options}])`, by calendar month where no policy is given. A
/// customer's amounts in one period are added up; whose sum is 0 does not pay, and neither does one below 0, who is
/// told apart. Against the period before, a customer is new business, expands, contracts, churns, or is back
/// (reactivation):
///     opening + new business + expansion + reactivation − contraction − churn = closing
/// exactly so for integers of minor units and for the host's exact money. Gross retention is (opening − contraction −
/// churn) ÷ opening, net retention adds expansion, and by option reactivation. Their intervals take customers for
/// independent: R ∓ t·SE, SE² = n/(n−1)·Σ(y − R·x)² ÷ (Σx)² of what n customers paid before and now; with fewer than
/// some hundred customers that of gross retention is too narrow.
/// Of subscriptions: `revenue_movements(subscriptions, &s::customer, &s::start, &s::end, &s::amount [, policy])`, where
/// an empty optional is no end. What runs at a period's last moment is its revenue; what began and ended within one is
/// in none. Spans of one customer that overlap add up.
/// Or of a history of amounts that `activity` gathered. The last period is not complete, unless `observed_until` says
/// so. A row is left out and counted where its customer, time or amount is missing or cannot be, or its end is before
/// its start. Throws `credence::error` for a confidence outside (0, 1), a policy that cannot be, more than a million
/// periods, and a history whose periods lie in two of the policy's. O(rows) to gather, O(customers in periods +
/// periods) to answer; spans, which the calling thread gathers, O(periods they run in).
inline constexpr detail::revenue_movements_function revenue_movements{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
