// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_EXPERIENCES_HPP
#define CREDENCE_CHURN_DETAIL_EXPERIENCES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/churn/detail/churn_tally.hpp>
#include <credence/churn/detail/read_span.hpp>
#include <credence/core/design.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/rows.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/push_activity.hpp>

// From rows to the bad experiences of customers, and when each of them left.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

struct experience {
  std::int64_t when = 0;
  std::uint64_t row = 0;
  std::uint32_t who = 0;
  std::uint32_t group = 0;
};

template <class Group>
struct experience_list {
  std::vector<experience> all;             ///< by customer and time; at one time, in the order of the rows
  std::vector<std::int64_t> left;          ///< of each customer, the earliest that any row says; `open_end` for none
  std::vector<unsigned char> conflicting;  ///< do the rows of a customer say different times?
  group_table<Group, no_state> groups;
  rejections rejected;

  void enter(experience const& own, std::int64_t gone) {
    if (own.who >= left.size()) {
      left.resize(std::size_t{own.who} + 1, open_end);
      conflicting.resize(left.size());
      seen_.resize(left.size());
    }
    if (seen_[own.who] != 0 && left[own.who] != gone) conflicting[own.who] = 1;
    seen_[own.who] = 1;
    left[own.who] = (std::min)(left[own.who], gone);
    all.push_back(own);
  }
  /// When all rows are read: nobody has an experience after they left.
  void settle(on_invalid policy) {
    std::size_t kept = 0;
    for (experience const& own : all) {
      if (own.when > left[own.who]) {
        turn_away(policy, rejected, rejection::bad_time, 0, own.row);
      } else {
        all[kept++] = own;
      }
    }
    all.resize(kept);
    std::sort(all.begin(), all.end(), [](experience const& one, experience const& other) {
      if (one.who != other.who) return one.who < other.who;
      return one.when != other.when ? one.when < other.when : one.row < other.row;
    });
  }

 private:
  std::vector<unsigned char> seen_;
};

template <class Range, class KeyOf, class When, class Left, class Group>
auto gathered_experiences(on_invalid policy, Range& rows, KeyOf const& key, When const& when, Left const& left,
                          Group const& group) {
  experience_list<typename key_of_rows<Range, Group>::type> list;
  auto customers = detail::no_customers<Range>(rows, key);
  std::uint64_t done = 0;
  auto const end = std::ranges::end(rows);
  at_row([&] { return done; },
         [&] {
           for (auto at = std::ranges::begin(rows); at != end; ++at, static_cast<void>(++done)) {
             auto&& row = *at;
             auto&& who = detail::project(key, row);
             auto&& time = detail::project(when, row);
             auto&& gone = detail::project(left, row);
             instant const happened = detail::instant_of(time);
             instant const leaving = detail::has_answer(gone) ? detail::instant_of(gone) : instant();
             if (!detail::has_answer(who) || !detail::has_answer(time) || !happened.is_known() || !leaving.is_known()) {
               bool const missing = !detail::has_answer(who) || !detail::has_answer(time);
               turn_away(policy, list.rejected, missing ? rejection::missing : rejection::bad_time, 0, done);
               continue;
             }
             experience own{happened.micros, done, 0, 0};
             own.who = detail::number_among(customers, who);
             if constexpr (is_given<Group>)
               own.group = static_cast<std::uint32_t>(list.groups.find_or_add(detail::project(group, row)));
             list.enter(own, detail::has_answer(gone) ? leaving.micros : open_end);
           }
         });
  list.settle(policy);
  return list;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
