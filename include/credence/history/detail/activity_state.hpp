// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_ACTIVITY_STATE_HPP
#define CREDENCE_HISTORY_DETAIL_ACTIVITY_STATE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/activity_bytes.hpp>
#include <credence/history/detail/activity_page.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Who was active when: for every period a column of pages of customers. A log in the order of time touches one column
/// at a time, some hundred kilobytes for a million customers, which is what makes it quick; one in another order is
/// slower and leads to the same state.
template <class Key, class Sum>
class activity_state {
 public:
  using page = activity_page<Sum>;
  using history = std::vector<active_period<Sum>>;
  using index_type = numbered_keys<Key>;

  activity_state() = default;
  explicit activity_state(index_type customers) : customers_(std::move(customers)) {}

  [[nodiscard]] index_type const& customers() const { return customers_; }
  [[nodiscard]] index_type& customers() { return customers_; }
  /// The periods, by column, in no order.
  [[nodiscard]] std::vector<std::int64_t> periods() const { return periods_.keys_beside(); }
  [[nodiscard]] std::size_t page_count() const {
    return (std::size_t{customers_.limit()} + page_keys - 1) >> page_shift;
  }
  /// None where nobody of the page was active.
  [[nodiscard]] page const* page_at(std::uint32_t which, std::size_t number) const {
    std::vector<std::uint32_t> const& own = columns_[which];
    return number < own.size() && own[number] != 0 ? pages_.data() + own[number] - 1 : nullptr;
  }
  [[nodiscard]] std::uint32_t column_of(std::int64_t period) {
    std::uint32_t const found = periods_.find_or_add(period);
    while (columns_.size() <= found) columns_.emplace_back();
    return found;
  }
  /// The page that a customer is in, valid up to the next call.
  [[nodiscard]] page& page_of(std::uint32_t which, std::uint32_t customer) {
    std::vector<std::uint32_t>& own = columns_[which];
    std::size_t const number = customer >> page_shift;
    if (number < own.size() && own[number] != 0) return pages_[own[number] - 1];
    return added_page(own, number);
  }

  /// Customers, one by one, who were active in one period. The pages are looked up in as few steps as there are.
  void add_run(std::uint32_t which, std::uint32_t const* numbers, std::size_t count) {
    std::vector<std::uint32_t> const& own = columns_[which];
    for (std::size_t at = 0; at < count;) {
      std::uint32_t const* const places = own.data();
      std::size_t const known = own.size();
      page* const pages = pages_.data();
      for (; at < count; ++at) {
        std::uint32_t const number = numbers[at];
        std::size_t const place = number >> page_shift;
        if (place >= known || places[place] == 0) break;
        pages[places[place] - 1].add(number % page_keys);
      }
      if (at < count) {
        page_of(which, numbers[at]).add(numbers[at] % page_keys);
        ++at;
      }
    }
  }

  /// The same, with what each adds to a sum. What is written to is asked for before, so that the processor waits for
  /// several at a time.
  void add_run(std::uint32_t which, std::uint32_t const* numbers, Sum const* sums, std::size_t count) {
    constexpr std::size_t ahead = 256;
    for (; count > ahead; numbers += ahead, sums += ahead, count -= ahead) add_run(which, numbers, sums, ahead);
    for (std::size_t at = 0; at < count; ++at) page_of(which, numbers[at]).fetch_place(numbers[at] % page_keys);
    std::uint32_t const* const places = columns_[which].data();
    page* const pages = pages_.data();
    auto const own_page = [&](std::size_t at) -> page& { return pages[places[numbers[at] >> page_shift] - 1]; };
    for (std::size_t at = 0; at < count; ++at) own_page(at).fetch_entry(numbers[at] % page_keys);
    for (std::size_t at = 0; at < count; ++at) own_page(at).add(numbers[at] % page_keys, 1, sums[at]);
    tallied = true;
  }

  activity_state& operator+=(activity_state const& other) {
    if (std::addressof(other) == this) return *this += activity_state(other);
    if (customers_.limit() == 0) customers_ = empty_like(other.customers_);
    auto const& beside = other.customers_.keys_beside();
    std::vector<std::uint32_t> numbers(other.customers_.limit(), no_number);
    auto const number_of = [&](std::uint32_t theirs) {
      std::uint32_t& number = numbers[theirs];
      if (number == no_number) number = customers_.find_or_add(other.customers_.key_at(theirs, beside));
      return number;
    };
    std::vector<std::int64_t> const their_periods = other.periods();
    for (std::uint32_t which = 0; which < other.columns_.size(); ++which) {
      std::uint32_t const mine = column_of(their_periods[which]);
      for (std::uint32_t at = 0; at < other.columns_[which].size(); ++at)
        if (page const* theirs = other.page_at(which, at))
          theirs->walk([&](std::uint32_t who, std::uint64_t times, Sum const& sum) {
            std::uint32_t const number = number_of((at << page_shift) + who);
            page& into = page_of(mine, number);
            other.tallied ? into.add(number % page_keys, times, sum) : into.add(number % page_keys);
          });
    }
    rejected += other.rejected;
    rows += other.rows;
    tallied = tallied || other.tallied;
    return *this;
  }

