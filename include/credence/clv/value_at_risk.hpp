// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_VALUE_AT_RISK_HPP
#define CREDENCE_CLV_VALUE_AT_RISK_HPP

#include <cstdint>
#include <type_traits>

#include <credence/core/call_shape.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/real.hpp>
#include <credence/core/refusal.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// How much of what customers are worth hangs on those who may already be gone?

namespace credence {
inline namespace CREDENCE_ABI {

struct value_at_risk_options {
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// The answer of `value_at_risk`, in the unit of the values. NaN where there is no customer.
struct value_at_risk_result {
  double value = not_a_number();    ///< Σ value·(1 − P(alive))
  double total = not_a_number();    ///< Σ value
  double share = not_a_number();    ///< value ÷ total; NaN unless that is above 0
  double expected_lost = 0;         ///< customers: Σ (1 − P(alive))
  std::uint64_t count = 0;          ///< customers used
  std::uint64_t rejected = 0;       ///< customers left out
  credence::rejections rejections;  ///< and why; a value without end is off the scale

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("total", self.total);
    visit("share", self.share);
    visit("expected_lost", self.expected_lost);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(value_at_risk_result const&, value_at_risk_result const&) = default;
};

namespace detail {

/// Rows that say of themselves what they are worth, as those of `customer_lifetime_value`.
struct value_member {
  template <class Row>
  requires requires(Row const& row) { row.value; }
  constexpr auto const& operator()(Row const& row) const { return row.value; }
};
struct alive_member {
  template <class Row>
  requires requires(Row const& row) { row.probability_alive; }
  constexpr auto const& operator()(Row const& row) const { return row.probability_alive; }
};

/// Rows that are neither the answer of `customer_lifetime_value` nor come with projections.
template <class Range>
concept without_value = rows_range<Range> &&
    !(projection_of<value_member, Range> && projection_of<alive_member, Range>);

struct value_at_risk_function
    : refusal<values_call<value_at_risk_options, argument_kind::projection, argument_kind::projection>,
              std::type_identity<value_at_risk_result>> {
  using refusal::operator();

  template <rows_range Range>
  requires projection_of<value_member, Range> && projection_of<alive_member, Range> value_at_risk_result
  operator()(Range&& values, value_at_risk_options options = {}) const {
    return (*this)(values, value_member{}, alive_member{}, options);
  }
  template <without_value Range>
  value_at_risk_result operator()(Range&&, value_at_risk_options = {}) const {
    constexpr bool has_value = !without_value<Range>;
    static_assert(has_value,
                  "credence: these rows have no members value and probability_alive; give the answer of "
                  "customer_lifetime_value, or two projections: (rows, &row::value, &row::probability_alive)");
    return {};
  }
  template <rows_range Range, projection_of<Range> Value, projection_of<Range> Alive>
  value_at_risk_result operator()(Range&& rows, Value value, Alive alive, value_at_risk_options options = {}) const {
    value_at_risk_result result;
    if constexpr (number_check::of<projected<Range, Value>, projected<Range, Alive>>()) {
      compensated_sum total;
      compensated_sum at_risk;
      compensated_sum lost;
      std::uint64_t position = 0;
      auto const end = std::ranges::end(rows);
      for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++position)) {
        auto&& row = *at;
        auto&& own = detail::project(value, row);
        auto&& here = detail::project(alive, row);
        if (!detail::accepts_real(own, 1e150, options.on_invalid, result.rejections, position) ||
            !detail::accepts_between(here, 0, 1, options.on_invalid, result.rejections, position))
          continue;
        double const gone = 1 - detail::real_of(here);
        total += detail::real_of(own);
        at_risk += detail::real_of(own) * gone;
        lost += gone;
        ++result.count;
      }
      result.rejected = result.rejections.total();
      result.expected_lost = lost.value();
      if (result.count == 0) return result;
      result.total = total.value();
      result.value = at_risk.value();
      if (result.total > 0) result.share = result.value / result.total;
    }
    return result;
  }
};

}  // namespace detail

/// Value at risk: `value_at_risk(values)`, of the answer of `customer_lifetime_value`, or `value_at_risk(rows,
/// &row::value, &row::probability_alive)`: Σ value·(1 − P(alive)). It is large where customers are worth much though it
/// is in doubt whether they are still there: sort by value·(1 − P(alive)) to see whom to win back. A lifetime value by
/// a model counts the chance that a customer is gone already, so that this is not a loss to be taken off it; given what
/// a customer would be worth were he surely alive, it is what is lost on the average. Values that are missing, NaN or
/// infinite are left out and counted. O(rows).
inline constexpr detail::value_at_risk_function value_at_risk{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
