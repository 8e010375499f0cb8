// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_DETAIL_CLASS_COUNTS_HPP
#define CREDENCE_SURVEY_DETAIL_CLASS_COUNTS_HPP

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/detail/bounds.hpp>
#include <credence/core/detail/class_tally.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// "No scale": every finite number is on it.
inline constexpr double lowest_real = std::numeric_limits<double>::lowest();
inline constexpr double highest_real = (std::numeric_limits<double>::max)();

/// The sums over the samples of one class that came with a weight: how many, Σw and Σw².
struct weight_sums {
  std::uint64_t count = 0;
  compensated_sum weight;
  compensated_sum weight_squared;

  constexpr void add(double one) {
    ++count;
    weight += one;
    weight_squared += one * one;
  }
  constexpr weight_sums& operator+=(weight_sums const& other) {
    count += other.count;
    weight += other.weight;
    weight_squared += other.weight_squared;
    return *this;
  }
  /// Can so many weights, each 0 or within 1e±100, have these sums? (Σw)²/n ≤ Σw² ≤ (Σw)², and what rounding lost is
  /// at most half a digit an addition.
  [[nodiscard]] constexpr bool valid() const {
    double const samples = static_cast<double>(count);
    for (compensated_sum const& each : {weight, weight_squared}) {
      double const most_lost = samples * 0x1p-51 * each.sum;
      if (!is_finite(each.sum) || !is_finite(each.lost) || each.sum < 0) return false;
      if (each.lost > most_lost || -each.lost > most_lost) return false;
    }
    double const sum = weight.value();
    double const squares = weight_squared.value();
    if (sum == 0 || count == 0) return sum == 0 && squares == 0;
    double const slack = 1 + 1e-6;
    return sum * slack >= 1e-100 && sum <= 1e100 * slack * samples && squares <= sum * sum * slack &&
           sum * sum <= samples * squares * slack;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("weight", self.weight);
    visit("weight_squared", self.weight_squared);
  }
  friend constexpr bool operator==(weight_sums const&, weight_sums const&) = default;
};

/// The state of every metric that only asks which class an answer falls into: counts, what was turned away, and, for
/// the samples that came with a weight, Σw and Σw² per class. From those the weighted value, its linearised standard
/// error and Kish's effective count all follow. A sample pushed without a weight has weight 1.
template <std::size_t Classes>
struct class_counts {
  std::array<std::uint64_t, Classes> counts{};
  rejections rejected;
  std::array<weight_sums, Classes> weighted{};

  constexpr class_counts& operator+=(class_counts const& other) {
    for (std::size_t at = 0; at < Classes; ++at) {
      counts[at] += other.counts[at];
      weighted[at] += other.weighted[at];
    }
    rejected += other.rejected;
    return *this;
  }
  /// Takes back what came without a weight. Throws where it is not held, and then changes nothing.
  constexpr void subtract(class_counts const& one) {
    bool there = rejected.holds(one.rejected);
    for (std::size_t at = 0; at < Classes; ++at) there = there && counts[at] - weighted[at].count >= one.counts[at];
    if (!there) raise(error("credence: a sample was retracted that this accumulator does not hold"));
    for (std::size_t at = 0; at < Classes; ++at) counts[at] -= one.counts[at];
    rejected -= one.rejected;
  }
  [[nodiscard]] constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (std::uint64_t const count : counts) sum += count;
    return sum;
  }
  [[nodiscard]] constexpr std::uint64_t seen() const { return total() + rejected.total(); }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const&) const {
    std::uint64_t const most = ~std::uint64_t{} / (4 * Classes);  // so that the counts can be added up
    for (std::size_t at = 0; at < Classes; ++at)
      if (weighted[at].count > counts[at] || counts[at] > most || !weighted[at].valid()) return false;
    return rejected.valid();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("counts", self.counts);
    visit("rejected", self.rejected);
    visit("weighted", self.weighted);
  }
  friend constexpr bool operator==(class_counts const&, class_counts const&) = default;
};

