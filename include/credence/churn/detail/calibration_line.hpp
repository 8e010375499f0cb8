// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_CALIBRATION_LINE_HPP
#define CREDENCE_CHURN_DETAIL_CALIBRATION_LINE_HPP

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include <credence/core/moments.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// ln(odds to leave) = intercept + slope · ln(p/(1 − p)). NaN where no line is likeliest.
struct calibration_line {
  double intercept = not_a_number();
  double slope = not_a_number();
  double intercept_error = not_a_number();
  double slope_error = not_a_number();
};

/// The line by maximum likelihood, of probabilities in order and strictly between 0 and 1, by Newton's method from no
/// slope at all. There is none where one threshold has all who left on one side and all who stayed on the other, but
/// for those at it: the likelihood then grows with the slope for ever. O(customers) for each of a few steps.
class calibration_fit {
 public:
  static calibration_line of(std::span<double const> positives, std::span<double const> negatives) {
    if (positives.empty() || negatives.empty() || positives.front() >= negatives.back() ||
        negatives.front() >= positives.back())
      return {};
    return calibration_fit(positives, negatives).line();
  }

 private:
  struct step {
    double likelihood = 0;  ///< its logarithm
    double level_pull = 0;  ///< its derivatives
    double tilt_pull = 0;
    double level_level = 0;  ///< minus its second ones
    double level_tilt = 0;
    double tilt_tilt = 0;

    [[nodiscard]] double determinant() const { return level_level * tilt_tilt - level_tilt * level_tilt; }
  };

  calibration_fit(std::span<double const> positives, std::span<double const> negatives) {
    real_moments moments;
    for (auto const& [scores, odds] : {std::pair(positives, &positives_), std::pair(negatives, &negatives_)}) {
      odds->reserve(scores.size());
      for (double const score : scores) {
        odds->push_back(std::log(score) - std::log1p(-score));
        moments.push(odds->back(), 1);
      }
    }
    centre_ = moments.mean;
    spread_ = std::sqrt(moments.squared_deviations / moments.weight);
    for (std::vector<double>* const odds : {&positives_, &negatives_})
      for (double& each : *odds) each = (each - centre_) / spread_;
  }

  [[nodiscard]] step at(double level, double tilt) const {
    step found;
    auto const add = [&](double odds, bool left) {
      // With e^−|η|, so that neither the chance nor the logarithm overflows or cancels.
      double const line = level + tilt * odds;
      double const towards = left ? line : -line;
      double const small_odds = std::exp(-std::fabs(towards));
      double const missed = (towards > 0 ? small_odds : 1) / (1 + small_odds);
      double const weight = small_odds / ((1 + small_odds) * (1 + small_odds));
      found.likelihood -= (towards > 0 ? 0 : -towards) + std::log1p(small_odds);
      double const pull = left ? missed : -missed;
      found.level_pull += pull;
      found.tilt_pull += pull * odds;
      found.level_level += weight;
      found.level_tilt += weight * odds;
      found.tilt_tilt += weight * odds * odds;
    };
    for (double const odds : positives_) add(odds, true);
    for (double const odds : negatives_) add(odds, false);
    return found;
  }

  [[nodiscard]] calibration_line line() const {
    double level = std::log(static_cast<double>(positives_.size()) / static_cast<double>(negatives_.size()));
    double tilt = 0;
    step here = at(level, tilt);
    for (int round = 0; round < 100; ++round) {
      double const determinant = here.determinant();
      if (!(determinant > 0)) return {};
      double const level_by = (here.tilt_tilt * here.level_pull - here.level_tilt * here.tilt_pull) / determinant;
      double const tilt_by = (here.level_level * here.tilt_pull - here.level_tilt * here.level_pull) / determinant;
      if (is_nan(level_by) || is_nan(tilt_by)) return {};
      // The likelihood is concave: a part of the step, at least, goes up. Near the top it goes up by less than
      // rounding.
      double part = 1;
      step next = at(level + level_by, tilt + tilt_by);
      while (!(next.likelihood >= here.likelihood - 1e-12 * std::fabs(here.likelihood)) && part > 1e-9) {
        part /= 2;
        next = at(level + part * level_by, tilt + part * tilt_by);
      }
      level += part * level_by;
      tilt += part * tilt_by;
      here = next;
      if (std::fabs(level_by) <= 1e-9 * (1 + std::fabs(level)) && std::fabs(tilt_by) <= 1e-9 * (1 + std::fabs(tilt)))
        return told(level, tilt, here);
    }
    return {};
  }

  /// In the unit of the log odds.
  [[nodiscard]] calibration_line told(double level, double tilt, step const& here) const {
    double const determinant = here.determinant();
    if (!(determinant > 0)) return {};
    double const shift = centre_ / spread_;
    calibration_line found;
    found.slope = tilt / spread_;
    found.intercept = level - tilt * shift;
    found.slope_error = std::sqrt(here.level_level / determinant) / spread_;
    found.intercept_error = std::sqrt((std::max)(
        (here.tilt_tilt + 2 * shift * here.level_tilt + shift * shift * here.level_level) / determinant, 0.0));
    return found;
  }

  std::vector<double> positives_;  ///< log odds, of mean 0 and spread 1 over all
  std::vector<double> negatives_;
  double centre_ = 0;
  double spread_ = 1;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
