// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_STAR_SUMMARY_HPP
#define CREDENCE_REVIEWS_STAR_SUMMARY_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/core/host_types.hpp>  // first: complaints about a value then name no other header

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/inference/detail/level_counts.hpp>
#include <credence/inference/detail/level_moments.hpp>
#include <credence/inference/detail/t_interval.hpp>
#include <credence/inference/share_interval.hpp>

// How an item was rated: how often with each point of the scale, and the mean, median, variance and share of the
// satisfied that follow.

namespace credence {
inline namespace CREDENCE_ABI {

struct star_summary_options {
  whole scale_min = 1;       ///< the lowest point
  whole scale_max = 5;       ///< the highest point
  whole satisfied_from = 4;  ///< ratings from here on are satisfied
  number confidence = 0.95;  ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::level_scale levels() const { return {scale_min, scale_max}; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    if (!levels().check_fields("star_summary_options::scale_min", "star_summary_options::scale_max", complain))
      return false;
    if (satisfied_from < scale_min || satisfied_from > scale_max)
      return complain(
          "star_summary_options::satisfied_from", satisfied_from.value,
          detail::joined({"it must lie from star_summary_options::scale_min, which is ", detail::shown(scale_min.value),
                          ", to star_summary_options::scale_max, which is ", detail::shown(scale_max.value)}));
    return detail::check_confidence_option("star_summary_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("satisfied_from", self.satisfied_from);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(star_summary_options const&, star_summary_options const&) = default;
};

/// The answer of `star_summary`. Everything is NaN, 0 or empty where no rating was good, or Σw = 0; but for the counts.
struct star_summary_result {
  double value = not_a_number();            ///< the mean, in points of the scale
  credence::interval interval;              ///< t, in points of the scale; NaN for fewer than two, or all alike
  double standard_error = not_a_number();   ///< of the mean; NaN for fewer than two ratings
  std::vector<std::uint64_t> counts;        ///< ratings of each point, the lowest first; empty without a rating
  std::vector<double> shares;               ///< in 0…1, of the weight where there are weights
  double median = not_a_number();           ///< halfway between two points where the ratings are halved there
  double variance = not_a_number();         ///< Σ(r − r̄)²/(n − 1), weighted n/(n − 1)·Σw(r − r̄)²/Σw
  std::uint64_t satisfied = 0;              ///< ratings from `satisfied_from` on
  double satisfied_share = not_a_number();  ///< in 0…1, of the weight where there are weights
  credence::interval satisfied_interval;    ///< Wilson's, in 0…1
  std::uint64_t count = 0;                  ///< ratings used
  bool weighted = false;                    ///< did any rating come with a weight?
  double effective_count = 0;               ///< Kish (Σw)²/Σw²; the count where there are no weights
  std::uint64_t rejected = 0;               ///< ratings left out
  credence::rejections rejections;          ///< and why

  /// Is there an answer?
  constexpr explicit operator bool() const { return count != 0 && effective_count > 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("counts", self.counts);
    visit("shares", self.shares);
    visit("median", self.median);
    visit("variance", self.variance);
    visit("satisfied", self.satisfied);
    visit("satisfied_share", self.satisfied_share);
    visit("satisfied_interval", self.satisfied_interval);
    visit("count", self.count);
    visit("weighted", self.weighted);
    visit("effective_count", self.effective_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(star_summary_result const&, star_summary_result const&) = default;
};

/// Counts of every point of a scale; see `star_summary`.
class star_summary_accumulator : public detail::level_accumulator<star_summary_accumulator, star_summary_options> {
  using base = detail::level_accumulator<star_summary_accumulator, star_summary_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.star_summary"; }

  [[nodiscard]] static star_summary_result answer(star_summary_options const& options, state_type const& state) {
    detail::class_counts<2> const cut =
        state.reaching(static_cast<std::size_t>(options.satisfied_from - options.scale_min));
    detail::level_moments const moments(options.levels(), state);
    star_summary_result result;
    result.counts = state.counts;
    result.satisfied = cut.counts[1];
    result.count = moments.levels.count;
    result.weighted = moments.levels.weighted;
    result.effective_count = moments.levels.effective_count;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    result.satisfied_interval.confidence = options.confidence;
    if (!result) return result;
    result.value = moments.mean;
    result.shares = moments.levels.shares;
    result.median = moments.median;
    result.variance = moments.variance;
    result.standard_error = moments.standard_error;
    if (moments.standard_error > 0)  // ratings that are all alike do not tell their spread
      result.interval = detail::t_interval(result.value, result.standard_error, static_cast<double>(result.count) - 1,
                                           options.confidence);
    detail::class_shares<2> const classes(cut);
    double const reached = classes.shares[1];
    double const size =
        detail::interval_sample_size(result, reached * (1 - reached), classes.standard_error({0, 1}, reached));
    result.satisfied_share = reached;
    result.satisfied_interval = interval_of({reached, size}, share_interval::wilson, options.confidence);
    return result;
  }
};

/// How an item was rated: `star_summary(reviews, &review::stars, {.scale_max = 5})` has the distribution of stars,
/// their mean with its t interval, median and variance, and the share of the satisfied with Wilson's interval. The
/// points are whole numbers, of at most 1,001; ratings between or beyond them are left out as `off_scale`, NaN and
/// empty optionals as what they are. With a weight as the third argument mean, median and shares are of the weight; the
/// mean's error is linearised, and the satisfied share's interval is that of the sample size which its own error
/// amounts to. One cut does not shape the state: one accumulator is asked for several. No good rating: `count` 0, the
/// rest NaN. Throws `credence::error` for options that contradict each other. O(rows), two allocations; the answer a
/// few of the scale.
inline constexpr metric<star_summary_accumulator> star_summary{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