/// The classes' shares of the weight, and what an interval needs to know beside them. `Numbers` is a `std::array` or a
/// `std::vector` of doubles, one for each class.
template <class Numbers>
struct weight_shares {
  std::uint64_t count = 0;
  bool weighted = false;
  double effective_count = 0;  ///< Kish (Σw)²/Σw²; the count where there are no weights; 0 where Σw = 0
  Numbers shares{};
  Numbers squares{};  ///< Σw² of the class ÷ (Σw)²

  /// Of counts, and of the weights of those samples among them that came with one.
  template <class Counts, class Sums>
  weight_shares(Counts const& counts, Sums const& sums) {
    if constexpr (requires { shares.resize(counts.size()); }) {
      shares.resize(counts.size());
      squares.resize(counts.size());
    }
    compensated_sum total;
    compensated_sum total_squared;
    for (std::size_t at = 0; at < counts.size(); ++at) {
      count += counts[at];
      weighted = weighted || sums[at].count != 0;
      double const without = static_cast<double>(counts[at] - sums[at].count);  // each of weight 1
      shares[at] = sums[at].weight.value() + without;
      squares[at] = sums[at].weight_squared.value() + without;
      total += shares[at];
      total_squared += squares[at];
    }
    double const all = total.value();
    if (all > 0) effective_count = weighted ? all * (all / total_squared.value()) : static_cast<double>(count);
    for (std::size_t at = 0; at < counts.size(); ++at) {
      shares[at] = all > 0 ? shares[at] / all : 0;
      squares[at] = all > 0 ? squares[at] / all / all : 0;
    }
  }

  /// Is there anything to say?
  [[nodiscard]] bool answers() const { return effective_count > 0; }

  /// Σ share·score.
  [[nodiscard]] double mean_score(Numbers const& scores) const {
    double sum = 0;
    for (std::size_t at = 0; at < shares.size(); ++at) sum += shares[at] * scores[at];
    return sum;
  }
  /// Σ share·(score − centre)²: the variance of one sample's score, written around the mean so that nothing cancels.
  [[nodiscard]] double variance(Numbers const& scores, double centre) const {
    double sum = 0;
    for (std::size_t at = 0; at < shares.size(); ++at)
      sum += shares[at] * (scores[at] - centre) * (scores[at] - centre);
    return sum;
  }

  /// The standard error of the mean score. Without weights √(variance/n). With sampling weights, linearised:
  /// e_i = w_i(s_i − centre)/Σw, SE² = n/(n−1)·Σe_i², and Σe_i² needs only Σw² per class. NaN for one weighted sample.
  [[nodiscard]] double standard_error(Numbers const& scores, double centre) const {
    double const samples = static_cast<double>(count);
    if (!weighted) return std::sqrt(variance(scores, centre) / samples);
    if (count < 2) return not_a_number();
    double sum = 0;
    for (std::size_t at = 0; at < shares.size(); ++at)
      sum += squares[at] * (scores[at] - centre) * (scores[at] - centre);
    return std::sqrt(samples / (samples - 1) * sum);
  }
};

template <std::size_t Classes>
struct class_shares : weight_shares<std::array<double, Classes>> {
  explicit class_shares(class_counts<Classes> const& state)
      : weight_shares<std::array<double, Classes>>(state.counts, state.weighted) {}
};

/// The number of equally weighted independent samples that would have this standard error: an interval method made for
/// counts is applied to shares of it. Never more than there were answers (Korn and Graubard 1998): a class that holds
/// next to no weight has next to no error, and that says nothing about how much was seen. Where all answers are alike
/// there is no error to go by: Kish's count.
template <class Result>
[[nodiscard]] double interval_sample_size(Result const& result, double variance_of_one, double error) {
  double const samples = static_cast<double>(result.count);
  if (!result.weighted && !result.design) return samples;
  if (is_nan(error) || !(error > 0)) return result.effective_count;
  double const size = variance_of_one / (error * error);
  return size < samples ? size : samples;
}

