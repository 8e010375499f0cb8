// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_LINEARISED_HPP
#define CREDENCE_INFERENCE_LINEARISED_HPP

#include <cmath>
#include <cstdint>
#include <initializer_list>

#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// The error of a ratio of two totals R = Σy/Σx, linearised as R's survey package does: e = (y − R·x)/Σx behaves as a
// sample whose total is R, so SE² = n/(n−1)·Σ(e − ē)². A weighted mean is the ratio with y = w·s and x = w; a share has
// s of 0 and 1. Strata and clusters of such ratios: inference/designed.hpp.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A ratio of two totals and its linearised error; a state: regular, mergeable, `describe`, `valid`.
///
///     push(top, bottom)           one respondent's y and x, finite
///     push_score(score, weight)   y = weight·score, x = weight, the product not rounded first
///     a += b                      all of both (rounded: right to some units in the last place, whatever the cut)
///     count(), top_total(), bottom_total()
///     value()                     Σy/Σx; NaN where Σx is 0
///     standard_error()            NaN where Σx is 0 or there are fewer than two respondents
///     squared_deviations(ratio)   Σ(d − d̄)² of d = y − ratio·x, for any ratio: a stratum's part of a larger sample
///     residual_total(ratio)       Σd
///
/// Residuals are kept about the running ratio (as Welford's are about the running mean), with the means, squares and
/// products of both columns: where every y is near R·x, or scores are large and close together, nothing cancels, and a
/// first sample far from the rest costs no digits.
class linearised_ratio {
 public:
  constexpr void push(double top, double bottom) {
    add(top, bottom, [&] { return top - pivot_ * bottom; });
  }
  constexpr void push_score(double score, double weight) {
    add(weight * score, weight, [&] { return weight * (score - pivot_); });
  }

  constexpr linearised_ratio& operator+=(linearised_ratio const& other) {
    if (other.count_ == 0) return *this;
    if (count_ == 0) return *this = other;
    top_ += other.top_;
    bottom_ += other.bottom_;
    linearised_ratio added = other;
    move_pivot(ratio_of_totals(pivot_));
    added.move_pivot(pivot_);
    double const mine = static_cast<double>(count_);
    double const theirs = static_cast<double>(other.count_);
    double const share = theirs / (mine + theirs);
    double const residual_apart = added.mean_residual_ - mean_residual_;
    double const bottom_apart = added.mean_bottom_ - mean_bottom_;
    residuals_ += added.residuals_ + residual_apart * residual_apart * (mine * share);
    products_ += added.products_ + residual_apart * bottom_apart * (mine * share);
    bottoms_ += added.bottoms_ + bottom_apart * bottom_apart * (mine * share);
    mean_residual_ += residual_apart * share;
    mean_bottom_ += bottom_apart * share;
    count_ += other.count_;
    return *this;
  }

  [[nodiscard]] constexpr std::uint64_t count() const { return count_; }
  [[nodiscard]] constexpr double top_total() const { return top_.value(); }
  [[nodiscard]] constexpr double bottom_total() const { return bottom_.value(); }
  [[nodiscard]] constexpr double value() const { return ratio_of_totals(not_a_number()); }
  [[nodiscard]] double standard_error() const {
    double const ratio = value();
    if (count_ < 2 || is_nan(ratio)) return not_a_number();
    double const samples = static_cast<double>(count_);
    return std::sqrt(samples / (samples - 1) * squared_deviations(ratio)) / std::fabs(bottom_total());
  }

  [[nodiscard]] constexpr double squared_deviations(double ratio) const {
    double const step = ratio - pivot_;
    double const sum = residuals_ - step * (2 * products_ - step * bottoms_);
    return sum > 0 ? sum : 0;
  }
  [[nodiscard]] constexpr double residual_total(double ratio) const {
    return static_cast<double>(count_) * (mean_residual_ - (ratio - pivot_) * mean_bottom_);
  }

  [[nodiscard]] constexpr bool valid() const {
    if (count_ == 0) return *this == linearised_ratio{};
    for (double const each : {top_.sum, top_.lost, bottom_.sum, bottom_.lost, pivot_, mean_residual_, mean_bottom_,
                              residuals_, products_, bottoms_})
      if (!is_finite(each)) return false;
    return count_ <= ~std::uint64_t{} / 8 && residuals_ >= 0 && bottoms_ >= 0;
  }
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count_);
    visit("top", self.top_);
    visit("bottom", self.bottom_);
    visit("pivot", self.pivot_);
    visit("mean_residual", self.mean_residual_);
    visit("mean_bottom", self.mean_bottom_);
    visit("residuals", self.residuals_);
    visit("products", self.products_);
    visit("bottoms", self.bottoms_);
  }
  friend constexpr bool operator==(linearised_ratio const&, linearised_ratio const&) = default;

 private:
  template <class Residual>
  constexpr void add(double top, double bottom, Residual const& residual_about_pivot) {
    top_ += top;
    bottom_ += bottom;
    ++count_;
    // First the pivot, then the sample: about the ratio before it, one that was far off would swamp the squares.
    move_pivot(ratio_of_totals(pivot_));
    double const residual = residual_about_pivot();
    double const samples = static_cast<double>(count_);
    double const residual_apart = residual - mean_residual_;
    double const bottom_apart = bottom - mean_bottom_;
    mean_residual_ += residual_apart / samples;
    mean_bottom_ += bottom_apart / samples;
    double const bottom_left = bottom - mean_bottom_;
    residuals_ += residual_apart * (residual - mean_residual_);
    products_ += residual_apart * bottom_left;
    bottoms_ += bottom_apart * bottom_left;
  }
  /// The same samples about another ratio: d' = d − step·x.
  constexpr void move_pivot(double ratio) {
    double const step = ratio - pivot_;
    residuals_ = squared_deviations(ratio);
    products_ -= step * bottoms_;
    mean_residual_ -= step * mean_bottom_;
    pivot_ = ratio;
  }
  [[nodiscard]] constexpr double ratio_of_totals(double without) const {
    double const bottom = bottom_.value();
    return bottom == 0 ? without : top_.value() / bottom;
  }

  std::uint64_t count_ = 0;
  compensated_sum top_;
  compensated_sum bottom_;
  double pivot_ = 0;  ///< the ratio that residuals are taken about
  double mean_residual_ = 0;
  double mean_bottom_ = 0;
  double residuals_ = 0;  ///< Σ(d − d̄)²
  double products_ = 0;   ///< Σ(d − d̄)(x − x̄)
  double bottoms_ = 0;    ///< Σ(x − x̄)²
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
