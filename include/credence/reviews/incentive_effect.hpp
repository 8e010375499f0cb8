// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_INCENTIVE_EFFECT_HPP
#define CREDENCE_REVIEWS_INCENTIVE_EFFECT_HPP

#include <cstdint>
#include <string_view>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/pair_metric.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/mean_state.hpp>
#include <credence/inference/mean.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/inference/mean_result.hpp>

// What reviews that were asked for with a gift or a discount do to the ratings: the mean of all, of those with an
// incentive and of those without.

namespace credence {
inline namespace CREDENCE_ABI {

using incentive_effect_options = mean_options;

/// The answer of `incentive_effect`, in the ratings' unit. What is of a group is NaN where it has no review.
struct incentive_effect_result {
  mean_result all;                  ///< the mean of all reviews
  mean_result with_incentive;       ///< of those that were given something for
  mean_result without_incentive;    ///< and of the others. Intervals are NaN where all ratings of the group are equal
  comparison difference;            ///< with − without, and all of it but the difference NaN as those intervals
  double shift = not_a_number();    ///< all − without: what the incentives did to the mean that is shown
  interval shift_interval;          ///< of it, for the share of reviews with an incentive that there is
  std::uint64_t count = 0;          ///< reviews used
  std::uint64_t rejected = 0;       ///< reviews left out
  credence::rejections rejections;  ///< and why, by the first of flag and rating that is not good

  /// Is there a difference? Both groups have reviews then.
  constexpr explicit operator bool() const { return static_cast<bool>(difference); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("all", self.all);
    visit("with_incentive", self.with_incentive);
    visit("without_incentive", self.without_incentive);
    visit("difference", self.difference);
    visit("shift", self.shift);
    visit("shift_interval", self.shift_interval);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(incentive_effect_result const&, incentive_effect_result const&) = default;
};

namespace detail {

struct incentive_state {
  mean_state with;
  mean_state without;
  rejections rejected;  ///< for their flag

  constexpr incentive_state& operator+=(incentive_state const& other) {
    with += other.with;
    without += other.without;
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t seen() const { return with.seen() + without.seen() + rejected.total(); }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const& options) const {
    return with.valid(options) && without.valid(options) && rejected.valid();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("with", self.with);
    visit("without", self.without);
    visit("rejected", self.rejected);
  }
  friend constexpr bool operator==(incentive_state const&, incentive_state const&) = default;
};

}  // namespace detail

/// The moments of both groups; see `incentive_effect`. Pushed to with a rating and a flag.
class incentive_effect_accumulator
    : public accumulator_base<incentive_effect_accumulator, incentive_effect_options, detail::incentive_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.incentive_effect"; }

  /// As for `mean`: integers are, whatever the flags.
  template <class Value, class Flag>
  static constexpr bool exact = mean_accumulator::exact<Value>;

  template <class Value, class Flag>
  static constexpr void push(incentive_effect_options const& options, state_type& state, Value const& value,
                             Flag const& flag) {
    if constexpr (detail::number_check::of<Value, Flag>()) {
      if (!detail::accepts_flag(flag, options.on_invalid, state.rejected, state.seen())) return;
      // The group knows a position only among its own.
      detail::at_row(
          [&] { return state.seen(); },
          [&] { mean_accumulator::push(options, detail::real_of(flag) == 1 ? state.with : state.without, value); });
    }
  }
  template <class Value, class Flag>
  static constexpr void pull(incentive_effect_options const& options, state_type& state, Value const& value,
                             Flag const& flag) {
    rejections unfit;
    if (detail::accepts_flag(flag, on_invalid::reject, unfit, 0))
      return mean_accumulator::pull(options, detail::real_of(flag) == 1 ? state.with : state.without, value);
    if (!state.rejected.holds(unfit))
      detail::raise(error("credence: a sample was retracted that this accumulator does not hold"));
    state.rejected -= unfit;
  }

  [[nodiscard]] static incentive_effect_result answer(incentive_effect_options const& options,
                                                      state_type const& state) {
    incentive_effect_result result;
    detail::mean_state both = state.with;
    both += state.without;
    result.all = mean_of(options, both);
    result.with_incentive = mean_of(options, state.with);
    result.without_incentive = mean_of(options, state.without);
    result.count = result.all.count;
    result.rejections = result.all.rejections;
    result.rejections += state.rejected;
    result.rejected = result.rejections.total();
    if (told(result.with_incentive) && told(result.without_incentive)) {
      result.difference = compare(result.with_incentive, result.without_incentive, {options.confidence});
    } else {
      result.difference.difference = result.with_incentive.value - result.without_incentive.value;
      result.difference.interval.confidence = options.confidence;
    }
    result.shift = result.all.value - result.without_incentive.value;
    // Which is the difference times the share of reviews with an incentive.
    double const part = static_cast<double>(result.with_incentive.count) / static_cast<double>(result.count);
    result.shift_interval = detail::scaled(result.difference.interval, part);
    return result;
  }

 private:
  /// Does a group tell how much its ratings vary?
  static constexpr bool told(mean_result const& group) { return group.standard_error > 0; }
  static mean_result mean_of(mean_options const& options, detail::mean_state const& group) {
    mean_result result = mean_accumulator::answer(options, group);
    if (!told(result)) result.interval = {not_a_number(), not_a_number(), options.confidence};
    return result;
  }
};

/// Are reviews that were given something for kinder? `incentive_effect([executor,] reviews, &review::stars,
/// &review::incentivised [, {options}])`: the mean of all, of those with and those without an incentive, each with its
/// t interval; their difference, by Welch's t; and the shift, all − without, which is the difference times the share of
/// reviews with an incentive, as is its interval, for that share taken for given. That those who were paid differ from
/// those who were not is no proof that the payment did it: other customers may have been asked. A flag is a bool, or a
/// number that is 0 or 1. Flags and ratings that are missing, NaN or off the scale (of ratings ±1e150 unless given) are
/// left out and counted. An empty group has no mean; one without incentives has no shift, 0. Where a group has one
/// review, or equal ratings only, the data do not tell its spread: intervals that want it are NaN. Integers are summed
/// exactly, and can be taken back with `retract`. Throws `credence::error` for wrong options. O(reviews), no
/// allocation.
inline constexpr pair_metric<incentive_effect_accumulator> incentive_effect{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
