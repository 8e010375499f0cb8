// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_RATIO_OF_TOTALS_HPP
#define CREDENCE_SURVEY_RATIO_OF_TOTALS_HPP

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include <credence/core/accumulator.hpp>
#include <credence/core/design.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/options.hpp>
#include <credence/core/pair_metric.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/designed.hpp>
#include <credence/inference/linearised.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/math/student_t.hpp>

// The ratio of two totals, R = Σy/Σx: what returning customers spend for each euro of new ones, complaints per order,
// cost per contact. Both are random, so its error is linearised: e = (y − R·x)/Σx, SE² = n/(n−1)·Σe². With sampling
// weights Σwy/Σwx and e = w(y − R·x)/Σwx. Not the mean of the rows' own ratios, to which a row without x is a stranger.

namespace credence {
inline namespace CREDENCE_ABI {

struct ratio_of_totals_options {
  number confidence = 0.95;  ///< of the interval, in (0, 1)
  credence::on_invalid on_invalid = credence::on_invalid::reject;

  template <class Complain>
  constexpr bool check_fields(Complain const& complain) const {
    return detail::check_confidence_option("ratio_of_totals_options::confidence", confidence, complain);
  }
  template <class Self>
  static constexpr auto shape(Self&) {
    return std::tuple<>();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("confidence", self.confidence);
    visit("on_invalid", self.on_invalid);
  }
  friend constexpr bool operator==(ratio_of_totals_options const&, ratio_of_totals_options const&) = default;
};

/// The answer of `ratio_of_totals`. The value is NaN where no row was good, or Σx = 0.
struct ratio_of_totals_result {
  double value = not_a_number();           ///< Σy/Σx, in the unit of y for one of x
  credence::interval interval;             ///< t, in the unit of the value; NaN for fewer than two rows
  double standard_error = not_a_number();  ///< of the value; NaN for fewer than two rows
  std::uint64_t count = 0;                 ///< rows used
  double top_total = 0;                    ///< Σy, or Σwy
  double bottom_total = 0;                 ///< Σx, or Σwx
  bool weighted = false;                   ///< did any row come with a weight?
  std::uint64_t rejected = 0;              ///< rows left out
  credence::rejections rejections;         ///< and why, by the first of y, x and weight that is not good
  sampling_design design;                  ///< taken into account; `design_effect` is NaN where there are weights

  /// Is there an answer?
  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("count", self.count);
    visit("top_total", self.top_total);
    visit("bottom_total", self.bottom_total);
    visit("weighted", self.weighted);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
    visit("design", self.design);
  }
  friend constexpr bool operator==(ratio_of_totals_result const&, ratio_of_totals_result const&) = default;
};

namespace detail {

struct ratio_of_totals_state {
  linearised_ratio rows;
  std::uint64_t weighted_count = 0;
  rejections rejected;

