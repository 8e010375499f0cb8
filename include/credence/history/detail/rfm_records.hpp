// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_RFM_RECORDS_HPP
#define CREDENCE_HISTORY_DETAIL_RFM_RECORDS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/keys.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/activity_page.hpp>
#include <credence/history/detail/paged.hpp>
#include <credence/history/detail/purchase_record.hpp>
#include <credence/history/rfm_options.hpp>
#include <credence/history/rfm_table.hpp>

// From what is known of each customer to the table, whichever way it was gathered.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What is known of each customer, by number.
template <class Sum>
struct rfm_records {
  paged<purchase_record<Sum>> bought;
  paged<holdout_record<Sum>> later;
  paged<unsigned char> begins_late;                                  ///< who bought after calibration, or after the end
  std::int64_t latest = (std::numeric_limits<std::int64_t>::min)();  ///< the last period with any order
  rfm_report report;
};

/// Purchases, or returns, of one customer in one period.
template <class Sum>
struct dated_orders {
  std::int64_t period = 0;
  std::uint64_t times = 0;
  Sum sum{};
};

/// Enters all that one customer did: purchases and returns, each in the order of time and none after the end. Answers
/// how many returns had no purchase before them that they could be taken from; one of the holdout must have it there,
/// as calibration may know nothing of it.
template <class Ruler, class Sum>
[[nodiscard]] std::uint64_t enter_history(Ruler const& ruler, std::int64_t last_calibrated,
                                          std::vector<dated_orders<Sum>> const& purchases,
                                          std::vector<dated_orders<Sum>> const& returns, purchase_record<Sum>& record,
                                          holdout_record<Sum>& holdout) {
  std::int64_t second = 0;  // the period of the second purchase
  std::int64_t first_of_holdout = 0;
  for (dated_orders<Sum> const& each : purchases) {
    if (each.period > last_calibrated) {
      if (holdout.periods == 0) first_of_holdout = each.period;
      static_cast<void>(holdout.buy(each.period, each.sum));
    } else {
      static_cast<void>(record.buy(ruler, each.period, each.sum));
      if (record.periods == 2) second = record.last;
    }
  }
  std::uint64_t unmatched = 0;
  for (dated_orders<Sum> const& each : returns) {
    if (each.period > last_calibrated) {
      if (holdout.periods != 0 && each.period >= first_of_holdout)
        holdout.spend += each.sum;
      else
        unmatched += each.times;
    } else if (record.periods == 0 || each.period < record.first) {
      unmatched += each.times;
    } else if (record.periods == 1 || each.period < second) {
      record.first_spend += each.sum;
    } else {
      record.repeat_spend += each.sum;
    }
  }
  return unmatched;
}

/// What the word of an integer key differs in from one that has the order of the keys.
template <class Key>
inline constexpr std::uint64_t sign_bit = key_codec<Key>::negative(static_cast<Key>(~std::uint64_t{}))
                                              ? std::uint64_t{1} << 63
                                              : 0;

/// Where a customer's row of the table is made from.
struct rfm_place {
  std::uint64_t word = 0;  ///< of an integer key, in order
  std::uint32_t part = 0;
  std::uint32_t number = 0;
};

/// Makes the table of one or more parts, which share no customer.
template <class Index, class Traits, class Sum>
class rfm_table_maker {
 public:
  using key_type = typename Index::key_type;
  struct part {
    Index const* customers;
    rfm_records<Sum> const* records;
  };

  rfm_table_maker(std::vector<part> parts, rfm_options const& options, rfm_span const& span)
      : parts_(std::move(parts)), options_(&options), span_(span) {
    std::int64_t latest = (std::numeric_limits<std::int64_t>::min)();
    for (part const& each : parts_) {
      latest = (std::max)(latest, each.records->latest);
      beside_.push_back(each.customers->keys_beside());
    }
    knows_end_ = span_.last_observed != rfm_span::always || latest != (std::numeric_limits<std::int64_t>::min)();
    has_holdout_ = span_.last_calibrated != rfm_span::always;
    if (span_.last_observed == rfm_span::always)
      span_.last_observed = has_holdout_ ? (std::max)(latest, span_.last_calibrated) : latest;
    if (!has_holdout_) span_.last_calibrated = span_.last_observed;
  }

  /// `report` says what the parts do not.
  template <class Ruler>
  [[nodiscard]] rfm_table<key_type> table(Ruler const& ruler, rfm_report report) const {
    std::vector<rfm_customer<key_type>> rows;
    rows.reserve(count_buyers(report));
    double const holdout = has_holdout_ ? ruler.between(span_.last_calibrated, span_.last_observed) : 0;
    if (lies_in_order()) {
      parts_[0].records->bought.walk([&](std::uint32_t number, purchase_record<Sum> const& bought) {
        if (bought.periods != 0) tell(rows.emplace_back(), ruler, {word_of(0, number), 0, number}, bought, holdout);
      });
    } else {
      std::vector<rfm_place> const order = places(rows.capacity());
      for (std::size_t at = 0; at < order.size(); ++at) {
        constexpr std::size_t ahead = 32;
        if (at + ahead < order.size()) detail::fetch(record_at(order[at + ahead]));
        tell(rows.emplace_back(), ruler, order[at], *record_at(order[at]), holdout);
      }
    }
    report.rejected = report.rejections.total();
    report.netted = report.returned - report.dropped - report.unmatched;
    auto const end_of = [&](std::int64_t period) { return ruler.grid().begin_of(saturated_sum(period, 1)); };
    return {std::move(rows), ruler.unit(),
            knows_end_ ? end_of(span_.last_observed) : instant::from_micros(earliest_micros),
            has_holdout_ ? std::optional<instant>(end_of(span_.last_calibrated)) : std::nullopt, report};
  }

