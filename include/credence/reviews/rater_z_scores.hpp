// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RATER_Z_SCORES_HPP
#define CREDENCE_REVIEWS_RATER_Z_SCORES_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/reviews/detail/rated_values.hpp>  // first: complaints about a key then name no other header

#include <credence/core/design.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/keyed_totals.hpp>

// Raters use the scale in ways of their own: some high, some low, some only its middle. Each rating on its rater's own
// scale is a z-score.

namespace credence {
inline namespace CREDENCE_ABI {

struct rater_z_scores_options {
  std::optional<number> scale_min = {};  ///< a rating below it is off the scale; unset: any within ±1e150 is on it
  std::optional<number> scale_max = {};  ///< and one above it
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// How one rater uses the scale. NaN for one who gave no ratings, or none that weighs.
struct rater_scale {
  double mean = not_a_number();                ///< of his ratings
  double standard_deviation = not_a_number();  ///< of them, √(Σw(r − mean)²/Σw); 0: all alike, and each z is 0
  double weight = 0;                           ///< Σw of his ratings
  std::uint64_t count = 0;                     ///< his ratings

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("mean", self.mean);
    visit("standard_deviation", self.standard_deviation);
    visit("weight", self.weight);
    visit("count", self.count);
  }
  friend constexpr bool operator==(rater_scale const&, rater_scale const&) = default;
};

/// How one item was rated. NaN for one that got no ratings, or none that weighs.
struct standardised_item {
  double z = not_a_number();      ///< mean z of its ratings: in standard deviations of its raters
  double score = not_a_number();  ///< the same on the scale of the ratings, μ + σz
  double weight = 0;              ///< Σw of its ratings
  std::uint64_t count = 0;        ///< its ratings

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("z", self.z);
    visit("score", self.score);
    visit("weight", self.weight);
    visit("count", self.count);
  }
  friend constexpr bool operator==(standardised_item const&, standardised_item const&) = default;
};

/// The answer of `rater_z_scores`: `scores.item(product).score`, `scores.rater(user).standard_deviation`.
template <class Rater, class Item>
class rater_z_scores_result {
 public:
  double mean = not_a_number();                ///< μ, of all ratings
  double standard_deviation = not_a_number();  ///< σ, of all ratings
  std::uint64_t count = 0;                     ///< ratings used
  std::uint64_t rater_count = 0;               ///< raters who gave them
  std::uint64_t item_count = 0;                ///< items that got them
  std::uint64_t level_raters = 0;              ///< raters whose ratings are all alike, and so tell nothing
  std::uint64_t rejected = 0;                  ///< ratings left out
  credence::rejections rejections;             ///< and why

  rater_z_scores_result() = default;
  rater_z_scores_result(real_moments const& all, detail::keyed_totals<Rater> raters, detail::keyed_totals<Item> items,
                        std::vector<double> deviations)
      : rater_count(raters.known()),
        item_count(items.known()),
        raters_(std::move(raters)),
        items_(std::move(items)),
        deviations_(std::move(deviations)) {
    if (!(all.weight > 0)) return;
    mean = all.mean;
    standard_deviation = std::sqrt(all.squared_deviations / all.weight);
  }

  explicit operator bool() const { return !is_nan(mean); }

  template <class Own>
  [[nodiscard]] rater_scale rater(Own const& key) const {
    return rater_at(raters_.number_of(key));
  }
  template <class Own>
  [[nodiscard]] standardised_item item(Own const& key) const {
    return item_at(items_.number_of(key));
  }
  /// All who rated, each with his `key`: a new vector, to be walked or sorted. Keys of a dense stretch of integers come
  /// first, in their order, and others as they first came.
  [[nodiscard]] auto raters() const {
    return raters_.walked([this](std::uint32_t number) { return rater_at(number); });
  }
  /// All that were rated, likewise.
  [[nodiscard]] auto items() const {
    return items_.walked([this](std::uint32_t number) { return item_at(number); });
  }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("mean", self.mean);
    visit("standard_deviation", self.standard_deviation);
    visit("count", self.count);
    visit("rater_count", self.rater_count);
    visit("item_count", self.item_count);
    visit("level_raters", self.level_raters);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }

