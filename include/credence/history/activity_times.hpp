// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_ACTIVITY_TIMES_HPP
#define CREDENCE_HISTORY_ACTIVITY_TIMES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/gathering_options.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/event_log.hpp>
#include <credence/history/detail/gather.hpp>
#include <credence/history/detail/push_activity.hpp>
#include <credence/history/detail/tell_events.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

using activity_times_options = gathering_options;

/// What a history of times holds.
struct activity_times_result {
  std::uint64_t count = 0;          ///< events used
  std::uint64_t customers = 0;      ///< who had any
  std::uint64_t distinct = 0;       ///< events less those of one customer at one time
  std::uint64_t rejected = 0;       ///< events left out
  credence::rejections rejections;  ///< and why

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("customers", self.customers);
    visit("distinct", self.distinct);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(activity_times_result const&, activity_times_result const&) = default;
};

namespace detail {

/// Who had an event when: `enter(number, micros)`, where it is not turned away.
template <class State, class Own, class Time, class Enter>
void push_time(on_invalid policy, State& state, Own const& own, Time const& time, Enter const& enter) {
  if constexpr (check_key<typename answer_type<Own>::type>() && check_time<Time>()) {
    instant const when = detail::instant_of(time);
    if (!detail::has_answer(own) || !when.is_known() || !is_period(when.micros)) {
      bool const missing = !detail::has_answer(own) || !detail::has_answer(time);
      turn_away(policy, state.rejected, missing ? rejection::missing : rejection::bad_time, 0,
                state.rows + state.rejected.total());
      return;
    }
    enter(detail::number_among(state.customers(), own), when.micros);
    state.last = (std::max)(state.last, when.micros);
    ++state.rows;
  }
}

/// What a log says of itself.
template <class State>
[[nodiscard]] activity_times_result told_by(State const& state) {
  activity_times_result result;
  auto const log = state.settled();
  tell_events(result, state.rows, state.rejected);
  result.distinct = log.when.size();
  for (std::size_t number = 0; number + 1 < log.begins.size(); ++number)
    result.customers += log.begins[number] != log.begins[number + 1];
  return result;
}

}  // namespace detail

/// The distinct times of each customer's events: what windows that begin with a customer's own first event are cut from
/// when all is known, and the times between purchases. `activity_times_accumulator<int> seen; seen(user, time);`, in
/// any order; events of one customer at one time count once. Merges by union for any split by row. 12 bytes an event.
template <class Key>
class activity_times_accumulator : public accumulator_base<activity_times_accumulator<Key>, activity_times_options,
                                                           detail::event_log<detail::stored_key<Key>, false>> {
  using base = accumulator_base<activity_times_accumulator, activity_times_options,
                                detail::event_log<detail::stored_key<Key>, false>>;

 public:
  using key_type = detail::stored_key<Key>;
  using options_type = typename base::options_type;
  using state_type = typename base::state_type;

  using base::base;
  [[nodiscard]] static std::string type_id() {
    return "credence.activity_times(" + detail::codec_of<Key>::name() + ")";
  }
  template <class...>
  static constexpr bool exact = true;

  template <class Own, class Time>
  static void push(options_type const& options, state_type& state, Own const& key, Time const& time) {
    detail::push_time(options.on_invalid, state, key, time,
                      [&](std::uint32_t number, std::int64_t micros) { state.add(number, micros); });
  }
  [[nodiscard]] static activity_times_result answer(options_type const&, state_type const& state) {
    return detail::told_by(state);
  }
};

namespace detail {

template <class History>
inline constexpr bool is_times_history = false;
template <class Key>
inline constexpr bool is_times_history<activity_times_accumulator<Key>> = true;

/// Gathers the times of rows.
template <class Range, class KeyOf, class Time>
auto gathered_times(activity_times_options const& options, Range& rows, KeyOf const& key, Time const& time) {
  if constexpr (check_present_key<projected<Range, KeyOf>>() && check_time<projected<Range, Time>>()) {
    using key_type = present_key<projected<Range, KeyOf>>;
    using history = activity_times_accumulator<key_type>;
    using state_type = typename history::state_type;
    state_type state;
    if constexpr (integer_key<key_type> && shareable_rows<Range>)
      state = state_type(detail::numbers_for<key_type>(rows, key));
    if constexpr (integer_key<key_type>) {
      if (options.on_invalid == on_invalid::reject) {
        if constexpr (shareable_rows<Range>)
          state.reserve(static_cast<std::size_t>(std::ranges::end(rows) - std::ranges::begin(rows)));
        detail::gather_times_in_blocks(state, std::ranges::begin(rows), std::ranges::end(rows), key, time);
        return history(options, std::move(state));
      }
    }
    std::uint64_t done = 0;
    auto const end = std::ranges::end(rows);
    at_row([&] { return done; },
           [&] {
             for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
               auto&& row = *at;
               history::push(options, state, detail::project(key, row), detail::project(time, row));
             }
           });
    return history(options, std::move(state));
  } else {
    return activity_times_accumulator<int>();
  }
}

using activity_times_call =
    call_shape<activity_times_options, call_terms{}, argument_kind::projection, argument_kind::projection>;

struct activity_times_function : optioned_calls<activity_times_function, activity_times_options, activity_times_call> {
  template <class Executor, class Range, class KeyOf, class Time>
  static auto answer(Executor&, activity_times_options const& options, Range& rows, KeyOf const& key,
                     Time const& time) {
    return detail::gathered_times(options, rows, key, time);
  }
};

}  // namespace detail

/// The distinct times of each customer's events: `activity_times(events, &event::user, &event::time)`, an
/// `activity_times_accumulator`. An event whose key is an empty optional or whose time is missing or cannot be is left
/// out and counted. O(events).
inline constexpr detail::activity_times_function activity_times{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
