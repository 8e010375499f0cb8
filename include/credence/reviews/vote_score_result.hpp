// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_VOTE_SCORE_RESULT_HPP
#define CREDENCE_REVIEWS_VOTE_SCORE_RESULT_HPP

#include <cstdint>
#include <optional>

#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/time.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// The answer of `hotness` and `gravity`. The value is NaN where there is no good vote.
struct vote_score_result {
  double value = not_a_number();    ///< the more, the higher the item belongs; of no unit
  std::uint64_t count = 0;          ///< votes used
  std::uint64_t positives = 0;      ///< of them, those from `satisfied_from` on
  std::uint64_t negatives = 0;      ///< and the others
  std::optional<instant> posted{};  ///< the time of the earliest of them
  std::uint64_t rejected = 0;       ///< votes left out
  credence::rejections rejections;  ///< and why, by the first of time and vote that is not good

  /// Is there an answer?
  constexpr explicit operator bool() const { return !is_nan(value); }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("value", self.value);
    visit("count", self.count);
    visit("positives", self.positives);
    visit("negatives", self.negatives);
    visit("posted", self.posted);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend constexpr bool operator==(vote_score_result const&, vote_score_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
