// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CLV_PREDICTIONS_HPP
#define CREDENCE_CLV_PREDICTIONS_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

// What is foretold of customers, one row each.

namespace credence {
inline namespace CREDENCE_ABI {

/// Of one customer; NaN each where his row was turned away.
template <class Key = std::uint64_t>
struct prediction {
  Key key{};                                        ///< of his row; its number, from 0, where it has none
  double probability_alive = not_a_number();        ///< now, in 0…1
  double expected_purchases = not_a_number();       ///< within the time that was asked for
  double probability_of_purchase = not_a_number();  ///< of one or more within it, in 0…1

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("probability_alive", self.probability_alive);
    visit("expected_purchases", self.expected_purchases);
    visit("probability_of_purchase", self.probability_of_purchase);
  }
  friend bool operator==(prediction const&, prediction const&) = default;
};

/// The same of a model in which nobody is ever lost, which knows nothing of who is alive.
template <class Key = std::uint64_t>
struct purchase_prediction {
  Key key{};
  double expected_purchases = not_a_number();
  double probability_of_purchase = not_a_number();

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("expected_purchases", self.expected_purchases);
    visit("probability_of_purchase", self.probability_of_purchase);
  }
  friend bool operator==(purchase_prediction const&, purchase_prediction const&) = default;
};

/// What the uncertainty of the parameters does to a customer's predictions. NaN where nothing is foretold.
struct prediction_intervals {
  interval probability_alive;        ///< in 0…1; [1, 1] where the model is sure; NaN where it does not know
  interval expected_purchases;       ///< 0 or more
  interval probability_of_purchase;  ///< in 0…1

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("probability_alive", self.probability_alive);
    visit("expected_purchases", self.expected_purchases);
    visit("probability_of_purchase", self.probability_of_purchase);
  }
  friend constexpr bool operator==(prediction_intervals const&, prediction_intervals const&) = default;
};

/// The answer of `predict`: a row for each row that was given, in their order.
template <class Row>
struct predictions {
  std::vector<Row> customers;
  std::vector<prediction_intervals> intervals;  ///< row by row; empty where they were not asked for, or the model was
                                                ///< given rather than fitted
  double ahead = not_a_number();                ///< the time that was asked for, in the model's unit
  double expected_purchases = 0;                ///< of all together within it
  double expected_alive = not_a_number();  ///< customers now: Σ of the probabilities; NaN where the model has none
  std::uint64_t count = 0;                 ///< rows answered
  std::uint64_t rejected = 0;              ///< rows turned away, whose answers are NaN
  credence::rejections rejections;         ///< and why

  [[nodiscard]] auto begin() const { return customers.begin(); }
  [[nodiscard]] auto end() const { return customers.end(); }
  [[nodiscard]] std::size_t size() const { return customers.size(); }
  [[nodiscard]] Row const& operator[](std::size_t at) const { return customers[at]; }
  explicit operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("customers", self.customers);
    visit("intervals", self.intervals);
    visit("ahead", self.ahead);
    visit("expected_purchases", self.expected_purchases);
    visit("expected_alive", self.expected_alive);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(predictions const&, predictions const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
