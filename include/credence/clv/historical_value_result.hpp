// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_HISTORICAL_VALUE_RESULT_HPP
#define CREDENCE_CLV_HISTORICAL_VALUE_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/period.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What one customer has brought so far.
template <class Key>
struct customer_history_value {
  Key key{};
  std::uint64_t orders = 0;         ///< rows of his
  double revenue = not_a_number();  ///< of all of them, summed exactly where amounts are exact, then rounded once
  double value = not_a_number();    ///< margin·revenue

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("orders", self.orders);
    visit("revenue", self.revenue);
    visit("value", self.value);
  }
  friend bool operator==(customer_history_value const&, customer_history_value const&) = default;
};

/// The customers whose first row lies in one period.
struct cohort_value {
  time_period period;              ///< in which they began
  std::string name;                ///< of the period, `2026-03`
  std::uint64_t customers = 0;     ///< how many they are
  double value = not_a_number();   ///< margin·revenue of one of them so far, on average
  std::vector<double> cumulative;  ///< the same up to the end of their 1st, 2nd … period, those that have ended only

  [[nodiscard]] auto begin() const { return cumulative.begin(); }
  [[nodiscard]] auto end() const { return cumulative.end(); }
  [[nodiscard]] std::size_t size() const { return cumulative.size(); }
  /// Up to the end of the period that begins `at` periods after the cohort's own.
  [[nodiscard]] double operator[](std::size_t at) const { return cumulative[at]; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("name", self.name);
    visit("customers", self.customers);
    visit("value", self.value);
    visit("cumulative", self.cumulative);
  }
  friend bool operator==(cohort_value const&, cohort_value const&) = default;
};

/// The answer of `historical_value`, in the unit of the amounts. NaN where there is no customer.
template <class Key = std::int64_t>
struct historical_value_result {
  double value = not_a_number();                       ///< of one customer so far, margin·revenue, on average
  credence::interval interval;                         ///< of the mean of customers like these; by Student's t
  double standard_error = not_a_number();              ///< of it; NaN of one customer
  double revenue = 0;                                  ///< of all
  std::vector<customer_history_value<Key>> customers;  ///< each of them, in the order of a first look
  std::vector<cohort_value> cohorts;                   ///< by period of the first row; none where no times were given
  std::uint64_t count = 0;                             ///< rows gathered, those after the end of observation too
  std::uint64_t rejected = 0;                          ///< rows left out
  credence::rejections rejections;                     ///< and why

  [[nodiscard]] auto begin() const { return customers.begin(); }
  [[nodiscard]] auto end() const { return customers.end(); }
  [[nodiscard]] std::size_t size() const { return customers.size(); }
  [[nodiscard]] customer_history_value<Key> const& operator[](std::size_t at) const { return customers[at]; }
  explicit operator bool() const { return !customers.empty(); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("interval", self.interval);
    visit("standard_error", self.standard_error);
    visit("revenue", self.revenue);
    visit("customers", self.customers);
    visit("cohorts", self.cohorts);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(historical_value_result const&, historical_value_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
