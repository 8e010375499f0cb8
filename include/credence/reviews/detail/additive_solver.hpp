// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_ADDITIVE_SOLVER_HPP
#define CREDENCE_REVIEWS_DETAIL_ADDITIVE_SOLVER_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include <credence/core/version.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/reviews/detail/keyed_totals.hpp>

// The least squares of r = μ + a_u + c_i. The raters' effects follow from the items', so that what is left is a system
// of the items alone, S c = b, with S = D + λ − Bᵀ(N + λ)⁻¹B: D and N the weights of items and raters, B those of their
// ratings. It is never formed: a product with it is two passes over the ratings.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Which raters and items are joined by ratings that weigh. Those of one number are; 0 is of those of whom nothing
/// weighs. Numbered as the ratings come.
struct rating_components {
  std::vector<std::uint32_t> of_rater;
  std::vector<std::uint32_t> of_item;
  std::uint32_t count = 0;

  rating_components() = default;
  template <class Rated>
  explicit rating_components(Rated const& rated)
      : of_rater(rated.who.raters.limit()), of_item(rated.who.items.limit()) {
    std::size_t const raters = of_rater.size();
    // A forest of raters, with the items behind them.
    std::vector<std::size_t> above(raters + of_item.size());
    std::iota(above.begin(), above.end(), std::size_t{0});
    auto const root_of = [&](std::size_t node) {
      while (above[node] != node) node = above[node] = above[above[node]];
      return node;
    };
    for (std::size_t at = 0; at < rated.size(); ++at) {
      if (!(rated.weight(at) > 0)) continue;
      std::size_t const one = root_of(rated.who.rater_of[at]);
      std::size_t const other = root_of(raters + rated.who.item_of[at]);
      above[(std::max)(one, other)] = (std::min)(one, other);
    }
    // Every root is a rater, for every item that is joined to any is joined to one of them.
    for (std::size_t at = 0; at < rated.size(); ++at) {
      if (!(rated.weight(at) > 0)) continue;
      std::uint32_t& own = of_rater[root_of(rated.who.rater_of[at])];
      if (own == 0) own = ++count;
      of_rater[rated.who.rater_of[at]] = own;
      of_item[rated.who.item_of[at]] = own;
    }
  }
};

struct additive_limits {
  double tolerance;
  std::uint64_t iterations;
};

/// The effects that were found, of values from `middle` on and in units of `scale`, and how.
template <class Rated>
class additive_system {
 public:
  std::vector<double> rater_weight;
  std::vector<double> item_weight;
  std::vector<double> rater_effect;
  std::vector<double> item_effect;
  std::uint64_t iterations = 0;
  double residual = 0;  ///< ‖b − Sc‖ ÷ ‖b‖, in the norm of D⁻¹, as it is and not as the iteration has it
  fit_status status = fit_status::converged;

  additive_system(Rated const& rated, double middle, double scale, double damping)
      : rater_weight(rated.who.raters.limit()),
        item_weight(rated.who.items.limit()),
        rater_effect(rater_weight.size()),
        item_effect(item_weight.size()),
        rated_(rated),
        middle_(middle),
        scale_(scale),
        damping_(damping) {
    for (std::size_t at = 0; at < rated.size(); ++at) {
      rater_weight[rater(at)] += rated.weight(at);
      item_weight[item(at)] += rated.weight(at);
    }
  }

  /// A rating, less the middle.
  [[nodiscard]] double value(std::size_t at) const { return (rated_.value(at) - middle_) / scale_; }

  /// Conjugate gradients, preconditioned by D + λ (Hestenes and Stiefel 1952). The system is singular without damping,
  /// one dimension a component, and b lies in its range: what they add to each other is settled by `centre`.
  void solve(additive_limits const& limits) {
    std::vector<double> left = residual_of_items();
    std::vector<double> const noise = rounding_of_items();
    if (is_noise(left, noise)) return;  // the raters' effects explain all: there is nothing to go by but rounding
    std::vector<double> direction(left.size());
    std::vector<double> product(left.size());
    double const start = norm_of(left);
    double before = start;
    double const enough = limits.tolerance * limits.tolerance * start;
    precondition(left, direction);
    while (before > enough && !is_noise(left, noise)) {
      if (iterations == limits.iterations) {
        status = fit_status::iteration_limit;
        break;
      }
      multiply(direction, product);
      double const curvature = std::inner_product(direction.begin(), direction.end(), product.begin(), 0.0);
      if (!(curvature > 0)) {
        status = fit_status::singular;
        break;
      }
      double const step = before / curvature;
      for (std::size_t at = 0; at < left.size(); ++at) {
        item_effect[at] += step * direction[at];
        left[at] -= step * product[at];
      }
      double const after = norm_of(left);
      double const kept = after / before;
      for (std::size_t at = 0; at < left.size(); ++at)
        direction[at] = damped(left[at], item_weight[at] + damping_) + kept * direction[at];
      before = after;
      ++iterations;
    }
    residual = std::sqrt(norm_of(residual_of_items()) / start);
  }

