// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_MEAN_HPP
#define CREDENCE_INFERENCE_MEAN_HPP

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <credence/core/accumulator.hpp>
#include <credence/core/design.hpp>
#include <credence/core/detail/bounds.hpp>
#include <credence/core/detail/class_tally.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/mean_state.hpp>
#include <credence/inference/mean_result.hpp>
#include <credence/math/student_t.hpp>

// The mean of samples, with its t interval: x̄ ∓ t₍n−1₎·s/√n, s² = Σ(x − x̄)²/(n − 1). Integers are summed exactly. With
// sampling weights x̄ = Σwx/Σw, and linearised SE² = n/(n−1)·Σw²(x − x̄)²/(Σw)².

namespace credence {
inline namespace CREDENCE_ABI {

struct mean_options {
  std::optional<number> scale_min{};  ///< values below are rejected; unset: -1e150, as squares must not overflow
  std::optional<number> scale_max{};  ///< values above are rejected; unset: 1e150
  number confidence = 0.95;           ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  [[nodiscard]] constexpr double lowest() const { return scale_min ? scale_min->value : -1e150; }
  [[nodiscard]] constexpr double highest() const { return scale_max ? scale_max->value : 1e150; }
  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_ascending({{"mean_options::scale_min", lowest()}, {"mean_options::scale_max", highest()}},
                                   complain) &&
           detail::check_confidence_option("mean_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self& self) {
    return std::tie(self.scale_min, self.scale_max);
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("scale_min", self.scale_min);
    visit("scale_max", self.scale_max);
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(mean_options const&, mean_options const&) = default;
};

/// Moments of samples; see `mean`.
class mean_accumulator : public accumulator_base<mean_accumulator, mean_options, detail::mean_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.mean"; }

  /// Integers are; reals and weights are rounded.
  template <class... Values>
  static constexpr bool exact = sizeof...(Values) == 1 && (detail::is_whole_sample<Values> && ...);

  template <class Value>
  static constexpr void push(mean_options const& options, state_type& state, Value const& value) {
    if constexpr (detail::number_check::of<Value>()) {
      if (!accepted(options, state, value)) return;
      if constexpr (detail::is_whole_sample<Value>) {
        state.integers.push(whole_of(value));
      } else {
        double const real = detail::real_of(value);
        ++state.real_count;
        state.reals.push(real, 1);
        state.squares.push(real, 1);
      }
    }
  }
  template <class Value, class Weight>
  static constexpr void push(mean_options const& options, state_type& state, Value const& value, Weight const& weight) {
    if constexpr (detail::number_check::of<Value, Weight>()) {
      if (!accepted(options, state, value)) return;
      if (!detail::is_weight(weight))
        return detail::turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      double const real = detail::real_of(value);
      double const times = detail::real_of(weight);
      ++state.real_count;
      ++state.weighted_count;
      state.reals.push(real, times);
      state.squares.push(real, times * times);
    }
  }

  template <std::integral Value>
  static constexpr void push_times(mean_options const& options, state_type& state, Value value, std::uint64_t times) {
    if (detail::within(value, options.lowest(), options.highest())) {
      state.integers.push(value, times);
    } else {
      state.rejected.off_scale += times;
    }
  }
  /// In short sums where they cannot overflow: always for narrow integers, and where they are small for wide ones.
  template <std::integral Value>
  static constexpr void push_block(mean_options const& options, state_type& state, Value const* values,
                                   std::size_t count) {
    // 2¹⁴ squares of 8 bits stay below 2³⁰, 2³⁰ of 16 bits and 2¹⁰ of what `are_small` below 2⁶².
    constexpr std::size_t most = std::size_t{1} << (sizeof(Value) == 1 ? 14 : sizeof(Value) == 2 ? 30 : 10);
    using short_sum = std::conditional_t<sizeof(Value) == 1, std::int32_t, std::int64_t>;
    using number_type = std::conditional_t<std::is_same_v<Value, bool>, unsigned char, Value>;
    detail::integer_scale<number_type, 1> const scale({options.lowest(), {}, options.highest()});
    for (std::size_t left = count; left != 0;) {
      std::size_t const stretch = left < most ? left : most;
      if (scale.empty) {
        state.rejected.off_scale += stretch;
      } else if (are_small(values, stretch)) {
        push_small<short_sum>(state, values, stretch, scale);
      } else {
        for (std::size_t at = 0; at < stretch; ++at) push(options, state, values[at]);
      }
      values += stretch;
      left -= stretch;
    }
  }

  template <class Value>
  static constexpr void pull(mean_options const& options, state_type& state, Value const& value) {
    state_type one;
    mean_options counting = options;
    counting.on_invalid = on_invalid::reject;
    push(counting, one, value);
    integer_moments rest = state.integers;
    if (one.integers.count != 0 && rest.count != 0) rest.retract(whole_of(value));
    if (rest.count + one.integers.count != state.integers.count || !rest.valid() || !state.rejected.holds(one.rejected))
      detail::raise(error("credence: a sample was retracted that this accumulator does not hold"));
    state.integers = rest;
    state.rejected -= one.rejected;
  }

  /// An accepted value as a real, and the answer under a sampling design.
  template <class Value>
  [[nodiscard]] static constexpr double score_of(mean_options const&, Value const& value) {
    return detail::real_of(value);
  }
  template <class Range, class Plan, class Value>
  [[nodiscard]] static auto answer_designed(mean_options const& options, Range& rows, Plan const& plan,
                                            Value const& value) {
    return detail::answer_designed<mean_accumulator>(options, rows, plan, value);
  }

  [[nodiscard]] static mean_result answer(mean_options const& options, state_type const& state,
                                          std::optional<detail::designed_answer> const& designed = {}) {
    mean_result result;
    result.count = state.integers.count + state.real_count;
    result.weighted = state.weighted_count != 0;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    // An integer is a sample of weight 1: merged as such, it joins both sets of deviations.
    real_moments reals = state.reals;
    real_moments squares = state.squares;
    if (state.integers.count != 0) {
      real_moments const integers{static_cast<double>(state.integers.count), state.integers.mean(),
                                  state.integers.squared_deviations()};
      reals += integers;
      squares += integers;
    }
    if (result.count == 0 || !(reals.weight > 0)) return result;
    double const samples = static_cast<double>(result.count);
    result.effective_count = result.weighted ? reals.weight * (reals.weight / squares.weight) : samples;
    result.value = reals.mean;
    if (designed) {
      result.standard_error = designed->standard_error;
      result.design = detail::reported(*designed, reals.squared_deviations / reals.weight);
    }
    if (result.count < 2) return result;
    double const unbiased = samples / (samples - 1);
    result.standard_deviation = std::sqrt(unbiased * (reals.squared_deviations / reals.weight));
    // The deviations weighted by w² are about their own mean; moved to the mean of the weighted samples.
    double const apart = squares.mean - reals.mean;
    double const about_mean = squares.squared_deviations + squares.weight * apart * apart;
    if (!designed)
      result.standard_error = result.weighted ? std::sqrt(unbiased * about_mean) / reals.weight
                                              : result.standard_deviation / std::sqrt(samples);
    double const degrees = designed ? result.design.degrees_of_freedom : samples - 1;
    if (!(degrees > 0)) return result;
    double const half = math::student_t_critical(options.confidence, degrees) * result.standard_error;
    result.interval.lower = result.value - half;
    result.interval.upper = result.value + half;
    return result;
  }

 private:
  /// Are they all within −2²⁶…2²⁶−1?
  template <std::integral Value>
  static constexpr bool are_small(Value const* values, std::size_t count) {
    if constexpr (sizeof(Value) <= 2) {
      return true;
    } else {
      std::make_unsigned_t<Value> bits = 0;
      for (std::size_t at = 0; at < count; ++at)
        bits |= static_cast<std::make_unsigned_t<Value>>(values[at] < Value{} ? ~values[at] : values[at]);
      return bits >> 26 == 0;
    }
  }
  template <class Sum, std::integral Value, class Scale>
  static constexpr void push_small(state_type& state, Value const* values, std::size_t count, Scale const& scale) {
    Sum good = 0;
    Sum sum = 0;
    Sum squares = 0;
    auto const add = [&](Value value) {
      bool const on_scale = !(scale.shifted(value) > scale.below[0]);
      Sum const kept = on_scale ? static_cast<Sum>(value) : 0;
      good += on_scale;
      sum += kept;
      squares += kept * kept;
    };
    std::size_t done = 0;
    for (constexpr std::size_t piece = 256; count - done >= piece; done += piece)  // g++ -O2 wants to know how many
      for (std::size_t at = 0; at < piece; ++at) add(values[done + at]);
    for (; done < count; ++done) add(values[done]);
    std::uint64_t const kept_count = static_cast<std::uint64_t>(good);
    state.integers += integer_moments{kept_count, wide_integer<2>(sum), wide_integer<3>(squares)};
    state.rejected.off_scale += count - kept_count;
  }
  template <class Value>
  static constexpr bool accepted(mean_options const& options, state_type& state, Value const& value) {
    rejection reason = rejection::missing;
    double real = 0;
    if (detail::has_answer(value)) {
      real = detail::real_of(value);
      if (is_finite(real) && detail::within(detail::measure_of(value), options.lowest(), options.highest()))
        return true;
      reason = is_nan(real) ? rejection::not_a_number : rejection::off_scale;
    }
    detail::turn_away(options.on_invalid, state.rejected, reason, real, state.seen());
    return false;
  }
  template <class Value>
  static constexpr auto whole_of(Value const& value) {
    if constexpr (detail::is_optional<Value>) {
      return whole_of(*value);
    } else if constexpr (std::is_enum_v<Value>) {
      return static_cast<std::underlying_type_t<Value>>(value);
    } else {
      return value;
    }
  }
};

/// The mean, in the samples' unit: `mean(rows, &survey::score)`, with its t interval. With a sampling weight as the
/// third argument the weighted mean and its linearised error. NaN, infinities, empty optionals and what is off the
/// scale (±1e150 unless given) are left out and counted. One sample: a value without an error. No good sample: `count`
/// 0, the rest NaN. Integers are summed exactly, whatever their size; `retract` takes one back by its value and its
/// square, and cannot tell a value that was never pushed but could have been. Reals are kept as deviations from the
/// mean: the value is right to about 1e-16·√n of the larger of |mean| and deviation, the deviation to that times
/// |mean|/deviation. Throws `credence::error` for options that contradict each other. O(rows), no allocation.
inline constexpr metric<mean_accumulator> mean{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
