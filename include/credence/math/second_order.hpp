// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_MATH_SECOND_ORDER_HPP
#define CREDENCE_MATH_SECOND_ORDER_HPP

#include <array>
#include <cmath>
#include <compare>
#include <cstddef>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/gamma.hpp>
#include <credence/math/log_space.hpp>
#include <credence/math/polygamma.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace math {

/// A number together with its first and second derivatives by `Size` variables: arithmetic on it differentiates
/// exactly, to rounding. For likelihoods whose derivatives nobody wrote by hand, and to check those that somebody did.
///
/// `hessian` is the lower triangle by rows: the derivative by variables i >= j is at i (i + 1) / 2 + j, see `second`.
/// Write a likelihood once, as a template of its number, with `using std::log; using math::softplus;` and the like: it
/// serves `double` and this. Comparisons are of values. Cost of a product: about 5 flops an entry of the triangle.
/// Source: forward mode to second order, as in Griewank and Walther, Evaluating Derivatives (2008), chapter 13.
template <std::size_t Size>
struct second_order {
  static constexpr std::size_t size = Size;
  static constexpr std::size_t entries = Size * (Size + 1) / 2;

  double value = 0;
  std::array<double, Size> gradient{};
  std::array<double, entries> hessian{};

  constexpr second_order() = default;
  constexpr second_order(double constant) : value(constant) {}

  /// The derivative by two variables, in either order.
  [[nodiscard]] constexpr double second(std::size_t row, std::size_t column) const {
    return row < column ? hessian[column * (column + 1) / 2 + row] : hessian[row * (row + 1) / 2 + column];
  }

  /// f of this, of which the value and the derivatives f' and f'' are known here.
  [[nodiscard]] constexpr second_order mapped(double mapped_value, double slope, double bend) const {
    second_order result(mapped_value);
    for (std::size_t row = 0, at = 0; row < Size; ++row) {
      result.gradient[row] = slope * gradient[row];
      for (std::size_t column = 0; column <= row; ++column, ++at)
        result.hessian[at] = slope * hessian[at] + bend * gradient[row] * gradient[column];
    }
    return result;
  }

  constexpr second_order& operator+=(second_order const& other) {
    value += other.value;
    for (std::size_t at = 0; at < Size; ++at) gradient[at] += other.gradient[at];
    for (std::size_t at = 0; at < entries; ++at) hessian[at] += other.hessian[at];
    return *this;
  }
  constexpr second_order& operator-=(second_order const& other) {
    value -= other.value;
    for (std::size_t at = 0; at < Size; ++at) gradient[at] -= other.gradient[at];
    for (std::size_t at = 0; at < entries; ++at) hessian[at] -= other.hessian[at];
    return *this;
  }
  constexpr second_order& operator*=(second_order const& other) { return *this = *this * other; }
  constexpr second_order& operator/=(second_order const& other) { return *this = *this / other; }
  constexpr second_order& operator+=(double other) { return value += other, *this; }
  constexpr second_order& operator-=(double other) { return value -= other, *this; }
  constexpr second_order& operator*=(double factor) { return *this = mapped(value * factor, factor, 0); }
  constexpr second_order& operator/=(double divisor) { return *this = mapped(value / divisor, 1 / divisor, 0); }

