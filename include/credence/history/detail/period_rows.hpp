// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PERIOD_ROWS_HPP
#define CREDENCE_HISTORY_DETAIL_PERIOD_ROWS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity.hpp>
#include <credence/history/detail/period_walk.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The periods of an answer that has one row for each, from the first in which anyone was active to the last that
/// observation reached into.
struct answered_periods {
  std::vector<period_slice> slices;
  observed_periods observed;
  std::int64_t first = 0;
  std::size_t count = 0;  ///< 0 where nobody was active
};

/// More would be a table of nothing: a time is wrong.
inline constexpr std::int64_t most_periods = 1'000'000;

/// How many periods there are from one to another. Throws where they are too many.
template <class Policy>
[[nodiscard]] std::size_t period_count(Policy const& policy, std::int64_t first, std::int64_t last) {
  std::uint64_t const count = elapsed(first, last) + 1;
  if (count > static_cast<std::uint64_t>(most_periods))
    raise(error(
        joined({"credence: from ", policy.name_of(first), " to ", policy.name_of(last), " there are ", shown(count),
                " periods, more than the ", shown(most_periods), " that are answered; is a time wrong?"})));
  return static_cast<std::size_t>(count);
}

/// Of a history that was observed so long.
template <class Policy>
[[nodiscard]] answered_periods periods_observed(Policy const& policy, std::vector<period_slice> slices,
                                                observed_periods const& observed) {
  answered_periods answer;
  answer.slices = std::move(slices);
  answer.observed = observed;
  detail::cut_off(answer.slices, answer.observed);
  if (answer.slices.empty()) return answer;
  answer.first = answer.slices.front().index;
  answer.count = detail::period_count(policy, answer.first, answer.observed.last_shown);
  return answer;
}
template <class History, class Policy>
[[nodiscard]] answered_periods periods_of(History const& history, Policy const& policy,
                                          std::optional<instant> const& until) {
  std::vector<period_slice> slices = detail::slices_of(history.state(), history.options().grid, policy);
  observed_periods const observed = detail::observed_by(until, policy, slices);
  return detail::periods_observed(policy, std::move(slices), observed);
}

/// The periods of a calendar where a question names none: at the place, and up to the time, that a history was gathered
/// for.
template <class Policy, class History>
[[nodiscard]] Policy periods_as_gathered(History const& history) {
  Policy periods;
  if constexpr (requires { history.options().grid.offset; }) periods.offset = history.options().grid.offset;
  periods.observed_until = history.options().grid.observed_until;
  return periods;
}

/// What a function that is asked of a history says of anything else.
template <class History>
constexpr bool check_history() {
  static_assert(
      is_activity<History>,
      "credence: this is asked of an activity_accumulator, which activity(events, &event::user, &event::time, "
      "credence::calendar_day{}) gathers");
  return is_activity<History>;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
