// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_HISTORY_DETAIL_WINDOW_COUNTS_HPP
#define CREDENCE_HISTORY_DETAIL_WINDOW_COUNTS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/history/detail/period_walk.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Who comes into the window and who leaves it, of all pages. A customer is known by the period in which they will have
/// left it: 0 of those never seen, who are in no window, which leave with period 0 and are not looked at.
template <class Period, class State>
void count_moves(State const& state, std::vector<period_slice> const& slices, std::int64_t first, std::int64_t window,
                 std::vector<std::uint64_t>& coming, std::vector<std::uint64_t>& leaving) {
  per_customer<Period> left(0, state.customers().limit());
  for (std::size_t page = 0; page < state.page_count(); ++page) {
    left.clear();
    for (period_slice const& slice : slices) {
      auto const now = static_cast<Period>(slice.index - first);
      auto const until = static_cast<Period>(slice.index - first + window);
      std::uint64_t came = 0;
      for (std::uint32_t const column : slice.columns) {
        auto const* here = state.page_at(column, page);
        if (here == nullptr) continue;
        // Without a branch: whether a customer is new to the window cannot be guessed.
        here->walk([&](std::uint32_t who, std::uint64_t, auto const&) {
          Period& own = left[who];
          std::uint64_t const comes = own <= now;
          came += comes;
          leaving[own] += comes;
          own = until;
        });
      }
      coming[static_cast<std::size_t>(slice.index - first)] += came;
    }
    for (std::uint32_t who = 0; who < left.size(); ++who) ++leaving[left[who]];
  }
}

/// The same of windows of one period: who was active in it, by a bit each, of few customers at a time.
template <class State>
void count_each(State const& state, std::vector<period_slice> const& slices, std::int64_t first,
                std::vector<std::uint64_t>& users) {
  std::vector<std::uint64_t> bits(page_keys / 64);
  for (period_slice const& slice : slices) {
    std::uint64_t count = 0;
    for (std::size_t page = 0; page < state.page_count(); ++page) {
      bool any = false;
      for (std::uint32_t const column : slice.columns) {
        auto const* here = state.page_at(column, page);
        if (here == nullptr) continue;
        any = true;
        std::uint64_t* const words = bits.data();
        here->walk([&](std::uint32_t who, std::uint64_t, auto const&) {
          std::uint64_t const word = words[who >> 6];
          count += ~(word >> (who & 63)) & 1;
          words[who >> 6] = word | std::uint64_t{1} << (who & 63);
        });
      }
      if (any) std::fill(bits.begin(), bits.end(), 0);
    }
    users[static_cast<std::size_t>(slice.index - first)] = count;
  }
}

/// How many customers were active within so many periods, for windows that end with each of `count` periods from
/// `first` on. By the gaps of each: who was active is in all windows from then until the last has passed, and comes in
/// anew only after a gap as long as a window. One step for a customer in a period, however long the windows.
template <class State>
[[nodiscard]] std::vector<std::uint64_t> window_counts(State const& state, std::vector<period_slice> const& slices,
                                                       std::int64_t first, std::size_t count, std::int64_t window) {
  std::size_t const periods = count + static_cast<std::size_t>(window);
  std::vector<std::uint64_t> coming(count);
  if (window == 1) {
    detail::count_each(state, slices, first, coming);
    return coming;
  }
  std::vector<std::uint64_t> leaving(periods);
  if (periods <= 0xffff) {
    detail::count_moves<std::uint16_t>(state, slices, first, window, coming, leaving);
  } else {
    detail::count_moves<std::uint32_t>(state, slices, first, window, coming, leaving);
  }
  std::uint64_t within = 0;
  for (std::size_t at = 0; at < count; ++at) {
    within += coming[at];
    if (at != 0) within -= leaving[at];
    coming[at] = within;
  }
  return coming;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
