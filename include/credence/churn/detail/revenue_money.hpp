// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_REVENUE_MONEY_HPP
#define CREDENCE_CHURN_DETAIL_REVENUE_MONEY_HPP

#include <concepts>

#include <credence/core/host_types.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

template <class Sum>
concept signed_sum = requires(Sum const& sum) {
  { sum.negative() } -> std::same_as<bool>;
};
/// Can sums of this money be taken from each other, without rounding?
template <class Sum>
concept exact_sum = !std::floating_point<Sum> && !std::same_as<Sum, compensated_sum> && std::regular<Sum> &&
                    requires(Sum & sum, Sum const& other) {
  sum += other;
  sum -= other;
  requires signed_sum<Sum> || requires {
    { other < other } -> std::convertible_to<bool>;
  };
};

/// What a customer pays in a period, and totals of it: the host's own sums where they can be taken from each other;
/// else doubles, summed with compensation.
template <class Value, class Sum = typename money_traits<Value>::sum_type>
struct revenue_money {
  using amount = double;
  using total = compensated_sum;
  static double of(Sum const& sum) { return static_cast<double>(money_traits<Value>::to_real(sum)); }
  static double as_real(double own) { return own; }
  static double total_as_real(compensated_sum const& own) { return own.value(); }
  static bool below_zero(double own) { return own < 0; }
  static bool is_zero(double own) { return own == 0; }
  static void take(compensated_sum& from, compensated_sum const& other) {
    from += -other.sum;
    from += -other.lost;
  }
  static void take(compensated_sum& from, double other) { from += -other; }
  static void take(double& from, double other) { from -= other; }
};
template <class Value, exact_sum Sum>
struct revenue_money<Value, Sum> {
  using amount = Sum;
  using total = Sum;
  static Sum const& of(Sum const& sum) { return sum; }
  static double as_real(Sum const& own) { return static_cast<double>(money_traits<Value>::to_real(own)); }
  static double total_as_real(Sum const& own) { return as_real(own); }
  static bool below_zero(Sum const& own) {
    if constexpr (signed_sum<Sum>) {
      return own.negative();
    } else {
      return own < Sum{};
    }
  }
  static bool is_zero(Sum const& own) { return own == Sum{}; }
  static void take(Sum& from, Sum const& other) { from -= other; }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
