// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_WEIGHT_SHARES_HPP
#define CREDENCE_INFERENCE_DETAIL_WEIGHT_SHARES_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// The weights of classes of answers, or of the points of a scale, and what of them follows for a mean score.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

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
  /// Σw of so many samples, of which those without a weight have weight 1.
  [[nodiscard]] constexpr double total_of(std::uint64_t samples) const {
    return weight.value() + static_cast<double>(samples - count);
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
      shares[at] = sums[at].total_of(counts[at]);
      squares[at] = sums[at].weight_squared.value() + static_cast<double>(counts[at] - sums[at].count);
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

/// The number of equally weighted independent samples that would have this standard error: an interval method made for
/// counts is applied to shares of it. Never more than there were answers (Korn and Graubard 1998): a class that holds
/// next to no weight has next to no error, and that says nothing about how much was seen. Where all answers are alike
/// there is no error to go by: Kish's count.
template <class Result>
[[nodiscard]] double interval_sample_size(Result const& result, double variance_of_one, double error) {
  double const samples = static_cast<double>(result.count);
  bool designed = false;
  if constexpr (requires { result.design; }) designed = static_cast<bool>(result.design);
  if (!result.weighted && !designed) return samples;
  if (is_nan(error) || !(error > 0)) return result.effective_count;
  double const size = variance_of_one / (error * error);
  return size < samples ? size : samples;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
