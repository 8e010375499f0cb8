// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_EVENT_LOG_HPP
#define CREDENCE_HISTORY_DETAIL_EVENT_LOG_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/period_walk.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The distinct times of each customer, and if asked for which steps they took at each: a set of 64. Kept as a log in
/// the order in which events came, which is put in the order of customers and times, without duplicates, when it is
/// asked; and now and then before, so that events delivered twice do not make it grow for ever.
template <class Key, bool HasSteps>
class event_log {
 public:
  using index_type = numbered_keys<Key>;

  event_log() = default;
  explicit event_log(index_type customers) : customers_(std::move(customers)) {}

  [[nodiscard]] index_type const& customers() const { return customers_; }
  [[nodiscard]] std::vector<std::uint32_t> const& who() const { return who_; }
  [[nodiscard]] std::vector<std::int64_t> const& when() const { return when_; }
  /// Is the log in the order of time?
  [[nodiscard]] bool in_order() const { return in_order_; }
  [[nodiscard]] index_type& customers() { return customers_; }
  void add(std::uint32_t number, std::int64_t micros, std::uint64_t steps = 0) {
    constexpr std::size_t unsettled = std::size_t{1} << 24;
    if (who_.size() - settled_ >= unsettled && who_.size() >= 2 * settled_) settle();
    who_.reserve(who_.size() == who_.capacity() ? 2 * who_.size() + 16 : who_.size());
    when_.reserve(who_.capacity());
    if constexpr (HasSteps) {
      steps_.reserve(who_.capacity());
      steps_.push_back(steps);
    }
    in_order_ = in_order_ && (when_.empty() || when_.back() <= micros);
    who_.push_back(number);
    when_.push_back(micros);
  }

  /// For so many events.
  void reserve(std::size_t events) {
    who_.reserve(events);
    when_.reserve(events);
  }
  /// Many at once, without steps.
  void append(std::uint32_t const* numbers, std::int64_t const* micros, std::size_t count) {
    for (std::size_t at = 0; at < count; at += page_keys) {
      std::size_t const room = (std::min)(count - at, std::size_t{page_keys});
      add(numbers[at], micros[at]);
      for (std::size_t later = at + 1; later < at + room; ++later)
        in_order_ = in_order_ & (micros[later - 1] <= micros[later]);
      who_.insert(who_.end(), numbers + at + 1, numbers + at + room);
      when_.insert(when_.end(), micros + at + 1, micros + at + room);
    }
  }

  event_log& operator+=(event_log const& other) {
    if (std::addressof(other) == this) return *this += event_log(other);
    auto const& beside = other.customers_.keys_beside();
    std::vector<std::uint32_t> numbers(other.customers_.limit(), no_number);
    for (std::size_t at = 0; at < other.who_.size(); ++at) {
      std::uint32_t& number = numbers[other.who_[at]];
      if (number == no_number) number = customers_.find_or_add(other.customers_.key_at(other.who_[at], beside));
      add(number, other.when_[at], HasSteps ? other.steps_[at] : 0);
    }
    rows += other.rows;
    last = (std::max)(last, other.last);
    rejected += other.rejected;
    return *this;
  }

  /// The events of each customer, in the order of time and each time once.
  struct settled_log {
    std::vector<std::size_t> begins;  ///< of each customer, by number; and where the last ends
    std::vector<std::int64_t> when;
    std::vector<std::uint64_t> steps;
  };
  [[nodiscard]] settled_log settled() const {
    settled_log log;
    log.begins.assign(std::size_t{customers_.limit()} + 1, 0);
    for (std::uint32_t const number : who_) ++log.begins[number + 1];
    for (std::size_t at = 1; at < log.begins.size(); ++at) log.begins[at] += log.begins[at - 1];
    log.when.resize(when_.size());
    if constexpr (HasSteps) log.steps.resize(when_.size());
    std::vector<std::size_t> next(log.begins.begin(), log.begins.end() - 1);
    for (std::size_t at = 0; at < who_.size(); ++at) {
      std::size_t const place = next[who_[at]]++;
      log.when[place] = when_[at];
      if constexpr (HasSteps) log.steps[place] = steps_[at];
    }
    std::size_t kept = 0;
    for (std::size_t number = 0; number + 1 < log.begins.size(); ++number) {
      std::size_t const from = log.begins[number];
      std::size_t const to = next[number];
      log.begins[number] = kept;
      order(log, from, to);
      for (std::size_t at = from; at < to; ++at) {
        if (kept != log.begins[number] && log.when[kept - 1] == log.when[at]) {
          if constexpr (HasSteps) log.steps[kept - 1] |= log.steps[at];
          continue;
        }
        log.when[kept] = log.when[at];
        if constexpr (HasSteps) log.steps[kept] = log.steps[at];
        ++kept;
      }
    }
    log.begins.back() = kept;
    log.when.resize(kept);
    if constexpr (HasSteps) log.steps.resize(kept);
    return log;
  }

