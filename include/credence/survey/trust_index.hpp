// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_TRUST_INDEX_HPP
#define CREDENCE_SURVEY_TRUST_INDEX_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/class_tally.hpp>
#include <credence/core/detail/items.hpp>
#include <credence/core/error.hpp>
#include <credence/core/fold.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/linearised.hpp>
#include <credence/inference/net_score.hpp>
#include <credence/inference/share_interval.hpp>
#include <credence/survey/detail/joint_classes.hpp>
#include <credence/survey/trust_index_result.hpp>

// The trust index of several items or institutions: the mean of their top-box shares p₁ … p_k (or of top less bottom),
// each of those who answered the item. A respondent answers several, and those answers hang together, so that the
// error holds their covariances: zᵢ = 1/k·Σⱼ wᵢ(sᵢⱼ − pⱼ)/Σw over the items that i answered, SE² = n/(n − 1)·Σzᵢ².

namespace credence {
inline namespace CREDENCE_ABI {

struct trust_index_options {
  number neutral_from = 3;   ///< answers below distrust
  number trusting_from = 4;  ///< answers from here on trust
  number scale_min = 1;      ///< the lowest answer there is
  number scale_max = 5;      ///< the highest answer there is
  trust_measure measure = trust_measure::top_share;
  number confidence = 0.95;  ///< of the intervals, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr detail::class_scale<3> scale() const {
    return {scale_min, {neutral_from, trusting_from}, scale_max};
  }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_ascending({{"trust_index_options::scale_min", scale_min},
                                    {"trust_index_options::neutral_from", neutral_from},
                                    {"trust_index_options::trusting_from", trusting_from},
                                    {"trust_index_options::scale_max", scale_max}},
                                   complain) &&
           detail::check_confidence_option("trust_index_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.neutral_from, self.trusting_from, self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("neutral_from", self.neutral_from);
    visit("trusting_from", self.trusting_from);
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("measure", self.measure);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(trust_index_options const&, trust_index_options const&) = default;
};

/// How often any two items were answered together, class by class; see `trust_index`.
class trust_index_accumulator
    : public accumulator_base<trust_index_accumulator, trust_index_options, detail::joint_classes> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.trust_index"; }

  /// Counts are exact; sums of weights are rounded.
  template <class... Values>
  static constexpr bool exact = sizeof...(Values) == 1;

  using value_check = detail::items_check;

  /// One respondent's answers, a range of as many as all others were asked for. Throws `credence::error` for another
  /// number.
  template <class Items>
  static void push(trust_index_options const& options, state_type& state, Items const& answers) {
    if constexpr (value_check::of<Items const&>()) state.push(sorted(options, state, answers), std::nullopt);
  }
  template <class Items, class Weight>
  static void push(trust_index_options const& options, state_type& state, Items const& answers, Weight const& weight) {
    if constexpr (value_check::of<Items const&, Weight>()) {
      if (!detail::is_weight(weight)) {
        detail::turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen);
        ++state.seen;
        return;
      }
      state.push(sorted(options, state, answers), detail::real_of(weight));
    }
  }

  template <class Items>
  static void pull(trust_index_options const& options, state_type& state, Items const& answers) {
    trust_index_options counting = options;
    counting.on_invalid = on_invalid::reject;
    state_type one;
    push(counting, one, answers);
    state.subtract(one);
  }

  /// Reads the rows twice: what a respondent adds to the error depends on the shares of all.
  template <class Range, class Plan, class Value>
  [[nodiscard]] static trust_index_result answer_designed(trust_index_options const& options, Range& rows,
                                                          Plan const& plan, Value const& value) {
    constexpr bool twice = std::forward_iterator<detail::iterator_of<Range>>;
    static_assert(twice, "credence: trust_index under a design reads its rows twice; put them into a vector first");
    trust_index_accumulator all(options);
    if constexpr (twice) {
      if constexpr (detail::is_given<decltype(Plan::weight)>) {
        all = fold(rows, all, value, plan.weight);
      } else {
        all = fold(rows, all, value);
      }
    }
    state_type const& state = all.state();
    std::vector<double> const scores = item_scores(options, state);
    detail::ratio_for<Range, Plan> linearised;
    trust_index_options counting = options;
    counting.on_invalid = on_invalid::reject;
    auto const end = std::ranges::end(rows);
    for (auto at = std::ranges::begin(rows); at != end; ++at) {
      auto&& row = *at;
      double weight = 1;
      if constexpr (detail::is_given<decltype(Plan::weight)>) {
        auto&& own = detail::project(plan.weight, row);
        if (!detail::is_weight(own)) continue;
        weight = detail::real_of(own);
      }
      state_type one;
      auto&& answers = detail::project(value, row);
      std::vector<std::uint8_t> const classes = sorted(counting, one, answers);
      double apart = 0;
      bool answered = false;
      for (std::size_t item = 0; item < classes.size(); ++item) {
        if (classes[item] == state_type::none) continue;
        answered = true;
        apart += (detail::net_class(options.measure == trust_measure::net_share, classes[item]) - scores[item]) /
                 state.weight_of(item);
      }
      if (!answered) continue;
      // A total of the linearised values, of which the mean is 0: a ratio whose lower total is 1.
      double const bottom = 1 / static_cast<double>(state.count);
      double const top = weight * apart / static_cast<double>(state.items);
      detail::push_designed(linearised, plan, row, [&](detail::linearised_ratio& into) { into.push(top, bottom); });
    }
    return answer(options, state, linearised.answer(plan.lone));
  }