 private:
  /// How many have a row; counts who began later, and orders of one period.
  [[nodiscard]] std::size_t count_buyers(rfm_report& report) const {
    std::size_t buyers = 0;
    std::uint64_t periods = 0;
    for (part const& own : parts_) {
      own.records->later.walk([&](std::uint32_t, holdout_record<Sum> const& later) { periods += later.periods; });
      own.records->begins_late.walk([&](std::uint32_t number, unsigned char late) {
        purchase_record<Sum> const* const bought = own.records->bought.find(number);
        report.began_later += late != 0 && (bought == nullptr || bought->periods == 0);
      });
      own.records->bought.walk([&](std::uint32_t, purchase_record<Sum> const& bought) {
        periods += bought.periods;
        buyers += bought.periods != 0;
      });
    }
    report.merged = report.count - periods;
    return buyers;
  }
  /// Are all customers numbered as their keys lie?
  [[nodiscard]] bool lies_in_order() const {
    if constexpr (Index::takes_windows) {
      std::uint64_t const first = parts_[0].customers->window().base ^ sign_bit<key_type>;
      return parts_.size() == 1 && parts_[0].customers->beside() == 0 &&
             first <= ~std::uint64_t{parts_[0].customers->window().size};
    } else {
      return false;
    }
  }
  /// Who bought, in the order of keys.
  [[nodiscard]] std::vector<rfm_place> places(std::size_t buyers) const {
    std::vector<rfm_place> order;
    order.reserve(buyers);
    for (std::uint32_t which = 0; which < parts_.size(); ++which)
      parts_[which].records->bought.walk([&](std::uint32_t number, purchase_record<Sum> const& bought) {
        if (bought.periods != 0) order.push_back({word_of(which, number), which, number});
      });
    if constexpr (Index::takes_windows) {
      sort_by_word(order, [](rfm_place const& each) { return each.word; });
    } else if constexpr (std::totally_ordered<key_type>) {
      std::sort(order.begin(), order.end(),
                [this](rfm_place const& one, rfm_place const& other) { return key_of(one) < key_of(other); });
    } else {
      auto const by_bytes = detail::ordered_keys<key_type>(
          order.size(), [&](std::size_t at) -> key_type const& { return key_of(order[at]); },
          [](std::size_t) { return true; });
      std::vector<rfm_place> sorted;
      sorted.reserve(order.size());
      for (auto const& [bytes, at] : by_bytes) sorted.push_back(order[at]);
      order = std::move(sorted);
    }
    return order;
  }
  [[nodiscard]] std::uint64_t word_of([[maybe_unused]] std::uint32_t which,
                                      [[maybe_unused]] std::uint32_t number) const {
    if constexpr (Index::takes_windows) {
      return key_codec<key_type>::word(parts_[which].customers->key_at(number, beside_[which])) ^ sign_bit<key_type>;
    } else {
      return 0;
    }
  }
  /// An integer key is its word: to look it up again would be to wait for the memory.
  [[nodiscard]] decltype(auto) key_of(rfm_place const& place) const {
    if constexpr (Index::takes_windows) {
      return static_cast<key_type>(place.word ^ sign_bit<key_type>);
    } else {
      return parts_[place.part].customers->key_at(place.number, beside_[place.part]);
    }
  }

  [[nodiscard]] purchase_record<Sum> const* record_at(rfm_place const& place) const {
    return parts_[place.part].records->bought.find(place.number);
  }

  template <class Ruler>
  void tell(rfm_customer<key_type>& row, Ruler const& ruler, rfm_place const& place, purchase_record<Sum> const& bought,
            double holdout) const {
    row.key = key_of(place);
    row.frequency = static_cast<double>(bought.periods - 1);
    if (bought.periods != 1) row.recency = ruler.between(bought.first, bought.last);
    row.age = ruler.between(bought.first, span_.last_calibrated);
    row.log_gaps = bought.log_gaps;
    row.first_purchase = ruler.grid().begin_of(bought.first);
    row.last_purchase = ruler.grid().begin_of(bought.last);
    row.holdout_duration = holdout;
    holdout_record<Sum> const* const later = has_holdout_ ? parts_[place.part].records->later.find(place.number)
                                                          : nullptr;
    if (later != nullptr) row.holdout_frequency = static_cast<double>(later->periods);
    if constexpr (!std::is_same_v<Sum, no_sum>) {
      Sum spend = bought.repeat_spend;
      if (options_->first_purchase_in_spend) spend += bought.first_spend;
      row.spend_count = bought.periods - 1 + options_->first_purchase_in_spend;
      row.monetary_value = mean_of(spend, row.spend_count);
      if (later != nullptr) row.holdout_monetary_value = mean_of(later->spend, later->periods);
    }
  }
  [[nodiscard]] static double mean_of(Sum const& sum, std::uint64_t count) {
    return count == 0 ? 0 : static_cast<double>(Traits::to_real(sum)) / static_cast<double>(count);
  }

  std::vector<part> parts_;
  std::vector<std::remove_cvref_t<decltype(std::declval<Index const&>().keys_beside())>> beside_;
  rfm_options const* options_;
  rfm_span span_;
  bool knows_end_ = false;
  bool has_holdout_ = false;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
