// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_KAPLAN_MEIER_HPP
#define CREDENCE_SURVIVAL_KAPLAN_MEIER_HPP

#include <credence/core/interval.hpp>
#include <credence/core/number.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/gather_times.hpp>
#include <credence/survival/detail/risk_rows.hpp>
#include <credence/survival/survival_curve.hpp>
#include <credence/survival/survival_interval.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

struct kaplan_meier_options {
  level_stretch level = level_stretch::middle;  ///< what quantiles answer where the curve is level
  number confidence = 0.95;                     ///< of all intervals, in (0, 1)
  survival_interval interval_method = survival_interval::log;
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

namespace detail {

struct kaplan_meier_function : survival_calls<kaplan_meier_function, kaplan_meier_options, survival_curve> {
  static survival_curve of(survival_times_accumulator const& history, kaplan_meier_options const& options) {
    check_confidence("kaplan_meier_options::confidence", options.confidence);
    survival_curve curve;
    curve.confidence = options.confidence;
    curve.interval_method = options.interval_method;
    curve.level = options.level;
    curve.count = history.state().count();
    curve.left = history.state().left();
    curve.rejected = history.state().rejected.total();
    curve.rejections = history.state().rejected;
    history.state().in_order([&](auto const& runs, auto const& marked) {
      curve.steps = detail::risk_rows<survival_step>(runs, marked);
      double survival = 1;
      double variance = 0;
      // While all who stay are at risk again the product is a quotient, which no step rounds further.
      double from = 1;
      double of_these = 0;
      double staying = 0;
      for (survival_step& step : curve.steps) {
        if (step.at_risk != staying) {
          from = survival;
          of_these = step.at_risk;
        }
        staying = step.at_risk - step.left;
        if (step.left > 0) {
          survival = staying > 0 ? from * (staying / of_these) : 0;
          variance += step.left / (step.at_risk * staying);
        }
        step.survival = survival;
        step.variance = variance;
      }
    });
    return curve;
  }
};

}  // namespace detail

/// How long do customers stay? `kaplan_meier(customers, &customer::months, &customer::has_left [, weight]
/// [, weighted_by(…)] [, entering_at(…)] [, {options}])`, or of what `survival_times` gathered: the share that is still
/// here after each time, S(t) = Π (1 − d/n) over the times up to t, d who left then of the n at risk just before. Who
/// has not left yet counts for as long as they were seen: to leave them out, or to take them for stayers, is the usual
/// mistake. Who left and who was last seen at one time: leaving comes first. Error by Greenwood, S·√Σ d/(n(n − d)).
///
/// Times in a unit of the host's own, 0 or more; the event a bool, or a cause of which 0 is none. Weights count
/// customers: one of weight 3 is three. Times that differ by less than a part in 10¹² are one. A row whose time is
/// negative, whose entry is not before its time, that lacks either or has a NaN is left out and counted. No rows: an
/// empty curve. Throws `credence::error` for a confidence outside (0, 1). O(rows) where times are whole and below
/// 65,536, else their sorting. Source: Kaplan and Meier (1958); R's survfit.
inline constexpr detail::kaplan_meier_function kaplan_meier{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