  friend bool operator==(event_log const& left, event_log const& right) {
    if (left.rows != right.rows || left.last != right.last || !(left.rejected == right.rejected)) return false;
    settled_log const mine = left.settled();
    settled_log const theirs = right.settled();
    if (mine.when.size() != theirs.when.size()) return false;
    auto const& beside = left.customers_.keys_beside();
    for (std::uint32_t number = 0; number + 1 < mine.begins.size(); ++number) {
      std::size_t const from = mine.begins[number];
      std::size_t const many = mine.begins[number + 1] - from;
      if (many == 0) continue;
      std::uint32_t const there = right.customers_.find(left.customers_.key_at(number, beside));
      if (there == no_number || theirs.begins[there + 1] - theirs.begins[there] != many) return false;
      std::size_t const other = theirs.begins[there];
      for (std::size_t at = 0; at < many; ++at) {
        if (mine.when[from + at] != theirs.when[other + at]) return false;
        if constexpr (HasSteps)
          if (mine.steps[from + at] != theirs.steps[other + at]) return false;
      }
    }
    return true;
  }

  template <class Options>
  [[nodiscard]] bool valid(Options const&) const {
    return rejected.valid() && rows <= ~std::uint64_t{} / 16 && who_.size() <= rows &&
           (HasSteps || who_.empty() == (rows == 0)) && instant::from_micros(last).is_known() == (rows != 0) &&
           std::all_of(when_.begin(), when_.end(), [this](std::int64_t micros) {
             return instant::from_micros(micros).is_known() && micros <= last;
           });
  }
  template <class Writer>
  void write(Writer& out) const {
    settled_log const log = settled();
    auto const& beside = customers_.keys_beside();
    auto const keys = detail::ordered_keys<Key>(
        log.begins.size() - 1,
        [&](std::size_t at) { return customers_.key_at(static_cast<std::uint32_t>(at), beside); },
        [&](std::size_t at) { return log.begins[at] != log.begins[at + 1]; });
    out.put(rows);
    out.put(last);
    out.put(rejected);
    out.put_count(keys.size());
    for (auto const& [key, number] : keys) {
      out.put(key);
      out.put_count(log.begins[number + 1] - log.begins[number]);
      for (std::size_t at = log.begins[number]; at < log.begins[number + 1]; ++at) {
        out.put(log.when[at]);
        if constexpr (HasSteps) out.put(log.steps[at]);
      }
    }
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    *this = {};
    std::uint64_t count = 0;
    if (!in.get(rows) || !in.get(last) || !in.get(rejected) || !in.get_count(count)) return false;
    ordered_key_reader<Key> keys;
    for (std::uint64_t at = 0; at < count; ++at) {
      Key key{};
      std::uint64_t many = 0;
      if (!keys.read(in, key) || !in.get_count(many) || many == 0) return false;
      std::uint32_t const number = customers_.find_or_add(key);
      std::int64_t time_before = 0;
      for (std::uint64_t event = 0; event < many; ++event) {
        std::int64_t micros = 0;
        std::uint64_t steps = 0;
        if (!in.get(micros) || (HasSteps && !in.get(steps)) || (event != 0 && micros <= time_before)) return false;
        add(number, micros, steps);
        time_before = micros;
      }
    }
    return true;
  }

  /// For who prints it: what it holds is told by `write`.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("rows", self.rows);
    visit("last", self.last);
    visit("rejected", self.rejected);
  }

  std::uint64_t rows = 0;
  std::int64_t last = earliest_micros;  ///< the latest time of all, those that are no step among them
  credence::rejections rejected;

 private:
  static void order(settled_log& log, std::size_t from, std::size_t to) {
    auto const begin = log.when.begin() + static_cast<std::ptrdiff_t>(from);
    auto const end = log.when.begin() + static_cast<std::ptrdiff_t>(to);
    if (std::is_sorted(begin, end)) return;
    if constexpr (HasSteps) {
      std::vector<std::pair<std::int64_t, std::uint64_t>> own;
      for (std::size_t at = from; at < to; ++at) own.emplace_back(log.when[at], log.steps[at]);
      std::sort(own.begin(), own.end());
      for (std::size_t at = from; at < to; ++at) std::tie(log.when[at], log.steps[at]) = own[at - from];
    } else {
      std::sort(begin, end);
    }
  }
  void settle() {
    settled_log log = settled();
    std::vector<std::uint32_t> numbers(log.when.size());
    for (std::uint32_t number = 0; number + 1 < log.begins.size(); ++number)
      std::fill(numbers.begin() + static_cast<std::ptrdiff_t>(log.begins[number]),
                numbers.begin() + static_cast<std::ptrdiff_t>(log.begins[number + 1]), number);
    who_ = std::move(numbers);
    when_ = std::move(log.when);
    steps_ = std::move(log.steps);
    settled_ = who_.size();
    in_order_ = std::is_sorted(when_.begin(), when_.end());
  }

  index_type customers_;
  std::vector<std::uint32_t> who_;
  std::vector<std::int64_t> when_;
  std::vector<std::uint64_t> steps_;  ///< empty where none are kept
  std::size_t settled_ = 0;
  bool in_order_ = true;
};

/// Up to when events were looked for: as is asked, or nothing is known after the last of these.
template <class Log>
[[nodiscard]] std::int64_t end_of_log(std::optional<instant> const& asked, Log const& log) {
  check_end(asked);
  if (asked) return asked->micros;
  return log.rows == 0 ? latest_micros : log.last + 1;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
