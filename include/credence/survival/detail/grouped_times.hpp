// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_GROUPED_TIMES_HPP
#define CREDENCE_SURVIVAL_DETAIL_GROUPED_TIMES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/design.hpp>
#include <credence/core/detail/group_table.hpp>
#include <credence/core/error.hpp>
#include <credence/core/grouped.hpp>
#include <credence/core/named_arguments.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/survival/detail/gather_times.hpp>
#include <credence/survival/detail/survival_state.hpp>
#include <credence/survival/survival_times_accumulator.hpp>

// The times of groups that are compared, within strata where there are any.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Which number each group has, in the order in which they came. Whole keys are found again by a look at the last one
/// like them.
template <class Key>
class group_numbers {
 public:
  group_numbers() {
    for (std::uint64_t at = 0; at < remembered; ++at) last_[at].word = at + 1;  // which is never looked for here
  }
  template <class Own>
  [[nodiscard]] std::size_t operator()(Own const& key) {
    if constexpr (integer_key<Own>) {
      auto const word = static_cast<std::uint64_t>(key);
      seen& own = last_[static_cast<std::size_t>(word) % remembered];
      if (own.word != word) own = {word, table_.find_or_add(key)};
      return own.number;
    } else {
      return table_.find_or_add(key);
    }
  }
  [[nodiscard]] std::size_t size() const { return table_.size(); }
  [[nodiscard]] std::vector<Key> const& keys() const { return table_.keys; }

 private:
  static constexpr std::size_t remembered = 64;
  struct seen {
    std::uint64_t word = 0;
    std::size_t number = 0;
  };

  group_table<Key, no_state> table_;
  std::array<seen, remembered> last_;
};

/// Without strata there is one.
template <>
class group_numbers<not_given> {
 public:
  [[nodiscard]] std::size_t operator()(not_given) const { return 0; }
};

/// Times by stratum and group. In a stratum the last groups may be missing.
template <class Key>
struct grouped_times {
  std::vector<Key> keys;
  std::vector<std::vector<survival_state>> strata;

  [[nodiscard]] survival_state& state_of(std::size_t stratum, std::size_t group) {
    if (strata.size() <= stratum) strata.resize(stratum + 1);
    if (strata[stratum].size() <= group) strata[stratum].resize(group + 1);
    return strata[stratum][group];
  }
  /// Adds up what all of them turned away, and how many they hold.
  template <class Result>
  void tell(Result& result) const {
    for (auto const& stratum : strata) {
      for (survival_state const& state : stratum) {
        result.count += state.count();
        result.rejections += state.rejected;
      }
    }
    result.rejected = result.rejections.total();
  }
};

template <class Projection, class Row>
[[nodiscard]] decltype(auto) group_of_row(Projection const& projection, Row& row) {
  if constexpr (is_given<Projection>) {
    return detail::project(projection, row);
  } else {
    return not_given{};
  }
}
template <class Range, class Projection>
struct key_of_projection {
  using type = stored_key<std::remove_cvref_t<projected<Range, Projection>>>;
};
template <class Range>
struct key_of_projection<Range, not_given> {
  using type = not_given;
};
template <class Range, class Projection>
constexpr bool check_group() {
  if constexpr (is_given<Projection>) {
    constexpr bool fits = projection_of<Projection, Range>;
    static_assert(fits,
                  "credence: what grouped_by or stratified_by was given cannot be applied to these rows; give a "
                  "member, or a callable that takes a row");
    if constexpr (fits) {
      return check_key<projected<Range, Projection>>();
    } else {
      return false;
    }
  } else {
    return true;
  }
}

