// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_READ_LABELS_HPP
#define CREDENCE_REVIEWS_DETAIL_READ_LABELS_HPP

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/detail/number_rows.hpp>
#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/host_types.hpp>
#include <credence/core/projection.hpp>
#include <credence/core/rejections.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/key_places.hpp>
#include <credence/reviews/detail/numbered_ratings.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Who put what into which category, in the order of the rows: numbers of keys, and the places these have.
template <class Item, class Rater, class Category>
struct read_label_rows {
  key_places<Item> items;
  key_places<Rater> raters;
  key_places<Category> categories;  ///< in the order of their encoded keys
  std::vector<std::uint32_t> item_of;
  std::vector<std::uint32_t> rater_of;
  std::vector<std::uint32_t> category_of;
  credence::rejections rejected;

  [[nodiscard]] std::size_t size() const { return item_of.size(); }
  [[nodiscard]] std::size_t item(std::size_t row) const { return items.place_of(item_of[row]); }
  [[nodiscard]] std::size_t rater(std::size_t row) const { return raters.place_of(rater_of[row]); }
  [[nodiscard]] std::size_t category(std::size_t row) const { return categories.place_of(category_of[row]); }
};

template <class Range, class Item, class Rater, class Category>
constexpr bool check_label_keys() {
  constexpr bool rating = check_rating_keys<Range, Rater, Item>();
  constexpr bool category = check_present_key<projected<Range, Category>>();
  return rating && category;
}

template <class Range, class Item, class Rater, class Category>
using label_rows_of = read_label_rows<present_key<projected<Range, Item>>, present_key<projected<Range, Rater>>,
                                      present_key<projected<Range, Category>>>;

/// Reads labels once. What else is asked of a row, `enter(row, rejected)` reads, and answers whether it is taken. An
/// item, rater or category that is missing is no label.
template <class Range, class Item, class Rater, class Category, class Enter>
[[nodiscard]] auto read_labels(on_invalid policy, Range& rows, Item const& item, Rater const& rater,
                               Category const& category, Enter const& enter) {
  label_rows_of<Range, Item, Rater, Category> read;
  numbered_keys<present_key<projected<Range, Category>>> categories;
  auto ratings = detail::read_ratings(policy, rows, rater, item, [&](auto& row, rejections& rejected) {
    auto&& said = detail::project(category, row);
    if (!detail::has_answer(said)) {
      turn_away(policy, rejected, rejection::missing, 0, 0);
      return false;
    }
    if (!enter(row, rejected)) return false;
    read.category_of.push_back(detail::number_among(categories, said));
    return true;
  });
  read.items = {std::move(ratings.items), ratings.item_of};
  read.raters = {std::move(ratings.raters), ratings.rater_of};
  read.categories = {std::move(categories), read.category_of};
  read.categories.order();
  read.item_of = std::move(ratings.item_of);
  read.rater_of = std::move(ratings.rater_of);
  read.rejected = ratings.rejected;
  return read;
}

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
