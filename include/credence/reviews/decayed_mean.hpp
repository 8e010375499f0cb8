// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DECAYED_MEAN_HPP
#define CREDENCE_REVIEWS_DECAYED_MEAN_HPP

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/accumulator.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/pair_metric.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/math/student_t.hpp>
#include <credence/reviews/detail/decayed_moments.hpp>
#include <credence/reviews/detail/half_life.hpp>
#include <credence/reviews/detail/timed_values.hpp>

// What an item is worth of late: x̄ = Σwx/Σw with w = weight·2^(−age/half-life). A common factor of all w cancels, so
// that ages may be counted from any time: from the latest review, which is there, and not from a clock.

namespace credence {
inline namespace CREDENCE_ABI {

struct decayed_mean_options {
  time_span half_life = detail::half_a_year;  ///< a review so much older counts half; 180 days, and more than 0
  std::optional<number> scale_min{};          ///< values below are rejected; unset: -1e50
  std::optional<number> scale_max{};          ///< values above are rejected; unset: 1e50
  std::optional<instant> observed_until{};    ///< reviews of a later time are rejected; unset: none is
  number confidence = 0.95;                   ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr double lowest() const { return scale_min ? scale_min->value : -1e50; }
  [[nodiscard]] constexpr double highest() const { return scale_max ? scale_max->value : 1e50; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_length("decayed_mean_options::half_life", half_life, complain) &&
           detail::check_ascending(
               {{"decayed_mean_options::scale_min", lowest()}, {"decayed_mean_options::scale_max", highest()}},
               complain) &&
           (!observed_until || observed_until->is_known() ||
            complain("decayed_mean_options::observed_until", static_cast<double>(observed_until->micros) / 1e6,
                     "it must be a time that can be told")) &&
           detail::check_confidence_option("decayed_mean_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.half_life, self.scale_min, self.scale_max, self.observed_until);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("half_life", self.half_life);
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("observed_until", self.observed_until);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(decayed_mean_options const&, decayed_mean_options const&) = default;
};

/// The answer of `decayed_mean`. Everything is NaN, 0 or empty where no review was good, or all weights are 0.
struct decayed_mean_result {
  double value = not_a_number();           ///< in the ratings' unit
  credence::interval interval;             ///< t, in the ratings' unit; NaN as the error
  double standard_error = not_a_number();  ///< of the value; NaN for fewer than two reviews' worth, or equal ratings
  std::uint64_t count = 0;                 ///< reviews used, those too old to count for anything too
  double effective_count = 0;              ///< Kish (Σw)²/Σw²: how many reviews of one age they are worth, at most
  std::optional<instant> latest{};         ///< the time of the latest review with a weight above 0
  std::uint64_t rejected = 0;              ///< reviews left out
  credence::rejections rejections;         ///< and why, by the first of time, rating and weight that is not good

  /// Is there an answer?
  constexpr explicit operator bool() const { return effective_count > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("count", self.count);
    visit("effective_count", self.effective_count);
    visit("latest", self.latest);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(decayed_mean_result const&, decayed_mean_result const&) = default;
};

/// Ratings by their age; see `decayed_mean`. Pushed to with a time and a rating, or those and a weight.
class decayed_mean_accumulator
    : public accumulator_base<decayed_mean_accumulator, decayed_mean_options, detail::decayed_moments> {
 public:
  using accumulator_base::accumulator_base;
  using value_check = detail::timed_value_check;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.decayed_mean"; }

  template <class Time, class Value>
  static void push(decayed_mean_options const& options, state_type& state, Time const& time, Value const& value) {
    if constexpr (value_check::of<Time, Value>()) {
      if (accepts(options, state, time, value))
        state.push(detail::instant_of(time), options.half_life, detail::real_of(value), 1);
    }
  }
  template <class Time, class Value, class Weight>
  static void push(decayed_mean_options const& options, state_type& state, Time const& time, Value const& value,
                   Weight const& weight) {
    if constexpr (value_check::of<Time, Value>() && detail::number_check::of<Weight>()) {
      if (!accepts(options, state, time, value)) return;
      if (!detail::is_weight(weight))
        return detail::turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      state.push(detail::instant_of(time), options.half_life, detail::real_of(value), detail::real_of(weight));
    }
  }

  [[nodiscard]] static decayed_mean_result answer(decayed_mean_options const& options, state_type const& state) {
    decayed_mean_result result;
    result.count = state.count;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    if (!state.weighs()) return result;
    result.value = state.once.mean;
    result.effective_count = state.once.weight * (state.once.weight / state.twice.weight);
    result.latest = state.latest;
    // Deviations weighted by w² are about their own mean; moved to the mean of the ratings.
    double const apart = state.twice.mean - state.once.mean;
    double const about_mean = state.twice.squared_deviations + state.twice.weight * apart * apart;
    // Two alike are worth two, give or take the rounding. One recent review beside old ones tells nothing of the
    // spread.
    if (result.effective_count < 2 - 1e-9 || !(about_mean > 0)) return result;
    double const samples = static_cast<double>(result.count);
    result.standard_error = std::sqrt(samples / (samples - 1) * about_mean) / state.once.weight;
    double const half = math::student_t_critical(options.confidence, samples - 1) * result.standard_error;
    result.interval.lower = result.value - half;
    result.interval.upper = result.value + half;
    return result;
  }

 private:
  template <class Time, class Value>
  static bool accepts(decayed_mean_options const& options, state_type& state, Time const& time, Value const& value) {
    return detail::accepts_timed_value(time, value, options.lowest(), options.highest(), options.observed_until,
                                       options.on_invalid, state);
  }
};

/// The mean rating, recent reviews first: `decayed_mean([executor,] reviews, &review::time, &review::stars [, weight]
/// [, {.half_life = std::chrono::days{180}, .observed_until = now}])`, in the ratings' unit. A review weighs half as
/// much as one that is a half-life younger, times its own weight if it has one. The value does not depend on when it is
/// asked for: without new reviews it stays as it is, and `observed_until` only turns away what is of the future.
/// Interval: t with count − 1 degrees of freedom and the linearised error √(n/(n−1)·Σw²(x − x̄)²)/Σw of a weighted mean,
/// which takes the weights for given; NaN where the reviews are worth fewer than two of one age, or all ratings that
/// count for anything are equal. A review so old that its weight underflows, a thousand half-lives and more, counts for
/// nothing but in `count`. Times that are missing or cannot be told, ratings that are missing, NaN, infinite or off the
/// scale (±1e50 unless given) and bad weights are left out and counted. Any order and any split by row give the same
/// to about 1e-16·√n of the spread of the ratings: weights are kept relative to the latest review, and when a later one
/// comes they are halved, which rounds nothing. `retract` cannot be: which was the latest but one is not known. Throws
/// `credence::error` for a half-life that is not above 0 and for wrong options. O(reviews), no allocation.
inline constexpr pair_metric<decayed_mean_accumulator> decayed_mean{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
