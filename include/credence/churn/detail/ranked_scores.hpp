// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_CHURN_DETAIL_RANKED_SCORES_HPP
#define CREDENCE_CHURN_DETAIL_RANKED_SCORES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <credence/churn/churn_scores.hpp>
#include <credence/core/error.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Scores in order, from the least up: what a judgement looks at.
struct ranked_scores {
  std::span<double const> positives;
  std::span<double const> negatives;
  rejections rejected;

  [[nodiscard]] std::uint64_t count() const { return positives.size() + negatives.size(); }
  [[nodiscard]] bool has_both() const { return !positives.empty() && !negatives.empty(); }
  /// The share of those who left; only where there are any customers.
  [[nodiscard]] double base_rate() const {
    return static_cast<double>(positives.size()) / static_cast<double>(count());
  }
};

/// What went in.
template <class Result>
void tell_scores(Result& result, ranked_scores const& ranked) {
  result.count = ranked.count();
  result.positives = ranked.positives.size();
  result.negatives = ranked.negatives.size();
  result.rejected = ranked.rejected.total();
  result.rejections = ranked.rejected;
}

/// Those in between, told by what is below and what is above.
template <class IsBelow, class IsAbove>
[[nodiscard]] ranked_scores scores_between(ranked_scores ranked, IsBelow const& below, IsAbove const& above) {
  for (std::span<double const>* const scores : {&ranked.positives, &ranked.negatives}) {
    auto const from = std::partition_point(scores->begin(), scores->end(), below);
    auto const to = std::partition_point(from, scores->end(), [&](double score) { return !above(score); });
    *scores = scores->subspan(static_cast<std::size_t>(from - scores->begin()), static_cast<std::size_t>(to - from));
  }
  return ranked;
}

/// Those that are probabilities, of scores gathered for any question; the others are counted, or complained about.
[[nodiscard]] inline ranked_scores probabilities_of(ranked_scores const& all, on_invalid policy) {
  ranked_scores ranked = scores_between(
      all, [](double score) { return score < probability_scale.lowest; },
      [](double score) { return score > probability_scale.highest; });
  std::uint64_t const outside = all.count() - ranked.count();
  if (outside != 0 && policy == on_invalid::raise)
    raise(error(
        joined({"credence: ", shown(outside), " of the scores that were gathered are no probabilities: outside 0…1"})));
  ranked.rejected.off_scale += outside;
  return ranked;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
