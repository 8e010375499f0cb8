// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_CATALOGUE_MEANS_HPP
#define CREDENCE_REVIEWS_DETAIL_CATALOGUE_MEANS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What the whole catalogue says.
class catalogue_means {
 public:
  explicit catalogue_means(bool keep_weights) : keep_weights_(keep_weights) {}
  /// An item with ratings of this mean, and of this weight in all.
  void add(double mean, double weight) {
    if (weight <= 0) return;
    if (is_nan(mean) || is_nan(weight)) {
      are_told_ = false;
    } else {
      ratings_ += mean * weight;
      items_ += mean;
    }
    weight_ += weight;
    ++count_;
    if (keep_weights_) weights_.push_back(weight);
  }
  [[nodiscard]] double of_ratings() const {
    return are_told_ && count_ != 0 ? ratings_.value() / weight_.value() : not_a_number();
  }
  [[nodiscard]] double of_items() const {
    return are_told_ && count_ != 0 ? items_.value() / static_cast<double>(count_) : not_a_number();
  }
  [[nodiscard]] double mean_weight() const {
    return count_ == 0 ? not_a_number() : weight_.value() / static_cast<double>(count_);
  }
  /// Only where they were kept.
  [[nodiscard]] double median_weight() {
    if (weights_.empty()) return not_a_number();
    auto const middle = weights_.begin() + static_cast<std::ptrdiff_t>(weights_.size() / 2);
    std::nth_element(weights_.begin(), middle, weights_.end());
    if (weights_.size() % 2 != 0) return *middle;
    return (*std::max_element(weights_.begin(), middle) + *middle) / 2;
  }

 private:
  bool keep_weights_;
  compensated_sum ratings_;
  compensated_sum items_;
  compensated_sum weight_;
  std::uint64_t count_ = 0;
  bool are_told_ = true;  // some scores do not tell the mean of what they score
  std::vector<double> weights_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
