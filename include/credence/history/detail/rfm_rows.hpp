// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_RFM_ROWS_HPP
#define CREDENCE_HISTORY_DETAIL_RFM_ROWS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/period_clock.hpp>
#include <credence/core/detail/sort_reals.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/gather.hpp>
#include <credence/history/detail/purchase_record.hpp>
#include <credence/history/detail/push_activity.hpp>
#include <credence/history/detail/rfm_records.hpp>
#include <credence/history/rfm_options.hpp>

// From rows that can be read twice to what `rfm` has to know of each customer, in a few words each. The rows of a
// customer who has none out of order are entered as they come; those of the others are looked up again, and sorted.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The customers that one task of several looks after: all rows are read by each. Told by runs of neighbouring keys,
/// so that tasks share no page of customers that are numbered as they lie.
struct key_share {
  std::uint64_t task = 0;
  std::uint64_t tasks = 1;

  template <class Key>
  [[nodiscard]] bool holds(Key const& key) const {
    if (tasks == 1) return true;
    if constexpr (integer_key<Key>) {
      return mixed(key_codec<Key>::word(key) >> page_shift) % tasks == task;
    } else {
      return codec_of<Key>::hash(key) % tasks == task;
    }
  }
};

/// Reads orders: `enter(number, period, sum)` for each that is one.
template <class Key, class Traits, class Sum, class Grid>
struct order_reader {
  rfm_options const& options;
  Grid const& grid;
  period_table::view table;
  key_share whose;

  template <class Range, class KeyOf, class Time, class Enter, class... Amount>
  void read(Range& rows, numbered_keys<Key>& customers, credence::rejections& rejected, Enter const& enter,
            KeyOf const& key, Time const& time, Amount const&... amount) const {
    if constexpr (integer_key<Key>) {
      if (options.on_invalid == on_invalid::reject &&
          (sizeof...(Amount) == 0 || options.returns != order_returns::raised)) {
        blocks(rows, customers, rejected, enter, key, time, amount...);
        return;
      }
    }
    std::uint64_t done = 0;
    auto const end = std::ranges::end(rows);
    at_row([&] { return done; },
           [&] {
             for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
               auto&& row = *at;
               one(customers, rejected, done, enter, detail::project(key, row), detail::project(time, row),
                   detail::project(amount, row)...);
             }
           });
  }

 private:
  /// Amounts beside the rows of a block, of customers of this share.
  template <class Amounts>
  struct shared_amounts {
    Amounts& amounts;
    key_share const& whose;
    Key const* keys;

    template <class Row>
    bool operator()(Row& row, std::size_t at) {
      return amounts(row, at) && whose.holds(keys[at]);
    }
  };

  template <class Range, class Enter, class KeyOf, class Time>
  void blocks(Range& rows, numbered_keys<Key>& customers, credence::rejections& rejected, Enter const& enter,
              KeyOf const& key, Time const& time) const {
    enter_blocks(rows, customers, rejected, key, time, enter_nothing, [&](row_block<Key> const& block, std::size_t at) {
      enter(block.numbers[at], block.times[at], Sum{});
    });
  }
  template <class Range, class Enter, class KeyOf, class Time, class Amount>
  void blocks(Range& rows, numbered_keys<Key>& customers, credence::rejections& rejected, Enter const& enter,
              KeyOf const& key, Time const& time, Amount const& amount) const {
    amount_block<Sum, Amount> amounts{amount, rejected};
    enter_blocks(rows, customers, rejected, key, time, amounts, [&](row_block<Key> const& block, std::size_t at) {
      enter(block.numbers[at], block.times[at], amounts.sums[at]);
    });
  }
  template <class Range, class KeyOf, class Time, class Amounts, class EnterAt>
  void enter_blocks(Range& rows, numbered_keys<Key>& customers, credence::rejections& rejected, KeyOf key,
                    Time const& time, Amounts& amounts, EnterAt const& enter_at) const {
    row_block<Key> block;
    period_projection<Grid, Time> const period{period_clock<Grid>(grid, false), time, table};
    shared_amounts<Amounts> shared{amounts, whose, block.keys};
    auto row = std::ranges::begin(rows);
    auto const end = std::ranges::end(rows);
    while (row != end) {
      block.read(row, end, key, period, shared, customers, rejected);
      for (std::size_t at = 0; at < block.filled; ++at) enter_at(block, at);
    }
  }

  template <class Enter, class Own, class Time, class Amount = no_amount>
  void one(numbered_keys<Key>& customers, credence::rejections& rejected, std::uint64_t position, Enter const& enter,
           Own const& own, Time const& time, Amount const& amount = {}) const {
    rejection reason = rejection::missing;
    Sum sum{};
    std::int64_t period = bad_time;
    if (!detail::read_event(grid, own, time, amount, true, period, sum, reason)) {
      turn_away(options.on_invalid, rejected, reason, 0, position);
      return;
    }
    if (options.returns == order_returns::raised && detail::is_return<Traits>(sum)) refuse_return(position);
    if constexpr (is_optional<Own>) {
      if (!whose.holds(*own)) return;
    } else {
      if (!whose.holds(own)) return;
    }
    enter(detail::number_among(customers, own), period, sum);
  }
};

