// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_COHORT_RETENTION_HPP
#define CREDENCE_RETENTION_COHORT_RETENTION_HPP

#include <type_traits>
#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/calendar.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/retention/cohort_accumulator.hpp>
#include <credence/retention/cohort_retention_options.hpp>
#include <credence/retention/cohort_table.hpp>
#include <credence/retention/detail/cohort_answers.hpp>
#include <credence/retention/roles.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

namespace detail {

struct cohort_retention_function : long_optioned_calls<cohort_retention_function, cohort_retention_options,
                                                       call_shape<cohort_retention_options,
                                                                  call_terms{.further = 1,
                                                                             .takes_design = true,
                                                                             .takes_executor = true,
                                                                             .takes_history = true,
                                                                             .policy = policy_place::behind},
                                                                  argument_kind::projection, argument_kind::projection>,
                                                       std::type_identity<cohort_table<retention_cohort>>> {
  template <class Executor, class Range, class KeyOf, class Time, class Policy, class... Roles>
  requires period_policy<Policy>
  static auto answer(Executor& run, cohort_retention_options const& options, Range& rows, KeyOf const& key,
                     Time const& time, Policy const& policy, Roles const&... roles) {
    return gathered(run, options, rows, key, time, policy, detail::roles_of<Range>(roles...));
  }
  template <class Executor, class Range, class KeyOf, class Time, class Amount, class Policy, class... Roles>
  requires(!period_policy<Amount>) static auto answer(Executor& run, cohort_retention_options const& options,
                                                      Range& rows, KeyOf const& key, Time const& time,
                                                      Amount const& amount, Policy const& policy,
                                                      Roles const&... roles) {
    return gathered(run, options, rows, key, time, policy, detail::roles_of<Range>(roles...), amount);
  }
  template <class History, class Policy>
  static auto answer_of(History const& history, cohort_retention_options const& options, Policy const& policy) {
    check_retention(options);
    if constexpr (is_activity<History>) {
      return detail::cohorts_by_period(history, options, policy);
    } else if constexpr (is_cohort_history<History>) {
      return detail::cohorts_by_start(history, options, policy);
    } else {
      static_assert(
          is_activity<History>,
          "credence: cohort_retention is asked of rows, of an activity_accumulator or of a cohort_accumulator");
      return cohort_table<retention_cohort>{};
    }
  }

 private:
  template <class Executor, class Range, class KeyOf, class Time, class Policy, class Roles, class... Amount>
  static auto gathered(Executor& run, cohort_retention_options const& options, Range& rows, KeyOf const& key,
                       Time const& time, Policy const& policy, Roles const& roles, Amount const&... amount) {
    check_retention(options);
    activity_options const gathering{options.min_occurrences > 1 ? activity_kept::counts : activity_kept::periods,
                                     options.on_invalid};
    if constexpr (Roles::are_given) {
      return answer_of(detail::gathered_cohorts(gathering, rows, key, time, policy, roles, amount...), options, policy);
    } else {
      return answer_of(detail::gathered_activity(run, gathering, rows, key, time, policy, amount...), options, policy);
    }
  }
};

}  // namespace detail

/// Which share of the customers who began in a period came back so many periods later? `cohort_retention([executor,]
/// events, &event::user, &event::time [, &event::amount], calendar_month{} [, starts_if(…), returns_if(…),
/// cohort_of(…)]
/// [, {options}])`, or of what `activity` gathered: `cohort_retention(history, calendar_month{}, {.observed_until =
/// end})`.
///
/// A customer's cohort is the period of their first event; with `starts_if` of the first for which it holds; with
/// `cohort_of` it is a property of that event (of several at one time the smallest), and periods are counted from each
/// member's own. Cell k is the share of the members who were active k periods later, or then or later (`on_or_after`),
/// of those for whom that period has ended: a cell that is not mature has no rate, and `so_far` says who has been
/// active in it. With `returns_if` only events for which it holds count as coming back. Within the
/// period in which they began it is not asked which came first. With amounts a cell also has
/// their sum, and what that is of period 0's. Wilson intervals.
///
/// Events from `observed_until` on do not count, but for those in the period that holds it, which is not complete.
/// Without it nothing is known after the last event: the period that holds that is not complete. Throws
/// `credence::error` for wrong options, for a table of more than `most_cells` cells, and for a history whose periods
/// lie in two of the policy's. O(events) to gather, O(customers in periods + cells) to answer.
inline constexpr detail::cohort_retention_function cohort_retention{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
