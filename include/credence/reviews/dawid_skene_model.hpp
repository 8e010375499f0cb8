// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DAWID_SKENE_MODEL_HPP
#define CREDENCE_REVIEWS_DAWID_SKENE_MODEL_HPP

#include <cstddef>
#include <utility>
#include <vector>

#include <credence/core/real.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/key_places.hpp>
#include <credence/reviews/detail/label_table.hpp>
#include <credence/reviews/detail/rater_tables.hpp>

namespace credence {
inline namespace CREDENCE_ABI {

/// How often a rater takes each category for each: rows by what it is, columns by what is said of it; a row sums to 1.
/// NaN in the row of a category that none of the rater's items can have.
template <class Category>
class confusion_matrix {
 public:
  confusion_matrix(detail::key_places<Category> const& categories, std::vector<double> values)
      : categories_(categories), values_(std::move(values)) {}

  /// Throws `credence::error` for a category that is none of them.
  template <class Truth, class Said>
  [[nodiscard]] double at(Truth const& truth, Said const& said) const {
    return values_[categories_.at(truth, "category") * categories_.size() + categories_.at(said, "category")];
  }
  /// In the order of rows and columns.
  [[nodiscard]] std::vector<Category> const& categories() const& { return categories_.keys(); }
  [[nodiscard]] std::vector<Category> categories() && { return categories_.keys(); }
  /// Row after row.
  [[nodiscard]] std::vector<double> const& values() const& { return values_; }
  [[nodiscard]] std::vector<double> values() && { return std::move(values_); }

 private:
  detail::key_places<Category> categories_;
  std::vector<double> values_;
};

/// What `fit<dawid_skene>` found: the items' likely categories and how far each rater can be trusted. Text keys are
/// kept as `std::string`, and may be asked for by `string_view` or literal. All questions throw `credence::error` that
/// names the key where an item, a rater or a category is not among those of the labels. Categories are in the order of
/// their keys (integers by value, text by its characters); items and raters in an order of their own.
template <class Item, class Rater, class Category>
class dawid_skene_model {
 public:
  dawid_skene_model(detail::key_places<Item> items, detail::key_places<Rater> raters,
                    detail::key_places<Category> categories, detail::label_table labels, detail::fitted_labels fit)
      : items_(std::move(items)),
        raters_(std::move(raters)),
        categories_(std::move(categories)),
        labels_(std::move(labels)),
        tables_(std::move(fit.raters)),
        posteriors_(std::move(fit.expected.posteriors)) {
    labels_.cells = {};  // the items' own labels are not asked for again
    labels_.item_begins = {};
  }

  /// The most probable category of an item; of those within a part in 10⁹ of the greatest probability the first.
  template <class Own>
  [[nodiscard]] Category label(Own const& item) const {
    double const* const of_item = posterior(item);
    double greatest = 0;
    for (std::size_t at = 0; at < categories_.size(); ++at) greatest = of_item[at] > greatest ? of_item[at] : greatest;
    std::size_t first = 0;
    while (of_item[first] < greatest * (1 - 1e-9)) ++first;
    return categories_.keys()[first];
  }
  /// That an item is of a category, in 0…1, given all labels and the raters as they were found to be.
  template <class Own, class Said>
  [[nodiscard]] double probability(Own const& item, Said const& category) const {
    return posterior(item)[categories_.at(category, "category")];
  }

  /// That this rater says `said` of an item that is `truth`, in 0…1; NaN where none of the rater's items can be that.
  template <class Own, class Truth, class Said>
  [[nodiscard]] double confusion(Own const& rater, Truth const& truth, Said const& said) const {
    return tables_.chance(labels_, raters_.at(rater, "rater"), categories_.at(truth, "category"),
                          categories_.at(said, "category"));
  }
  template <class Own>
  [[nodiscard]] confusion_matrix<Category> confusion(Own const& rater) const {
    std::size_t const place = raters_.at(rater, "rater");
    std::vector<double> values;
    for (std::size_t truth = 0; truth < categories_.size(); ++truth)
      for (std::size_t said = 0; said < categories_.size(); ++said)
        values.push_back(tables_.chance(labels_, place, truth, said));
    return {categories_, std::move(values)};
  }
  /// How often this rater is right, in 0…1: Σ share·confusion(truth, truth), over the categories that the rater's items
  /// can have. As a weight of the rater's reviews: between 0 and 1, and chance is 1 ÷ categories.
  template <class Own>
  [[nodiscard]] double accuracy(Own const& rater) const {
    std::size_t const place = raters_.at(rater, "rater");
    double right = 0;
    double all = 0;
    for (std::size_t truth = 0; truth < categories_.size(); ++truth) {
      double const chance = tables_.chance(labels_, place, truth, truth);
      if (is_nan(chance)) continue;
      right += tables_.share(truth) * chance;
      all += tables_.share(truth);
    }
    return right / all;
  }

  /// The share of the items that is of this category, in 0…1.
  template <class Said>
  [[nodiscard]] double category_share(Said const& category) const {
    return tables_.share(categories_.at(category, "category"));
  }
  /// Of all, in the order of `categories()`.
  [[nodiscard]] std::vector<double> const& category_shares() const& { return tables_.known().shares; }
  [[nodiscard]] std::vector<double> category_shares() && { return tables_.known().shares; }

  // To walk over; of a model that dies at once, by value.
  [[nodiscard]] std::vector<Item> const& items() const& { return items_.keys(); }
  [[nodiscard]] std::vector<Item> items() && { return items_.keys(); }
  [[nodiscard]] std::vector<Rater> const& raters() const& { return raters_.keys(); }
  [[nodiscard]] std::vector<Rater> raters() && { return raters_.keys(); }
  [[nodiscard]] std::vector<Category> const& categories() const& { return categories_.keys(); }
  [[nodiscard]] std::vector<Category> categories() && { return categories_.keys(); }
  template <class Own>
  [[nodiscard]] bool has_item(Own const& item) const {
    return items_.contains(item);
  }
  template <class Own>
  [[nodiscard]] bool has_rater(Own const& rater) const {
    return raters_.contains(rater);
  }

 private:
  template <class Own>
  [[nodiscard]] double const* posterior(Own const& item) const {
    return posteriors_.data() + items_.at(item, "item") * categories_.size();
  }

  detail::key_places<Item> items_;
  detail::key_places<Rater> raters_;
  detail::key_places<Category> categories_;
  detail::label_table labels_;
  detail::rater_tables tables_;
  std::vector<double> posteriors_;
};

}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
