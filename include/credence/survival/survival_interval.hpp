// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_SURVIVAL_INTERVAL_HPP
#define CREDENCE_SURVIVAL_SURVIVAL_INTERVAL_HPP

#include <cmath>
#include <cstdint>
#include <string_view>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/log_odds_interval.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// On which scale the interval of a survival is symmetric. All lie inside 0…1.
enum class survival_interval : std::uint8_t {
  log,      ///< of log S; R's default, and this library's
  plain,    ///< of S itself
  log_log,  ///< of log(−log S)
  logit,    ///< of log(S/(1 − S))
  arcsine   ///< of arcsin √S
};
constexpr std::string_view name_of(survival_interval method) {
  switch (method) {
    case survival_interval::log: return "log";
    case survival_interval::plain: return "plain";
    case survival_interval::log_log: return "log_log";
    case survival_interval::logit: return "logit";
    case survival_interval::arcsine: return "arcsine";
  }
  return {};
}

/// The interval of a probability over time: of a survival S, or of an incidence, with its standard error SE. With
/// z the normal quantile and σ = SE/S:
///   log      S·e^{∓zσ}
///   plain    S ∓ z·SE
///   log_log  S^{exp(∓zσ/ln S)}
///   logit    expit(logit S ∓ zσ/(1−S))
///   arcsine  sin²(arcsin √S ∓ ½zσ√(S/(1−S)))
/// clipped to 0…1. At 0 and 1 it has no width; NaN where there is no error. Throws `credence::error` for a
/// confidence outside (0, 1). Source: R's survfit; Borgan and Liestøl (1990).
[[nodiscard]] inline interval interval_of(double survival, double standard_error, survival_interval method,
                                          double confidence) {
  detail::check_confidence("confidence", confidence);
  interval bounds{not_a_number(), not_a_number(), confidence};
  if (is_nan(survival) || is_nan(standard_error)) return bounds;
  if (!(survival > 0 && survival < 1)) {
    bounds.lower = bounds.upper = survival;
    return bounds;
  }
  double const critical = math::normal_critical(confidence);
  double const relative = standard_error / survival;
  switch (method) {
    case survival_interval::log:
      bounds.lower = survival * std::exp(-critical * relative);
      bounds.upper = survival * std::exp(critical * relative);
      break;
    case survival_interval::plain:
      bounds.lower = survival - critical * standard_error;
      bounds.upper = survival + critical * standard_error;
      break;
    case survival_interval::log_log: {
      double const half = critical * relative / std::log(survival);  // below 0
      bounds.lower = std::pow(survival, std::exp(-half));
      bounds.upper = std::pow(survival, std::exp(half));
      break;
    }
    case survival_interval::logit:
      bounds = detail::log_odds_interval(survival, critical * relative / (1 - survival), confidence);
      break;
    case survival_interval::arcsine: {
      double const centre = std::asin(std::sqrt(survival));
      double const half = critical * relative / 2 * std::sqrt(survival / (1 - survival));
      constexpr double right_angle = 1.57079632679489661923;
      double const low = std::sin((std::fmax)(0.0, centre - half));
      double const high = std::sin((std::fmin)(right_angle, centre + half));
      bounds.lower = low * low;
      bounds.upper = high * high;
      break;
    }
  }
  return detail::clipped(bounds, 0, 1);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
