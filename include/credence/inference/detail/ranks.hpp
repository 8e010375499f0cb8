// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_RANKS_HPP
#define CREDENCE_INFERENCE_DETAIL_RANKS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Values in order: who stands where, and where each run of equal values begins and ends.
class ranking {
 public:
  explicit ranking(std::vector<double> const& values) : order_(values.size()), ranks_(values.size()) {
    for (std::size_t at = 0; at < order_.size(); ++at) order_[at] = at;
    std::sort(order_.begin(), order_.end(),
              [&](std::size_t one, std::size_t other) { return values[one] < values[other]; });
    double const middle = static_cast<double>(values.size()) / 2;
    for (std::size_t from = 0, to = 0; from < order_.size(); from = to) {
      while (to < order_.size() && values[order_[to]] == values[order_[from]]) ++to;
      ends_.push_back(to);
      for (std::size_t at = from; at < to; ++at)
        ranks_[order_[at]] = (static_cast<double>(from) + static_cast<double>(to)) / 2 - middle;
    }
  }

  /// The middle of the ranks of each value's equals, less that of all.
  [[nodiscard]] std::vector<double> const& ranks() const { return ranks_; }

  /// For each value the sum of `parts` over the values above it, and half that over its equals.
  [[nodiscard]] std::vector<double> sums_above(std::vector<double> const& parts) const {
    std::vector<double> sums(order_.size());
    double above = 0;
    for (std::size_t run = ends_.size(); run-- != 0;) {
      std::size_t const from = run == 0 ? 0 : ends_[run - 1];
      double own = 0;
      for (std::size_t at = from; at < ends_[run]; ++at) own += parts[order_[at]];
      for (std::size_t at = from; at < ends_[run]; ++at) sums[order_[at]] = above + own / 2;
      above += own;
    }
    return sums;
  }

 private:
  std::vector<std::size_t> order_;
  std::vector<double> ranks_;
  std::vector<std::size_t> ends_;
};

/// Spearman's correlation, and how far each pair moves it.
struct rank_correlation {
  double value = not_a_number();
  std::vector<double> influences;  ///< of each pair, with a sum of 0; their squares ÷ n² are the variance of the value
};

/// NaN and no influences where either side never varies. Ranks are estimated too, and an influence holds what a pair
/// does to the ranks of the others, and to the spread of tied ranks. O(n log n).
[[nodiscard]] inline rank_correlation rank_correlation_of(std::vector<double> const& first,
                                                          std::vector<double> const& second) {
  rank_correlation found;
  ranking const one(first);
  ranking const two(second);
  std::vector<double> const& left = one.ranks();
  std::vector<double> const& right = two.ranks();
  double products = 0;
  double left_squares = 0;
  double right_squares = 0;
  for (std::size_t at = 0; at < left.size(); ++at) {
    products += left[at] * right[at];
    left_squares += left[at] * left[at];
    right_squares += right[at] * right[at];
  }
  if (!(left_squares > 0 && right_squares > 0)) return found;
  double const scale = std::sqrt(left_squares * right_squares);  // one root: the same ranks give exactly 1
  found.value = (std::clamp)(products / scale, -1.0, 1.0);
  double const size = static_cast<double>(left.size());
  std::vector<double> const right_above = one.sums_above(right);
  std::vector<double> const left_above = two.sums_above(left);
  std::vector<double> const own_left = one.sums_above(left);
  std::vector<double> const own_right = two.sums_above(right);
  for (std::size_t at = 0; at < left.size(); ++at) {
    // In units of n ranks: a value's own product, and what it adds to the ranks of those above it.
    double const product = left[at] * right[at] + right_above[at] + left_above[at] - 3 * products / size;
    double const left_square = left[at] * left[at] + 2 * own_left[at] - 3 * left_squares / size;
    double const right_square = right[at] * right[at] + 2 * own_right[at] - 3 * right_squares / size;
    found.influences.push_back(
        size * (product / scale - found.value / 2 * (left_square / left_squares + right_square / right_squares)));
  }
  return found;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
