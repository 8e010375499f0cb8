// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_VOTE_TALLY_HPP
#define CREDENCE_REVIEWS_DETAIL_VOTE_TALLY_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Votes of each item for each category, and which has the most.
struct vote_tally {
  static constexpr std::uint32_t none = ~std::uint32_t{};

  std::size_t categories = 0;
  std::vector<double> votes;           ///< of each item, by category
  std::vector<double> cast;            ///< of each item, in all
  std::vector<double> most;            ///< of each item, for one category
  std::vector<std::uint32_t> winners;  ///< of each item, or none

  vote_tally() = default;
  vote_tally(std::size_t items, std::size_t all_categories)
      : categories(all_categories), votes(items * all_categories), cast(items), most(items), winners(items, none) {}

  void add(std::size_t item, std::size_t category, double weight) {
    double& own = votes[item * categories + category];
    own += weight;
    cast[item] += weight;
    most[item] = own > most[item] ? own : most[item];
  }
  /// Has this category as many as any? Sums of weights that differ by less than a part in 10¹² are one.
  [[nodiscard]] bool leads(std::size_t item, std::size_t category) const {
    double const own = votes[item * categories + category];
    return own > 0 && own >= most[item] * (1 - 1e-12);
  }
  /// Finds the winners where one category leads, and, where several do, the first of them if that is asked for. Answers
  /// how many items are tied.
  std::uint64_t decide(bool first_of_tied) {
    std::uint64_t tied = 0;
    for (std::size_t item = 0; item < winners.size(); ++item) {
      std::size_t leaders = 0;
      for (std::size_t category = 0; category < categories; ++category) {
        if (!leads(item, category)) continue;
        if (++leaders == 1) winners[item] = static_cast<std::uint32_t>(category);
      }
      if (leaders < 2) continue;
      ++tied;
      if (!first_of_tied) winners[item] = none;
    }
    return tied;
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