  /// What each customer did, in the order of time: `tell(number, history)` for each who did anything.
  template <class Tell>
  void each_customer(Tell const& tell) const {
    std::vector<std::pair<std::int64_t, std::uint32_t>> order;
    for (std::int64_t const period : periods()) order.emplace_back(period, static_cast<std::uint32_t>(order.size()));
    std::sort(order.begin(), order.end());
    std::vector<history> told((std::min)(std::size_t{customers_.limit()}, std::size_t{page_keys}));
    for (std::size_t at = 0; at < page_count(); ++at) {
      for (auto const& [period, which] : order) {
        page const* own = page_at(which, at);
        if (own == nullptr) continue;
        page settled;
        if (!own->is_settled()) {
          settled = *own;
          settled.settle();
          own = std::addressof(settled);
        }
        own->walk([&, in = period](std::uint32_t who, std::uint64_t times, Sum const& sum) {
          told[who].push_back({in, times, sum});
        });
      }
      for (std::uint32_t who = 0; who < told.size(); ++who) {
        if (told[who].empty()) continue;
        tell(static_cast<std::uint32_t>(at << page_shift) + who, std::as_const(told[who]));
        told[who].clear();
      }
    }
  }

  /// The same customers with the same periods, in whatever order they came?
  friend bool operator==(activity_state const& left, activity_state const& right) {
    if (left.rows != right.rows || !(left.rejected == right.rejected) || left.tallied != right.tallied) return false;
    std::vector<history> theirs(right.customers_.limit());
    std::uint64_t in_right = 0;
    right.each_customer([&](std::uint32_t number, history const& own) {
      theirs[number] = own;
      ++in_right;
    });
    bool equal = true;
    std::uint64_t in_left = 0;
    auto const& beside = left.customers_.keys_beside();
    left.each_customer([&](std::uint32_t number, history const& own) {
      ++in_left;
      if (!equal) return;
      std::uint32_t const there = right.customers_.find(left.customers_.key_at(number, beside));
      equal = there != no_number && theirs[there] == own;
    });
    return equal && in_left == in_right;
  }

  template <class Writer>
  void write(Writer& out) const {
    std::vector<history> all(customers_.limit());
    each_customer([&](std::uint32_t number, history const& own) { all[number] = own; });
    auto const& beside = customers_.keys_beside();
    auto const order = detail::ordered_keys<Key>(
        all.size(), [&](std::size_t at) { return customers_.key_at(static_cast<std::uint32_t>(at), beside); },
        [&](std::size_t at) { return !all[at].empty(); });
    out.put(rows);
    out.put(rejected);
    out.put(tallied);
    out.put_count(order.size());
    for (auto const& [key, at] : order) {
      out.put(key);
      tallied ? detail::write_tallies(out, all[at]) : detail::write_words(out, all[at]);
    }
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    *this = {};
    std::uint64_t count = 0;
    if (!in.get(rows) || !in.get(rejected) || !in.get(tallied) || !in.get_count(count)) return false;
    ordered_key_reader<Key> keys;
    for (std::uint64_t at = 0; at < count; ++at) {
      Key key{};
      if (!keys.read(in, key)) return false;
      std::uint32_t const number = customers_.find_or_add(key);
      auto const add = [&](std::int64_t period, std::uint64_t times, Sum const& sum) {
        page& into = page_of(column_of(period), number);
        tallied ? into.add(number % page_keys, times, sum) : into.add(number % page_keys);
      };
      if (!(tallied ? read_tallies<Sum>(in, add) : read_words<Sum>(in, add))) return false;
    }
    return true;
  }

  /// Could these have been gathered? `first` and `last` are the periods that time ends with.
  [[nodiscard]] bool valid(std::int64_t first, std::int64_t last) const {
    std::vector<std::int64_t> const all = periods();
    std::uint64_t seen = 0;
    each_customer([&](std::uint32_t, history const& own) {
      for (active_period<Sum> const& each : own) seen += each.times;
    });
    return rejected.valid() && rows <= ~std::uint64_t{} / 16 && (tallied ? seen == rows : seen <= rows) &&
           (rows == 0) == (seen == 0) &&
           std::all_of(all.begin(), all.end(), [&](std::int64_t period) { return period >= first && period <= last; });
  }

  /// For who prints it: what it holds is told by `write`.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("rows", self.rows);
    visit("rejected", self.rejected);
    visit("tallied", self.tallied);
  }

  std::uint64_t rows = 0;
  credence::rejections rejected;
  bool tallied = false;  ///< are times and sums kept?

 private:
  [[nodiscard]] page& added_page(std::vector<std::uint32_t>& own, std::size_t number) {
    if (number >= own.size()) own.resize(number + 1);
    pages_.emplace_back();
    own[number] = static_cast<std::uint32_t>(pages_.size());
    return pages_.back();
  }
  [[nodiscard]] static index_type empty_like(index_type const& other) {
    if constexpr (index_type::takes_windows) {
      return index_type(other.window());
    } else {
      return {};
    }
  }

  index_type customers_;
  numbered_keys<std::int64_t> periods_;              ///< of each column
  std::vector<std::vector<std::uint32_t>> columns_;  ///< where its pages stand, plus one; 0 where there is none
  std::vector<page> pages_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
