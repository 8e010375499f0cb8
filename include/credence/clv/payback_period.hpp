// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PAYBACK_PERIOD_HPP
#define CREDENCE_CLV_PAYBACK_PERIOD_HPP

#include <cmath>
#include <cstdint>
#include <optional>

#include <credence/clv/detail/refused_calls.hpp>
#include <credence/clv/detail/retained_margins.hpp>
#include <credence/clv/first_margin.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/number.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// How long it takes until what a customer cost has come back.

namespace credence {
inline namespace CREDENCE_ABI {

/// Rates are of one period, of whatever length.
struct payback_period_options {
  std::optional<number> margin = {};  ///< a period, of a customer who is there; needed, unless margins are given
  number retention = 1;               ///< share of customers who stay from one period to the next, in 0…1
  number discount = 0;                ///< rate of interest a period; greater than −1
  credence::first_margin first_margin = credence::first_margin::at_once;
};

/// The answer of `payback_period`.
struct payback_period_result {
  double value = not_a_number();  ///< in periods, with the part of the last one; 0 of no cost; +∞ where it never is
  double recovered = 0;           ///< of the cost, what comes back: all of it, or less where the margins end before
  std::uint64_t count = 0;        ///< margins looked at, where they were given one by one

  /// Does it come back?
  explicit constexpr operator bool() const { return is_finite(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("recovered", self.recovered);
    visit("count", self.count);
  }
  friend constexpr bool operator==(payback_period_result const&, payback_period_result const&) = default;
};

namespace detail {

[[nodiscard]] inline retained_margins checked_margins(payback_period_options const& options) {
  return {share_option("payback_period_options::retention", options.retention),
          rate_option("payback_period_options::discount", options.discount), options.first_margin};
}

/// With a margin that does not change.
[[nodiscard]] inline payback_period_result constant_payback(double cost, double margin, retained_margins const& each) {
  payback_period_result result;
  result.recovered = cost;
  if (cost == 0) {
    result.value = 0;
    return result;
  }
  double const wanted = margin > 0 ? cost / margin : infinite_number();
  double whole_periods = std::ceil(each.periods_until(wanted));
  if (!is_finite(wanted) || !is_finite(whole_periods)) {
    result.value = infinite_number();
    double const all = multiplied(margin, each.sum(infinite_number()));
    result.recovered = all > 0 ? (all < cost ? all : cost) : 0;
    return result;
  }
  // The logarithm may be off by its last digit; beyond 2⁵³ periods one more or less is none.
  if (whole_periods > 1 && each.sum(whole_periods - 1) >= wanted) whole_periods -= 1;
  if (whole_periods < 0x1p53 && each.sum(whole_periods) < wanted) whole_periods += 1;
  double const before = each.sum(whole_periods - 1);
  double const part = (wanted - before) / each.at(whole_periods);
  result.value = whole_periods - 1 + (part < 0 ? 0 : part > 1 ? 1 : part);
  return result;
}

struct payback_period_function {
  payback_period_result operator()(number const& acquisition_cost, payback_period_options const& options) const {
    double const cost = cost_option("`acquisition_cost`", acquisition_cost);
    double const margin =
        finite_option("payback_period_options::margin", needed("payback_period_options::margin", options.margin));
    return constant_payback(cost, margin, checked_margins(options));
  }

  template <rows_range Range, projection_of<Range> Margin = identity>
  payback_period_result operator()(number const& acquisition_cost, Range&& periods, Margin margin,
                                   payback_period_options const& options = {}) const {
    double const cost = cost_option("`acquisition_cost`", acquisition_cost);
    if (options.margin)
      wrong_argument("payback_period_options::margin", options.margin->value, "it is not for margins given one by one");
    retained_margins const each = checked_margins(options);
    payback_period_result result;
    result.value = cost == 0 ? 0 : infinite_number();
    result.recovered = cost;
    if constexpr (number_check::of<projected<Range, Margin>>()) {
      compensated_sum back;
      rejections turned_away;
      double most = 0;
      auto const end = std::ranges::end(periods);
      for (auto at = std::ranges::begin(periods); cost > 0 && at != end; ++at) {
        auto&& row = *at;
        auto&& own = detail::project(margin, row);
        // Left out, it would move those behind it: a margin that cannot be always throws.
        static_cast<void>(detail::accepts_real(own, 1e300, on_invalid::raise, turned_away, result.count));
        ++result.count;
        double const before = back.value();
        double const come = detail::real_of(own) * each.at(static_cast<double>(result.count));
        back += come;
        if (back.value() >= cost) {
          result.value = static_cast<double>(result.count - 1) + (cost - before) / come;
          return result;
        }
        if (back.value() > most) most = back.value();
      }
      if (cost > 0) result.recovered = most;
    }
    return result;
  }
  template <rows_range Range>
  payback_period_result operator()(number const& acquisition_cost, Range&& margins,
                                   payback_period_options const& options = {}) const {
    return (*this)(acquisition_cost, margins, identity{}, options);
  }

  template <class... Arguments>
  static constexpr void refuse() {
    static_assert(no_such_call<Arguments...>,
                  "credence: the order of this call is payback_period(acquisition_cost, {.margin = 25}), or "
                  "payback_period(acquisition_cost, periods, &period::margin, {options})");
  }
};

}  // namespace detail

/// How many periods until the margins of a customer have paid what it cost to win him:
/// `payback_period(300, {.margin = 25})` is 12. The margin of period t counts (r/(1+d))^(t−1), or, with
/// `first_margin::after_a_period`, (r/(1+d))^t; within a period it comes evenly, so that the answer has a fraction.
/// Without retention and discount this is cost ÷ margin, the usual one. Or of margins that differ, those of an average
/// customer who was won, period by period: `payback_period(300, months, &month::margin)`; where margins
/// are negative it is the first time that all is back. +∞ where it never is: for a margin of 0 or less, where too few
/// stay, or where the margins that are given end before. Throws `credence::error` for wrong options and a cost that is
/// negative or not finite, `credence::invalid_sample` for a margin that is missing or not finite. O(1), or O(margins).
inline constexpr detail::or_refused<detail::payback_period_function> payback_period{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
