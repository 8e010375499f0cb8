// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_LOSSES_HPP
#define CREDENCE_CHURN_DETAIL_LOSSES_HPP

#include <cmath>

#include <credence/core/interval.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>
#include <credence/math/normal.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// What each probability costs, given what came, and the mean of that.
struct losses {
  compensated_sum sum;
  real_moments moments;

  void add(double loss) {
    sum += loss;
    moments.push(loss, 1);
  }
  /// The mean and its error s/√n, of one or more; customers are independent.
  template <class Result>
  void tell(Result& result, double highest, double confidence) const {
    double const count = moments.weight;
    result.value = sum.value() / count;
    if (count < 2 || !is_finite(result.value)) return;
    result.standard_error = std::sqrt(moments.squared_deviations / (count - 1) / count);
    result.interval =
        error_interval(result.value, math::normal_critical(confidence) * result.standard_error, 0, highest, confidence);
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
