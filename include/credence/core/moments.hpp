// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CORE_MOMENTS_HPP
#define CREDENCE_CORE_MOMENTS_HPP

#include <cstddef>
#include <cstdint>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Count, sum and sum of squares of integers, exact for any 64-bit samples and any number of them, so that the mean and
/// the variance are only rounded when they are asked for. State of exact metrics: any order, any cut, `retract`.
struct integer_moments {
  std::uint64_t count = 0;
  wide_integer<2> sum;
  wide_integer<3> squares;

  template <class Integer>
  constexpr void push(Integer value, std::uint64_t times = 1) {
    count += times;
    wide_integer<2> const wide(value);
    if (times == 1) {
      sum += wide;
      squares += square(value);
    } else {
      sum += narrowed<2>(multiply(wide, wide_integer<2>(times)));
      squares += narrowed<3>(multiply(square(value), wide_integer<2>(times)));
    }
  }
  /// Undoes a push. The caller knows that there was one.
  template <class Integer>
  constexpr void retract(Integer value) {
    --count;
    sum -= wide_integer<2>(value);
    squares -= square(value);
  }
  constexpr integer_moments& operator+=(integer_moments const& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
    return *this;
  }

  [[nodiscard]] constexpr double mean() const { return sum.to_real() / static_cast<double>(count); }
  /// Σ(x − mean)² = (n·Σx² − (Σx)²)/n: the difference is taken exactly, where doubles would cancel.
  [[nodiscard]] constexpr double squared_deviations() const {
    wide_integer<5> difference = multiply(squares, wide_integer<2>(count));
    difference -= wide_integer<5>(multiply(sum, sum));
    return difference.to_real() / static_cast<double>(count);
  }
  /// Can integers have these sums? n·Σx² ≥ (Σx)², and no count means no sums.
  [[nodiscard]] constexpr bool valid() const {
    if (count == 0) return *this == integer_moments{};
    return !squares.negative() && !(squared_deviations() < 0);
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("sum", self.sum);
    visit("squares", self.squares);
  }
  friend constexpr bool operator==(integer_moments const&, integer_moments const&) = default;

 private:
  template <class Integer>
  static constexpr wide_integer<3> square(Integer value) {
    bool const negative = value < Integer{};
    std::uint64_t const word = static_cast<std::uint64_t>(value);
    std::uint64_t const magnitude = negative ? ~word + 1 : word;
    return detail::word_product(magnitude, magnitude);
  }
  template <std::size_t Words, std::size_t Wide>
  static constexpr wide_integer<Words> narrowed(wide_integer<Wide> const& from) {
    wide_integer<Words> low;
    for (std::size_t at = 0; at < Words; ++at) low.words[at] = from.words[at];
    return low;
  }
};

/// Σw, mean and Σw(x − mean)² of weighted reals (West 1979; weight 1 is Welford 1962). Merges by the delta form (Chan,
/// Golub and LeVeque 1979): with d the difference of the means, Σ += Σ' + d²·w·w'/(w + w'), so that nothing cancels.
struct real_moments {
  double weight = 0;
  double mean = 0;
  double squared_deviations = 0;

  constexpr void push(double value, double times) {
    if (!(times > 0)) return;
    weight += times;
    double const from_old = value - mean;
    mean += from_old * (times / weight);
    squared_deviations += times * from_old * (value - mean);
  }
  constexpr real_moments& operator+=(real_moments const& other) {
    if (!(other.weight > 0)) return *this;
    if (!(weight > 0)) return *this = other;
    double const both = weight + other.weight;
    double const apart = other.mean - mean;
    mean += apart * (other.weight / both);
    squared_deviations += other.squared_deviations + apart * apart * (weight * (other.weight / both));
    weight = both;
    return *this;
  }
  [[nodiscard]] constexpr bool valid() const {
    return is_finite(weight) && is_finite(mean) && !is_nan(squared_deviations) && weight >= 0 &&
           squared_deviations >= 0 && (weight > 0 || *this == real_moments{});
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("weight", self.weight);
    visit("mean", self.mean);
    visit("squared_deviations", self.squared_deviations);
  }
  friend constexpr bool operator==(real_moments const&, real_moments const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
