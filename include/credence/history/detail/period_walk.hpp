// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_PERIOD_WALK_HPP
#define CREDENCE_HISTORY_DETAIL_PERIOD_WALK_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/error.hpp>
#include <credence/core/period.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

// What histories are asked: who was active in which period, page by page of customers, in the order of time.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// A period of the answer, and the columns of the grid that lie in it.
struct period_slice {
  std::int64_t index = 0;
  std::vector<std::uint32_t> columns;
};

[[noreturn, gnu::cold]] inline void periods_overlap(std::string const& grid, std::string const& period,
                                                    std::string const& policy) {
  raise(error(joined({"credence: a history by ", grid, " cannot answer by ", policy, ", for ", period,
                      " lies in two of its periods; gather days, and of the same offset or origin"})));
}

/// The periods of an answer, in the order of time. Throws where one of the grid's lies in two of them, and for a policy
/// that cannot be.
template <class State, class Grid, class Policy>
[[nodiscard]] std::vector<period_slice> slices_of(State const& state, Grid const& grid, Policy const& policy) {
  policy.check_fields([](char const* argument, auto const& value, std::string_view allowed) -> bool {
    wrong_argument(argument, value, allowed);
  });
  std::vector<period_slice> slices;
  std::vector<std::int64_t> const periods = state.periods();
  for (std::uint32_t column = 0; column < periods.size(); ++column) {
    std::int64_t index = periods[column];
    bool same = false;
    if constexpr (std::is_same_v<Grid, Policy>) same = Grid::shape(grid) == Policy::shape(policy);
    if (!same) {
      index = policy.index_of(grid.begin_of(periods[column]));
      if (policy.index_of(instant::from_micros(grid.begin_of(periods[column] + 1).micros - 1)) != index)
        periods_overlap(std::string(Grid::type_id()), grid.name_of(periods[column]), std::string(Policy::type_id()));
    }
    slices.push_back({index, {column}});
  }
  std::sort(slices.begin(), slices.end(),
            [](period_slice const& one, period_slice const& other) { return one.index < other.index; });
  std::size_t kept = 0;
  for (std::size_t at = 0; at < slices.size(); ++at) {
    if (kept != 0 && slices[kept - 1].index == slices[at].index) {
      slices[kept - 1].columns.push_back(slices[at].columns[0]);
    } else {
      if (kept != at) slices[kept] = std::move(slices[at]);
      ++kept;
    }
  }
  slices.resize(kept);
  return slices;
}

/// Up to when events were looked for, in periods.
struct observed_periods {
  static constexpr std::int64_t never = earliest_micros / 4;

  std::int64_t last_shown = never;     ///< the last that began before
  std::int64_t last_complete = never;  ///< the last that had ended

  /// Nothing is known of the time after an event in this period, so that it is not complete.
  [[nodiscard]] static constexpr observed_periods up_to(std::int64_t period) { return {period, period - 1}; }
};

/// Refuses an end that cannot be, such as 30 February.
inline void check_end(std::optional<instant> const& until) {
  if (until && until->micros == earliest_micros)
    raise(error("credence: observed_until is a time that cannot be, or is before all others"));
}

/// As the options say, or the policy; an end after all times says that everything was observed. Else nothing is known
/// of the time after the last event.
template <class Policy>
[[nodiscard]] observed_periods observed_by(std::optional<instant> const& asked, Policy const& policy,
                                           std::vector<period_slice> const& slices) {
  std::optional<instant> const& until = asked ? asked : policy.observed_until;
  check_end(until);
  if (until && until->is_known())
    return {policy.index_of(instant::from_micros(until->micros - 1)), policy.index_of(*until) - 1};
  observed_periods found;
  if (!slices.empty()) found = observed_periods::up_to(slices.back().index);
  if (until) found.last_complete = latest_micros / 4;
  return found;
}
/// Leaves out the periods that begin when observation had ended.
inline void cut_off(std::vector<period_slice>& slices, observed_periods const& observed) {
  while (!slices.empty() && slices.back().index > observed.last_shown) slices.pop_back();
}

/// `visit(who, slice, times, sum)` for what the customers of a page did, period by period; one customer perhaps more
/// than once a period.
template <class State, class Visit>
void walk_page(State const& state, std::vector<period_slice> const& slices, std::size_t page, Visit const& visit) {
  for (std::size_t slice = 0; slice < slices.size(); ++slice)
    for (std::uint32_t const column : slices[slice].columns)
      if (auto const* here = state.page_at(column, page))
        here->walk([&](std::uint32_t who, std::uint64_t times, auto const& sum) { visit(who, slice, times, sum); });
}

/// A bit for each customer of a page.
using page_bits = std::array<std::uint64_t, page_keys / 64>;

/// Who of a page was active in a period; answers whether anyone was.
template <class State>
[[nodiscard]] bool active_in(State const& state, period_slice const& slice, std::size_t page, page_bits& bits) {
  bool any = false;
  for (std::uint32_t const column : slice.columns) {
    auto const* here = state.page_at(column, page);
    if (here == nullptr) continue;
    if (!any) bits.fill(0);
    any = true;
    here->add_to(bits.data());
  }
  return any;
}

/// How many bits are set. The standard library's calls a function where the processor may lack an instruction for it;
/// this is a dozen steps in place.
[[nodiscard]] constexpr std::uint64_t bits_set(std::uint64_t word) {
  word -= (word >> 1) & 0x5555'5555'5555'5555U;
  word = (word & 0x3333'3333'3333'3333U) + ((word >> 2) & 0x3333'3333'3333'3333U);
  return (((word + (word >> 4)) & 0x0f0f'0f0f'0f0f'0f0fU) * 0x0101'0101'0101'0101U) >> 56;
}

/// What is kept of each customer of a page while it is walked.
template <class Type>
class per_customer {
 public:
  /// Of a history of so many.
  per_customer(Type const& none, std::size_t customers)
      : none_(none), values_((std::min)(customers, std::size_t{page_keys}), none) {}
  void clear() { std::fill(values_.begin(), values_.end(), none_); }
  [[nodiscard]] Type& operator[](std::uint32_t who) { return values_[who]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(values_.size()); }

 private:
  Type none_;
  std::vector<Type> values_;
};

/// How many customers were active for the first time in each period.
template <class State>
[[nodiscard]] std::vector<std::uint64_t> beginners_of(State const& state, std::vector<period_slice> const& slices) {
  std::vector<std::uint64_t> begun(slices.size());
  per_customer<unsigned char> known(0, state.customers().limit());
  for (std::size_t page = 0; page < state.page_count(); ++page) {
    known.clear();
    detail::walk_page(state, slices, page, [&](std::uint32_t who, std::size_t slice, std::uint64_t, auto const&) {
      begun[slice] += known[who] == 0;
      known[who] = 1;
    });
  }
  return begun;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
