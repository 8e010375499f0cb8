// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_LIFETIME_VALUES_HPP
#define CREDENCE_CLV_LIFETIME_VALUES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <credence/clv/discount.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What customers are worth, one row each, and how that is asked.

namespace credence {
inline namespace CREDENCE_ABI {

/// Times and periods are in the unit of the model of purchases.
struct customer_lifetime_value_options {
  std::optional<number> horizon = {};     ///< how far ahead, 0 or more; unset: for ever
  discount_rate discount = {};            ///< annual_rate{0.10}, or period_rate{…}; by default nothing is discounted
  number margin = 1;                      ///< share of spend that is left, in −1…1
  number cost_per_period = 0;             ///< of serving a customer who is alive, for one unit of time; 0 or more
  std::optional<number> per_period = {};  ///< tell the value after each period of this length too; `true`: of one unit
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// Of one customer; NaN each where his row was turned away.
template <class Key = std::uint64_t>
struct customer_value {
  Key key{};                                   ///< of his row; its number, from 0, where it has none
  double value = not_a_number();               ///< as of now, in the host's money; ±∞ where it has no end
  double probability_alive = not_a_number();   ///< now, in 0…1; NaN of a model without churn
  double expected_purchases = not_a_number();  ///< up to the horizon, each in full; +∞ where there is no end of them
  double discounted_purchases = not_a_number();  ///< up to the horizon, each worth what it is as of now
  double expected_spend = not_a_number();        ///< of a purchase; +∞ where it has no mean
  bool own_spend = false;  ///< is that of himself? Else of the population: nothing is known of his

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("value", self.value);
    visit("probability_alive", self.probability_alive);
    visit("expected_purchases", self.expected_purchases);
    visit("discounted_purchases", self.discounted_purchases);
    visit("expected_spend", self.expected_spend);
    visit("own_spend", self.own_spend);
  }
  friend bool operator==(customer_value const&, customer_value const&) = default;
};

/// The answer of `customer_lifetime_value`: a row for each row that was given, in their order.
template <class Key = std::uint64_t>
struct lifetime_values {
  std::vector<customer_value<Key>> customers;
  std::vector<double> period_ends;  ///< where `per_period` asked: times from now, the last the horizon
  std::vector<double> path;         ///< and the values up to each, customer by customer: see `path_of`
  double value = 0;                 ///< of all; infinite, or NaN, where that of any customer is
  std::uint64_t endless = 0;        ///< customers whose value is infinite, or the difference of two that are
  std::uint64_t without_spend = 0;  ///< customers who were given the population's spend
  std::uint64_t count = 0;          ///< rows answered
  std::uint64_t rejected = 0;       ///< rows turned away, whose answers are NaN
  credence::rejections rejections;  ///< and why, by what is wrong with the purchases, else with the spend

  [[nodiscard]] auto begin() const { return customers.begin(); }
  [[nodiscard]] auto end() const { return customers.end(); }
  [[nodiscard]] std::size_t size() const { return customers.size(); }
  [[nodiscard]] customer_value<Key> const& operator[](std::size_t at) const { return customers[at]; }
  /// A customer's value up to each of `period_ends`.
  [[nodiscard]] std::span<double const> path_of(std::size_t at) const {
    return {path.data() + at * period_ends.size(), period_ends.size()};
  }
  explicit operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("customers", self.customers);
    visit("period_ends", self.period_ends);
    visit("path", self.path);
    visit("value", self.value);
    visit("endless", self.endless);
    visit("without_spend", self.without_spend);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(lifetime_values const&, lifetime_values const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
