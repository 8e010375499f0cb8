// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_RATER_BIAS_HPP
#define CREDENCE_REVIEWS_RATER_BIAS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/reviews/detail/rated_values.hpp>  // first: complaints about a key then name no other header

#include <credence/core/design.hpp>
#include <credence/core/number.hpp>
#include <credence/core/optioned_calls.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/keyed_totals.hpp>
#include <credence/reviews/detail/rating_bins.hpp>

// Some raters are harsh and some are kind: how much, and what the items are worth without it.

namespace credence {
inline namespace CREDENCE_ABI {

struct rater_bias_options {
  number item_damping = 25;   ///< λ₁: as if each item had so many more ratings at the mean; 0 or more
  number rater_damping = 10;  ///< λ₂: as if each rater had given so many more without bias; 0 or more
  std::optional<number> scale_min =
      {};  ///< a rating below it is off the scale; unset: any number within ±1e150 is on it
  std::optional<number> scale_max = {};  ///< and one above it
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// One rater, as `rater_bias` sees him.
struct biased_rater {
  double bias = 0;          ///< b_u: how far above the mean of all he rates, where that is not due to the items
  double weight = 0;        ///< Σw of his ratings
  std::uint64_t count = 0;  ///< his ratings

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("bias", self.bias);
    visit("weight", self.weight);
    visit("count", self.count);
  }
  friend constexpr bool operator==(biased_rater const&, biased_rater const&) = default;
};

/// One item, as `rater_bias` sees it.
struct debiased_item {
  double bias = 0;                   ///< b_i: how far above the mean of all it is rated, damped
  double debiased = not_a_number();  ///< its score, on the scale of the ratings, without its raters' biases
  double weight = 0;                 ///< Σw of its ratings
  std::uint64_t count = 0;           ///< its ratings

  explicit constexpr operator bool() const { return count != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("bias", self.bias);
    visit("debiased", self.debiased);
    visit("weight", self.weight);
    visit("count", self.count);
  }
  friend constexpr bool operator==(debiased_item const&, debiased_item const&) = default;
};

/// The answer of `rater_bias`: `bias.item(product).debiased`, `bias.rater(user).bias`, `bias.predicted(user, product)`.
template <class Rater, class Item>
class rater_bias_result {
 public:
  double mean = not_a_number();     ///< μ, of all ratings
  std::uint64_t count = 0;          ///< ratings used
  std::uint64_t rater_count = 0;    ///< raters who gave them
  std::uint64_t item_count = 0;     ///< items that got them
  std::uint64_t rejected = 0;       ///< ratings left out
  credence::rejections rejections;  ///< and why

  rater_bias_result() = default;
  rater_bias_result(double of_all, detail::keyed_totals<Rater> raters, detail::keyed_totals<Item> items,
                    std::vector<double> debiased)
      : mean(of_all),
        rater_count(raters.known()),
        item_count(items.known()),
        raters_(std::move(raters)),
        items_(std::move(items)),
        debiased_(std::move(debiased)) {}

  explicit operator bool() const { return !is_nan(mean); }

  /// Of one who gave no ratings: no bias, and count 0.
  template <class Own>
  [[nodiscard]] biased_rater rater(Own const& key) const {
    return rater_at(raters_.number_of(key));
  }
  /// Of one that got none: no bias, μ for a score, and count 0.
  template <class Own>
  [[nodiscard]] debiased_item item(Own const& key) const {
    return item_at(items_.number_of(key));
  }
  /// μ + b_u + b_i: what this rater would give that item. It may lie beyond the scale.
  template <class OwnRater, class OwnItem>
  [[nodiscard]] double predicted(OwnRater const& rater_key, OwnItem const& item_key) const {
    return mean + rater(rater_key).bias + item(item_key).bias;
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
    visit("count", self.count);
    visit("rater_count", self.rater_count);
    visit("item_count", self.item_count);
    visit("rejected", self.rejected);
    visit("rejections", self.rejections);
  }

 private:
  [[nodiscard]] biased_rater rater_at(std::uint32_t number) const {
    detail::rating_total const total = raters_.total(number);
    return {total.sum, total.weight, raters_.count(number)};
  }
  [[nodiscard]] debiased_item item_at(std::uint32_t number) const {
    detail::rating_total const total = items_.total(number);
    return {total.sum, number == detail::no_number ? mean : debiased_[number], total.weight, items_.count(number)};
  }

  detail::keyed_totals<Rater> raters_;
  detail::keyed_totals<Item> items_;
  std::vector<double> debiased_;
};

namespace detail {

struct rater_bias_function : optioned_calls<rater_bias_function, rater_bias_options, rated_call<rater_bias_options>,
                                            std::type_identity<rater_bias_result<int, int>>> {
  template <class Executor, class Range, class RaterOf, class ItemOf, class Value, class... Design>
  static auto answer(Executor&, rater_bias_options const& options, Range& rows, RaterOf const& rater,
                     ItemOf const& item, Value const& value, Design const&... design) {
    check_not_negative("rater_bias_options::item_damping", options.item_damping);
    check_not_negative("rater_bias_options::rater_damping", options.rater_damping);
    value_bounds const bounds = bounds_of_scale(options.scale_min, "rater_bias_options::scale_min", options.scale_max,
                                                "rater_bias_options::scale_max");
    auto const plan = detail::plan_of(design...);
    using plan_type = std::remove_const_t<decltype(plan)>;
    if constexpr (check_rated<Range, RaterOf, ItemOf, Value, plan_type>()) {
      using kept_type = kept_value_of<Range, Value>;
      rating_groups<kept_type, is_given<decltype(plan_type::weight)>> groups;
      std::vector<kept_type> values;
      std::vector<double> weights;
      auto who = detail::read_rating_blocks(
          options.on_invalid, rows, rater, item,
          enter_value<kept_type, Value, plan_type>{options.on_invalid, bounds, value, plan, values, weights},
          [&](auto& known, std::uint32_t const* raters, std::uint32_t const* items, std::size_t) {
            groups.take(known, raters, items, values, weights);
            values.clear();
            weights.clear();
          });
      return of(who, groups, options);
    } else {
      return rater_bias_result<int, int>{};
    }
  }

 private:
  template <class Rater, class Item, class Kept, bool Weighted>
  static rater_bias_result<Rater, Item> of(numbered_ratings<Rater, Item>& who, rating_groups<Kept, Weighted>& groups,
                                           rater_bias_options const& options) {
    using rating_type = binned_rating<Kept, Weighted>;
    std::vector<rating_total>& items = groups.items;
    items.resize(who.items.limit());
    if (Weighted) groups.item_counts.resize(items.size());
    rating_total all;
    for (rating_total const& own : items) {
      all.sum += own.sum;
      all.weight += own.weight;
    }
    double const middle = all.weight > 0 ? all.sum / all.weight : 0;  // μ, from the origin on
    double const of_all = groups.origin + middle;
    // What the items would lead to expect: μ + b_i.
    std::vector<double> expected(items.size());
    for (std::size_t number = 0; number < items.size(); ++number) {
      rating_total& own = items[number];
      own.sum -= own.weight * middle;
      expected[number] = of_all + damped(own.sum, options.item_damping + own.weight);
    }
    std::vector<rating_total> raters(who.raters.limit());
    std::vector<std::uint64_t> rater_counts(Weighted ? raters.size() : 0);
    std::vector<double> owed(items.size());  // Σ w·b_u of the ratings of each item
    std::vector<double> biases(bin_raters);
    for (std::size_t group = 0; group < groups.bins.groups(); ++group) {
      std::size_t const first = group << bin_shift;
      std::size_t const size = (std::min)(std::size_t{bin_raters}, raters.size() - first);
      rating_total* const of_group = raters.data() + first;
      groups.bins.each_of(group, [&](rating_type const& rating) {
        rating_total& own = of_group[rating.rater()];
        own.sum += rating.weight() * (rating.value() - expected[rating.item()]);
        own.weight += rating.weight();
        if constexpr (Weighted) ++rater_counts[first + rating.rater()];
      });
      for (std::size_t at = 0; at < size; ++at)
        biases[at] = of_group[at].sum = damped(of_group[at].sum, options.rater_damping + of_group[at].weight);
      groups.bins.each_of(
          group, [&](rating_type const& rating) { owed[rating.item()] += rating.weight() * biases[rating.rater()]; });
    }
    std::vector<double> debiased(items.size());
    for (std::size_t number = 0; number < items.size(); ++number) {
      rating_total& own = items[number];
      double const weight = options.item_damping + own.weight;
      debiased[number] = of_all + damped(own.sum - owed[number], weight);
      own.sum = damped(own.sum, weight);
    }
    rater_bias_result<Rater, Item> result(
        all.weight > 0 ? of_all : not_a_number(),
        keyed_totals<Rater>(std::move(who.raters), std::move(raters), std::move(rater_counts)),
        keyed_totals<Item>(std::move(who.items), std::move(items), std::move(groups.item_counts)), std::move(debiased));
    result.count = groups.count;
    result.rejected = who.rejected.total();
    result.rejections = who.rejected;
    return result;
  }
};

}  // namespace detail

/// How harsh or kind is each rater, and what are the items worth without that? `rater_bias(reviews, &review::user,
/// &review::product, &review::stars [, weight] [, {options}])`, by damped baselines, each found in one pass:
///   b_i = Σ w(r − μ) / (λ₁ + Σw) over the ratings of an item,
///   b_u = Σ w(r − μ − b_i) / (λ₂ + Σw) over those of a rater, and
///   debiased = μ + Σ w(r − b_u − μ) / (λ₁ + Σw) over those of an item: the mean of what its raters would have given
/// without their biases, drawn to μ as if λ₁ more ratings lay there. Without damping, where nothing weighs, biases are
/// 0. μ is the mean of all ratings; a rating of weight w counts as w ratings. Ratings without a key or a value, off the
/// scale, or with a weight that is none are left out and counted. The biases lean on one another, and one pass does not
/// settle them: `fit<additive_ratings>` does. Throws `credence::error` for wrong options. O(ratings); keeps 8 bytes a
/// rating until it has answered (16 or 24 where values are not of one or two bytes, or weighted). Source: Koren (2010),
/// ACM TKDD 4, 1 (2.1).
inline constexpr detail::rater_bias_function rater_bias{};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