  constexpr ratio_of_totals_state& operator+=(ratio_of_totals_state const& other) {
    rows += other.rows;
    weighted_count += other.weighted_count;
    rejected += other.rejected;
    return *this;
  }
  [[nodiscard]] constexpr std::uint64_t seen() const { return rows.count() + rejected.total(); }
  template <class Options>
  [[nodiscard]] constexpr bool valid(Options const&) const {
    return rows.valid() && rejected.valid() && weighted_count <= rows.count();
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("rows", self.rows);
    visit("weighted_count", self.weighted_count);
    visit("rejected", self.rejected);
  }
  friend constexpr bool operator==(ratio_of_totals_state const&, ratio_of_totals_state const&) = default;
};

}  // namespace detail

/// Both totals and the error of their ratio; see `ratio_of_totals`. Pushed to with y and x, or y, x and a weight.
class ratio_of_totals_accumulator
    : public accumulator_base<ratio_of_totals_accumulator, ratio_of_totals_options, detail::ratio_of_totals_state> {
 public:
  using accumulator_base::accumulator_base;
  [[nodiscard]] static constexpr std::string_view type_id() { return "credence.ratio_of_totals"; }

  template <class Top, class Bottom>
  static constexpr void push(ratio_of_totals_options const& options, state_type& state, Top const& top,
                             Bottom const& bottom) {
    if constexpr (detail::number_check::of<Top, Bottom>()) {
      if (!accepts(options, state, top, bottom)) return;
      linearise(options, state.rows, 1, top, bottom);
    }
  }
  template <class Top, class Bottom, class Weight>
  static constexpr void push(ratio_of_totals_options const& options, state_type& state, Top const& top,
                             Bottom const& bottom, Weight const& weight) {
    if constexpr (detail::number_check::of<Top, Bottom, Weight>()) {
      if (!accepts(options, state, top, bottom)) return;
      if (!detail::is_weight(weight))
        return detail::turn_away(options.on_invalid, state.rejected, rejection::bad_weight, 0, state.seen());
      ++state.weighted_count;
      linearise(options, state.rows, detail::real_of(weight), top, bottom);
    }
  }
  template <class Range, class Plan, class Top, class Bottom>
  [[nodiscard]] static ratio_of_totals_result answer_designed(ratio_of_totals_options const& options, Range& rows,
                                                              Plan const& plan, Top const& top, Bottom const& bottom) {
    return detail::answer_designed<ratio_of_totals_accumulator>(options, rows, plan, top, bottom);
  }
  template <class Top, class Bottom>
  static constexpr void linearise(ratio_of_totals_options const&, detail::linearised_ratio& into, double weight,
                                  Top const& top, Bottom const& bottom) {
    into.push(weight * detail::real_of(top), weight * detail::real_of(bottom));
  }

  [[nodiscard]] static ratio_of_totals_result answer(ratio_of_totals_options const& options, state_type const& state,
                                                     std::optional<detail::designed_answer> const& designed = {}) {
    ratio_of_totals_result result;
    result.count = state.rows.count();
    result.top_total = state.rows.top_total();
    result.bottom_total = state.rows.bottom_total();
    result.weighted = state.weighted_count != 0;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    result.interval.confidence = options.confidence;
    result.value = state.rows.value();
    if (!result) return result;
    double degrees = static_cast<double>(result.count) - 1;
    result.standard_error = state.rows.standard_error();
    if (designed) {
      double const of_one = degrees * result.standard_error * result.standard_error;
      result.standard_error = designed->standard_error;
      result.design = detail::reported(*designed, result.weighted ? 0 : of_one);
      degrees = result.design.degrees_of_freedom;
    }
    if (!(degrees > 0)) return result;
    double const half = math::student_t_critical(options.confidence, degrees) * result.standard_error;
    result.interval.lower = result.value - half;
    result.interval.upper = result.value + half;
    return result;
  }

 private:
  template <class... Values>
  static constexpr bool accepts(ratio_of_totals_options const& options, state_type& state, Values const&... values) {
    return (detail::accepts_real(values, 1e100, options.on_invalid, state.rejected, state.seen()) && ...);
  }
};

/// The ratio of two totals, Σy/Σx: `ratio_of_totals([executor,] rows, y, x [, weight] [, design…] [, {options}])`, such
/// as `ratio_of_totals(orders, &order::complaints, &order::parcels)`, with a linearised error and its t interval;
/// designs as for `nps`. Both may have any sign; Σx = 0 has no answer. A row is left out and counted where y or x is
/// missing, NaN or beyond ±1e100. Samples are rounded to doubles, and their sums compensated. The linearisation wants
/// Σx to be known to some ten per cent: with few rows, or an x that is mostly 0, ask `bootstrap`. Throws
/// `credence::error` for a confidence outside (0, 1). O(rows), no allocation. Source: Cochran (1977), Sampling
/// Techniques, chapter 6; R's survey::svyratio.
inline constexpr pair_metric<ratio_of_totals_accumulator> ratio_of_totals{};

struct ratio_of_totals_comparison_options {
  number confidence = 0.95;  ///< of the interval of the difference, in (0, 1)
};

/// Two ratios of independent samples, the first less the second: Welch's t with their linearised errors. NaN where
/// either has no error.
[[nodiscard]] inline comparison compare(ratio_of_totals_result const& first, ratio_of_totals_result const& second,
                                        ratio_of_totals_comparison_options options = {}) {
  detail::check_confidence("ratio_of_totals_comparison_options::confidence", options.confidence);
  return detail::compared_as_means(first, second, options.confidence);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