  [[nodiscard]] static trust_index_result answer(trust_index_options const& options, state_type const& state,
                                                 std::optional<detail::designed_answer> const& designed = {}) {
    bool const net = options.measure == trust_measure::net_share;
    trust_index_result result;
    result.count = state.count;
    result.complete = state.complete;
    result.weighted = state.weights.count != 0;
    result.effective_count = state.effective_count();
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    double const items = static_cast<double>(state.items);
    double const samples = static_cast<double>(state.count);
    std::vector<double> const scores = item_scores(options, state);
    double sum = 0;
    observed_net_score shares{};
    for (std::size_t item = 0; item < state.items; ++item) {
      trust_item own;
      own.count = state.answers_of(item);
      own.value = scores[item];
      own.bottom_share = state.share_of(item, 0);
      own.top_share = state.share_of(item, 2);
      double const answers = static_cast<double>(own.count);
      if (own.count > 1)
        own.standard_error = std::sqrt(answers / (answers - 1) * state.product(item, item, scores, net));
      sum += own.value;
      shares.negative += own.bottom_share / items;
      shares.positive += own.top_share / items;
      result.items.push_back(own);
    }
    if (state.items == 0 || is_nan(sum)) return result;
    result.value = sum / items;
    double squares = 0;
    double of_one = 0;  // the variance of a respondent's mean, were all of one weight
    for (std::size_t one = 0; one < state.items; ++one)
      for (std::size_t other = 0; other < state.items; ++other) {
        squares += state.product(one, other, scores, net);
        of_one += state.variance_product(one, other, scores, net);
      }
    if (state.count > 1) result.standard_error = std::sqrt(samples / (samples - 1) * squares) / items;
    if (designed) {
      result.standard_error = designed->standard_error;
      result.design = detail::reported(*designed, of_one / (items * items));
    }
    // The interval of as many independent answers as would have this error; no more than there were.
    shares.neutral = 1 - shares.negative - shares.positive;
    double const variance = net ? shares.variance() : result.value * (1 - result.value);
    double const error = result.standard_error;
    double const size = error > 0 ? variance / (error * error) : result.effective_count;
    shares.samples = size < samples * items ? size : samples * items;
    result.interval =
        net ? interval_of(shares, net_score_interval::score, options.confidence)
            : interval_of(observed_share{result.value, shares.samples}, share_interval::wilson, options.confidence);
    return result;
  }

 private:
  /// The class of each answer, `none` where there is no good one; the bad ones are counted.
  template <class Items>
  static std::vector<std::uint8_t> sorted(trust_index_options const& options, state_type& state, Items const& answers) {
    detail::class_scale<3> const scale = options.scale();
    std::vector<std::uint8_t> classes;
    rejections rejected;
    auto const end = std::ranges::end(answers);
    for (auto at = std::ranges::begin(answers); at != end; ++at) {
      auto&& answer = *at;
      std::uint8_t found = state_type::none;
      if (detail::has_answer(answer)) {
        double const real = detail::real_of(answer);
        if (is_finite(real) && scale.holds(detail::measure_of(answer))) {
          found = static_cast<std::uint8_t>(scale.class_of(detail::measure_of(answer)));
        } else {
          detail::turn_away(options.on_invalid, rejected, is_nan(real) ? rejection::not_a_number : rejection::off_scale,
                            real, state.seen);
        }
      } else {
        detail::turn_away(options.on_invalid, rejected, rejection::missing, 0, state.seen);
      }
      classes.push_back(found);
    }
    state.check_items(classes.size());
    state.rejected += rejected;
    return classes;
  }
  [[nodiscard]] static std::vector<double> item_scores(trust_index_options const& options, state_type const& state) {
    std::vector<double> scores;
    for (std::size_t item = 0; item < state.items; ++item) {
      double const bottom = options.measure == trust_measure::net_share ? state.share_of(item, 0) : 0;
      scores.push_back(state.share_of(item, 2) - bottom);
    }
    return scores;
  }
};

/// The trust index: `trust_index(respondents, [](auto const& r) { return r.answers; })`, of a range of numbers or
/// optionals for each respondent, as many for all: the mean over the items of the share that trusts, in 0…1, or by
/// `measure` of that less the share that distrusts. An answer that is missing, NaN or off the scale counts as none, and
/// is counted; the respondent's others stay. Interval: Wilson's, or that of a net score, of as many independent answers
/// as have this error. Weights and designs as for `nps`; rows under a design are read twice. Throws `credence::error`
/// for respondents with unlike numbers of items and for options that contradict each other. O(respondents·items²).
inline constexpr metric<trust_index_accumulator> trust_index{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
