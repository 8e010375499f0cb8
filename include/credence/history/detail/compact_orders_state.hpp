// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_COMPACT_ORDERS_STATE_HPP
#define CREDENCE_HISTORY_DETAIL_COMPACT_ORDERS_STATE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/detail/ordered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/real.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/activity_bytes.hpp>
#include <credence/history/detail/purchase_record.hpp>
#include <credence/history/detail/rfm_records.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A record for each customer. Those of whom only returns are known have one without periods.
template <class Key, class Sum>
class compact_orders_state {
 public:
  using record = purchase_record<Sum>;

  /// Throws where a customer has bought in both, and then adds nothing.
  compact_orders_state& operator+=(compact_orders_state const& other) {
    auto const& beside = other.customers.keys_beside();
    other.records.bought.walk([&](std::uint32_t theirs, record const& bought) {
      if (bought.periods == 0) return;
      record const* const own = find(other.customers.key_at(theirs, beside));
      if (own != nullptr && own->periods != 0)
        raise(
            error("credence: these compact histories of orders share a customer, so they cannot be merged; split the "
                  "log by customer, or gather an orders_accumulator, which may be split anywhere"));
    });
    other.records.bought.walk([&](std::uint32_t theirs, record const& bought) {
      if (bought.periods == 0) return;
      records.bought[customers.find_or_add(other.customers.key_at(theirs, beside))] = bought;
    });
    rfm_report& report = records.report;
    rfm_report const& added = other.records.report;
    report.count += added.count;
    report.returned += added.returned;
    report.dropped += added.dropped;
    report.unmatched += added.unmatched;
    report.rejections += added.rejections;
    records.latest = (std::max)(records.latest, other.records.latest);
    return *this;
  }
  friend bool operator==(compact_orders_state const& left, compact_orders_state const& right) {
    if (!(left.records.report == right.records.report) || left.records.latest != right.records.latest ||
        left.buyers() != right.buyers())
      return false;
    bool equal = true;
    auto const& beside = left.customers.keys_beside();
    left.records.bought.walk([&](std::uint32_t number, record const& bought) {
      if (bought.periods == 0 || !equal) return;
      record const* const there = right.find(left.customers.key_at(number, beside));
      equal = there != nullptr && *there == bought;
    });
    return equal;
  }

  template <class Writer>
  void write(Writer& out) const {
    auto const& beside = customers.keys_beside();
    auto const order = detail::ordered_keys<Key>(
        customers.limit(), [&](std::size_t at) { return customers.key_at(static_cast<std::uint32_t>(at), beside); },
        [&](std::size_t at) {
          record const* const own = records.bought.find(static_cast<std::uint32_t>(at));
          return own != nullptr && own->periods != 0;
        });
    out.put(records.report);
    out.put(records.latest);
    out.put_count(order.size());
    for (auto const& [key, at] : order) {
      record const& own = *records.bought.find(static_cast<std::uint32_t>(at));
      out.put(key);
      out.put(own.first);
      out.put(own.last);
      out.put(own.periods);
      out.put(own.log_gaps);
      out.put(own.first_spend);
      out.put(own.repeat_spend);
    }
  }
  template <class Reader>
  [[nodiscard]] bool read(Reader& in) {
    *this = {};
    std::uint64_t count = 0;
    if (!in.get(records.report) || !in.get(records.latest) || !in.get_count(count)) return false;
    ordered_key_reader<Key> keys;
    for (std::uint64_t at = 0; at < count; ++at) {
      Key key{};
      record own;
      if (!keys.read(in, key) || !in.get(own.first) || !in.get(own.last) || !in.get(own.periods) ||
          !in.get(own.log_gaps) || !in.get(own.first_spend) || !in.get(own.repeat_spend) || own.periods == 0)
        return false;
      records.bought[customers.find_or_add(key)] = own;
    }
    return true;
  }
  /// Could this have been gathered?
  template <class Options>
  [[nodiscard]] bool valid(Options const& options) const {
    std::uint64_t const most = ~std::uint64_t{} / 16;
    rfm_report const& report = records.report;
    std::uint64_t periods = 0;
    bool sound = report.rejections.valid() && report.count <= most && report.returned <= most &&
                 report.dropped <= report.returned && report.unmatched <= report.returned - report.dropped &&
                 report.merged == 0 && report.netted == 0 && report.after_end == 0 && report.began_later == 0 &&
                 report.rejected == 0;
    std::int64_t const first = options.grid.index_of(instant::from_micros(earliest_micros + 1));
    std::int64_t const last = options.grid.index_of(instant::from_micros(latest_micros - 1));
    bool const is_untouched = report.count == 0 && report.returned == 0;
    sound = sound && (is_untouched ? records.latest == rfm_records<Sum>().latest
                                   : records.latest >= first && records.latest <= last);
    records.bought.walk([&](std::uint32_t, record const& own) {
      if (own.periods == 0) return;
      sound = sound && own.periods <= report.count && own.first >= first && own.first <= own.last && own.last <= last &&
              own.last <= records.latest && elapsed(own.first, own.last) >= own.periods - 1 &&
              (own.periods == 1) == (own.first == own.last) && (own.periods != 1 || own.log_gaps == 0) &&
              is_finite(own.log_gaps) && detail::is_sound_sum(own.first_spend) &&
              detail::is_sound_sum(own.repeat_spend);
      if (sound) periods += own.periods;
    });
    return sound && periods <= report.count && (periods == 0) == (report.count == 0);
  }
  /// For who prints it: what it holds is told by `write`.
  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("report", self.records.report);
    visit("latest", self.records.latest);
  }

  numbered_keys<Key> customers;
  rfm_records<Sum> records;

 private:
  [[nodiscard]] record const* find(Key const& key) const {
    std::uint32_t const number = customers.find(key);
    return number == no_number ? nullptr : records.bought.find(number);
  }
  [[nodiscard]] std::uint64_t buyers() const {
    std::uint64_t count = 0;
    records.bought.walk([&](std::uint32_t, record const& own) { count += own.periods != 0; });
    return count;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
