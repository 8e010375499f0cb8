// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_INFERENCE_DETAIL_GROUP_DIFFERENCE_HPP
#define CREDENCE_INFERENCE_DETAIL_GROUP_DIFFERENCE_HPP

#include <cstddef>
#include <utility>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/inference/detail/score_test.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The log-rank test of several groups, which is Mantel and Haenszel's over strata: in each stratum (a time, say) so
/// many of each group are exposed and so many of them lost, and given how many are lost altogether, the rest is as if
/// drawn without replacement.
class group_difference {
 public:
  explicit group_difference(std::size_t groups)
      : observed_(groups), expected_(groups), covariance_(groups * groups), groups_(groups) {}

  /// One stratum, and what it counts for.
  template <class Number>
  void add(std::vector<Number> const& exposed, std::vector<Number> const& lost, double weight = 1) {
    double all = 0;
    double gone = 0;
    for (std::size_t group = 0; group < groups_; ++group) {
      all += static_cast<double>(exposed[group]);
      gone += static_cast<double>(lost[group]);
    }
    if (!(all > 0)) return;
    double const varying = all > 1 ? weight * weight * gone * (all - gone) / (all - 1) : 0;
    for (std::size_t one = 0; one < groups_; ++one) {
      double const portion = static_cast<double>(exposed[one]) / all;
      observed_[one] += weight * static_cast<double>(lost[one]);
      expected_[one] += weight * gone * portion;
      if (!(portion > 0)) continue;
      double* const own = covariance_.data() + one * groups_;
      own[one] += varying * portion;
      for (std::size_t other = 0; other < groups_; ++other)
        own[other] -= varying * portion * (static_cast<double>(exposed[other]) / all);
    }
  }
  [[nodiscard]] double observed(std::size_t group) const { return observed_[group]; }
  [[nodiscard]] double expected(std::size_t group) const { return expected_[group]; }
  /// Of observed − expected, row by row.
  [[nodiscard]] std::vector<double> const& covariance() const { return covariance_; }

  [[nodiscard]] score_test tested() const {
    std::vector<double> scores(groups_);
    for (std::size_t group = 0; group < groups_; ++group) scores[group] = observed_[group] - expected_[group];
    return detail::score_test_of(std::move(scores), covariance_);
  }

 private:
  std::vector<double> observed_;
  std::vector<double> expected_;
  std::vector<double> covariance_;
  std::size_t groups_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
