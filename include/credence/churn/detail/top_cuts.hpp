// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_TOP_CUTS_HPP
#define CREDENCE_CHURN_DETAIL_TOP_CUTS_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Those with the greatest scores, so many of them.
struct top_cut {
  std::uint64_t customers = 0;
  double positives = 0;               ///< who left of them; not whole where a tie is cut
  double threshold = not_a_number();  ///< the least score among them
};

/// ⌊share · count⌋, without losing one where the product of what is meant is whole: 0.29 · 100 is 29.
[[nodiscard]] inline std::uint64_t top_of(double share, std::uint64_t count) {
  std::uint64_t const top = static_cast<std::uint64_t>(share * static_cast<double>(count) * (1 + 0x1p-50));
  return top < count ? top : count;
}

/// Fills in cuts whose `customers` do not fall. Of a tie that a cut goes through, each customer counts by the mean rate
/// of all who share the score: who of them comes first is nobody's choice. O(customers).
inline void fill_cuts(std::vector<top_cut>& cuts, ranked_scores const& ranked) {
  std::size_t left = cuts.size();  // from the last, which reaches down to the least scores
  std::uint64_t from_top = ranked.count();
  double positives = static_cast<double>(ranked.positives.size());
  walk_values(ranked.positives, ranked.negatives, [&](double score, std::uint64_t leavers, std::uint64_t stayers) {
    std::uint64_t const tied = leavers + stayers;
    double const own = static_cast<double>(leavers);
    for (; left != 0 && cuts[left - 1].customers > from_top - tied; --left) {
      top_cut& cut = cuts[left - 1];
      double const below = static_cast<double>(from_top - cut.customers);
      cut.positives = positives - own * below / static_cast<double>(tied);
      cut.threshold = score;
    }
    from_top -= tied;
    positives -= own;
  });
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
