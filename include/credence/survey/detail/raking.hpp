// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_SURVEY_DETAIL_RAKING_HPP
#define CREDENCE_SURVEY_DETAIL_RAKING_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/sums.hpp>
#include <credence/core/version.hpp>

// Iterative proportional fitting of a table to the shares that its margins are to have (Deming and Stephan 1940). Rows
// in the same categories of all margins share one cell, and every step works on cells.

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The rows of one combination of categories: their base weights.
struct weighted_cell {
  compensated_sum weight;
  compensated_sum squares;
};
struct raking_cells {
  std::vector<std::uint32_t> categories;  ///< those of the first cell, one a margin, then those of the second …
  std::vector<weighted_cell> cells;
};
/// By margin, then by category.
using raking_table = std::vector<std::vector<double>>;

struct raking_fit {
  raking_table factors;    ///< what the base weights are multiplied by
  bool converged = false;  ///< is `largest_gap` within the tolerance?
  bool starved = false;    ///< is there a category with a target above 0, and no weight that could meet it?
  std::uint64_t cycles = 0;
  double largest_gap = not_a_number();  ///< the largest |share − target| of any category after the last cycle
  std::size_t margin = 0;               ///< where that is, or the category without weight
  std::size_t category = 0;
};

/// The fit itself. Weights are handled as shares of their sum, so that none over- or underflows.
///
///     has_weight()              is any base weight above 0?
///     fitted(most_apart, limit)  only where there is
///     scale(fit, total)         makes the weights sum to `total`; answers Σw²/(Σw)²
class raking {
 public:
  raking(raking_cells const& cells, raking_table const& targets) : cells_(cells), targets_(targets) {
    compensated_sum total;
    for (weighted_cell const& own : cells_.cells) total += own.weight;
    total_ = total.value();
    for (weighted_cell const& own : cells_.cells) shares_.push_back(own.weight.value() / total_);
  }
  [[nodiscard]] bool has_weight() const { return total_ > 0; }

  [[nodiscard]] raking_fit fitted(double most_apart, std::uint64_t limit) const {
    raking_fit fit;
    for (std::vector<double> const& own : targets_) fit.factors.emplace_back(own.size(), 1.0);
    if (starved(fit)) return fit;
    std::vector<double> weights = shares_;
    while (fit.cycles < limit && !fit.converged) {
      raking_table const before = fit.factors;
      for (std::size_t margin = 0; margin < targets_.size(); ++margin) adjust(margin, fit.factors[margin], weights);
      weights = weighted(fit.factors);
      gap const largest = largest_gap(weights);
      if (!is_finite(largest.size)) {  // there is no solution, and the factors ran out of range on their way to none
        fit.factors = before;
        return fit;
      }
      ++fit.cycles;
      fit.largest_gap = largest.size;
      fit.margin = largest.margin;
      fit.category = largest.category;
      fit.converged = largest.size <= most_apart;
    }
    return fit;
  }

  double scale(raking_fit& fit, double total) const {
    std::vector<double> const weights = weighted(fit.factors);
    compensated_sum sum;
    compensated_sum squares;
    for (std::size_t cell = 0; cell < weights.size(); ++cell) {
      sum += weights[cell];
      double const base = cells_.cells[cell].weight.value();
      if (base > 0) squares += weights[cell] * weights[cell] * (cells_.cells[cell].squares.value() / (base * base));
    }
    for (double& factor : fit.factors[0]) factor *= total / total_ / sum.value();
    return squares.value() / (sum.value() * sum.value());
  }

 private:
  struct gap {
    double size = 0;
    std::size_t margin = 0;
    std::size_t category = 0;
  };

  /// The share of every cell under these factors.
  [[nodiscard]] std::vector<double> weighted(raking_table const& factors) const {
    std::vector<double> weights = shares_;
    for (std::size_t cell = 0; cell < weights.size(); ++cell)
      for (std::size_t margin = 0; margin < factors.size(); ++margin)
        weights[cell] *= factors[margin][category(cell, margin)];
    return weights;
  }
  [[nodiscard]] std::size_t category(std::size_t cell, std::size_t margin) const {
    return cells_.categories[cell * targets_.size() + margin];
  }
  [[nodiscard]] std::vector<compensated_sum> totals(std::size_t margin, std::vector<double> const& weights) const {
    std::vector<compensated_sum> sums(targets_[margin].size());
    for (std::size_t cell = 0; cell < weights.size(); ++cell) sums[category(cell, margin)] += weights[cell];
    return sums;
  }
  /// A target of 0 takes its rows from every other margin too; what is left must reach all other targets.
  [[nodiscard]] bool starved(raking_fit& fit) const {
    raking_table reached = fit.factors;
    for (std::size_t margin = 0; margin < targets_.size(); ++margin)
      for (std::size_t at = 0; at < targets_[margin].size(); ++at) reached[margin][at] = targets_[margin][at] > 0;
    std::vector<double> const left = weighted(reached);
    for (std::size_t margin = 0; margin < targets_.size(); ++margin) {
      std::vector<compensated_sum> const sums = totals(margin, left);
      for (std::size_t at = 0; at < sums.size(); ++at) {
        if (!(targets_[margin][at] > 0) || sums[at].value() > 0) continue;
        fit.starved = true;
        fit.margin = margin;
        fit.category = at;
        return true;
      }
    }
    return false;
  }
  void adjust(std::size_t margin, std::vector<double>& factors, std::vector<double>& weights) const {
    std::vector<double> ratios(factors.size());
    std::vector<compensated_sum> const sums = totals(margin, weights);
    for (std::size_t at = 0; at < ratios.size(); ++at) {
      ratios[at] = targets_[margin][at] > 0 ? targets_[margin][at] / sums[at].value() : 0;
      factors[at] *= ratios[at];
    }
    for (std::size_t cell = 0; cell < weights.size(); ++cell) weights[cell] *= ratios[category(cell, margin)];
  }
  [[nodiscard]] gap largest_gap(std::vector<double> const& weights) const {
    gap largest;
    for (std::size_t margin = 0; margin < targets_.size(); ++margin) {
      std::vector<compensated_sum> const sums = totals(margin, weights);
      for (std::size_t at = 0; at < sums.size(); ++at) {
        double const apart = sums[at].value() - targets_[margin][at];
        double const size = apart < 0 ? -apart : apart;
        if (!is_finite(size)) return {size, margin, at};
        if (size > largest.size) largest = {size, margin, at};
      }
    }
    return largest;
  }

  raking_cells const& cells_;
  raking_table const& targets_;
  double total_ = 0;
  std::vector<double> shares_;
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