  friend constexpr second_order operator+(second_order const& number) { return number; }
  friend constexpr second_order operator-(second_order const& number) { return number.mapped(-number.value, -1, 0); }
  friend constexpr second_order operator+(second_order left, second_order const& right) { return left += right; }
  friend constexpr second_order operator-(second_order left, second_order const& right) { return left -= right; }
  friend constexpr second_order operator*(second_order const& left, second_order const& right) {
    second_order result(left.value * right.value);
    for (std::size_t row = 0, at = 0; row < Size; ++row) {
      result.gradient[row] = left.value * right.gradient[row] + right.value * left.gradient[row];
      for (std::size_t column = 0; column <= row; ++column, ++at)
        result.hessian[at] = left.value * right.hessian[at] + right.value * left.hessian[at] +
                             left.gradient[row] * right.gradient[column] + right.gradient[row] * left.gradient[column];
    }
    return result;
  }
  friend constexpr second_order operator/(second_order const& left, second_order const& right) {
    // q = left / right from left = q right, differentiated: q' = (left' - q right') / right, and once more.
    second_order result(left.value / right.value);
    double const inverse = 1 / right.value;
    for (std::size_t row = 0, at = 0; row < Size; ++row) {
      result.gradient[row] = inverse * (left.gradient[row] - result.value * right.gradient[row]);
      for (std::size_t column = 0; column <= row; ++column, ++at)
        result.hessian[at] = inverse * (left.hessian[at] - result.value * right.hessian[at] -
                                        result.gradient[row] * right.gradient[column] -
                                        right.gradient[row] * result.gradient[column]);
    }
    return result;
  }
  // A constant costs nothing beyond the value: it is not made a number with derivatives of 0.
  friend constexpr second_order operator+(second_order left, double right) { return left += right; }
  friend constexpr second_order operator+(double left, second_order right) { return right += left; }
  friend constexpr second_order operator-(second_order left, double right) { return left -= right; }
  friend constexpr second_order operator-(double left, second_order const& right) {
    return right.mapped(left - right.value, -1, 0);
  }
  friend constexpr second_order operator*(second_order left, double right) { return left *= right; }
  friend constexpr second_order operator*(double left, second_order right) { return right *= left; }
  friend constexpr second_order operator/(second_order left, double right) { return left /= right; }
  friend constexpr second_order operator/(double left, second_order const& right) {
    double const quotient = left / right.value;
    return right.mapped(quotient, -quotient / right.value, 2 * quotient / (right.value * right.value));
  }

  friend constexpr bool operator==(second_order const& left, second_order const& right) {
    return left.value == right.value;
  }
  friend constexpr auto operator<=>(second_order const& left, second_order const& right) {
    return left.value <=> right.value;
  }
};

/// The variable `index` of `Size`, at this value.
template <std::size_t Size>
[[nodiscard]] constexpr second_order<Size> variable(double value, std::size_t index) {
  second_order<Size> result(value);
  result.gradient[index] = 1;
  return result;
}

template <std::size_t Size>
[[nodiscard]] constexpr double value_of(second_order<Size> const& number) noexcept {
  return number.value;
}

