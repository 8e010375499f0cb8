// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_ACTIVITY_STATE_HPP
#define CREDENCE_HISTORY_DETAIL_ACTIVITY_STATE_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/activity_page.hpp>
#include <credence/history/detail/customer_index.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

inline constexpr double largest_amount = 1e150;  ///< beyond, sums of them might not be finite

/// Could this sum have come about? Of what a host sums up, we cannot know.
template <class Sum>
[[nodiscard]] bool is_sound_sum(Sum const& sum) {
  if constexpr (std::is_same_v<Sum, compensated_sum>) {
    constexpr double most = largest_amount * 0x1p60;
    return is_finite(sum.sum) && is_finite(sum.lost) && sum.sum >= -most && sum.sum <= most && sum.lost >= -most &&
           sum.lost <= most;
  } else {
    return true;
  }
}

/// A customer in a period, as it is told and stored.
template <class Sum>
struct active_period {
  std::int64_t period = 0;
  std::uint64_t times = 0;
  Sum sum{};
  friend bool operator==(active_period const&, active_period const&) = default;
};

/// Who was active when: for every period a column of pages of customers. A log in the order of time touches one column
/// at a time, some hundred kilobytes for a million customers, which is what makes it quick; one in another order is
/// slower and leads to the same state.
template <class Key, class Sum>
class activity_state {
 public:
  using page = activity_page<Sum>;
  using history = std::vector<active_period<Sum>>;
  using index_type = customer_index<Key>;

  activity_state() = default;
  explicit activity_state(index_type customers) : customers_(std::move(customers)) {}

