// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_ADDITIVE_RATINGS_HPP
#define CREDENCE_REVIEWS_ADDITIVE_RATINGS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/reviews/detail/rated_values.hpp>  // first: complaints about a key then name no other header

#include <credence/core/design.hpp>
#include <credence/core/error.hpp>
#include <credence/core/moments.hpp>
#include <credence/core/number.hpp>
#include <credence/core/real.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/reviews/detail/additive_solver.hpp>
#include <credence/reviews/detail/keyed_totals.hpp>

// What each rater and each item adds to a rating, all at once: the least squares of r = μ + a_u + c_i.

namespace credence {
inline namespace CREDENCE_ABI {

struct additive_ratings_options {
  number damping = 0;                    ///< λ ≥ 0, by which squared effects are penalised; 0: least squares alone
  number tolerance = 1e-10;              ///< of the residual of the normal equations, in (0, 1), relative to the start
  whole max_iterations = 1'000;          ///< of conjugate gradients
  std::optional<number> scale_min = {};  ///< a rating below it is off the scale; unset: any within ±1e150 is on it
  std::optional<number> scale_max = {};  ///< and one above it
  credence::on_invalid on_invalid = credence::on_invalid::reject;
};

/// One rater of an additive model; of one who gave no ratings all is 0.
struct additive_rater {
  double effect = 0;            ///< a_u: how much higher he rates than the raters of his component do on the whole
  double weight = 0;            ///< Σw of his ratings
  std::uint64_t count = 0;      ///< his ratings
  std::uint32_t component = 0;  ///< from 1 on; 0: none of his ratings weighs

  explicit constexpr operator bool() const { return component != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("effect", self.effect);
    visit("weight", self.weight);
    visit("count", self.count);
    visit("component", self.component);
  }
  friend constexpr bool operator==(additive_rater const&, additive_rater const&) = default;
};

/// One item of an additive model.
struct additive_item {
  double effect = 0;              ///< c_i
  double score = not_a_number();  ///< μ + c_i: what the raters of its component would give it on the whole
  double weight = 0;              ///< Σw of its ratings
  std::uint64_t count = 0;        ///< its ratings
  std::uint32_t component = 0;    ///< from 1 on; 0: none of its ratings weighs

  explicit constexpr operator bool() const { return component != 0; }

  template <class Self, class Visitor>
  static constexpr void describe(Self& self, Visitor&& visit) {
    visit("effect", self.effect);
    visit("score", self.score);
    visit("weight", self.weight);
    visit("count", self.count);
    visit("component", self.component);
  }
  friend constexpr bool operator==(additive_item const&, additive_item const&) = default;
};

/// What `fit<additive_ratings>` finds. Items of different components were rated by different people, and no rating says
/// which of them are better: compare scores of one `component` only.
template <class Rater, class Item>
class additive_model {
 public:
  double mean = not_a_number();               ///< μ, of all ratings
  double squared_residuals = not_a_number();  ///< Σ w(r − μ − a_u − c_i)²
  /// Squared residuals ÷ (Σw − raters − items + components); NaN where the ratings are no more than the effects, and
  /// with damping, for which effects are fewer than they look.
  double residual_variance = not_a_number();
  std::uint32_t components = 0;   ///< groups of raters and items that no rating joins
  std::uint64_t rater_count = 0;  ///< raters who gave ratings
  std::uint64_t item_count = 0;   ///< items that got them

  additive_model() = default;
  additive_model(double of_all, bool is_damped, detail::rating_components found, detail::keyed_totals<Rater> raters,
                 detail::keyed_totals<Item> items)
      : mean(of_all),
        components(found.count),
        rater_count(raters.known()),
        item_count(items.known()),
        is_damped_(is_damped),
        components_(std::move(found)),
        raters_(std::move(raters)),
        items_(std::move(items)) {}

  template <class Own>
  [[nodiscard]] additive_rater rater(Own const& key) const {
    return rater_at(raters_.number_of(key));
  }
  /// Of one without ratings that weigh the score is NaN.
  template <class Own>
  [[nodiscard]] additive_item item(Own const& key) const {
    return item_at(items_.number_of(key));
  }
  /// μ + a_u + c_i: what this rater would give that item. It may lie beyond the scale. NaN where no ratings join the
  /// two; but with damping, which holds that effects are near 0, they do without.
  template <class OwnRater, class OwnItem>
  [[nodiscard]] double predicted(OwnRater const& rater_key, OwnItem const& item_key) const {
    additive_rater const own_rater = rater(rater_key);
    additive_item const own_item = item(item_key);
    bool const joined = own_rater.component != 0 && own_rater.component == own_item.component;
    return joined || is_damped_ ? mean + own_rater.effect + own_item.effect : not_a_number();
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
    visit("squared_residuals", self.squared_residuals);
    visit("residual_variance", self.residual_variance);
    visit("components", self.components);
    visit("rater_count", self.rater_count);
    visit("item_count", self.item_count);
  }

 private:
  [[nodiscard]] additive_rater rater_at(std::uint32_t number) const {
    if (number == detail::no_number) return {};
    detail::rating_total const total = raters_.total(number);
    return {total.sum, total.weight, raters_.count(number), components_.of_rater[number]};
  }
  [[nodiscard]] additive_item item_at(std::uint32_t number) const {
    if (number == detail::no_number) return {};
    detail::rating_total const total = items_.total(number);
    std::uint32_t const component = components_.of_item[number];
    return {total.sum, component != 0 ? mean + total.sum : not_a_number(), total.weight, items_.count(number),
            component};
  }

  bool is_damped_ = false;
  detail::rating_components components_;
  detail::keyed_totals<Rater> raters_;
  detail::keyed_totals<Item> items_;
};

/// Which of raters and items do ratings come from? `fit<additive_ratings>(reviews, &review::user, &review::product,
/// &review::stars [, weight] [, {options}])`: the effects with the least Σ w(r − μ − a_u − c_i)² + λ(Σa² + Σc²), μ the
/// mean of all ratings. Unlike `rater_bias` it tells a harsh rater from one who got bad items, however they are mixed.
/// Only sums a_u + c_i are told by the ratings, and only within a component, the raters and items that ratings join;
/// without damping the effects are those with Σ w a_u = 0 in each. By conjugate gradients on the items' normal
/// equations, until their residual, in the norm of the inverse weights of the items, has fallen to `tolerance` of what
/// it was; `gradient_norm` is where it truly ended. Ratings without a key or a value, off the scale, or with a weight
/// that is none are left out and counted; of none that weighs the status is `degenerate_data`. Throws
/// `credence::error` for wrong options. O(ratings · iterations): some tens, or more for ratings that form long chains.
/// Keeps 8 bytes a rating, and its value.
struct additive_ratings {
  using options = additive_ratings_options;
  using call = detail::rated_call<options>;

  template <class Executor, class Range, class RaterOf, class ItemOf, class Value, class... Design>
  static auto answer(Executor&, options const& chosen, Range& rows, RaterOf const& rater, ItemOf const& item,
                     Value const& value, Design const&... design) {
    detail::check_not_negative("additive_ratings_options::damping", chosen.damping);
    if (!is_finite(chosen.tolerance) || !(chosen.tolerance > 0 && chosen.tolerance < 1))
      detail::wrong_argument("additive_ratings_options::tolerance", chosen.tolerance.value,
                             "it must lie strictly between 0 and 1");
    if (chosen.max_iterations.value < 1)
      detail::wrong_argument("additive_ratings_options::max_iterations",
                             static_cast<double>(chosen.max_iterations.value), "it must be at least 1");
    detail::value_bounds const bounds = detail::bounds_of_scale(chosen.scale_min, "additive_ratings_options::scale_min",
                                                                chosen.scale_max,
                                                                "additive_ratings_options::scale_max");
    auto const plan = detail::plan_of(design...);
    using plan_type = std::remove_const_t<decltype(plan)>;
    if constexpr (detail::check_rated<Range, RaterOf, ItemOf, Value, plan_type>()) {
      return fitted(detail::read_rated(chosen.on_invalid, bounds, rows, rater, item, value, plan), chosen);
    } else {
      return fit_report<additive_model<int, int>>{};
    }
  }

 private:
  template <class Rater, class Item, class Kept, bool Weighted>
  static fit_report<additive_model<Rater, Item>> fitted(detail::rated_values<Rater, Item, Kept, Weighted> rated,
                                                        options const& chosen) {
    fit_summary summary;
    rated.tell(summary);
    real_moments all;
    for (std::size_t at = 0; at < rated.size(); ++at) all.push(rated.value(at), rated.weight(at));
    if (!(all.weight > 0)) return fit_report<additive_model<Rater, Item>>(std::move(summary));
    // In units of the greatest deviation, squares neither overflow nor vanish.
    double scale = 0;
    for (std::size_t at = 0; at < rated.size(); ++at) scale = (std::max)(scale, std::fabs(rated.value(at) - all.mean));
    if (!(scale > 0)) scale = 1;
    detail::additive_system system(rated, all.mean, scale, chosen.damping);
    system.solve({chosen.tolerance, static_cast<std::uint64_t>(chosen.max_iterations.value)});
    summary.status = system.status;
    summary.iterations = system.iterations;
    summary.gradient_norm = system.residual;
    if (!summary) return fit_report<additive_model<Rater, Item>>(std::move(summary));

    detail::rating_components components(rated);
    bool const is_damped = chosen.damping > 0;
    if (!is_damped) system.centre(components);
    double const squares = system.squared_residuals() * scale * scale;
    std::vector<detail::rating_total> raters = totals_of(system.rater_effect, system.rater_weight, scale);
    std::vector<detail::rating_total> items = totals_of(system.item_effect, system.item_weight, scale);
    double const free = all.weight + static_cast<double>(components.count) - weighing(raters) - weighing(items);
    auto rater_counts = rated.counts_of(rated.who.rater_of, rated.who.raters.limit());
    auto item_counts = rated.counts_of(rated.who.item_of, rated.who.items.limit());
    additive_model<Rater, Item> model(
        all.mean, is_damped, std::move(components),
        detail::keyed_totals<Rater>(std::move(rated.who.raters), std::move(raters), std::move(rater_counts)),
        detail::keyed_totals<Item>(std::move(rated.who.items), std::move(items), std::move(item_counts)));
    model.squared_residuals = squares;
    if (!is_damped && free > 0) model.residual_variance = squares / free;
    return {std::move(summary), std::move(model)};
  }

  static std::vector<detail::rating_total> totals_of(std::vector<double> const& effects,
                                                     std::vector<double> const& weights, double scale) {
    std::vector<detail::rating_total> totals(effects.size());
    for (std::size_t at = 0; at < totals.size(); ++at) totals[at] = {effects[at] * scale, weights[at]};
    return totals;
  }
  static double weighing(std::vector<detail::rating_total> const& totals) {
    return static_cast<double>(
        std::count_if(totals.begin(), totals.end(), [](detail::rating_total const& own) { return own.weight > 0; }));
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