template <std::size_t Size>
[[nodiscard]] second_order<Size> log(second_order<Size> const& number) {
  double const inverse = 1 / number.value;
  return number.mapped(std::log(number.value), inverse, -inverse * inverse);
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log1p(second_order<Size> const& number) {
  double const inverse = 1 / (1 + number.value);
  return number.mapped(std::log1p(number.value), inverse, -inverse * inverse);
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> exp(second_order<Size> const& number) {
  double const power = std::exp(number.value);
  return number.mapped(power, power, power);
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> expm1(second_order<Size> const& number) {
  double const less_one = std::expm1(number.value);
  return number.mapped(less_one, less_one + 1, less_one + 1);
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> sqrt(second_order<Size> const& number) {
  double const root = std::sqrt(number.value);
  return number.mapped(root, 0.5 / root, -0.25 / (root * number.value));
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_gamma(second_order<Size> const& number) {
  return number.mapped(math::log_gamma(number.value), digamma(number.value), trigamma(number.value));
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> softplus(second_order<Size> const& number) {
  double const share = expit(number.value);
  return number.mapped(math::softplus(number.value), share, share * expit(-number.value));
}

namespace detail {

// f(left, right), of which the value and the derivatives are known here.
struct joint_derivatives {
  double by_left;
  double by_right;
  double twice_left;
  double across;
  double twice_right;
};
template <std::size_t Size>
[[nodiscard]] second_order<Size> joined_at(double value, joint_derivatives const& slopes,
                                           second_order<Size> const& left, second_order<Size> const& right) {
  second_order<Size> result(value);
  for (std::size_t row = 0, at = 0; row < Size; ++row) {
    result.gradient[row] = slopes.by_left * left.gradient[row] + slopes.by_right * right.gradient[row];
    double const row_left = slopes.twice_left * left.gradient[row] + slopes.across * right.gradient[row];
    double const row_right = slopes.across * left.gradient[row] + slopes.twice_right * right.gradient[row];
    for (std::size_t column = 0; column <= row; ++column, ++at)
      result.hessian[at] = slopes.by_left * left.hessian[at] + slopes.by_right * right.hessian[at] +
                           row_left * left.gradient[column] + row_right * right.gradient[column];
  }
  return result;
}

}  // namespace detail

template <std::size_t Size>
[[nodiscard]] second_order<Size> log_gamma_increment(second_order<Size> const& number, second_order<Size> const& more) {
  double const end = number.value + more.value;
  double const bend = trigamma(end);
  return detail::joined_at(math::log_gamma_increment(number.value, more.value),
                           {digamma_increment(number.value, more.value), digamma(end),
                            -trigamma_decrement(number.value, more.value), bend, bend},
                           number, more);
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_gamma_increment(second_order<Size> const& number, double const more) {
  return number.mapped(math::log_gamma_increment(number.value, more), digamma_increment(number.value, more),
                       -trigamma_decrement(number.value, more));
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_gamma_increment(double const number, second_order<Size> const& more) {
  double const end = number + more.value;
  return more.mapped(math::log_gamma_increment(number, more.value), digamma(end), trigamma(end));
}

template <std::size_t Size>
[[nodiscard]] second_order<Size> log_beta(second_order<Size> const& left, second_order<Size> const& right) {
  return detail::joined_at(math::log_beta(left.value, right.value),
                           {-digamma_increment(left.value, right.value), -digamma_increment(right.value, left.value),
                            trigamma_decrement(left.value, right.value), -trigamma(left.value + right.value),
                            trigamma_decrement(right.value, left.value)},
                           left, right);
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_beta(second_order<Size> const& left, double const right) {
  return left.mapped(math::log_beta(left.value, right), -digamma_increment(left.value, right),
                     trigamma_decrement(left.value, right));
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_beta(double const left, second_order<Size> const& right) {
  return log_beta(right, left);
}

/// log of the sum of exp(values[i]) over `count` of them. A value of -inf counts for nothing, whatever its derivatives.
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_sum_exp(second_order<Size> const* const values, std::size_t const count) {
  double most = -infinite_number();
  for (std::size_t at = 0; at < count; ++at) {
    if (is_nan(values[at].value)) return values[at];
    if (values[at].value > most) most = values[at].value;
  }
  if (!is_finite(most)) return most;
  // The derivatives are those of the values, averaged with the weights exp(values[i] - result); to the second are
  // added the covariances of the first.
  second_order<Size> result;
  double sum = 0;
  for (std::size_t each_of = 0; each_of < count; ++each_of) {
    second_order<Size> const& term = values[each_of];
    double const weight = std::exp(term.value - most);
    if (weight == 0) continue;
    sum += weight;
    result += term.mapped(term.value, weight, weight);
  }
  result *= 1 / sum;
  result.value = most + std::log(sum);
  for (std::size_t row = 0, at = 0; row < Size; ++row)
    for (std::size_t column = 0; column <= row; ++column, ++at)
      result.hessian[at] -= result.gradient[row] * result.gradient[column];
  return result;
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_sum_exp(second_order<Size> const& left, second_order<Size> const& right) {
  second_order<Size> const both[] = {left, right};
  return log_sum_exp(both, 2);
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_sum_exp(second_order<Size> const& left, double const right) {
  return log_sum_exp(left, second_order<Size>(right));
}
template <std::size_t Size>
[[nodiscard]] second_order<Size> log_sum_exp(double const left, second_order<Size> const& right) {
  return log_sum_exp(second_order<Size>(left), right);
}

}  // namespace math
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