/// Gathers rows. Whole times without strata are counted, of all groups in one table.
template <class Key, class Range, class Times, class Group, class Stratum>
[[nodiscard]] grouped_times<Key> gathered_groups(on_invalid policy, Range& rows, Times const& times, Group const& group,
                                                 Stratum const& stratum) {
  survival_times_options const options{policy};
  grouped_times<Key> gathered;
  group_numbers<Key> groups;
  group_numbers<typename key_of_projection<Range, Stratum>::type> strata;
  auto row = std::ranges::begin(rows);
  auto const end = std::ranges::end(rows);
  if constexpr (counts_whole_times<Range, Times> && !is_given<Stratum>) {
    if (policy == on_invalid::reject) {
      counting_table table;
      detail::count_rows(
          table, row, end, times.time, times.event,
          [&groups, group](auto& own) { return groups(detail::project(group, own)); },
          [&](std::size_t number, auto time, auto event) {
            survival_times_accumulator::push(options, gathered.state_of(0, number), time, event);
          });
      for (std::size_t at = 0; at < groups.size(); ++at) table.hand_over(at, gathered.state_of(0, at));
    }
  }
  std::uint64_t done = 0;
  at_row([&] { return done; },
         [&] {
           for (; row != end; ++row, static_cast<void>(++done)) {
             auto&& own = *row;
             std::size_t const number = groups(detail::project(group, own));
             detail::push_times(options, gathered.state_of(strata(detail::group_of_row(stratum, own)), number), own,
                                times);
           }
         });
  for (auto& each : gathered.strata)
    for (survival_state& state : each) state.settle();
  gathered.keys = groups.keys();
  return gathered;
}

template <class History>
inline constexpr bool is_grouped_survival = false;
template <class Key>
inline constexpr bool is_grouped_survival<grouped<Key, survival_times_accumulator>> = true;

/// Of calls that compare groups: `rows, time, event [, weight], grouped_by(…) [, stratified_by(…)] [, weighted_by(…)]
/// [, entering_at(…)] [, {options}]`, or a grouping of survival_times_accumulator in the place of the first:
/// `Derived::of(grouped_times, options)` answers both.
template <class Derived, class Options>
struct grouped_survival_calls
    : optioned_calls<Derived, Options,
                     call_shape<Options, call_terms{.further = 1, .takes_design = true, .takes_history = true},
                                argument_kind::projection, argument_kind::projection>> {
  template <class Executor, class Range, class Time, class Event, class... Rest>
  static auto answer(Executor&, Options const& options, Range& rows, Time const& time, Event const& event,
                     Rest const&... rest) {
    auto const times = detail::times_of<group_argument, strata_argument>(time, event, rest...);
    auto const group = detail::picked<group_argument>(rest...);
    auto const stratum = detail::picked<strata_argument>(rest...);
    static_assert(is_given<std::remove_const_t<decltype(group)>>,
                  "credence: this call compares groups; say which, behind the event: "
                  "credence::grouped_by(&customer::plan)");
    if constexpr (is_given<std::remove_const_t<decltype(group)>>) {
      if constexpr (is_given<std::remove_const_t<decltype(stratum)>>) {
        return gathered(options, rows, times, group.projection, stratum.stratum);
      } else {
        return gathered(options, rows, times, group.projection, stratum);
      }
    } else {
      return Derived::of(grouped_times<int>{}, options);
    }
  }
  template <class History>
  static auto answer_of(History const& history, Options const& options) {
    static_assert(is_grouped_survival<History>,
                  "credence: this compares the groups of rows, or of group_by(rows, &customer::plan, "
                  "credence::survival_times_accumulator{}, &customer::months, &customer::has_left)");
    if constexpr (is_grouped_survival<History>) {
      grouped_times<typename History::key_type> all;
      for (auto const& own : history) {
        all.keys.push_back(own.key);
        all.state_of(0, all.keys.size() - 1) = own.accumulator.state();
      }
      return Derived::of(all, options);
    } else {
      return Derived::of(grouped_times<int>{}, options);
    }
  }

 private:
  template <class Range, class Times, class Group, class Stratum>
  static auto gathered(Options const& options, Range& rows, Times const& times, Group const& group,
                       Stratum const& stratum) {
    if constexpr (check_group<Range, Group>() && check_group<Range, Stratum>() && Times::template fit<Range>()) {
      using key_type = typename key_of_projection<Range, Group>::type;
      return Derived::of(detail::gathered_groups<key_type>(options.on_invalid, rows, times, group, stratum), options);
    } else {
      return Derived::of(grouped_times<int>{}, options);
    }
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