/// Gathers the customers of one share.
template <class Key, class Traits, class Sum, class Ruler>
class rfm_gatherer {
 public:
  rfm_gatherer(rfm_options const& options, rfm_span const& span, Ruler const& ruler, numbered_keys<Key> customers)
      : options_(options), span_(span), ruler_(ruler), customers_(std::move(customers)) {}

  [[nodiscard]] numbered_keys<Key> const& customers() const { return customers_; }
  [[nodiscard]] rfm_records<Sum> const& records() const { return records_; }

  /// `read(customers, rejected, enter)` reads all rows, and can do so again.
  template <class Read>
  void gather(Read const& read) {
    read_all(read, records_.report.rejections, [&](event const& each) { enter(each); });
    if (aside_ == 0) return;
    std::vector<event> events;
    credence::rejections known;
    read_all(read, known, [&](event const& each) {
      if (each.period > span_.last_observed || records_.bought[each.number].periods != is_aside) return;
      if (options_.returns == order_returns::dropped && detail::is_return<Traits>(each.sum)) return;
      events.push_back(each);
    });
    detail::sort_by_word(
        events, [](event const& each) { return static_cast<std::uint64_t>(each.period) ^ sign_bit<std::int64_t>; });
    detail::sort_by_word(events, [](event const& each) { return std::uint64_t{each.number}; });
    std::vector<dated_orders<Sum>> purchases;
    std::vector<dated_orders<Sum>> returns;
    for (std::size_t at = 0; at < events.size();) {
      std::uint32_t const number = events[at].number;
      purchases.clear();
      returns.clear();
      for (; at < events.size() && events[at].number == number; ++at)
        (detail::is_return<Traits>(events[at].sum) ? returns : purchases)
            .push_back({events[at].period, 1, events[at].sum});
      holdout_record<Sum> holdout;
      purchase_record<Sum>& record = records_.bought[number] = {};
      records_.report.unmatched +=
          detail::enter_history(ruler_, span_.last_calibrated, purchases, returns, record, holdout);
      if (holdout.periods == 0) continue;
      records_.later[number] = holdout;
      records_.begins_late[number] = 1;
    }
  }

 private:
  static constexpr std::uint64_t is_aside = ~std::uint64_t{};  ///< in place of a number of periods

  struct event {
    std::uint32_t number;
    std::int64_t period;
    Sum sum;
  };

  /// Visits the orders as they come, some at a time: what is written to is asked for before, so that the processor
  /// waits for several at once.
  template <class Read, class Visit>
  void read_all(Read const& read, credence::rejections& rejected, Visit const& visit) {
    constexpr std::size_t stretch = 1'024;
    std::vector<event> waiting;
    waiting.reserve(stretch);
    auto const visit_waiting = [&] {
      constexpr std::size_t ahead = 32;
      for (std::size_t at = 0; at < waiting.size(); ++at) {
        if (at + ahead < waiting.size()) detail::fetch(records_.bought.find(waiting[at + ahead].number));
        visit(waiting[at]);
      }
      waiting.clear();
    };
    read(customers_, rejected, [&](std::uint32_t number, std::int64_t period, Sum const& sum) {
      waiting.push_back({number, period, sum});
      if (waiting.size() == stretch) visit_waiting();
    });
    visit_waiting();
  }

  void enter(event const& each) {
    auto const& [number, period, sum] = each;
    rfm_report& report = records_.report;
    bool const is_back = detail::is_return<Traits>(sum);
    records_.latest = (std::max)(records_.latest, period);
    if (period > span_.last_observed) {
      ++report.after_end;
      if (!is_back) records_.begins_late[number] = 1;
      return;
    }
    ++(is_back ? report.returned : report.count);
    if (is_back && options_.returns == order_returns::dropped) {
      ++report.dropped;
      return;
    }
    purchase_record<Sum>& own = records_.bought[number];
    if (own.periods == is_aside) return;
    bool entered = false;
    if (period > span_.last_calibrated) {
      if (!is_back) records_.begins_late[number] = 1;
      holdout_record<Sum>& later = records_.later[number];
      entered = is_back ? later.give_back(period, sum) : later.buy(period, sum);
    } else {
      entered = is_back ? own.give_back(period, sum) : own.buy(ruler_, period, sum);
    }
    if (entered) return;
    own.periods = is_aside;
    ++aside_;
  }

  rfm_options const& options_;
  rfm_span span_;
  Ruler const& ruler_;
  numbered_keys<Key> customers_;
  rfm_records<Sum> records_;
  std::uint64_t aside_ = 0;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
