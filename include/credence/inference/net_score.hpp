// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_NET_SCORE_HPP
#define CREDENCE_INFERENCE_NET_SCORE_HPP

#include <cmath>
#include <cstdint>
#include <string_view>

#include <credence/core/error.hpp>
#include <credence/core/interval.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/comparison.hpp>
#include <credence/inference/detail/t_interval.hpp>
#include <credence/math/normal.hpp>
#include <credence/math/root.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

// A net score is the share of one class less the share of the opposite one: promoters less detractors, agree less
// disagree. Here it is in −1…1; the metrics report it on their own scale.

/// How the interval of a net score is found. All lie inside its scale.
enum class net_score_interval : std::uint8_t {
  score,         ///< inverts the score test: the best coverage in small and lopsided samples (the default)
  wald,          ///< value ∓ z·SE: has no width where all answers are alike
  t,             ///< value ∓ t·SE with n−1 degrees of freedom, the variance divided by n−1 too
  adjusted_wald  ///< Wald after ¾, 1½, ¾ more answers: close to score, and closed
};
constexpr std::string_view name_of(net_score_interval method) {
  switch (method) {
    case net_score_interval::score: return "score";
    case net_score_interval::wald: return "wald";
    case net_score_interval::t: return "t";
    case net_score_interval::adjusted_wald: return "adjusted_wald";
  }
  return {};
}

/// The three shares of so many independent samples; the shares sum to 1. The size need not be whole: weighted samples
/// have an effective one.
struct observed_net_score {
  double negative = 0;
  double neutral = 0;
  double positive = 0;
  double samples = 0;

  [[nodiscard]] constexpr double value() const { return positive - negative; }
  /// Of one sample's −1, 0 or 1, about the mean, so that nothing cancels.
  [[nodiscard]] constexpr double variance() const {
    double const net = value();
    return negative * (-1 - net) * (-1 - net) + neutral * net * net + positive * (1 - net) * (1 - net);
  }
  /// With ¾, 1½ and ¾ more answers.
  [[nodiscard]] constexpr observed_net_score adjusted() const {
    double const size = samples + 3;
    return {(negative * samples + 0.75) / size, (neutral * samples + 1.5) / size, (positive * samples + 0.75) / size,
            size};
  }
};

