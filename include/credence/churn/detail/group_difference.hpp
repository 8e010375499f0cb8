// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_GROUP_DIFFERENCE_HPP
#define CREDENCE_CHURN_DETAIL_GROUP_DIFFERENCE_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/math/chi_squared.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The log-rank test of several groups, which is Mantel and Haenszel's over strata: in each stratum so many of each
/// group are exposed and so many of them lost, and given how many are lost altogether, the rest is as if drawn without
/// replacement.
class group_difference {
 public:
  explicit group_difference(std::size_t groups)
      : expected_(groups), excess_(groups), covariance_(groups * groups), groups_(groups) {}

  /// One stratum.
  void add(std::vector<std::uint64_t> const& exposed, std::vector<std::uint64_t> const& lost) {
    double all = 0;
    double gone = 0;
    for (std::size_t group = 0; group < groups_; ++group) {
      all += static_cast<double>(exposed[group]);
      gone += static_cast<double>(lost[group]);
    }
    if (all == 0) return;
    double const spread = all > 1 ? gone * (all - gone) / (all - 1) : 0;
    for (std::size_t one = 0; one < groups_; ++one) {
      double const share = static_cast<double>(exposed[one]) / all;
      expected_[one] += gone * share;
      excess_[one] += static_cast<double>(lost[one]) - gone * share;
      for (std::size_t other = 0; other < groups_; ++other)
        covariance_[one * groups_ + other] += spread * share *
                                              ((one == other ? 1 : 0) - static_cast<double>(exposed[other]) / all);
    }
  }
  [[nodiscard]] double expected(std::size_t group) const { return expected_[group]; }

  struct test {
    double chi_squared = not_a_number();
    std::uint64_t degrees_of_freedom = 0;
    double p_value = not_a_number();
  };
  /// x'V⁻x by elimination. V is never of full rank, for the excesses add up to 0, and groups nobody of which was
  /// exposed beside others have no variance: what is left of a row that depends on those before it is passed over.
  [[nodiscard]] test tested() const {
    std::vector<double> left = covariance_;
    std::vector<double> excess = excess_;
    test result;
    double sum = 0;
    for (std::size_t pivot = 0; pivot < groups_; ++pivot) {
      double const own = left[pivot * groups_ + pivot];
      if (!(own > 1e-10 * covariance_[pivot * groups_ + pivot])) continue;
      sum += excess[pivot] * excess[pivot] / own;
      ++result.degrees_of_freedom;
      for (std::size_t row = pivot + 1; row < groups_; ++row) {
        double const factor = left[row * groups_ + pivot] / own;
        excess[row] -= factor * excess[pivot];
        for (std::size_t column = pivot + 1; column < groups_; ++column)
          left[row * groups_ + column] -= factor * left[pivot * groups_ + column];
      }
    }
    if (result.degrees_of_freedom == 0) return result;
    result.chi_squared = sum;
    result.p_value = math::chi_squared_upper_tail(sum, static_cast<double>(result.degrees_of_freedom));
    return result;
  }

 private:
  std::vector<double> expected_;
  std::vector<double> excess_;      ///< lost less expected
  std::vector<double> covariance_;  ///< of the excesses, by rows
  std::size_t groups_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
