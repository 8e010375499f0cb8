// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_HISTORICAL_VALUE_HPP
#define CREDENCE_CLV_HISTORICAL_VALUE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/clv/detail/value_tally.hpp>
#include <credence/clv/historical_value_result.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/detail/group_table.hpp>
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
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_rows.hpp>
#include <credence/history/detail/push_activity.hpp>
#include <credence/history/detail/tell_events.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct historical_value_options {
  number margin = 1;                        ///< of each unit of revenue; negative for a business that pays on top
  std::optional<instant> observed_until{};  ///< up to when rows were looked for; else what the policy says
  number confidence = 0.95;                 ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

struct historical_value_function : optioned_calls<historical_value_function, historical_value_options,
                                                  call_shape<historical_value_options,
                                                             call_terms{.further = 1,
                                                                        .takes_executor = true,
                                                                        .takes_history = true,
                                                                        .policy = policy_place::behind_if_at_all},
                                                             argument_kind::projection, argument_kind::projection>,
                                                  std::type_identity<historical_value_result<>>> {
  /// Without times.
  template <class Executor, class Range, class KeyOf, class Amount>
  static auto answer(Executor&, historical_value_options const& options, Range& rows, KeyOf const& key,
                     Amount const& amount) {
    if constexpr (check_present_key<projected<Range, KeyOf>>() && check_amount<projected<Range, Amount>>()) {
      check_options(options);
      return of_amounts(options, rows, key, amount);
    } else {
      return historical_value_result<>{};
    }
  }
  template <class Executor, class Range, class KeyOf, class Time, class Last>
  static auto answer(Executor& run, historical_value_options const& options, Range& rows, KeyOf const& key,
                     Time const& time, Last const& amount) {
    static_assert(!looks_like_a_policy<Last>,
                  "credence: periods are of a time; the order is historical_value(rows, &row::customer, &row::time, "
                  "&row::amount, credence::calendar_month{})");
    if constexpr (!looks_like_a_policy<Last>) {
      return answer(run, options, rows, key, time, amount, calendar_month{});
    } else {
      return historical_value_result<>{};
    }
  }
  template <class Executor, class Range, class KeyOf, class Time, class Amount, class Policy>
  static auto answer(Executor& run, historical_value_options const& options, Range& rows, KeyOf const& key,
                     Time const& time, Amount const& amount, Policy const& policy) {
    if constexpr (check_present_key<projected<Range, KeyOf>>() && check_time<projected<Range, Time>>() &&
                  check_amount<projected<Range, Amount>>() && check_cohorts<Policy>()) {
      return answer_of(
          detail::gathered_activity(run, {.on_invalid = options.on_invalid}, rows, key, time, policy, amount), options,
          policy);
    } else {
      return historical_value_result<>{};
    }
  }
  template <class History>
  static auto answer_of(History const& history, historical_value_options const& options) {
    if constexpr (check_history<History>()) {
      return answer_of(history, options, detail::periods_as_gathered<calendar_month>(history));
    } else {
      return historical_value_result<>{};
    }
  }
  template <class History, class Policy>
  static auto answer_of(History const& history, historical_value_options const& options, Policy const& policy) {
    if constexpr (check_history<History>()) {
      static_assert(History::has_values,
                    "credence: this history holds no amounts; gather them too: activity(rows, &row::customer, "
                    "&row::time, &row::amount, credence::calendar_month{})");
      if constexpr (History::has_values && check_cohorts<Policy>()) {
        check_options(options);
        return of_history(history, options, policy);
      } else {
        return historical_value_result<>{};
      }
    } else {
      return historical_value_result<>{};
    }
  }

 private:
  static void check_options(historical_value_options const& options) {
    if (!is_finite(options.margin.value))
      wrong_argument("historical_value_options::margin", options.margin.value, "it must be a finite number");
    check_confidence("historical_value_options::confidence", options.confidence);
  }
  template <class Policy>
  static constexpr bool check_cohorts() {
    constexpr bool overlap = requires(Policy const& policy) { policy.steps_a_window(); };
    static_assert(!overlap, "credence: a customer begins in one period; windows that overlap make no cohorts");
    return !overlap;
  }

  template <class Range, class KeyOf, class Amount>
  static auto of_amounts(historical_value_options const& options, Range& rows, KeyOf const& key, Amount const& amount) {
    using key_type = present_key<projected<Range, KeyOf>>;
    using money = money_traits<typename answer_type<std::remove_cvref_t<projected<Range, Amount>>>::type>;
    struct purse {
      typename money::sum_type sum{};
      std::uint64_t orders = 0;
    };
    group_table<key_type, purse> purses;
    rejections rejected;
    std::uint64_t used = 0;
    std::uint64_t position = 0;
    auto const end = std::ranges::end(rows);
    for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
      auto&& row = *at;
      auto&& who = detail::project(key, row);
      auto&& paid = detail::project(amount, row);
      typename money::sum_type sum{};
      rejection reason = rejection::missing;
      if (!detail::has_answer(who) || !detail::add_amount(sum, paid, reason)) {
        turn_away(options.on_invalid, rejected, reason, 0, position);
        continue;
      }
      purse& own = purses.states[find(purses, who)];
      own.sum += sum;
      ++own.orders;
      ++used;
    }
    value_tally<key_type, money> tally(options.margin);
    for (std::size_t at = 0; at < purses.size(); ++at)
      tally.add(purses.keys[at], purses.states[at].orders, purses.states[at].sum);
    tally.tell_mean(options.confidence);
    detail::tell_events(tally.result, used, rejected);
    return std::move(tally.result);
  }
  template <class Purses, class Key>
  static std::size_t find(Purses& purses, Key const& who) {
    if constexpr (is_optional<Key>) {
      return purses.find_or_add(*who);
    } else {
      return purses.find_or_add(who);
    }
  }

  template <class History, class Policy>
  static auto of_history(History const& history, historical_value_options const& options, Policy const& policy) {
    using money = money_traits<typename History::value_type>;
    auto const& state = history.state();
    answered_periods const asked = detail::periods_of(history, policy, options.observed_until);
    value_tally<typename History::key_type, money> tally(options.margin);
    cohort_values<money> cohorts(asked.first, asked.count);
    auto const& beside = state.customers().keys_beside();
    std::vector<std::pair<std::int64_t, typename money::sum_type>> periods;
    state.each_customer([&](std::uint32_t number, auto const& own) {
      periods.clear();
      std::uint64_t orders = 0;
      typename money::sum_type sum{};
      for (auto const& active : own) {
        std::int64_t const index = policy.index_of(history.options().grid.begin_of(active.period));
        if (index > asked.observed.last_shown) continue;
        periods.emplace_back(index, active.sum);
        orders += active.times;
        sum += active.sum;
      }
      if (periods.empty()) return;
      cohorts.add(periods);
      tally.add(state.customers().key_at(number, beside), orders, sum);
    });
    tally.tell_mean(options.confidence);
    cohorts.tell(tally, policy, asked.observed.last_complete);
    detail::tell_events(tally.result, state.rows, state.rejected);
    return std::move(tally.result);
  }
};

}  // namespace detail

/// What customers have brought so far: `historical_value(orders, &order::customer, &order::total)`, each customer's
/// revenue, and margin·revenue of one of them on average; or with times, `historical_value([executor,] orders,
/// &order::customer, &order::time, &order::total [, calendar_month{}] [, {.margin = 0.3}])`, also by the period in
/// which a customer first came: how much one of a cohort had brought by the end of its first, second … period. Or of a
/// history that `activity` gathered with amounts. Amounts are any `money_like`, integers summed exactly; negative ones
/// are returns. It says what was, not what will be: customers who came late have had less time, so that the mean of all
/// understates a lifetime, and only cohorts of the same age compare. Rows without a customer, a time or an amount are
/// left out and counted. Throws `credence::error` for wrong options. O(rows).
inline constexpr detail::historical_value_function historical_value{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
