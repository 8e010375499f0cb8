// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_REMEMBERED_CRITICALS_HPP
#define CREDENCE_REVIEWS_DETAIL_REMEMBERED_CRITICALS_HPP

#include <cstddef>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/math/student_t.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Critical values of Student's t by their degrees of freedom. A quantile takes two microseconds, and of a hundred
/// thousand items most have as many ratings as some other. Of one thread: what was found is kept.
class remembered_criticals {
 public:
  explicit remembered_criticals(double confidence) : confidence_(confidence) {}

  [[nodiscard]] double operator()(double degrees) const {
    if (!(degrees < most)) return math::student_t_critical(confidence_, degrees);
    auto const at = static_cast<std::size_t>(degrees);
    if (static_cast<double>(at) != degrees) return math::student_t_critical(confidence_, degrees);
    if (found_.size() <= at) found_.resize(at + 1 + at / 2);
    if (!(found_[at] > 0)) found_[at] = math::student_t_critical(confidence_, degrees);
    return found_[at];
  }

 private:
  static constexpr double most = 65'536;

  double confidence_;
  mutable std::vector<double> found_;  ///< by whole degrees; 0 where it has not been asked for
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
