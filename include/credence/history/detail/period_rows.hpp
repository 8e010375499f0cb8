// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PERIOD_ROWS_HPP
#define CREDENCE_HISTORY_DETAIL_PERIOD_ROWS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
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

template <class History, class Policy>
[[nodiscard]] answered_periods periods_of(History const& history, Policy const& policy,
                                          std::optional<instant> const& until) {
  answered_periods answer;
  answer.slices = detail::slices_of(history.state(), history.options().grid, policy);
  answer.observed = detail::observed_by(until, policy, answer.slices);
  detail::cut_off(answer.slices, answer.observed);
  if (answer.slices.empty()) return answer;
  answer.first = answer.slices.front().index;
  std::uint64_t const count = elapsed(answer.first, answer.observed.last_shown) + 1;
  if (count > static_cast<std::uint64_t>(most_periods))
    raise(error(joined({"credence: from ", policy.name_of(answer.first), " to ",
                        policy.name_of(answer.observed.last_shown), " there are ", shown(count),
                        " periods, more than the ", shown(most_periods), " that are answered; is a time wrong?"})));
  answer.count = static_cast<std::size_t>(count);
  return answer;
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
