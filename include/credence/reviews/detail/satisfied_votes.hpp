// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_SATISFIED_VOTES_HPP
#define CREDENCE_REVIEWS_DETAIL_SATISFIED_VOTES_HPP

#include <cstddef>
#include <cstdint>

#include <credence/core/detail/class_tally.hpp>
#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/inference/detail/class_counts.hpp>
#include <credence/reviews/detail/item_score.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Votes for and against as evidence: one of weight w is w votes, and one without a weight is one.
struct satisfied_votes {
  double weight = 0;
  double satisfied = 0;  ///< of it, that of the satisfied
  std::uint64_t count = 0;

  satisfied_votes() = default;
  explicit satisfied_votes(class_counts<2> const& state)
      : weight(state.weighted[0].total_of(state.counts[0])),
        satisfied(state.weighted[1].total_of(state.counts[1])),
        count(state.total()) {
    weight += satisfied;
  }

  /// NaN without votes.
  [[nodiscard]] double share() const { return weight > 0 ? satisfied / weight : not_a_number(); }
};

/// Fills in what all results have that tell the satisfied from the others; answers the votes.
template <class Result>
satisfied_votes answer_votes(Result& result, class_counts<2> const& state) {
  satisfied_votes const votes(state);
  result.satisfied_share = votes.share();
  result.satisfied = state.counts[1];
  result.count = votes.count;
  result.weight = votes.weight;
  result.rejected = state.rejected.total();
  result.rejections = state.rejected;
  return votes;
}

/// The votes of an item whose ratings were counted by value.
class counted_votes {
 public:
  explicit counted_votes(class_scale<2> const& scale)
      : values_(scale.lowest, scale.highest), cut_(whole_values::reaching(scale.cuts[0])) {}

  [[nodiscard]] satisfied_votes of(counted_values const& item) const {
    std::uint64_t all = 0;
    std::uint64_t satisfied = 0;
    for (std::size_t value = values_.first; value < values_.end(item); ++value) all += item.counts[value];
    for (std::size_t value = cut_; value < values_.end(item); ++value) satisfied += item.counts[value];
    satisfied_votes votes;
    // As the accumulator adds its classes up, so that the bits are the same.
    votes.satisfied = static_cast<double>(satisfied);
    votes.weight = static_cast<double>(all - satisfied) + votes.satisfied;
    votes.count = all;
    return votes;
  }

 private:
  whole_values values_;
  std::size_t cut_;  ///< not below the first of them: options are refused whose cut is below their scale
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