  [[nodiscard]] index_type const& customers() const { return customers_; }
  [[nodiscard]] index_type& customers() { return customers_; }
  /// The periods, by column, in no order.
  [[nodiscard]] std::vector<std::int64_t> periods() const { return periods_.keys_beside(); }
  [[nodiscard]] std::size_t column_count() const { return columns_.size(); }
  [[nodiscard]] std::size_t page_count() const {
    return (std::size_t{customers_.limit()} + page_customers - 1) >> page_shift;
  }
  /// None where nobody of the page was active.
  [[nodiscard]] page const* page_at(std::uint32_t which, std::size_t number) const {
    std::vector<std::uint32_t> const& own = columns_[which];
    return number < own.size() && own[number] != 0 ? &pages_[own[number] - 1] : nullptr;
  }
  [[nodiscard]] std::uint32_t column_of(std::int64_t period) {
    std::uint32_t const found = periods_.find_or_add(period);
    while (columns_.size() <= found) columns_.emplace_back();
    return found;
  }
  /// Of a customer, who is added if new.
  template <class Own>
  [[nodiscard]] std::uint32_t number_of(Own const& key) {
    if constexpr (integer_key<Key>) {
      return customers_.find_or_add(group_table<Key, no_state>::stored_form(key));
    } else {
      return customers_.find_or_add(key);
    }
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
        pages[places[place] - 1].add(number % page_customers);
      }
      if (at < count) {
        page_of(which, numbers[at]).add(numbers[at] % page_customers);
        ++at;
      }
    }
  }

  activity_state& operator+=(activity_state const& other) {
    if (std::addressof(other) == this) return *this += activity_state(other);
    merge(other, [](std::uint32_t, std::uint32_t) {});
    return *this;
  }
  /// Merges, and tells which number each customer of the other has here.
  template <class Tell>
  void merge(activity_state const& other, Tell const& tell) {
    if (customers_.limit() == 0) customers_ = empty_like(other.customers_);
    auto const& beside = other.customers_.keys_beside();
    std::vector<std::uint32_t> numbers(other.customers_.limit(), no_customer);
    auto const number_of = [&](std::uint32_t theirs) {
      std::uint32_t& number = numbers[theirs];
      if (number == no_customer) {
        number = customers_.find_or_add(other.customers_.key_at(theirs, beside));
        tell(theirs, number);
      }
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
            other.tallied ? into.add(number % page_customers, times, sum) : into.add(number % page_customers);
          });
    }
    rejected += other.rejected;
    rows += other.rows;
    tallied = tallied || other.tallied;
  }

  /// What each customer did, in the order of time: `tell(number, history)` for each who did anything.
  template <class Tell>
  void each_customer(Tell const& tell) const {
    std::vector<std::pair<std::int64_t, std::uint32_t>> order;
    for (std::int64_t const period : periods()) order.emplace_back(period, static_cast<std::uint32_t>(order.size()));
    std::sort(order.begin(), order.end());
    std::vector<history> told((std::min)(std::size_t{customers_.limit()}, std::size_t{page_customers}));
    for (std::size_t at = 0; at < page_count(); ++at) {
      for (auto const& [period, which] : order) {
        page const* own = page_at(which, at);
        if (own == nullptr) continue;
        page settled = *own;
        settled.settle();
        settled.walk([&, in = period](std::uint32_t who, std::uint64_t times, Sum const& sum) {
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
      equal = there != no_customer && theirs[there] == own;
    });
    return equal && in_left == in_right;
  }

  // In the order of the encoded keys: equal states give equal bytes. The periods of a customer are stored as words of
  // 64 of them, each with its number, or where they are counted, one by one.
  template <class Writer>
  void write(Writer& out) const {
    struct stored {
      std::string key;
      history own;
    };
    std::vector<stored> all;
    auto const& beside = customers_.keys_beside();
    each_customer([&](std::uint32_t number, history const& own) {
      all.push_back({{}, own});
      codec_of<Key>::encode(all.back().key, customers_.key_at(number, beside));
    });
    std::sort(all.begin(), all.end(), [](stored const& one, stored const& other) { return one.key < other.key; });
    out.put(rows);
    out.put(rejected);
    out.put(tallied);
    out.put_count(all.size());
    for (stored const& each : all) {
      out.put(each.key);
      tallied ? write_tallies(out, each.own) : write_words(out, each.own);
    }
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    *this = {};
    std::uint64_t count = 0;
    if (!in.get(rows) || !in.get(rejected) || !in.get(tallied) || !in.get_count(count)) return false;
    std::string before;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::string encoded;
      Key key{};
      if (!in.get(encoded)) return false;
      std::string_view left = encoded;
      if ((at != 0 && !(before < encoded)) || !codec_of<Key>::decode(left, key) || !left.empty()) return false;
      std::uint32_t const number = customers_.find_or_add(key);
      if (!(tallied ? read_tallies(in, number) : read_words(in, number))) return false;
      before = std::move(encoded);
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

  template <class Writer>
  static void write_words(Writer& out, history const& own) {
    std::vector<std::pair<std::int64_t, std::uint64_t>> words;
    for (active_period<Sum> const& each : own) {
      std::int64_t const word = each.period >> 6;
      if (words.empty() || words.back().first != word) words.emplace_back(word, 0);
      words.back().second |= std::uint64_t{1} << (each.period & 63);
    }
    out.put_count(words.size());
    for (auto const& [word, bits] : words) {
      out.put(word);
      out.put(bits);
    }
  }
  template <class Reader>
  [[nodiscard]] bool read_words(Reader& in, std::uint32_t number) {
    std::uint64_t count = 0;
    if (!in.get_count(count) || count == 0) return false;
    std::int64_t before = 0;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::int64_t word = 0;
      std::uint64_t bits = 0;
      constexpr std::int64_t ends = std::int64_t{1} << 57;
      if (!in.get(word) || !in.get(bits) || bits == 0 || word < -ends || word >= ends || (at != 0 && word <= before))
        return false;
      before = word;
      for (; bits != 0; bits &= bits - 1)
        page_of(column_of(64 * word + std::countr_zero(bits)), number).add(number % page_customers);
    }
    return true;
  }
  template <class Writer>
  static void write_tallies(Writer& out, history const& own) {
    out.put_count(own.size());
    for (active_period<Sum> const& each : own) {
      out.put(each.period);
      out.put(each.times);
      out.put(each.sum);
    }
  }
  template <class Reader>
  [[nodiscard]] bool read_tallies(Reader& in, std::uint32_t number) {
    std::uint64_t count = 0;
    if (!in.get_count(count) || count == 0) return false;
    std::int64_t before = 0;
    for (std::uint64_t at = 0; at < count; ++at) {
      std::int64_t period = 0;
      std::uint64_t times = 0;
      Sum sum{};
      if (!in.get(period) || !in.get(times) || !in.get(sum) || !detail::is_sound_sum(sum) || times == 0 ||
          times > ~std::uint64_t{} / 16 || (at != 0 && period <= before))
        return false;
      before = period;
      page_of(column_of(period), number).add(number % page_customers, times, sum);
    }
    return true;
  }

  index_type customers_;
  customer_index<std::int64_t> periods_;             ///< of each column
  std::vector<std::vector<std::uint32_t>> columns_;  ///< where its pages stand, plus one; 0 where there is none
  std::vector<page> pages_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