namespace detail {

/// The variance of one sample's score under the most likely shares whose net score is `candidate`: with q the negative
/// share there, 2q + t(1−t), where q is a root of 2q² + ((2 − c + a)t − a − c)q − a·t(1−t) for shares a of −1 and c
/// of 1. Written out for a candidate below 0 (above, −1 and 1 change places) in its distance e from −1 and in d = 1 −
/// a, so that nothing large cancels where nearly all answers are −1. Shares, not counts: any size of sample is as
/// exact.
[[nodiscard]] inline double constrained_variance(observed_net_score const& observed, double candidate) {
  double const opposite = candidate > 0 ? observed.negative : observed.positive;
  double const rest = observed.neutral + opposite;
  double const from_end = 1 - std::fabs(candidate);
  double const along = 2 * rest - from_end - rest * from_end;
  double const beside = opposite * from_end * ((4 - 2 * from_end) * (2 - rest) - 2 * from_end + opposite * from_end);
  double const twice = std::sqrt(along * along + beside) - 2 * rest + from_end * (3 + rest + opposite - 2 * from_end);
  return (std::fmax)(twice / 2, 0.0);
}

/// A bound of the score interval, for a sample that saw both −1 and 1: with `side` 1 the lower, in −1…value, with −1
/// the upper, in value…1. Not divided by √v, which vanishes at the ends of the scale.
[[nodiscard]] inline math::root_result score_bound(observed_net_score const& observed, double critical, double side) {
  double const value = observed.value();
  double const scale = critical / std::sqrt(observed.samples);
  auto const excess = [&](double candidate) {
    return side * (value - candidate) - scale * std::sqrt(constrained_variance(observed, candidate));
  };
  math::known_value const end{-side, 1 + side * value};  // v(∓1) = 0
  math::known_value const centre{value, -scale * std::sqrt(observed.variance())};
  return side > 0 ? math::find_root(excess, end, centre) : math::find_root(excess, centre, end);
}

/// The score interval where no −1 was seen and a share of `positive` is 1. Then v(t) is t(1−t) for t from
/// positive/(2−positive) on, as that of a share, whose Wilson bounds these are; and (positive−t)(1+t) below. `reach` is
/// z²/n.
[[nodiscard]] inline interval score_interval_without_negatives(double positive, double reach, double confidence) {
  double const rest = 1 - positive;
  double const half = std::sqrt(reach * (positive * rest + reach / 4));
  double const wilson = positive * positive / (positive + reach / 2 + half);
  double const lower = wilson * (2 - positive) > positive ? wilson : (positive - reach) / (1 + reach);
  return {lower, 1 - rest * rest / (rest + reach / 2 + half), confidence};
}

/// The score interval (Tango 1998): the candidates t with |value − t| ≤ z√(v(t)/n), v the constrained variance. Closed
/// where no −1 or no 1 was seen, with a width also where all answers are alike; two roots otherwise.
[[nodiscard]] inline interval score_interval(observed_net_score const& observed, double confidence) {
  double const critical = math::normal_critical(confidence);
  double const reach = critical * critical / observed.samples;
  if (observed.negative <= 0) return score_interval_without_negatives(observed.positive, reach, confidence);
  if (observed.positive <= 0) {
    interval const mirrored = score_interval_without_negatives(observed.negative, reach, confidence);
    return {-mirrored.upper, -mirrored.lower, confidence};
  }
  return {score_bound(observed, critical, 1).value, score_bound(observed, critical, -1).value, confidence};
}

/// The slope of a sample's log-likelihood in its net score t: n(value − t)/v(t), which falls as t rises. Where one
/// class holds everything both vanish at the value, so that the quotient is written out; it may jump there, and `side`
/// 1 asks for the slope just above t, −1 just below.
[[nodiscard]] inline double likelihood_slope(observed_net_score const& observed, double candidate, double side) {
  double const samples = observed.samples;
  if (observed.positive >= 1) return samples / (1 + candidate);
  if (observed.negative >= 1) return -samples / (1 - candidate);
  if (observed.neutral >= 1) {
    double const above = candidate == 0 ? side : candidate;
    return above > 0 ? -samples / (1 - candidate) : samples / (1 + candidate);
  }
  return samples * (observed.value() - candidate) / constrained_variance(observed, candidate);
}

/// The variances of both samples under the most likely pair of net scores that differ by `difference`.
struct constrained_pair {
  double first;
  double second;
};
[[nodiscard]] inline constrained_pair constrained_variances(observed_net_score const& first,
                                                            observed_net_score const& second, double difference) {
  // The most likely pair (t, t − difference): where the slopes of both log-likelihoods cancel, or at an end.
  auto const slope = [&](double candidate, double side) {
    return likelihood_slope(first, candidate, side) + likelihood_slope(second, candidate - difference, side);
  };
  double const lowest = (std::fmax)(-1.0, difference - 1);
  double const highest = (std::fmin)(1.0, difference + 1);
  double from = (std::fmin)(first.value(), second.value() + difference);
  double to = (std::fmax)(first.value(), second.value() + difference);
  from = (std::fmin)((std::fmax)(from, lowest), highest);
  to = (std::fmin)((std::fmax)(to, lowest), highest);
  double common = from;
  if (to > from) {
    math::known_value const low{from, slope(from, 1)};
    math::known_value const high{to, slope(to, -1)};
    if (!(high.value < 0)) {
      common = to;
    } else if (low.value > 0) {
      common = math::find_root([&](double candidate) { return slope(candidate, 0); }, low, high).value;
    }
  }
  return {constrained_variance(first, common), constrained_variance(second, common - difference)};
}

[[nodiscard]] inline double standard_error_of_difference(constrained_pair const& variances, double first,
                                                         double second) {
  return std::sqrt(variances.first / first + variances.second / second);
}

}  // namespace detail

