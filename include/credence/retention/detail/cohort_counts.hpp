// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_DETAIL_COHORT_COUNTS_HPP
#define CREDENCE_RETENTION_DETAIL_COHORT_COUNTS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <credence/core/error.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/history/detail/period_walk.hpp>
#include <credence/retention/retention_mode.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What is counted, and when.
struct cohort_plan {
  retention_mode mode = retention_mode::on;
  std::vector<std::int64_t> brackets;  ///< their first periods, ascending; the last is where the last one ends
  std::uint64_t min_occurrences = 1;
  observed_periods observed;
  std::uint64_t most_cells = 0;
  std::uint64_t most_periods = ~std::uint64_t{} - 1;  ///< cells of later periods are not asked for
};

/// A row of the table while it is counted.
struct cohort_row {
  std::int64_t first = 0;  ///< the earliest of its members' own periods
  std::uint64_t size = 0;
  std::size_t offset = 0;  ///< of its first cell
  std::size_t width = 0;
  bool nobody = false;  ///< is it known that it has no members? Then it has no cells
  std::vector<std::pair<std::int64_t, std::uint64_t>> beginners;  ///< how many began in which period
};

/// Counts cohorts' cells. A customer begins in a period of their own, of which all others are counted: in calendar
/// cohorts that is the cohort's; in others members begin when they will, and are eligible each for themselves.
template <class Sum>
class cohort_counts {
 public:
  static constexpr std::uint32_t nobody = ~std::uint32_t{} - 1;  ///< the row of who is in no cohort

  /// Of a history of so many customers.
  cohort_counts(cohort_plan const& plan, std::size_t customers)
      : plan_(plan), members_(member{}, customers), more_(member_more{}, customers), seen_(seen{}, customers) {}

  std::vector<cohort_row> rows;
  std::vector<std::uint64_t> retained;  ///< of members for whom the cell is complete
  std::vector<std::uint64_t> so_far;    ///< of others
  std::vector<Sum> values;              ///< of both

  /// A cohort of so many, who begin in one period or several: before counting.
  void add_row(std::vector<std::pair<std::int64_t, std::uint64_t>> beginners) {
    cohort_row row;
    row.beginners = std::move(beginners);
    row.first = row.beginners.front().first;
    for (auto const& [period, many] : row.beginners) {
      row.first = (std::min)(row.first, period);
      row.size += many;
    }
    rows.push_back(std::move(row));
  }
  /// How many cells there will be.
  [[nodiscard]] std::uint64_t cells() const {
    std::uint64_t count = 0;
    for (cohort_row const& row : rows) count += row.nobody ? 0 : width_of(row.first);
    return count;
  }
  /// The cells of all rows, when they are known. Throws where there are too many.
  void lay_out() {
    if (cells() > plan_.most_cells) refuse();
    std::size_t next = 0;
    for (cohort_row& row : rows) {
      row.width = row.nobody ? 0 : width_of(row.first);
      row.offset = next;
      next += row.width;
    }
    retained.assign(next, 0);
    so_far.assign(next, 0);
    values.assign(next, Sum{});
  }

  /// Counts the customers of a page. `begin(who, slice, first)` is asked once for each that does anything, first in
  /// this slice: it answers their row, or `nobody`, and sets the period they begin in.
  template <class State, class Begin>
  void count_page(State const& state, std::vector<period_slice> const& slices, std::size_t page, Begin const& begin) {
    members_.clear();
    bool const tallied = state.tallied;
    bool const plain = is_plain();
    if (!plain || tallied) more_.clear();
    detail::walk_page(state, slices, page,
                      [&](std::uint32_t who, std::size_t slice, std::uint64_t times, Sum const& sum) {
                        member& own = members_[who];
                        std::int64_t const period = slices[slice].index;
                        if (own.row >= nobody) {
                          if (own.row == nobody) return;
                          own.row = begin(who, slice, own.first);
                          if (own.row == nobody) return;
                        }
                        if (period < own.first) return;
                        bool const again = own.last_slice == slice;
                        own.last_slice = static_cast<std::uint32_t>(slice);
                        if (tallied) {
                          if (!enough(own, more_[who], period, again, times, sum)) return;
                        } else if (again) {
                          return;
                        }
                        plain ? count(own, period, elapsed(own.first, period)) : count(own, more_[who], period);
                      });
    if (plan_.mode != retention_mode::on_or_after) return;
    for (std::uint32_t who = 0; who < more_.size(); ++who)
      if (more_[who].last_active != no_period) close(members_[who], more_[who].last_active);
  }
  /// The same where customers begin with the first thing they did, row by slice, and are counted in the periods they
  /// were active in: what most calls ask for, in fewer steps.
  template <class State>
  void count_first_seen(State const& state, std::vector<period_slice> const& slices, std::size_t page) {
    seen_.clear();
    for (std::uint32_t slice = 0; slice < slices.size(); ++slice) {
      std::uint32_t const since_first = static_cast<std::uint32_t>(slices[slice].index - slices[0].index);
      bool const complete = slices[slice].index <= plan_.observed.last_complete;
      std::uint64_t* const into = (complete ? retained : so_far).data();
      for (std::uint32_t const column : slices[slice].columns) {
        auto const* here = state.page_at(column, page);
        if (here == nullptr) continue;
        here->walk([&](std::uint32_t who, std::uint64_t, Sum const&) {
          seen& own = seen_[who];
          if (own.last_slice == slice) return;
          own.last_slice = slice;
          if (own.origin == unseen) {
            own.origin = static_cast<std::uint32_t>(rows[slice].offset) - since_first;
            ++rows[slice].beginners[0].second;
          }
          ++into[own.origin + since_first];
        });
      }
    }
  }
  [[nodiscard]] bool counts_first_seen(bool tallied) const { return !tallied && is_plain(); }
  /// Of "on or after" what was counted is in the last cell of each: summed up from the end.
  void finish() {
    if (plan_.mode != retention_mode::on_or_after) return;
    for (cohort_row const& row : rows)
      for (std::size_t at = row.offset + row.width; at-- > row.offset + 1;) {
        retained[at - 1] += retained[at];
        so_far[at - 1] += so_far[at];
      }
  }