  /// Only sums of a rater's and an item's effect are told by the ratings. Of all that fit alike, those are taken by
  /// which the raters of a component are without effect on the whole: Σ w a_u = 0.
  void centre(rating_components const& components) {
    std::vector<double> sums(std::size_t{components.count} + 1);
    std::vector<double> weights(sums.size());
    for (std::size_t at = 0; at < rater_effect.size(); ++at) {
      sums[components.of_rater[at]] += rater_weight[at] * rater_effect[at];
      weights[components.of_rater[at]] += rater_weight[at];
    }
    for (std::size_t at = 0; at < sums.size(); ++at) sums[at] = damped(sums[at], weights[at]);
    for (std::size_t at = 0; at < rater_effect.size(); ++at)
      if (components.of_rater[at] != 0) rater_effect[at] -= sums[components.of_rater[at]];
    for (std::size_t at = 0; at < item_effect.size(); ++at)
      if (components.of_item[at] != 0) item_effect[at] += sums[components.of_item[at]];
  }

  /// Σ w(r − a_u − c_i)²
  [[nodiscard]] double squared_residuals() const {
    double sum = 0;
    for (std::size_t at = 0; at < rated_.size(); ++at) {
      double const left = value(at) - rater_effect[rater(at)] - item_effect[item(at)];
      sum += rated_.weight(at) * left * left;
    }
    return sum;
  }

 private:
  [[nodiscard]] std::uint32_t rater(std::size_t at) const { return rated_.who.rater_of[at]; }
  [[nodiscard]] std::uint32_t item(std::size_t at) const { return rated_.who.item_of[at]; }

  /// The raters' effects that fit best to those of the items. Once more from there: a sum of many ratings has lost
  /// digits, and of what it leaves next to none are lost.
  void follow() {
    std::fill(rater_effect.begin(), rater_effect.end(), 0.0);
    std::vector<double> owed(rater_effect.size());
    for (int round = 0; round < 2; ++round) {
      for (std::size_t at = 0; at < owed.size(); ++at) owed[at] = -damping_ * rater_effect[at];
      for (std::size_t at = 0; at < rated_.size(); ++at)
        owed[rater(at)] += rated_.weight(at) * (value(at) - rater_effect[rater(at)] - item_effect[item(at)]);
      for (std::size_t at = 0; at < owed.size(); ++at)
        rater_effect[at] += damped(owed[at], rater_weight[at] + damping_);
    }
  }
  /// How much of b can be rounding: of n terms, some √n units in the last place of all that was added up.
  [[nodiscard]] std::vector<double> rounding_of_items() const {
    double const unit = 4 * std::numeric_limits<double>::epsilon() * std::sqrt(static_cast<double>(rated_.size()));
    std::vector<double> noise(item_effect.size());
    for (std::size_t at = 0; at < rated_.size(); ++at)
      noise[item(at)] += unit * rated_.weight(at) * (std::fabs(value(at)) + std::fabs(rater_effect[rater(at)]));
    return noise;
  }
  /// To go on from there would be to divide one rounding by another.
  [[nodiscard]] static bool is_noise(std::vector<double> const& left, std::vector<double> const& noise) {
    for (std::size_t at = 0; at < left.size(); ++at)
      if (std::fabs(left[at]) > noise[at]) return false;
    return true;
  }
  /// b − Sc
  [[nodiscard]] std::vector<double> residual_of_items() {
    follow();
    std::vector<double> left(item_effect.size());
    for (std::size_t at = 0; at < rated_.size(); ++at)
      left[item(at)] += rated_.weight(at) * (value(at) - rater_effect[rater(at)] - item_effect[item(at)]);
    for (std::size_t at = 0; at < left.size(); ++at) left[at] -= damping_ * item_effect[at];
    return left;
  }
  void multiply(std::vector<double> const& from, std::vector<double>& to) {
    std::vector<double>& of_raters = rater_effect;  // not in use until the items' effects are found
    std::fill(of_raters.begin(), of_raters.end(), 0.0);
    for (std::size_t at = 0; at < rated_.size(); ++at) of_raters[rater(at)] += rated_.weight(at) * from[item(at)];
    for (std::size_t at = 0; at < of_raters.size(); ++at)
      of_raters[at] = damped(of_raters[at], rater_weight[at] + damping_);
    for (std::size_t at = 0; at < to.size(); ++at) to[at] = (item_weight[at] + damping_) * from[at];
    for (std::size_t at = 0; at < rated_.size(); ++at) to[item(at)] -= rated_.weight(at) * of_raters[rater(at)];
  }
  void precondition(std::vector<double> const& left, std::vector<double>& to) const {
    for (std::size_t at = 0; at < left.size(); ++at) to[at] = damped(left[at], item_weight[at] + damping_);
  }
  /// Squared.
  [[nodiscard]] double norm_of(std::vector<double> const& left) const {
    double sum = 0;
    for (std::size_t at = 0; at < left.size(); ++at) sum += left[at] * damped(left[at], item_weight[at] + damping_);
    return sum;
  }

  Rated const& rated_;
  double middle_;
  double scale_;
  double damping_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
