// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_OVER_TIME_HPP
#define CREDENCE_CORE_OVER_TIME_HPP

#include <utility>

#include <credence/core/accumulator.hpp>
#include <credence/core/calendar.hpp>
#include <credence/core/call_shape.hpp>
#include <credence/core/detail/period_clock.hpp>
#include <credence/core/executor.hpp>
#include <credence/core/group_by.hpp>
#include <credence/core/period.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/time_projection.hpp>
#include <credence/core/timed.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct over_time_function : refusal<combinator_call<call_fault::order_of_over_time, argument_kind::projection,
                                                    argument_kind::policy, argument_kind::accumulator>> {
  using refusal::operator();

  template <rows_range Range, projection_of<Range> Time, period_policy Policy, accumulator Accumulator,
            projection_of<Range>... Projections>
  auto operator()(Range&& rows, Time time, Policy policy, Accumulator const& empty, Projections... projections) const {
    return start(rows, policy, empty, time, [&](auto const& period, auto const& counting) {
      return group_by(rows, period, counting, std::move(projections)...);
    });
  }

  template <executor Executor, rows_range Range, projection_of<Range> Time, period_policy Policy,
            accumulator Accumulator, projection_of<Range>... Projections>
  auto operator()(Executor&& run, Range&& rows, Time time, Policy policy, Accumulator const& empty,
                  Projections... projections) const {
    return start(rows, policy, empty, time, [&](auto const& period, auto const& counting) {
      return group_by(run, rows, period, counting, std::move(projections)...);
    });
  }

 private:
  template <class Range, class Policy, class Accumulator, class Time, class Group>
  static auto start(Range& rows, Policy const& policy, Accumulator const& empty, Time const& time, Group const& group) {
    using timed_type = timed<Policy, Accumulator>;
    timed_type made(policy, empty);
    if constexpr (check_time<projected<Range, Time>>()) {
      period_table const table = detail::table_of(rows, policy, time);
      period_projection<Policy, Time> const period{period_clock<Policy>(policy, raises_invalid(empty.options())), time,
                                                   table.look()};
      auto const groups = group(period, row_counting<Accumulator>(empty.options(), {}));
      made = timed_type(made.options(), groups.state());
    }
    return made;
  }
};

}  // namespace detail

/// `over_time([executor,] rows, time, policy, empty accumulator, projections…)`: one accumulator a period, as a
/// `timed`, in the order of time and with the empty periods between. The time projection returns any `time_like`; ticks
/// without a unit come as `epoch_seconds(&event::ts)` or `epoch_milliseconds(…)`. A row whose time is missing (an empty
/// optional) or cannot be (30 February, beyond ±292,000 years) is left out and counted, or, where the accumulator says
/// `on_invalid::raise`, raised. Cost and parallel calls: those of `group_by`, and a division or two a row for the
/// calendar.
inline constexpr detail::over_time_function over_time{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
