// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_SURVIVAL_TIMES_HPP
#define CREDENCE_SURVIVAL_SURVIVAL_TIMES_HPP

#include <type_traits>

#include <credence/core/call_shape.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/gather_times.hpp>
#include <credence/survival/survival_times_accumulator.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

using survival_times_call = call_shape<survival_times_options, call_terms{.further = 1, .takes_design = true},
                                       argument_kind::projection, argument_kind::projection>;

struct survival_times_function : optioned_calls<survival_times_function, survival_times_options, survival_times_call,
                                                std::type_identity<survival_times_accumulator>> {
  template <class Executor, class Range, class Time, class Event, class... Rest>
  static survival_times_accumulator answer(Executor&, survival_times_options const& options, Range& rows,
                                           Time const& time, Event const& event, Rest const&... rest) {
    return detail::gathered_survival(options.on_invalid, rows, detail::times_of(time, event, rest...));
  }
};

}  // namespace detail

/// How long customers stayed, and whether they left: `survival_times(customers, &customer::months, &customer::has_left
/// [, weight] [, weighted_by(…)] [, entering_at(…)] [, {options}])`, a `survival_times_accumulator` that several
/// questions can be asked of. O(rows), or their sorting where times are not whole or above 65,535.
inline constexpr detail::survival_times_function survival_times{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
