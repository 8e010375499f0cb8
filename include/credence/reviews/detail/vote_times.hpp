// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_VOTE_TIMES_HPP
#define CREDENCE_REVIEWS_DETAIL_VOTE_TIMES_HPP

#include <cstdint>
#include <limits>
#include <optional>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/bounds.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/timed_values.hpp>
#include <credence/reviews/vote_score_result.hpp>

// The votes on an item and when it was posted, which is when the earliest of its rows was: what scores of new items are
// made of.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct vote_times {
  std::uint64_t positives = 0;
  std::uint64_t negatives = 0;
  instant earliest = instant::from_micros(latest_micros);  ///< which is none where there are no votes
  rejections rejected;

  vote_times& operator+=(vote_times const& other) {
    positives += other.positives;
    negatives += other.negatives;
    rejected += other.rejected;
    if (other.earliest < earliest) earliest = other.earliest;
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t count() const { return positives + negatives; }
  [[nodiscard]] constexpr std::uint64_t seen() const { return count() + rejected.total(); }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const&) const {
    std::uint64_t const most = ~std::uint64_t{} / 16;  // so that the counts can be added up
    return positives <= most && negatives <= most && rejected.valid() &&
           (count() != 0 ? earliest.is_known() : earliest.micros == latest_micros);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("earliest", self.earliest);
    visit("rejected", self.rejected);
  }
  friend constexpr bool operator==(vote_times const&, vote_times const&) = default;
};

/// How much later `to` is, in microseconds; negative where it is earlier.
[[nodiscard]] constexpr double micros_between(instant from, instant to) {
  return to < from ? -static_cast<double>(elapsed(to.micros, from.micros))
                   : static_cast<double>(elapsed(from.micros, to.micros));
}

/// What both accumulators share: pushed to with a time and a vote. `Derived::value_of(options, votes)` is the score,
/// asked for only where there are votes.
template <class Derived, class Options>
class vote_accumulator : public accumulator_base<Derived, Options, vote_times> {
  using base = accumulator_base<Derived, Options, vote_times>;

 public:
  using base::base;
  using value_check = timed_value_check;
  template <class...>
  static constexpr bool exact = true;

  template <class Time, class Vote>
  static void push(Options const& options, vote_times& state, Time const& time, Vote const& vote) {
    if constexpr (value_check::of<Time, Vote>()) {
      constexpr double most = (std::numeric_limits<double>::max)();
      if (!detail::accepts_timed_value(time, vote, -most, most, std::nullopt, options.on_invalid, state)) return;
      instant const when = detail::instant_of(time);
      if (when < state.earliest) state.earliest = when;
      ++(detail::above(detail::measure_of(vote), options.satisfied_from, true) ? state.positives : state.negatives);
    }
  }
  [[nodiscard]] static vote_score_result answer(Options const& options, vote_times const& state) {
    vote_score_result result;
    result.count = state.count();
    result.positives = state.positives;
    result.negatives = state.negatives;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    if (result.count == 0) return result;
    result.posted = state.earliest;
    result.value = Derived::value_of(options, state);
    return result;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
