// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_LIKELIHOOD_SUMS_HPP
#define CREDENCE_MATH_LIKELIHOOD_SUMS_HPP

#include <cstddef>
#include <vector>

#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/math/second_order.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// A log-likelihood with its first and second derivatives by `size` parameters, summed over observations: what
/// `maximise` asks for at a point. Sums of parts merge by `+=`, so that a pass over the data may be shared out; merged
/// in one order they give the same bits.
///
/// `hessian` is the lower triangle by rows, as of `second_order`. The value is compensated; the derivatives are plain
/// sums, for their rounding moves the maximum by less than its last digits.
struct likelihood_sums {
  compensated_sum log_likelihood;
  std::vector<double> gradient;
  std::vector<double> hessian;

  likelihood_sums() = default;
  explicit likelihood_sums(std::size_t parameters)
      : gradient(parameters, 0.0), hessian(parameters * (parameters + 1) / 2, 0.0) {}

  [[nodiscard]] std::size_t size() const { return gradient.size(); }
  [[nodiscard]] double value() const { return log_likelihood.value(); }
  /// The place in `hessian` of the derivative by two parameters, row >= column.
  [[nodiscard]] static constexpr std::size_t place(std::size_t row, std::size_t column) {
    return row * (row + 1) / 2 + column;
  }
  /// The second derivative by two parameters, in either order.
  [[nodiscard]] double second(std::size_t row, std::size_t column) const {
    return hessian[row < column ? place(column, row) : place(row, column)];
  }

  /// One observation, which counts as `weight` of them. Its variables are the parameters, all or the first of them.
  template <std::size_t Size>
  void add(second_order<Size> const& term, double weight = 1) {
    log_likelihood += weight * term.value;
    for (std::size_t at = 0; at < Size; ++at) gradient[at] += weight * term.gradient[at];
    for (std::size_t at = 0; at < second_order<Size>::entries; ++at) hessian[at] += weight * term.hessian[at];
  }
  /// An L2 penalty: strength × the sum of squares of the parameters is taken off.
  void penalise(std::vector<double> const& point, double strength) {
    for (std::size_t at = 0; at < point.size(); ++at) {
      log_likelihood += -strength * point[at] * point[at];
      gradient[at] -= 2 * strength * point[at];
      hessian[place(at, at)] -= 2 * strength;
    }
  }
  /// The sums of other observations at the same point. A default-constructed one is nothing, of any size.
  likelihood_sums& operator+=(likelihood_sums const& other) {
    if (other.gradient.empty()) return *this;
    if (gradient.empty()) return *this = other;
    log_likelihood += other.log_likelihood;
    for (std::size_t at = 0; at < gradient.size(); ++at) gradient[at] += other.gradient[at];
    for (std::size_t at = 0; at < hessian.size(); ++at) hessian[at] += other.hessian[at];
    return *this;
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("log_likelihood", self.log_likelihood);
    visit("gradient", self.gradient);
    visit("hessian", self.hessian);
  }
  friend bool operator==(likelihood_sums const&, likelihood_sums const&) = default;
};

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
