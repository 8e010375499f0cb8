// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_RATER_TABLES_HPP
#define CREDENCE_REVIEWS_DETAIL_RATER_TABLES_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/dawid_skene_options.hpp>
#include <credence/reviews/detail/label_expectation.hpp>
#include <credence/reviews/detail/label_table.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// The raters as the likeliest parameters have them, given what is expected of the items: the other half of EM. A
/// category that no item of a rater can have has no chances for him: 0, and it stays impossible there.
class rater_tables {
 public:
  rater_tables(label_table const& labels, dawid_skene_options const& options)
      : confusion_(options.confusion),
        right_(options.prior_right),
        wrong_(options.prior_wrong),
        items_(options.prior_items),
        totals_(labels.raters() * (confusion_ == rater_confusion::full ? labels.categories : 2)) {
    known_.shares.resize(labels.categories);
    known_.chance.resize(labels.category_of.size() * labels.categories);
  }

  void maximise(label_table const& labels, label_expectation const& expected) {
    double const categories = static_cast<double>(labels.categories);
    double const items = static_cast<double>(labels.items()) + items_ * categories;
    for (std::size_t truth = 0; truth < labels.categories; ++truth)
      known_.shares[truth] = (expected.shares[truth] + items_) / items;
    for (std::size_t rater = 0; rater < labels.raters(); ++rater) {
      if (confusion_ == rater_confusion::full) {
        maximise_full(labels, expected, rater);
      } else {
        maximise_coin(labels, expected, rater);
      }
    }
  }

  [[nodiscard]] label_chances const& known() const { return known_; }
  [[nodiscard]] double share(std::size_t truth) const { return known_.shares[truth]; }
  /// The chance that a rater says one category of another; NaN where nothing tells.
  [[nodiscard]] double chance(label_table const& labels, std::size_t rater, std::size_t truth, std::size_t said) const {
    if (confusion_ == rater_confusion::one_coin) return totals_[2 * rater + (said == truth ? 0 : 1)];
    double const total = totals_[rater * labels.categories + truth];
    if (!(total > 0)) return not_a_number();
    std::uint32_t const cell = labels.find(rater, said);
    if (cell != label_table::no_cell) return known_.chance[cell * labels.categories + truth];
    return (said == truth ? right_ : wrong_) / total;
  }
  /// The logarithm of the priors' density, but for a constant.
  [[nodiscard]] double log_prior(label_table const& labels) const {
    double sum = 0;
    auto const add = [&sum](double pseudo_count, double chance) {
      if (pseudo_count > 0) sum += pseudo_count * std::log(chance);
    };
    for (double const share : known_.shares) add(items_, share);
    if (!(right_ > 0) && !(wrong_ > 0)) return sum;
    double const others = static_cast<double>(labels.categories - 1);
    for (std::size_t rater = 0; rater < labels.raters(); ++rater) {
      if (confusion_ == rater_confusion::one_coin) {
        add(right_, totals_[2 * rater]);
        add(wrong_ * others, totals_[2 * rater + 1]);
        continue;
      }
      // What a rater never said has the prior alone, and for each truth as often as there are such answers: to ask for
      // all pairs of categories would cost more than the labels do.
      std::size_t const first = labels.rater_begins[rater];
      std::size_t const last = labels.rater_begins[rater + 1];
      double const unsaid = static_cast<double>(labels.categories - (last - first));
      for (std::size_t truth = 0; truth < labels.categories; ++truth) {
        double const total = totals_[rater * labels.categories + truth];
        bool const is_said = labels.find(rater, truth) != label_table::no_cell;
        if (!is_said) add(right_, right_ / total);
        add(wrong_ * (is_said ? unsaid : unsaid - 1), wrong_ / total);
      }
      for (std::size_t cell = first; cell < last; ++cell)
        for (std::size_t truth = 0; truth < labels.categories; ++truth)
          add(labels.category_of[cell] == truth ? right_ : wrong_, known_.chance[cell * labels.categories + truth]);
    }
    return sum;
  }

 private:
  void maximise_full(label_table const& labels, label_expectation const& expected, std::size_t rater) {
    std::size_t const categories = labels.categories;
    std::size_t const first = labels.rater_begins[rater];
    std::size_t const last = labels.rater_begins[rater + 1];
    double* const totals = totals_.data() + rater * categories;
    for (std::size_t truth = 0; truth < categories; ++truth)
      totals[truth] = right_ + wrong_ * static_cast<double>(categories - 1);
    for (std::size_t cell = first; cell < last; ++cell)
      for (std::size_t truth = 0; truth < categories; ++truth)
        totals[truth] += expected.counts[cell * categories + truth];
    for (std::size_t cell = first; cell < last; ++cell)
      for (std::size_t truth = 0; truth < categories; ++truth) {
        double const count = expected.counts[cell * categories + truth] +
                             (labels.category_of[cell] == truth ? right_ : wrong_);
        known_.chance[cell * categories + truth] = totals[truth] > 0 ? count / totals[truth] : 0;
      }
  }
  void maximise_coin(label_table const& labels, label_expectation const& expected, std::size_t rater) {
    std::size_t const categories = labels.categories;
    double const others = static_cast<double>(categories - 1);
    double right = right_;
    double wrong = wrong_ * others;  // summed for itself: 1 less a share near 1 would lose its digits
    for (std::size_t cell = labels.rater_begins[rater]; cell < labels.rater_begins[rater + 1]; ++cell)
      for (std::size_t truth = 0; truth < categories; ++truth)
        (labels.category_of[cell] == truth ? right : wrong) += expected.counts[cell * categories + truth];
    double* const chances = totals_.data() + 2 * rater;
    chances[0] = right / (right + wrong);
    chances[1] = wrong / (right + wrong) / others;
    for (std::size_t cell = labels.rater_begins[rater]; cell < labels.rater_begins[rater + 1]; ++cell)
      for (std::size_t truth = 0; truth < categories; ++truth)
        known_.chance[cell * categories + truth] = chances[labels.category_of[cell] == truth ? 0 : 1];
  }

  rater_confusion confusion_;
  double right_;
  double wrong_;
  double items_;
  std::vector<double> totals_;  // of each rater: labels by true category; or, of one coin, the chance of what is right
                                // and of each other
  label_chances known_;
};

/// Where EM came to.
struct fitted_labels {
  rater_tables raters;
  label_expectation expected;
  std::uint64_t passes = 0;
  bool converged = false;
};

/// From the votes on: a pass never lowers the likelihood, or with priors its product with their density. Where votes
/// hardly tell more than chance, it rises slowly at first and ever faster then: while each pass raises it more than
/// that before did, it has not converged, however little that is.
[[nodiscard]] inline fitted_labels fit_labels(label_table const& labels, dawid_skene_options const& options) {
  fitted_labels fit{.raters = {labels, options}, .expected = label_expectation(labels)};
  fit.expected.begin_with_votes(labels);
  double before = 0;
  double last_rise = 0;
  auto const limit = static_cast<std::uint64_t>(options.max_iterations.value);
  while (!fit.converged && fit.passes < limit) {
    fit.raters.maximise(labels, fit.expected);
    detail::expect_labels(labels, fit.raters.known(), fit.expected);
    double const reached = fit.expected.log_likelihood + fit.raters.log_prior(labels);
    if (++fit.passes > 1) {
      double const rise = reached - before;
      fit.converged = rise <= options.tolerance * std::fabs(reached) && rise <= last_rise;
      last_rise = rise;
    }
    before = reached;
  }
  return fit;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
