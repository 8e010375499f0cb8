// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVIVAL_DETAIL_LATE_ENTRIES_HPP
#define CREDENCE_SURVIVAL_DETAIL_LATE_ENTRIES_HPP

#include <algorithm>
#include <cstddef>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/survival/detail/survival_state.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Who has not come yet, as time is walked down: who came at a time is at risk only after it.
class late_entries {
 public:
  explicit late_entries(std::vector<marked_time> const& marked) {
    for (marked_time const& own : marked)
      if (own.entry >= 0) entries_.push_back({own.entry, own.weight});
    std::sort(entries_.begin(), entries_.end(), [](entry const& one, entry const& other) {
      return one.time > other.time || (!(one.time < other.time) && one.weight < other.weight);
    });
  }
  /// Of those who go at a time or later, who has come before it; times may only go down. Who goes at the time itself
  /// has come: where what remains beside them is rounding, of weights that were added up in two orders, nobody does.
  [[nodiscard]] double at_risk(double later, double going, double time) {
    if (entries_.empty()) return later;
    for (; next_ < entries_.size() && !(entries_[next_].time < time); ++next_) to_come_ += entries_[next_].weight;
    double const present = later - to_come_;
    return present - going > 1e-12 * later ? present : going;
  }

 private:
  struct entry {
    double time;
    double weight;
  };
  std::vector<entry> entries_;
  std::size_t next_ = 0;
  double to_come_ = 0;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
