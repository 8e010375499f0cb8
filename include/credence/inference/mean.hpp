// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_MEAN_HPP
#define CREDENCE_INFERENCE_MEAN_HPP

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/design.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/metric.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/detail/moments_accumulator.hpp>
#include <credence/inference/detail/t_interval.hpp>
#include <credence/inference/mean_result.hpp>

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
class mean_accumulator : public detail::moments_accumulator<mean_accumulator, mean_options> {
  using base = detail::moments_accumulator<mean_accumulator, mean_options>;

 public:
  using base::base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.mean"; }

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
    result.count = state.count();
    result.weighted = state.weighted_count != 0;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    real_moments const reals = state.with_integers(state.reals);
    real_moments const squares = state.with_integers(state.squares);
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
    result.interval = detail::t_interval(result.value, result.standard_error, degrees, options.confidence);
    return result;
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
