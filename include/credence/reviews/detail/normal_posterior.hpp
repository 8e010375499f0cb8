// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_NORMAL_POSTERIOR_HPP
#define CREDENCE_REVIEWS_DETAIL_NORMAL_POSTERIOR_HPP

#include <cmath>
#include <cstdint>
#include <optional>

#include <credence/core/interval.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/mean_state.hpp>
#include <credence/math/normal.hpp>
#include <credence/math/student_t.hpp>
#include <credence/reviews/bayesian_average_result.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What ratings tell of the mean of their item, μ, under r ~ N(μ, σ²) and μ ~ N(C, σ²/m): N(v, σ²/(m + n)), with
/// v = (C·m + n·r̄)/(m + n) and n = Σw. Where σ is unknown, with p(σ²) ∝ 1/σ², the joint density is
///     σ⁻²·σ⁻¹·σ⁻ⁿ·exp(−((m + n)(μ − v)² + S)/2σ²),  S = Σw(r − r̄)² + m·n/(m + n)·(r̄ − C)²,
/// and without σ Student's t about v with n degrees of freedom and the scale √(S/n/(m + n)). Without a prior, m = 0,
/// the factor σ⁻¹ is not there, and what is left is the t interval of a mean: n − 1 degrees, S/(n − 1).
class normal_posterior {
 public:
  normal_posterior(double prior_mean, double prior_weight, std::optional<number> const& deviation, double confidence)
      : prior_mean_(prior_mean),
        prior_weight_(prior_weight),
        deviation_(deviation ? deviation->value : not_a_number()),
        confidence_(confidence),
        critical_(math::normal_critical(confidence)) {}

  /// v of ratings of so much weight and this mean, which is not looked at where there are none.
  [[nodiscard]] double mean(double weight, double ratings_mean) const {
    if (!(weight > 0)) return prior_weight_ > 0 ? prior_mean_ : not_a_number();
    return ratings_mean + (prior_mean_ - ratings_mean) * (prior_weight_ / (prior_weight_ + weight));
  }

  [[nodiscard]] bayesian_average_result answer(mean_state const& state) const {
    real_moments const ratings = state.with_integers(state.reals);
    bayesian_average_result result;
    result.interval.confidence = confidence_;
    result.prior_mean = prior_mean_;
    result.prior_weight = prior_weight_;
    result.count = state.count();
    result.weight = ratings.weight;
    result.rejected = state.rejected.total();
    result.rejections = state.rejected;
    if (result) result.mean = ratings.mean;
    result.value = mean(ratings.weight, ratings.mean);
    return filled(result, ratings, [this](double degrees) { return math::student_t_critical(confidence_, degrees); });
  }
  /// The value, and the interval, of ratings without weights; `critical(degrees)` may remember.
  template <class Critical>
  [[nodiscard]] auto of_counted(real_moments const& ratings, Critical const& critical) const {
    struct found {
      double value;
      credence::interval interval;
    };
    bayesian_average_result result;
    result.interval.confidence = confidence_;
    result.count = static_cast<std::uint64_t>(ratings.weight);
    result.value = mean(ratings.weight, ratings.mean);
    result = filled(result, ratings, critical);
    return found{result.value, result.interval};
  }

 private:
  /// With the error and the interval of the value.
  template <class Critical>
  [[nodiscard]] bayesian_average_result filled(bayesian_average_result result, real_moments const& ratings,
                                               Critical const& critical) const {
    double const both = prior_weight_ + ratings.weight;
    if (!(both > 0)) return result;
    double half = not_a_number();
    if (!is_nan(deviation_)) {
      result.standard_error = deviation_ / std::sqrt(both);
      half = critical_ * result.standard_error;
    } else if (result.count >= 2 && ratings.weight >= 2) {
      double const apart = ratings.mean - prior_mean_;
      double const squares = ratings.squared_deviations + ratings.weight * (prior_weight_ / both) * (apart * apart);
      double const degrees = prior_weight_ > 0 ? ratings.weight : ratings.weight - 1;
      if (!(squares > 0)) return result;  // all alike: they tell nothing of the spread
      result.standard_error = std::sqrt(squares / degrees / both);
      half = critical(degrees) * result.standard_error;
    }
    result.interval.lower = result.value - half;
    result.interval.upper = result.value + half;
    return result;
  }

  double prior_mean_;
  double prior_weight_;
  double deviation_;  ///< NaN where it is unknown
  double confidence_;
  double critical_;  ///< of the normal distribution
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
