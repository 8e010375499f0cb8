// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_HOTNESS_HPP
#define CREDENCE_REVIEWS_HOTNESS_HPP

#include <cmath>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/pair_metric.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/half_life.hpp>
#include <credence/reviews/detail/vote_times.hpp>
#include <credence/reviews/vote_score_result.hpp>

// What is hot: votes count by their magnitude, and being younger makes up for votes that an item has not had time to
// get. With s = positive − negative votes, sign(s)·log₁₀ max(|s|, 1) + (posted − epoch)/decay.

namespace credence {
inline namespace CREDENCE_ABI {

struct hotness_options {
  number satisfied_from = 1;                                    ///< votes from here on are positive; `true` is 1
  instant epoch = instant::from_micros(1'134'028'003'000'000);  ///< posted then, an item gets nothing for its youth
  time_span decay = time_span::from_micros(45'000'000'000);     ///< so much younger is worth ten times the votes
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_ascending({{"hotness_options::satisfied_from", satisfied_from}}, complain) &&
           (epoch.is_known() || complain("hotness_options::epoch", static_cast<double>(epoch.micros) / 1e6,
                                         "it must be a time that can be told")) &&
           detail::check_length("hotness_options::decay", decay, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.satisfied_from);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("satisfied_from", self.satisfied_from);
    visit("epoch", self.epoch);
    visit("decay", self.decay);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(hotness_options const&, hotness_options const&) = default;
};

using hotness_result = vote_score_result;

/// Votes and the time of the earliest; see `hotness`. Pushed to with a time and a vote.
class hotness_accumulator : public detail::vote_accumulator<hotness_accumulator, hotness_options> {
  using base = detail::vote_accumulator<hotness_accumulator, hotness_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.hotness"; }

  [[nodiscard]] static double value_of(hotness_options const& options, state_type const& votes) {
    double const up = static_cast<double>(votes.positives);
    double const down = static_cast<double>(votes.negatives);
    double const apart = std::fabs(up - down);
    double const magnitude = apart > 1 ? std::log10(apart) : 0;
    return (up < down ? -magnitude : magnitude) +
           detail::micros_between(options.epoch, votes.earliest) / static_cast<double>(options.decay.micros);
  }
};

/// Reddit's hot ranking: `hotness([executor,] votes, &vote::time, &vote::positive [, {options}])`. Of no unit: only
/// that one item's is higher than another's means anything, and it does not change but by votes, so that it may be
/// stored and sorted by. An item was posted at the earliest time among its rows: give that of the posting with the
/// first vote (its author's), or the time of the item beside every vote. Votes that are missing, NaN or infinite, and
/// times that are missing or cannot be told, are left out and counted. No good vote: NaN. The state, two counts and a
/// time, is exact: any order and any split give the same bits; `retract` cannot be, for what was the second earliest is
/// not known. Throws `credence::error` for a decay that is not above 0 and for wrong options. O(votes), no allocation.
/// Source: Reddit's `_sorts.pyx`, with its epoch (8 December 2005) and 45,000 seconds.
inline constexpr pair_metric<hotness_accumulator> hotness{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
