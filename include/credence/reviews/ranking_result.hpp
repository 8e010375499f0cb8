// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RANKING_RESULT_HPP
#define CREDENCE_REVIEWS_RANKING_RESULT_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/interval.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// An item in its place.
template <class Key>
struct ranked_item {
  Key key{};
  double score = not_a_number();  ///< the `value` of what it was scored by
  credence::interval interval;    ///< of the score, where what it was scored by has one; else NaN
  std::uint64_t count = 0;        ///< ratings used
  double mean = not_a_number();   ///< of the ratings, as they are; of votes, their share; NaN where there is none

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("key", self.key);
    visit("score", self.score);
    visit("interval", self.interval);
    visit("count", self.count);
    visit("mean", self.mean);
  }
  friend bool operator==(ranked_item const&, ranked_item const&) = default;
};

/// The answer of `ranking`: `for (auto const& item : top) item.score`, the best first.
template <class Key>
struct ranking_result {
  std::vector<ranked_item<Key>> items;      ///< at most `top` of them
  std::uint64_t catalogue = 0;              ///< how many items there are, of which these are the best
  double prior_mean = not_a_number();       ///< what a Bayesian average was drawn towards; NaN for other scores
  double prior_weight = not_a_number();     ///< and with the weight of how many ratings
  double mean_of_ratings = not_a_number();  ///< over the whole catalogue, each rating alike
  double mean_of_items = not_a_number();    ///< the mean of the items' means, each item alike
  std::uint64_t count = 0;                  ///< ratings used, of all items
  std::uint64_t rejected = 0;               ///< ratings left out
  credence::rejections rejections;          ///< and why

  [[nodiscard]] auto begin() const { return items.begin(); }
  [[nodiscard]] auto end() const { return items.end(); }
  [[nodiscard]] std::size_t size() const { return items.size(); }
  [[nodiscard]] ranked_item<Key> const& operator[](std::size_t at) const { return items[at]; }
  /// Is there an answer?
  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("items", self.items);
    visit("catalogue", self.catalogue);
    visit("prior_mean", self.prior_mean);
    visit("prior_weight", self.prior_weight);
    visit("mean_of_ratings", self.mean_of_ratings);
    visit("mean_of_items", self.mean_of_items);
    visit("count", self.count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }
  friend bool operator==(ranking_result const&, ranking_result const&) = default;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
