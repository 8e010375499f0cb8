// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_TIMES_CALLS_HPP
#define CREDENCE_HISTORY_DETAIL_TIMES_CALLS_HPP

#include <type_traits>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/call_shape.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/version.hpp>
#include <credence/history/activity_times.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Of calls that are made of times: `rows, user, time [, {options}]`, or a history of times and options:
/// `Derived::of(history, options)` answers both.
template <class Derived, class Options, class Result>
struct times_calls
    : optioned_calls<
          Derived, Options,
          call_shape<Options, call_terms{.takes_history = true}, argument_kind::projection, argument_kind::projection>,
          std::type_identity<Result>> {
  template <class Executor, class Range, class KeyOf, class Time>
  static Result answer(Executor&, Options const& options, Range& rows, KeyOf const& key, Time const& time) {
    return answer_of(detail::gathered_times({options.on_invalid}, rows, key, time), options);
  }
  template <class History>
  static Result answer_of(History const& history, Options const& options) {
    static_assert(
        is_times_history<History>,
        "credence: this is asked of an activity_times_accumulator, which activity_times(events, &event::user, "
        "&event::time) gathers");
    if constexpr (is_times_history<History>) {
      return Derived::of(history, options);
    } else {
      return {};
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
