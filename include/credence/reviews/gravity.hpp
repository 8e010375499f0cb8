// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_GRAVITY_HPP
#define CREDENCE_REVIEWS_GRAVITY_HPP

#include <cmath>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/error.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/pair_metric.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/vote_times.hpp>
#include <credence/reviews/vote_score_result.hpp>

// What rises and falls back: with p positive votes and h hours since the posting, (p − 1)/(h + 2)^1.8.

namespace credence {
inline namespace CREDENCE_ABI {

struct gravity_options {
  number satisfied_from = 1;                ///< votes from here on are positive; `true` is 1
  std::optional<instant> observed_until{};  ///< when the score is of; must be given to be answered
  number exponent = 1.8;                    ///< how fast items fall, from 0 (not at all) to 1000
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_ascending({{"gravity_options::satisfied_from", satisfied_from}}, complain) &&
           (!observed_until || observed_until->is_known() ||
            complain("gravity_options::observed_until", static_cast<double>(observed_until->micros) / 1e6,
                     "it must be a time that can be told")) &&
           ((is_finite(exponent.value) && exponent.value >= 0 && exponent.value <= 1000) ||
            complain("gravity_options::exponent", exponent.value, "it must lie in 0…1000"));
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.satisfied_from);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("satisfied_from", self.satisfied_from);
    visit("observed_until", self.observed_until);
    visit("exponent", self.exponent);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(gravity_options const&, gravity_options const&) = default;
};

using gravity_result = vote_score_result;

/// Votes and the time of the earliest; see `gravity`. Pushed to with a time and a vote; answers
/// `result({.observed_until = now})`, or `result()` where it was made with the time.
class gravity_accumulator : public detail::vote_accumulator<gravity_accumulator, gravity_options> {
  using base = detail::vote_accumulator<gravity_accumulator, gravity_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.gravity"; }

  [[nodiscard]] static vote_score_result answer(gravity_options const& options, state_type const& state) {
    if (!options.observed_until)
      detail::raise(
          error("credence: gravity_options::observed_until is unset; it must be the time that the score is of, as "
                "{.observed_until = now}"));
    return base::answer(options, state);
  }
  [[nodiscard]] static double value_of(gravity_options const& options, state_type const& votes) {
    double const hours = detail::micros_between(votes.earliest, *options.observed_until) / 3.6e9;
    if (hours < 0) return not_a_number();
    return (static_cast<double>(votes.positives) - 1) / std::pow(hours + 2, options.exponent);
  }
};

/// Hacker News' ranking: `gravity([executor,] votes, &vote::time, &vote::positive, {.observed_until = now, .exponent =
/// 1.8})`. The first positive vote is its author's, and counts for nothing. Of no unit, and of one moment: items are
/// compared by their scores at the same `observed_until`, without which the answer throws `credence::error`; the state
/// does not depend on it, so that an accumulator can be asked again and again. Votes cast after it are not told apart:
/// do not give them. An item was posted at the earliest time among its rows, see `hotness`; one that was posted after
/// `observed_until` is not there yet, and its score is NaN. Votes that are missing, NaN or infinite, and times that are
/// missing or cannot be told, are left out and counted. No good vote: NaN. Exact, without `retract`, as `hotness`.
/// Throws `credence::error` for wrong options. O(votes), no allocation. Source: Hacker News' `news.arc`, in the form it
/// is usually quoted in: the published program also raises p − 1, where above 0, to the power of 0.8.
inline constexpr pair_metric<gravity_accumulator> gravity{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
