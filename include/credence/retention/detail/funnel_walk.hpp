// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_RETENTION_DETAIL_FUNNEL_WALK_HPP
#define CREDENCE_RETENTION_DETAIL_FUNNEL_WALK_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/time.hpp>
#include <credence/core/version.hpp>
#include <credence/retention/funnel_result.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// One customer's way through the steps.
class funnel_walk {
 public:
  funnel_walk(std::size_t steps, funnel_options const& options, std::int64_t until)
      : options_(options), until_(until), starts_(steps), times_(steps, std::vector<std::int64_t>(steps)) {}

  /// Walks a customer's events, in the order of time. `furthest()` is then how many steps they took.
  void walk(std::int64_t const* when, std::uint64_t const* steps, std::size_t count) {
    furthest_ = 0;
    too_recent_ = false;
    after_end_ = count != 0 && when[0] >= until_;
    std::fill(starts_.begin(), starts_.end(), no_start);
    for (std::size_t at = 0; at < count && when[at] < until_; ++at)
      options_.strictly_later ? take_down(when[at], steps[at]) : take_up(when[at], steps[at]);
  }
  [[nodiscard]] std::size_t furthest() const { return furthest_; }
  [[nodiscard]] bool too_recent() const { return furthest_ == 0 && too_recent_; }
  [[nodiscard]] bool after_end() const { return after_end_; }
  /// When each step was taken, on the first way to the furthest.
  [[nodiscard]] std::vector<std::int64_t> const& taken() const { return taken_; }

 private:
  static constexpr std::int64_t no_start = earliest_micros;

  // From the last step down, so that one event cannot take two steps; or up, so that it can.
  void take_down(std::int64_t when, std::uint64_t steps) {
    for (std::size_t step = starts_.size(); step-- > 0;)
      if ((steps >> step & 1) != 0) take(when, step);
  }
  void take_up(std::int64_t when, std::uint64_t steps) {
    for (std::size_t step = 0; step < starts_.size(); ++step)
      if ((steps >> step & 1) != 0) take(when, step);
  }
  /// Keeps, for each step, the way to it that began last: none can be followed further within the time.
  void take(std::int64_t when, std::size_t step) {
    if (step == 0) {
      if (options_.within && saturated_sum(when, options_.within->micros) > until_) {
        too_recent_ = true;
        return;
      }
      starts_[0] = when;
      times_[0][0] = when;
    } else {
      std::int64_t const start = starts_[step - 1];
      if (start == no_start ||
          (options_.within && elapsed(start, when) > static_cast<std::uint64_t>(options_.within->micros)))
        return;
      starts_[step] = start;
      std::copy_n(times_[step - 1].begin(), step, times_[step].begin());
      times_[step][step] = when;
    }
    if (step + 1 > furthest_) {
      furthest_ = step + 1;
      taken_ = times_[step];
    }
  }

  funnel_options options_;
  std::int64_t until_;
  std::vector<std::int64_t> starts_;              ///< of the way to each step that began last
  std::vector<std::vector<std::int64_t>> times_;  ///< when its steps were taken
  std::vector<std::int64_t> taken_;
  std::size_t furthest_ = 0;
  bool too_recent_ = false;
  bool after_end_ = false;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
