// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_REVENUE_MOVEMENTS_RESULT_HPP
#define CREDENCE_CHURN_REVENUE_MOVEMENTS_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/period.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// Where a period's revenue came from and went, as it was summed: integers of minor units in 128 bits. opening +
/// new_business + expansion + reactivation − contraction − churn = closing, exactly so for integers.
template <class Total>
struct revenue_totals {
  Total opening{};
  Total new_business{};
  Total expansion{};
  Total contraction{};
  Total churn{};
  Total reactivation{};
  Total closing{};
  Total below_zero{};

  friend constexpr bool operator==(revenue_totals const&, revenue_totals const&) = default;
};

/// How many customers moved which way. opening + new_business + reactivated − churned = closing.
struct revenue_customers {
  std::uint64_t opening = 0;       ///< who paid in the period before
  std::uint64_t new_business = 0;  ///< who pay for the first time
  std::uint64_t expanded = 0;      ///< who pay more than in the period before
  std::uint64_t contracted = 0;    ///< who pay less, but something
  std::uint64_t churned = 0;       ///< who paid in the period before and do not now
  std::uint64_t reactivated = 0;   ///< who paid once, not in the period before, and do now
  std::uint64_t closing = 0;       ///< who pay
  std::uint64_t below_zero = 0;    ///< whose amounts add up to less than nothing: they count as not paying

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("opening", self.opening);
    visit("new_business", self.new_business);
    visit("expanded", self.expanded);
    visit("contracted", self.contracted);
    visit("churned", self.churned);
    visit("reactivated", self.reactivated);
    visit("closing", self.closing);
    visit("below_zero", self.below_zero);
  }
  friend constexpr bool operator==(revenue_customers const&, revenue_customers const&) = default;
};

/// One period's revenue. Amounts are in the unit of the rows, or what their `money_traits` make of it; rates are shares
/// of 1, NaN where there was nothing to lose.
template <class Total = compensated_sum>
struct revenue_period {
  time_period period;
  std::string name;
  bool complete = false;    ///< had it ended when observation did?
  double opening = 0;       ///< of the period before
  double new_business = 0;  ///< of customers who never paid before
  double expansion = 0;     ///< what customers pay more than in the period before
  double contraction = 0;   ///< what they pay less
  double churn = 0;         ///< what those paid who pay nothing now
  double reactivation = 0;  ///< of customers who are back after a period or more without
  double closing = 0;       ///< of this period
  double below_zero = 0;    ///< of customers with a negative sum, which is left out of all the others; at most 0
  revenue_customers customers;
  double gross_retention = not_a_number();      ///< GRR, (opening − contraction − churn) ÷ opening, in 0…1
  interval gross_retention_interval;            ///<
  double net_retention = not_a_number();        ///< NRR, GRR + expansion ÷ opening; reactivation by option
  interval net_retention_interval;              ///<
  double customer_churn = not_a_number();       ///< churned ÷ opening customers, in 0…1
  interval customer_churn_interval;             ///< Wilson's
  double gross_revenue_churn = not_a_number();  ///< 1 − GRR
  double net_revenue_churn = not_a_number();    ///< 1 − NRR, below 0 where customers expand more than is lost
  double quick_ratio = not_a_number();          ///< gained ÷ lost; infinite where nothing was lost
  double average_revenue = not_a_number();      ///< closing ÷ customers at closing
  revenue_totals<Total> exact;

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("complete", self.complete);
    visit("opening", self.opening);
    visit("new_business", self.new_business);
    visit("expansion", self.expansion);
    visit("contraction", self.contraction);
    visit("churn", self.churn);
    visit("reactivation", self.reactivation);
    visit("closing", self.closing);
    visit("below_zero", self.below_zero);
    visit("customers", self.customers);
    visit("gross_retention", self.gross_retention);
    visit("gross_retention_interval", self.gross_retention_interval);
    visit("net_retention", self.net_retention);
    visit("net_retention_interval", self.net_retention_interval);
    visit("customer_churn", self.customer_churn);
    visit("customer_churn_interval", self.customer_churn_interval);
    visit("gross_revenue_churn", self.gross_revenue_churn);
    visit("net_revenue_churn", self.net_revenue_churn);
    visit("quick_ratio", self.quick_ratio);
    visit("average_revenue", self.average_revenue);
  }
  friend bool operator==(revenue_period const&, revenue_period const&) = default;
};

/// The answer of `revenue_movements`: `for (auto const& month : found) month.net_retention`.
template <class Total = compensated_sum>
struct revenue_movements_result {
  std::vector<revenue_period<Total>> periods;  ///< in the order of time, those in which nobody paid too
  std::uint64_t count = 0;                     ///< rows used
  std::uint64_t rejected = 0;                  ///< rows left out
  credence::rejections rejections;             ///< and why

  [[nodiscard]] auto begin() const { return periods.begin(); }
  [[nodiscard]] auto end() const { return periods.end(); }
  [[nodiscard]] std::size_t size() const { return periods.size(); }
  [[nodiscard]] revenue_period<Total> const& operator[](std::size_t at) const { return periods[at]; }
  explicit operator bool() const { return !periods.empty(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("periods", self.periods);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(revenue_movements_result const&, revenue_movements_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
