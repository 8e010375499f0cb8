// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_BOOTSTRAP_HPP
#define CREDENCE_SURVEY_BOOTSTRAP_HPP

#include <cstdint>

#include <credence/core/error.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/bootstrap.hpp>
#include <credence/survey/nps.hpp>
#include <credence/survey/share.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

inline void refuse_weights(bool weighted) {
  if (weighted)
    raise(
        error("credence: bootstrap(result) was given a weighted result, whose counts do not say which answer had which "
              "weight; give it the rows: bootstrap(rows, accumulator, value, weight)"));
}

}  // namespace detail

/// The bootstrap of an unweighted NPS, in −100…100, from its counts alone: O(replicates), whatever the number of
/// answers. Throws `credence::error` for a weighted result.
[[nodiscard]] inline bootstrap_result bootstrap(nps_result const& result, bootstrap_options options = {}) {
  detail::refuse_weights(result.weighted);
  std::uint64_t const counts[] = {result.detractors, result.promoters, result.passives};
  return detail::bootstrap_counts(counts, {-100, 100, 0}, result.value, options);
}

/// The same of an unweighted `share` or `csat`, in 0…1.
[[nodiscard]] inline bootstrap_result bootstrap(share_result const& result, bootstrap_options options = {}) {
  detail::refuse_weights(result.weighted);
  std::uint64_t const counts[] = {result.satisfied, result.count - result.satisfied};
  return detail::bootstrap_counts(counts, {1, 0}, result.value, options);
}

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
