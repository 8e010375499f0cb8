// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_SURVIVAL_TIMES_ACCUMULATOR_HPP
#define CREDENCE_SURVIVAL_SURVIVAL_TIMES_ACCUMULATOR_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/accumulator.hpp>
#include <credence/core/gathering_options.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/read_sample.hpp>
#include <credence/survival/detail/survival_state.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

using survival_times_options = gathering_options;

/// What is known of how long customers stayed.
struct survival_times_result {
  std::uint64_t count = 0;          ///< customers
  std::uint64_t left = 0;           ///< of whom so many were seen to leave, for whatever cause
  double time = 0;                  ///< the times of all together, less those before they were watched
  double longest = not_a_number();  ///< the longest time of any
  std::uint64_t rejected = 0;       ///< rows left out
  credence::rejections rejections;  ///< and why

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("left", self.left);
    visit("time", self.time);
    visit("longest", self.longest);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(survival_times_result const&, survival_times_result const&) = default;
};

/// How long customers stayed, and whether they were seen to leave: `survival_times_accumulator seen; seen(months,
/// has_left);`, then `kaplan_meier(seen)`, `nelson_aalen(seen)` and the like. The event is a bool, or a number that
/// says why they left, 0 for who is still here. A third value is the weight, a fourth since when they were watched.
/// Times are in a unit of the host's own; a negative or infinite one, and an entry that is not before the time, are bad
/// times, left out and counted. Kept as counts by time where there is neither weight nor entry nor a second cause, so
/// that memory grows with distinct times; merges exactly for any split by row.
class survival_times_accumulator
    : public accumulator_base<survival_times_accumulator, survival_times_options, detail::survival_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.survival_times"; }
  template <class...>
  static constexpr bool exact = true;

  template <class Time, class Event, class Weight = double, class Entry = double>
  static void push(survival_times_options const& options, state_type& state, Time const& time, Event const& event,
                   Weight const& weight = 1, Entry const& entry = detail::marked_time::from_the_start) {
    if constexpr (detail::number_check::of<Time, Event, Weight, Entry>()) {
      detail::marked_time sample;
      if (!detail::read_time(time, sample.time, options.on_invalid, state.rejected, state.seen()) ||
          !detail::read_cause(event, sample.cause, options.on_invalid, state.rejected, state.seen()))
        return;
      if (!detail::is_weight(weight))
        return detail::turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      sample.weight = detail::real_of(weight);
      if (!read_entry(options, state, entry, sample)) return;
      if (sample.is_plain()) {
        state.add(sample.time, sample.cause != 0);
      } else {
        state.add(sample);
      }
    }
  }

  [[nodiscard]] static survival_times_result answer(survival_times_options const&, state_type const& state) {
    survival_times_result result;
    result.count = state.count();
    result.left = state.left();
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    state.in_order([&](auto const& runs, auto const& marked) {
      for (detail::time_run const& run : runs)
        result.time += run.time * (static_cast<double>(run.left) + static_cast<double>(run.stayed));
      for (detail::marked_time const& sample : marked)
        result.time += sample.time - (sample.entry >= 0 ? sample.entry : 0);
      if (!runs.empty()) result.longest = runs.back().time;
      if (!marked.empty() && !(marked.back().time < result.longest)) result.longest = marked.back().time;
    });
    return result;
  }

 private:
  template <class Entry>
  static bool read_entry(survival_times_options const& options, state_type& state, Entry const& entry,
                         detail::marked_time& sample) {
    rejection reason = rejection::missing;
    double real = 0;
    if (detail::has_answer(entry)) {
      real = detail::real_of(entry);
      if (is_finite(real) && real < 0) return true;  // from the start
      if (is_finite(real) && detail::marked_time::enters(real, sample.time)) {
        sample.entry = real;
        return true;
      }
      reason = is_nan(real) ? rejection::not_a_number : rejection::bad_time;
    }
    detail::turn_away(options.on_invalid, state.rejected, reason, real, state.seen());
    return false;
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
