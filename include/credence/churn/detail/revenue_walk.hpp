// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_REVENUE_WALK_HPP
#define CREDENCE_CHURN_DETAIL_REVENUE_WALK_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/churn/detail/revenue_money.hpp>
#include <credence/churn/revenue_movements_result.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/period_rows.hpp>
#include <credence/history/detail/period_walk.hpp>

// From what customers paid in periods to what moved between them.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What moved in one period. Squares are kept for the errors of the retentions: with x what a customer paid before and
/// d how it changed.
template <class Total>
struct revenue_tally {
  revenue_totals<Total> totals;
  revenue_customers customers;
  Total kept_before{};               ///< what those paid before who still pay
  std::uint64_t kept_customers = 0;  ///< how many they are
  double paid_squared = 0;           ///< of all who pay
  double kept_before_squared = 0;    ///< Σx² of those who still pay
  double changes_squared = 0;        ///< Σd² of them
  double changes_by_before = 0;      ///< Σd·x
  double cuts_squared = 0;           ///< the same where d is below 0
  double cuts_by_before = 0;         ///< and here
  double reactivated_squared = 0;    ///< Σ of squares of what they pay
};

/// Page by page of customers, and period by period, with what each paid last at hand.
template <class Value>
class revenue_walk {
  using money = revenue_money<Value>;
  using amount = typename money::amount;
  using total = typename money::total;

 public:
  using tally_type = revenue_tally<total>;

  template <class State>
  revenue_walk(State const& state, answered_periods const& asked)
      : rows_(asked.count), known_(no_row, state.customers().limit()), paid_(amount{}, known_.size()) {
    std::vector<std::uint32_t> touched;
    using sum_type = typename money_traits<Value>::sum_type;
    per_customer<sum_type> sums(sum_type{}, known_.size());
    per_customer<unsigned char> has_sum(0, known_.size());
    for (std::size_t page = 0; page < state.page_count(); ++page) {
      known_.clear();
      for (period_slice const& slice : asked.slices) {
        auto const row = static_cast<std::uint32_t>(slice.index - asked.first);
        if (slice.columns.size() == 1) {
          auto const* const here = state.page_at(slice.columns[0], page);
          if (here == nullptr) continue;
          if (here->is_settled()) {
            tally_type own = rows_[row];  // in registers, as far as they go
            here->walk(
                [&](std::uint32_t who, std::uint64_t, auto const& sum) { enter(own, row, who, money::of(sum)); });
            rows_[row] = own;
            continue;
          }
        }
        // Whoever has several entries has them added up first.
        touched.clear();
        for (std::uint32_t const column : slice.columns)
          if (auto const* here = state.page_at(column, page))
            here->walk([&](std::uint32_t who, std::uint64_t, auto const& sum) {
              if (has_sum[who] == 0) {
                has_sum[who] = 1;
                sums[who] = sum_type{};
                touched.push_back(who);
              }
              sums[who] += sum;
            });
        for (std::uint32_t const who : touched) {
          has_sum[who] = 0;
          enter(rows_[row], row, who, money::of(sums[who]));
        }
      }
    }
    for (std::size_t row = 0; row < rows_.size(); ++row) close(row);
  }

  [[nodiscard]] std::vector<tally_type> const& rows() const { return rows_; }

 private:
  static constexpr std::uint32_t no_row = ~std::uint32_t{};

  /// What one customer of the page pays in a period.
  void enter(tally_type& own, std::uint32_t row, std::uint32_t who, amount const& paid) {
    if (money::is_zero(paid)) return;
    if (money::below_zero(paid)) {
      ++own.customers.below_zero;
      own.totals.below_zero += paid;
      return;
    }
    double const real = money::as_real(paid);
    ++own.customers.closing;
    own.totals.closing += paid;
    own.paid_squared += real * real;
    std::uint32_t const last = known_[who];
    if (last == no_row) {
      ++own.customers.new_business;
      own.totals.new_business += paid;
    } else if (last + 1 == row) {
      keep(own, paid_[who], paid);
    } else {
      ++own.customers.reactivated;
      own.totals.reactivation += paid;
      own.reactivated_squared += real * real;
    }
    known_[who] = row;
    paid_[who] = paid;
  }
  static void keep(tally_type& own, amount const& before, amount const& paid) {
    double const base = money::as_real(before);
    ++own.kept_customers;
    own.kept_before += before;
    own.kept_before_squared += base * base;
    amount change = paid;
    money::take(change, before);
    if (money::is_zero(change)) return;
    double const moved = money::as_real(change);
    own.changes_squared += moved * moved;
    own.changes_by_before += moved * base;
    if (money::below_zero(change)) {
      ++own.customers.contracted;
      money::take(own.totals.contraction, change);
      own.cuts_squared += moved * moved;
      own.cuts_by_before += moved * base;
    } else {
      ++own.customers.expanded;
      own.totals.expansion += change;
    }
  }
  /// Who paid in the period before and is not kept has churned: nobody need be looked for.
  void close(std::size_t row) {
    if (row == 0) return;
    tally_type& own = rows_[row];
    tally_type const& before = rows_[row - 1];
    own.customers.opening = before.customers.closing;
    own.totals.opening = before.totals.closing;
    own.customers.churned = own.customers.opening - own.kept_customers;
    if (own.customers.churned == 0) return;
    own.totals.churn = own.totals.opening;
    money::take(own.totals.churn, own.kept_before);
  }

  std::vector<tally_type> rows_;
  per_customer<std::uint32_t> known_;  ///< the row in which each customer of the page last paid
  per_customer<amount> paid_;          ///< and what
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