 private:
  [[nodiscard]] rater_scale rater_at(std::uint32_t number) const {
    rater_scale own;
    detail::rating_total const total = raters_.total(number);
    own.weight = total.weight;
    own.count = raters_.count(number);
    if (!(own.weight > 0)) return own;
    own.mean = total.sum;
    own.standard_deviation = deviations_[number];
    return own;
  }
  [[nodiscard]] standardised_item item_at(std::uint32_t number) const {
    standardised_item own;
    detail::rating_total const total = items_.total(number);
    own.weight = total.weight;
    own.count = items_.count(number);
    if (!(own.weight > 0)) return own;
    own.z = total.sum / own.weight;
    own.score = mean + standard_deviation * own.z;
    return own;
  }

  detail::keyed_totals<Rater> raters_;
  detail::keyed_totals<Item> items_;
  std::vector<double> deviations_;
};

namespace detail {

struct rater_z_scores_function
    : optioned_calls<rater_z_scores_function, rater_z_scores_options, rated_call<rater_z_scores_options>,
                     std::type_identity<rater_z_scores_result<int, int>>> {
  template <class Executor, class Range, class RaterOf, class ItemOf, class Value, class... Design>
  static auto answer(Executor&, rater_z_scores_options const& options, Range& rows, RaterOf const& rater,
                     ItemOf const& item, Value const& value, Design const&... design) {
    value_bounds const bounds = bounds_of_scale(options.scale_min, "rater_z_scores_options::scale_min",
                                                options.scale_max, "rater_z_scores_options::scale_max");
    auto const plan = detail::plan_of(design...);
    using plan_type = std::remove_const_t<decltype(plan)>;
    if constexpr (check_rated<Range, RaterOf, ItemOf, Value, plan_type>()) {
      return of(detail::read_rated(options.on_invalid, bounds, rows, rater, item, value, plan));
    } else {
      return rater_z_scores_result<int, int>{};
    }
  }

 private:
  template <class Rater, class Item, class Kept, bool Weighted>
  static rater_z_scores_result<Rater, Item> of(rated_values<Rater, Item, Kept, Weighted> rated) {
    auto& who = rated.who;
    // Welford's update: of ratings that are all alike the deviations are 0 to the last bit, and z is 0 and no noise.
    std::vector<real_moments> own(who.raters.limit());
    for (std::size_t at = 0; at < rated.size(); ++at) own[who.rater_of[at]].push(rated.value(at), rated.weight(at));
    real_moments all;
    std::vector<rating_total> raters(own.size());
    std::vector<double> deviations(own.size());
    std::uint64_t level_raters = 0;
    for (std::size_t number = 0; number < own.size(); ++number) {
      if (!(own[number].weight > 0)) continue;
      all += own[number];
      raters[number] = {own[number].mean, own[number].weight};
      deviations[number] = std::sqrt(own[number].squared_deviations / own[number].weight);
      level_raters += !(deviations[number] > 0);
    }
    std::vector<rating_total> items(who.items.limit());
    for (std::size_t at = 0; at < rated.size(); ++at) {
      std::uint32_t const rater = who.rater_of[at];
      rating_total& of_item = items[who.item_of[at]];
      of_item.weight += rated.weight(at);
      if (deviations[rater] > 0)
        of_item.sum += rated.weight(at) * ((rated.value(at) - raters[rater].sum) / deviations[rater]);
    }
    auto rater_counts = rated.counts_of(who.rater_of, who.raters.limit());
    auto item_counts = rated.counts_of(who.item_of, who.items.limit());
    rater_z_scores_result<Rater, Item> result(
        all, keyed_totals<Rater>(std::move(who.raters), std::move(raters), std::move(rater_counts)),
        keyed_totals<Item>(std::move(who.items), std::move(items), std::move(item_counts)), std::move(deviations));
    result.level_raters = level_raters;
    rated.tell(result);
    return result;
  }
};

}  // namespace detail

/// Each rating on its rater's own scale: `rater_z_scores(reviews, &review::user, &review::product, &review::stars
/// [, weight] [, {options}])`. z = (r − mean_u)/σ_u with σ_u = √(Σw(r − mean_u)²/Σw), and 0 where σ_u = 0: of who
/// always says the same, once or a thousand times, no rating tells one item from another. An item's score is the mean
/// z of its ratings, and μ + σz on the scale of the ratings, μ and σ those of all. It takes away how high and how
/// widely each rater rates, but also how good the items are that he happened to rate: `rater_bias` and
/// `fit<additive_ratings>` do not. Ratings without a key or a value, off the scale, or with a weight that is none are
/// left out and counted. Throws `credence::error` for a wrong scale. O(ratings). Source: Herlocker, Konstan, Borchers
/// and Riedl (1999), SIGIR 22, 230.
inline constexpr detail::rater_z_scores_function rater_z_scores{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