/// The accumulator of a metric whose answers fall into classes. `Options` has `scale()`, a `class_scale`, and
/// `on_invalid`; `Derived` has `type_id` and `answer`.
template <class Derived, class Options, std::size_t Classes>
class class_accumulator : public accumulator_base<Derived, Options, class_counts<Classes>> {
  using base = accumulator_base<Derived, Options, class_counts<Classes>>;

 public:
  using base::base;
  using state_type = class_counts<Classes>;

  /// Counts are exact; sums of weights are rounded.
  template <class... Values>
  static constexpr bool exact = sizeof...(Values) == 1;

  template <class Value>
  static constexpr void push(Options const& options, state_type& state, Value const& value) {
    if constexpr (number_check::of<Value>()) {
      class_scale<Classes> const scale = options.scale();
      if (std::size_t const found = sorted(options, state, scale, value); found < Classes) ++state.counts[found];
    }
  }
  template <class Value, class Weight>
  static constexpr void push(Options const& options, state_type& state, Value const& value, Weight const& weight) {
    if constexpr (number_check::of<Value, Weight>()) {
      class_scale<Classes> const scale = options.scale();
      std::size_t const found = sorted(options, state, scale, value);
      if (found == Classes) return;
      if (!detail::is_weight(weight))
        return turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      ++state.counts[found];
      state.weighted[found].add(detail::real_of(weight));
    }
  }

  /// The score of an accepted value, and the answer under a sampling design, where `Derived` has `scores` of its
  /// classes and an `answer(options, state, designed)`.
  template <class Value>
  [[nodiscard]] static constexpr double score_of(Options const& options, Value const& value) {
    return Derived::scores[options.scale().class_of(detail::measure_of(value))];
  }
  template <class Range, class Plan, class Value, class Own = Derived>
  requires requires { Own::scores; }
  [[nodiscard]] static auto answer_designed(Options const& options, Range& rows, Plan const& plan, Value const& value) {
    return detail::answer_designed<Own>(options, rows, plan, value);
  }

  /// `times` samples of one value: what a tally of a small scale is turned into.
  template <std::integral Value>
  static constexpr void push_times(Options const& options, state_type& state, Value value, std::uint64_t times) {
    class_scale<Classes> const scale = options.scale();
    (scale.holds(value) ? state.counts[scale.class_of(value)] : state.rejected.off_scale) += times;
  }

  template <std::integral Value>
  static constexpr void push_block(Options const& options, state_type& state, Value const* values, std::size_t count) {
    class_scale<Classes> const scale = options.scale();
    class_tally<Classes> const reached = tally_classes(values, count, scale);
    // What is off the scale reaches every cut, so neighbouring tallies differ by just what is in the class.
    state.counts[0] += count - reached[0];
    for (std::size_t at = 1; at < Classes; ++at) state.counts[at] += reached[at - 1] - reached[at];
    state.rejected.off_scale += reached[Classes - 1];
  }

  template <class Value>
  static constexpr void pull(Options const& options, state_type& state, Value const& value) {
    if constexpr (number_check::of<Value>()) {
      class_scale<Classes> const scale = options.scale();
      state_type one;
      Options counting = options;
      counting.on_invalid = on_invalid::reject;
      if (std::size_t const found = sorted(counting, one, scale, value); found < Classes) ++one.counts[found];
      state.subtract(one);
    }
  }

 private:
  /// The class of a value, or `Classes` when it was turned away.
  template <class Value>
  static constexpr std::size_t sorted(Options const& options, state_type& state, class_scale<Classes> const& scale,
                                      Value const& value) {
    rejection reason = rejection::missing;
    double real = 0;
    if (detail::has_answer(value)) {
      real = detail::real_of(value);
      if (is_finite(real) && scale.holds(detail::measure_of(value))) return scale.class_of(detail::measure_of(value));
      reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
    }
    turn_away(options.on_invalid, state.rejected, reason, real, state.seen());
    return Classes;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