/// The confidence interval of a net score, in −1…1. With n samples, value x, v = Σ share·(score − x)²:
///   score          the t with |x − t| ≤ z√(v(t)/n), v(t) under the most likely shares whose net score is t
///   wald           x ∓ z√(v/n)
///   t              x ∓ t₍n−1₎√(v/(n−1)); NaN for fewer than two samples
///   adjusted_wald  Wald of the shares with ¾, 1½ and ¾ more answers
/// clipped to the scale; NaN where there is no sample. Cost: closed, but for `score`: two roots, under 60 evaluations.
/// Source: Tango (1998) Statistics in Medicine 17, 891; Rocks (2016) The American Statistician 70, 365.
[[nodiscard]] inline interval interval_of(observed_net_score const& observed, net_score_interval method,
                                          double confidence) {
  detail::check_confidence("confidence", confidence);
  if (!(observed.samples > 0)) return {not_a_number(), not_a_number(), confidence};
  if (method == net_score_interval::score) return detail::score_interval(observed, confidence);
  double const degrees = observed.samples - 1;
  if (method == net_score_interval::t)
    return detail::clipped(
        detail::t_interval(observed.value(), std::sqrt(observed.variance() / degrees), degrees, confidence), -1, 1);
  observed_net_score const used = method == net_score_interval::adjusted_wald ? observed.adjusted() : observed;
  double const half = math::normal_critical(confidence) * std::sqrt(used.variance() / used.samples);
  return detail::clipped({used.value() - half, used.value() + half, confidence}, -1, 1);
}

/// Two net scores of independent samples: their difference in −2…2.
///   score          the differences δ with |d − δ| ≤ z√(v₁/n₁ + v₂/n₂), variances under the most likely pair of
///                  scores that differ by δ; z is that test at δ = 0, so p < γ just where the interval leaves out 0
///   wald           d ∓ z√(v₁/n₁ + v₂/n₂), z = d ÷ that error
///   adjusted_wald  the same of the adjusted samples; then `difference` is theirs too
/// `t` is refused. Where the error is 0, equal scores have z = 0 and p = 1, others an infinite z and p = 0.
/// Source: the one-sample score test of Tango (1998), carried to two as Miettinen and Nurminen (1985) do for shares.
[[nodiscard]] inline comparison compare(observed_net_score const& one, observed_net_score const& two,
                                        net_score_interval method, double confidence) {
  detail::check_confidence("confidence", confidence);
  if (method == net_score_interval::t)
    detail::wrong_argument("interval_method", name_of(method),
                           "two net scores are compared by score, wald or adjusted_wald");
  comparison result;
  result.interval.confidence = confidence;
  if (!(one.samples > 0 && two.samples > 0)) return result;
  bool const adjusted = method == net_score_interval::adjusted_wald;
  observed_net_score const first = adjusted ? one.adjusted() : one;
  observed_net_score const second = adjusted ? two.adjusted() : two;
  double const difference = first.value() - second.value();
  double const critical = math::normal_critical(confidence);
  auto const error_at = [&](double hypothesis) {
    return detail::standard_error_of_difference(detail::constrained_variances(first, second, hypothesis), first.samples,
                                                second.samples);
  };
  double const plain_error =
      detail::standard_error_of_difference({first.variance(), second.variance()}, first.samples, second.samples);
  result.difference = difference;
  if (method == net_score_interval::score) {
    result.standard_error = error_at(0);
    // At the difference itself the error may vanish (one class in each sample), a root that means nothing: just beside
    // it the square root has outgrown the distance, and the excess is below zero.
    double const centre_excess = -(std::fmax)(critical * plain_error, 1e-12);
    auto const bound = [&](double side) {
      auto const excess = [&](double hypothesis) {
        return side * (difference - hypothesis) - critical * error_at(hypothesis);
      };
      math::known_value const end{-2 * side, 2 + side * difference};  // both variances vanish there
      math::known_value const centre{difference, centre_excess};
      return side > 0 ? math::find_root(excess, end, centre).value : math::find_root(excess, centre, end).value;
    };
    result.interval.lower = bound(1);
    result.interval.upper = bound(-1);
  } else {
    result.standard_error = plain_error;
    double const half = critical * result.standard_error;
    result.interval = detail::clipped({difference - half, difference + half, confidence}, -2, 2);
  }
  // A difference without any error is either none at all or beyond doubt.
  result.z = result.standard_error > 0 ? difference / result.standard_error
             : difference == 0         ? 0
                                       : std::copysign(infinite_number(), difference);
  result.p_value = 2 * math::normal_upper_tail(std::fabs(result.z));
  return result;
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
