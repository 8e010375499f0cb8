// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_RFM_TABLE_HPP
#define CREDENCE_HISTORY_RFM_TABLE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// The answer of `rfm`: a row for each customer, and what became of the orders that are not in it.

namespace credence {
inline namespace CREDENCE_ABI {

/// One customer, as the models of lifetime value read it: x, t_x and T, in the table's unit of time. Whatever has these
/// fields will do for them.
template <class Key>
struct rfm_customer {
  Key key{};
  double frequency = 0;               ///< x: periods with a purchase after the first; a whole number
  double recency = 0;                 ///< t_x: from the first of them to the last; 0 where x is
  double age = 0;                     ///< T: from the first to the last that was observed
  double monetary_value = 0;          ///< mean spend of those that are averaged; 0 where none is
  std::uint64_t spend_count = 0;      ///< how many are averaged: x, or x + 1 with the first; 0 without amounts
  double log_gaps = 0;                ///< Σ ln(gap) from one purchase to the next; 0 where x is
  instant first_purchase{};           ///< when the first period began
  instant last_purchase{};            ///< and the last with a purchase, before the end of calibration
  double holdout_frequency = 0;       ///< periods with a purchase after calibration
  double holdout_duration = 0;        ///< how long that was
  double holdout_monetary_value = 0;  ///< mean spend of those periods; 0 where there are none

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("frequency", self.frequency);
    visit("recency", self.recency);
    visit("age", self.age);
    visit("monetary_value", self.monetary_value);
    visit("spend_count", self.spend_count);
    visit("log_gaps", self.log_gaps);
    visit("first_purchase", self.first_purchase);
    visit("last_purchase", self.last_purchase);
    visit("holdout_frequency", self.holdout_frequency);
    visit("holdout_duration", self.holdout_duration);
    visit("holdout_monetary_value", self.holdout_monetary_value);
  }
  /// Keys are compared as groups are told apart: a host's may have no `==` of their own.
  friend bool operator==(rfm_customer const& left, rfm_customer const& right) {
    auto const numbers = [](rfm_customer const& own) {
      return std::tie(own.frequency, own.recency, own.age, own.monetary_value, own.spend_count, own.log_gaps,
                      own.first_purchase, own.last_purchase, own.holdout_frequency, own.holdout_duration,
                      own.holdout_monetary_value);
    };
    return detail::codec_of<Key>::equal(left.key, right.key) && numbers(left) == numbers(right);
  }
};

/// What became of the orders: each row of the log is counted in one of `count`, `returned`, `after_end` and `rejected`.
struct rfm_report {
  std::uint64_t count = 0;          ///< purchases used
  std::uint64_t merged = 0;         ///< of them, those that fell into a period with another of their customer
  std::uint64_t returned = 0;       ///< returns: rows with an amount below zero
  std::uint64_t netted = 0;         ///< of them, those that were taken from what was spent
  std::uint64_t dropped = 0;        ///< of them, those that were not: as the options say
  std::uint64_t unmatched = 0;      ///< of them, those with no purchase before: left out
  std::uint64_t after_end = 0;      ///< rows after the end of observation: left out
  std::uint64_t began_later = 0;    ///< customers left out: their first purchase is after calibration, or observation
  std::uint64_t rejected = 0;       ///< rows that are no orders: left out
  credence::rejections rejections;  ///< and why

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("count", self.count);
    visit("merged", self.merged);
    visit("returned", self.returned);
    visit("netted", self.netted);
    visit("dropped", self.dropped);
    visit("unmatched", self.unmatched);
    visit("after_end", self.after_end);
    visit("began_later", self.began_later);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(rfm_report const&, rfm_report const&) = default;
};

/// Every customer who bought, in the order of their keys: a random-access range of `rfm_customer`. Equal for the same
/// orders in any order, cut and merged in any way; sums of floating amounts to their rounding.
template <class Key>
class rfm_table {
 public:
  using value_type = rfm_customer<Key>;
  using key_type = Key;
  using const_iterator = typename std::vector<value_type>::const_iterator;

  rfm_table() = default;
  rfm_table(std::vector<value_type> customers, std::optional<time_span> unit, instant observed_until,
            std::optional<instant> calibration_until, rfm_report report)
      : customers_(std::move(customers)),
        unit_(unit),
        observed_until_(observed_until),
        calibration_until_(calibration_until),
        report_(report) {}

  [[nodiscard]] const_iterator begin() const { return customers_.begin(); }
  [[nodiscard]] const_iterator end() const { return customers_.end(); }
  [[nodiscard]] std::size_t size() const { return customers_.size(); }
  [[nodiscard]] bool empty() const { return customers_.empty(); }
  [[nodiscard]] value_type const& operator[](std::size_t at) const { return customers_[at]; }
  /// Did anyone buy?
  [[nodiscard]] explicit operator bool() const { return !customers_.empty(); }

  /// What 1 is in the numbers of the table. None where they count periods that are not of one length, such as months.
  [[nodiscard]] std::optional<time_span> unit() const { return unit_; }
  /// The end of the last period that was observed.
  [[nodiscard]] instant observed_until() const { return observed_until_; }
  /// The end of the last period of calibration, where there is a holdout.
  [[nodiscard]] std::optional<instant> calibration_until() const { return calibration_until_; }
  [[nodiscard]] rfm_report const& report() const { return report_; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("customers", self.customers_);
    visit("unit", self.unit_);
    visit("observed_until", self.observed_until_);
    visit("calibration_until", self.calibration_until_);
    visit("report", self.report_);
  }
  friend bool operator==(rfm_table const&, rfm_table const&) = default;

 private:
  std::vector<value_type> customers_;
  std::optional<time_span> unit_;
  instant observed_until_;
  std::optional<instant> calibration_until_;
  rfm_report report_;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
