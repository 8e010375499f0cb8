// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_READ_SPAN_HPP
#define CREDENCE_CHURN_DETAIL_READ_SPAN_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/detail/churn_tally.hpp>
#include <credence/core/design.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/gather.hpp>
#include <credence/history/detail/push_activity.hpp>

// From rows to the spans of customers.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A start and an end, which is an empty optional where there is none; or it is turned away.
template <class Start, class End>
[[nodiscard]] bool read_span(on_invalid policy, rejections& rejected, std::uint64_t position, Start const& start,
                             End const& end, churn_span& span) {
  instant const from = detail::instant_of(start);
  instant until = instant::from_micros(open_end);
  bool known = from.is_known();
  if (detail::has_answer(end)) {
    until = detail::instant_of(end);
    known = known && until.is_known() && from <= until;
  }
  if (!known) {
    turn_away(policy, rejected, detail::has_answer(start) ? rejection::bad_time : rejection::missing, 0, position);
    return false;
  }
  span.start = from.micros;
  span.end = until.micros;
  return true;
}

/// The spans of customers, in the order of customers and times, those of one that overlap or touch being one, which
/// ends for the reason of the latest end; the reasons, by number; and what was left out.
template <class Reason>
struct span_list {
  std::vector<churn_span> spans;
  group_table<Reason, no_state> reasons;
  std::int64_t latest = earliest_micros;  ///< the last start or end of any row
  std::uint64_t rows = 0;
  rejections rejected;

  /// Of customers whose numbers are below `limit`: spans are dealt out to them first, and those of each put in order.
  void merge(std::uint32_t limit) {
    std::vector<std::size_t> ends(std::size_t{limit} + 1);
    for (churn_span const& own : spans) ++ends[own.who + 1];
    for (std::size_t who = 0; who < limit; ++who) ends[who + 1] += ends[who];
    std::vector<churn_span> dealt(spans.size());
    for (churn_span const& own : spans) dealt[ends[own.who]++] = own;
    spans.clear();
    for (std::size_t at = 0; at < dealt.size();) {
      std::size_t const next = ends[dealt[at].who];
      merge_one(dealt.data() + at, dealt.data() + next);
      at = next;
    }
  }
  /// Calls `use(spans, count)` for each customer.
  template <class Use>
  void each_customer(Use const& use) const {
    for (std::size_t at = 0; at < spans.size();) {
      std::size_t next = at + 1;
      while (next < spans.size() && spans[next].who == spans[at].who) ++next;
      use(spans.data() + at, next - at);
      at = next;
    }
  }

 private:
  void merge_one(churn_span* first, churn_span* last) {
    std::sort(first, last, [](churn_span const& one, churn_span const& other) {
      if (one.start != other.start) return one.start < other.start;
      return one.end != other.end ? one.end < other.end : one.reason < other.reason;
    });
    std::size_t const own_first = spans.size();
    for (; first != last; ++first) {
      if (spans.size() == own_first || first->start > spans.back().end) {
        spans.push_back(*first);
        continue;
      }
      churn_span& before = spans.back();
      if (first->end > before.end || (first->end == before.end && first->reason < before.reason))
        before.reason = first->reason;
      before.end = (std::max)(before.end, first->end);
    }
  }
};

template <class Range, class Projection>
struct key_of_rows {
  using type = stored_key<std::remove_cvref_t<projected<Range, Projection>>>;
};
template <class Range>
struct key_of_rows<Range, not_given> {
  using type = int;
};
/// The numbers of customers, of whom none is known yet.
template <class Range, class KeyOf>
auto no_customers(Range& rows, KeyOf const& key) {
  static_cast<void>(rows);
  static_cast<void>(key);
  if constexpr (!is_given<KeyOf>) {
    return not_given{};
  } else {
    using key_type = present_key<projected<Range, KeyOf>>;
    if constexpr (integer_key<key_type> && shareable_rows<Range>) {
      return detail::numbers_for<key_type>(rows, key);
    } else {
      return numbered_keys<key_type>();
    }
  }
}

template <class Range, class Projection>
constexpr bool check_optional_key() {
  if constexpr (!is_given<Projection>) {
    return true;
  } else {
    return check_key<projected<Range, Projection>>();
  }
}
template <class Range, class KeyOf>
constexpr bool check_optional_customer() {
  if constexpr (!is_given<KeyOf>) {
    return true;
  } else {
    return check_present_key<projected<Range, KeyOf>>();
  }
}

/// What projections of spans return: who, if anybody is named, from when and until when.
template <class Range, class KeyOf, class Start, class End, class Reason>
constexpr bool check_spans() {
  constexpr bool who = check_optional_customer<Range, KeyOf>();
  constexpr bool times = check_time<projected<Range, Start>>() && check_time<projected<Range, End>>();
  return who && times && check_optional_key<Range, Reason>();
}

/// Reads rows into spans. Without a customer, each is one of its own.
template <class Range, class KeyOf, class Start, class End, class Reason>
auto gathered_spans(on_invalid policy, Range& rows, KeyOf const& key, Start const& start, End const& end_of,
                    Reason const& reason) {
  span_list<typename key_of_rows<Range, Reason>::type> list;
  [[maybe_unused]] auto customers = detail::no_customers<Range>(rows, key);
  std::uint64_t done = 0;
  auto const end = std::ranges::end(rows);
  at_row([&] { return done; },
         [&] {
           for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
             auto&& row = *at;
             churn_span span;
             if constexpr (is_given<KeyOf>) {
               auto&& who = detail::project(key, row);
               if (!detail::has_answer(who)) {
                 turn_away(policy, list.rejected, rejection::missing, 0, done);
                 continue;
               }
               if (!detail::read_span(policy, list.rejected, done, detail::project(start, row),
                                      detail::project(end_of, row), span))
                 continue;
               span.who = detail::number_among(customers, who);
             } else {
               if (!detail::read_span(policy, list.rejected, done, detail::project(start, row),
                                      detail::project(end_of, row), span))
                 continue;
               if (list.rows >= no_number) too_many_keys();
               span.who = static_cast<std::uint32_t>(list.rows);
             }
             if constexpr (is_given<Reason>) {
               if (span.end != open_end)
                 span.reason = static_cast<std::uint32_t>(list.reasons.find_or_add(detail::project(reason, row)));
             }
             list.latest = (std::max)(list.latest, span.end == open_end ? span.start : span.end);
             list.spans.push_back(span);
             ++list.rows;
           }
         });
  if constexpr (is_given<KeyOf>) list.merge(customers.limit());
  return list;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
