// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_CHURN_SERIES_SINK_HPP
#define CREDENCE_CHURN_DETAIL_CHURN_SERIES_SINK_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/churn/churn_rate_options.hpp>
#include <credence/churn/detail/churn_answer.hpp>
#include <credence/churn/detail/churn_tally.hpp>
#include <credence/core/error.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

// Many periods at once: what tally_customer asks of them, and tells.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The periods of a policy from the first on, the last cut off where observation ends.
template <class Policy, bool CountsDays>
class churn_periods {
 public:
  static constexpr bool counts_days = CountsDays;

  churn_periods(Policy const& policy, std::int64_t first, std::int64_t count, std::int64_t until)
      : policy_(policy), first_(first) {
    for (std::int64_t at = 0; at < count; ++at) begins_.push_back(policy.begin_of(first + at).micros);
    begins_.push_back((std::min)(policy.begin_of(first + count).micros, until));
    if constexpr (CountsDays) {
      first_days_.push_back(0);
      for (std::size_t at = 0; at + 1 < begins_.size(); ++at) {
        churn_window<true> const own{begins_[at], begins_[at + 1]};
        if (first_days_.back() >= most_churn_days - own.days())
          raise(error("credence: churn_series counts at most 1,000,000 days; is a time wrong?"));
        first_days_.push_back(first_days_.back() + own.days());
      }
    }
  }
  [[nodiscard]] std::int64_t periods() const { return static_cast<std::int64_t>(begins_.size()) - 1; }
  [[nodiscard]] std::int64_t begin(std::int64_t period) const { return begins_[static_cast<std::size_t>(period)]; }
  [[nodiscard]] std::int64_t place(std::int64_t time) const {
    if (time < begins_.front()) return -1;
    if (time >= begins_.back()) return periods();
    return policy_.index_of(instant::from_micros(time)) - first_;
  }
  [[nodiscard]] std::int64_t day(std::int64_t time) const {
    std::int64_t const period = place(time);
    if (period < 0) return -1;
    if (period == periods()) return days();
    return first_day(period) + churn_window<true>{begin(period), begin(period + 1)}.day(time);
  }
  /// The number of a period's first day, and of all days.
  [[nodiscard]] std::int64_t first_day(std::int64_t period) const {
    return first_days_[static_cast<std::size_t>(period)];
  }
  [[nodiscard]] std::int64_t days() const { return first_days_.empty() ? 0 : first_days_.back(); }

 private:
  Policy policy_;
  std::int64_t first_;
  std::vector<std::int64_t> begins_;      ///< and where the last ends
  std::vector<std::int64_t> first_days_;  ///< likewise; empty where days are not counted
};

/// What is counted of many periods: of stretches only where they begin and end, until all are settled.
class churn_series_sink {
 public:
  churn_series_sink(std::int64_t periods, std::int64_t days)
      : counts_(static_cast<std::size_t>(periods)),
        present_(counts_.size() + 2),
        covered_(counts_.size() + 1),
        there_(static_cast<std::size_t>(days) + 1),
        lost_(static_cast<std::size_t>(days)) {}

  [[nodiscard]] churn_counts& at(std::int64_t period) { return counts_[static_cast<std::size_t>(period)]; }
  void present(std::int64_t first, std::int64_t last) { change(present_, first, last); }
  void covered(std::int64_t first, std::int64_t last) { change(covered_, first, last); }
  void present_on(std::int64_t first, std::int64_t last) {
    change(there_, first, (std::min)(last, static_cast<std::int64_t>(lost_.size()) - 1));
  }
  void leaves(churn_leaving const& leaving) {
    if (leaving.of_the_day) ++lost_[static_cast<std::size_t>(leaving.day)];
  }

  template <class Grid>
  void settle(Grid const& grid) {
    add_up(present_);
    add_up(covered_);
    add_up(there_);
    for (std::size_t at = 0; at < counts_.size(); ++at) {
      auto const period = static_cast<std::int64_t>(at);
      counts_[at].active_at_start = present_[at];
      counts_[at].active_at_end = present_[at + 1];
      counts_[at].exposure += times(elapsed(grid.begin(period), grid.begin(period + 1)), covered_[at]);
    }
  }
  template <class Grid>
  [[nodiscard]] churn_days days_of(Grid const& grid, std::int64_t period) const {
    if constexpr (Grid::counts_days) {
      auto const first = static_cast<std::size_t>(grid.first_day(period));
      return {there_.data() + first, lost_.data() + first,
              static_cast<std::size_t>(grid.first_day(period + 1)) - first};
    } else {
      return {};
    }
  }

 private:
  static void change(std::vector<std::uint64_t>& changes, std::int64_t first, std::int64_t last) {
    if (first > last) return;
    ++changes[static_cast<std::size_t>(first)];
    --changes[static_cast<std::size_t>(last) + 1];
  }
  static void add_up(std::vector<std::uint64_t>& changes) {
    for (std::size_t at = 1; at < changes.size(); ++at) changes[at] += changes[at - 1];
  }
  [[nodiscard]] static wide_integer<2> times(std::uint64_t length, std::uint64_t many) {
    wide_integer<3> const product = word_product(length, many);
    wide_integer<2> sum;
    sum.words[0] = product.words[0];
    sum.words[1] = product.words[1];
    return sum;
  }

  std::vector<churn_counts> counts_;
  std::vector<std::uint64_t> present_;
  std::vector<std::uint64_t> covered_;
  std::vector<std::uint64_t> there_;
  std::vector<std::uint64_t> lost_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
