// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DAWID_SKENE_HPP
#define CREDENCE_REVIEWS_DAWID_SKENE_HPP

#include <utility>

#include <credence/core/keys.hpp>  // first: complaints about a key then name no other header

#include <credence/core/call_shape.hpp>
#include <credence/core/version.hpp>
#include <credence/math/fit.hpp>
#include <credence/math/fit_report.hpp>
#include <credence/reviews/dawid_skene_model.hpp>
#include <credence/reviews/dawid_skene_options.hpp>
#include <credence/reviews/detail/label_table.hpp>
#include <credence/reviews/detail/rater_tables.hpp>
#include <credence/reviews/detail/read_labels.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// What is true, and whom to believe, when raters disagree? `fit<dawid_skene>(labels, &label::item, &label::rater,
/// &label::category [, {options}])`: every item is of one category, unknown; of an item of category t, rater r says o
/// with the chance θ(r, t, o), whatever the others say. Shares of the categories and chances are those that make all
/// labels likeliest, L = Π over items Σ over t of share(t)·Π over its labels θ(r, t, o), found by EM from each item's
/// shares of votes; see `dawid_skene_model` for what can be asked. Each pass raises the likelihood of the labels
/// themselves, and it ends when that has stopped: the other bound that some stop at may fall again.
///
/// Categories, items and raters are any keys; categories are those that occur. Two labels of one rater for one item are
/// two labels. Rows that lack any of the three are left out and counted. `degenerate_data`: no labels, one category
/// only, or no item with two labels, which would make all raters perfect. `flat_ridge`: in the end each item is as
/// likely to be of a category as any other, as where two raters contradict each other on everything. EM finds a nearest
/// maximum, not always the greatest: a crowd that is wrong for the most part is believed. Throws `credence::error` for
/// wrong options. O(labels · categories) a pass. Source: Dawid and Skene (1979), Applied Statistics 28, 20.
struct dawid_skene {
  using options = dawid_skene_options;
  using call = detail::values_call<options, detail::argument_kind::projection, detail::argument_kind::projection,
                                   detail::argument_kind::projection>;

  template <class Run, class Range, class Item, class Rater, class Category>
  [[nodiscard]] static auto answer(Run&, options const& chosen, Range& rows, Item const& item, Rater const& rater,
                                   Category const& category) {
    if constexpr (detail::check_label_keys<Range, Item, Rater, Category>()) {
      detail::check_options(chosen);
      return fitted(chosen, detail::read_labels(chosen.on_invalid, rows, item, rater, category,
                                                [](auto const&, auto const&) { return true; }));
    } else {
      return fit_report<dawid_skene_model<int, int, int>>();
    }
  }

 private:
  template <class Item, class Rater, class Category>
  static fit_report<dawid_skene_model<Item, Rater, Category>> fitted(
      options const& chosen, detail::read_label_rows<Item, Rater, Category> rows) {
    fit_summary summary;
    summary.count = rows.size();
    summary.rejected = rows.rejected.total();
    summary.rejections = rows.rejected;
    detail::label_table labels(rows);
    if (rows.size() == 0) {
      summary.reason = "there are no labels";
    } else if (labels.categories == 1) {
      summary.reason = "all labels are of one category";
    } else if (!labels.compares()) {
      summary.reason = "no item has two labels, so that no rater is compared with another";
    }
    using report = fit_report<dawid_skene_model<Item, Rater, Category>>;
    if (!summary.reason.empty()) return report(std::move(summary));
    rows.item_of = {};
    rows.rater_of = {};
    rows.category_of = {};
    detail::fitted_labels fit = detail::fit_labels(labels, chosen);
    summary.status = fit.converged ? fit_status::converged : fit_status::iteration_limit;
    if (fit.converged && fit.expected.tells_nothing(labels)) {
      summary.status = fit_status::flat_ridge;
      summary.reason = "the labels of no item make it likelier to be of one category than the other items are";
    }
    summary.iterations = fit.passes;
    summary.log_likelihood = fit.expected.log_likelihood;
    if (!summary) return report(std::move(summary));
    return report(std::move(summary), {std::move(rows.items), std::move(rows.raters), std::move(rows.categories),
                                       std::move(labels), std::move(fit)});
  }
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
