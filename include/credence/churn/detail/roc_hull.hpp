// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_ROC_HULL_HPP
#define CREDENCE_CHURN_DETAIL_ROC_HULL_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/churn/detail/ranked_scores.hpp>
#include <credence/core/detail/real_bag.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/core/wide_integer.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Who is contacted at a threshold.
struct roc_point {
  std::uint64_t positives = 0;
  std::uint64_t negatives = 0;
  double threshold = infinite_number();  ///< the least score among them
};

/// Does the ROC curve's upper hull bend at `middle`, which lies between the others: is it above the line from `upper`
/// to `lower`, and not on it? Exact, by products of 128 bits.
[[nodiscard]] inline bool bends(roc_point const& upper, roc_point const& middle, roc_point const& lower) {
  auto const product = [](std::uint64_t one, std::uint64_t other) { return word_product(one, other); };
  wide_integer<3> left = product(upper.positives - middle.positives, middle.negatives - lower.negatives);
  left -= product(middle.positives - lower.positives, upper.negatives - middle.negatives);
  return left.negative();
}

/// The corners of the convex hull of the ROC curve, tied scores entering together, from contacting nobody to contacting
/// all: whatever a customer is worth, the most profit is made at one of them. O(customers).
[[nodiscard]] inline std::vector<roc_point> roc_hull(ranked_scores const& ranked) {
  std::vector<roc_point> hull;
  auto const enter = [&hull](roc_point const& next) {
    while (hull.size() > 1 && !bends(hull[hull.size() - 2], hull.back(), next)) hull.pop_back();
    hull.push_back(next);
  };
  roc_point above{ranked.positives.size(), ranked.negatives.size(), 0};
  walk_values(ranked.positives, ranked.negatives, [&](double score, std::uint64_t positives, std::uint64_t negatives) {
    above.threshold = score;
    enter(above);
    above.positives -= positives;
    above.negatives -= negatives;
  });
  enter(roc_point{});
  std::reverse(hull.begin(), hull.end());
  return hull;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