  /// The first and last period of a cell.
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> periods_of(std::size_t cell) const {
    if (plan_.brackets.empty()) return {static_cast<std::int64_t>(cell), static_cast<std::int64_t>(cell)};
    return {plan_.brackets[cell], plan_.brackets[cell + 1] - 1};
  }
  /// How many members a cell is complete for.
  [[nodiscard]] std::uint64_t eligible(cohort_row const& row, std::size_t cell) const {
    std::uint64_t members = 0;
    std::uint64_t const last = static_cast<std::uint64_t>(periods_of(cell).second);
    for (auto const& [period, many] : row.beginners)
      if (period <= plan_.observed.last_complete && last <= elapsed(period, plan_.observed.last_complete))
        members += many;
    return members;
  }

 private:
  static constexpr std::uint32_t unseen = ~std::uint32_t{};

  static constexpr std::int64_t no_period = (std::numeric_limits<std::int64_t>::min)();
  struct member {
    std::uint32_t row = unseen;
    std::uint32_t last_slice = unseen;  ///< that was looked at
    std::int64_t first = 0;
  };
  struct seen {
    std::uint32_t origin = unseen;  ///< the row's first cell, less the periods from the first of all to it
    std::uint32_t last_slice = unseen;
  };
  /// What only some plans ask for.
  struct member_more {
    std::int64_t last_active = no_period;
    std::uint64_t times = 0;               ///< in the last slice
    std::size_t bracket = ~std::size_t{};  ///< the last that was counted
  };

  [[nodiscard]] std::size_t width_of(std::int64_t first) const {
    if (!plan_.brackets.empty()) return plan_.brackets.size() - 1;
    // From one end of time to the other there may be more than fit the table: so many are refused.
    std::uint64_t const last = (std::min)(elapsed(first, plan_.observed.last_shown), plan_.most_periods);
    return static_cast<std::size_t>((std::min)(last + 1, std::uint64_t{1} << 40));
  }
  [[nodiscard]] bool is_plain() const { return plan_.mode == retention_mode::on && plan_.brackets.empty(); }
  [[nodiscard]] std::size_t bracket_of(std::uint64_t since) const {
    auto const after = std::upper_bound(
        plan_.brackets.begin(), plan_.brackets.end(), since,
        [](std::uint64_t periods, std::int64_t bound) { return periods < static_cast<std::uint64_t>(bound); });
    if (after == plan_.brackets.begin() || after == plan_.brackets.end()) return plan_.brackets.size();
    return static_cast<std::size_t>(after - plan_.brackets.begin()) - 1;
  }
  void count(member const& own, std::int64_t last, std::uint64_t cell) {
    cohort_row const& row = rows[own.row];
    if (cell >= row.width) return;
    ++(last <= plan_.observed.last_complete ? retained : so_far)[row.offset + static_cast<std::size_t>(cell)];
  }
  void count(member const& own, member_more& more, std::int64_t period) {
    more.last_active = period;
    if (plan_.mode == retention_mode::on_or_after) return;
    std::size_t const cell = bracket_of(elapsed(own.first, period));
    if (cell == more.bracket || cell >= plan_.brackets.size()) return;
    more.bracket = cell;
    count(own, saturated_sum(own.first, periods_of(cell).second), cell);
  }
  /// Adds what a customer did; is it enough, for the first time in this period?
  [[nodiscard]] bool enough(member const& own, member_more& more, std::int64_t period, bool again, std::uint64_t times,
                            Sum const& sum) {
    cohort_row const& row = rows[own.row];
    std::uint64_t const since = elapsed(own.first, period);
    std::uint64_t const cell = plan_.brackets.empty() ? since : bracket_of(since);
    if (cell < row.width) values[row.offset + static_cast<std::size_t>(cell)] += sum;
    if (!again) more.times = 0;
    bool const had_enough = more.times >= plan_.min_occurrences;
    more.times += times;
    return !had_enough && more.times >= plan_.min_occurrences;
  }
  /// Those active up to some period: a difference, which `finish` sums up.
  void close(member const& own, std::int64_t last_active) {
    cohort_row const& row = rows[own.row];
    std::int64_t const widest = static_cast<std::int64_t>(row.width) - 1;
    auto const since_first = [&](std::int64_t period) {
      return static_cast<std::int64_t>((std::min)(elapsed(own.first, period), static_cast<std::uint64_t>(widest)));
    };
    std::int64_t const last = since_first(last_active);
    std::int64_t const ended = plan_.observed.last_complete;
    std::int64_t const complete = ended < own.first ? -1 : (std::min)(last, since_first(ended));
    if (complete >= 0) ++retained[row.offset + static_cast<std::size_t>(complete)];
    if (complete == last) return;
    // In a period that has not ended for them.
    ++so_far[row.offset + static_cast<std::size_t>(last)];
    if (complete >= 0) --so_far[row.offset + static_cast<std::size_t>(complete)];
  }
  [[noreturn, gnu::cold]] void refuse() const {
    raise(error(joined({"credence: the table of cohorts would have ", shown(cells()),
                        " cells, more than most_cells, which is ", shown(plan_.most_cells),
                        "; take longer periods or brackets, say observed_until, or is a time wrong?"})));
  }

  cohort_plan plan_;
  per_customer<member> members_;
  per_customer<member_more> more_;
  per_customer<seen> seen_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
