// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_REVIEWS_DETAIL_LABEL_TABLE_HPP
#define CREDENCE_REVIEWS_DETAIL_LABEL_TABLE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/core/version.hpp>
#include <credence/reviews/detail/read_labels.hpp>

namespace credence {
inline namespace CREDENCE_ABI {
namespace detail {

/// Labels put together by item, as flat arrays. A label is a cell: what one rater said, once or often. Only cells that
/// occur are there, rater after rater, so that what is kept of them is never more than there are labels.
struct label_table {
  static constexpr std::uint32_t no_cell = ~std::uint32_t{};

  std::size_t categories = 0;
  std::vector<std::size_t> item_begins;  ///< where each item's labels begin, and where the last one's end
  std::vector<std::uint32_t> cells;      ///< of each label
  std::vector<std::size_t> rater_begins;
  std::vector<std::uint32_t> category_of;  ///< of each cell; ascending within a rater

  [[nodiscard]] std::size_t items() const { return item_begins.size() - 1; }
  [[nodiscard]] std::size_t raters() const { return rater_begins.size() - 1; }
  /// Whether any item has two labels: otherwise raters are compared with nothing.
  [[nodiscard]] bool compares() const { return cells.size() > items(); }
  /// Where a rater's answers of one category are, or `no_cell`.
  [[nodiscard]] std::uint32_t find(std::size_t rater, std::size_t category) const {
    auto const begin = category_of.begin() + static_cast<std::ptrdiff_t>(rater_begins[rater]);
    auto const end = category_of.begin() + static_cast<std::ptrdiff_t>(rater_begins[rater + 1]);
    auto const found = std::lower_bound(begin, end, category);
    return found == end || *found != category ? no_cell : static_cast<std::uint32_t>(found - category_of.begin());
  }

  label_table() = default;
  template <class Item, class Rater, class Category>
  explicit label_table(read_label_rows<Item, Rater, Category> const& rows)
      : categories(rows.categories.size()),
        item_begins(rows.items.size() + 1, 0),
        cells(rows.size()),
        rater_begins(rows.raters.size() + 1, 0) {
    // First which cells occur and how many labels each item has; a label's place waits for the items before it.
    std::vector<std::uint32_t> cell_of(rows.raters.size() * categories, no_cell);
    for (std::size_t row = 0; row < rows.size(); ++row) {
      cell_of[rows.rater(row) * categories + rows.category(row)] = 0;
      ++item_begins[rows.item(row) + 1];
    }
    for (std::size_t at = 0; at < cell_of.size(); ++at) {
      if (cell_of[at] != no_cell) {
        if (category_of.size() == no_cell) too_many_keys();
        cell_of[at] = static_cast<std::uint32_t>(category_of.size());
        category_of.push_back(static_cast<std::uint32_t>(at % categories));
      }
      rater_begins[at / categories + 1] = category_of.size();
    }
    for (std::size_t item = 0; item + 1 < item_begins.size(); ++item) item_begins[item + 1] += item_begins[item];
    std::vector<std::size_t> next(item_begins.begin(), item_begins.end() - 1);
    for (std::size_t row = 0; row < rows.size(); ++row)
      cells[next[rows.item(row)]++] = cell_of[rows.rater(row) * categories + rows.category(row)];
  }
};

}  // namespace detail
}  // namespace CREDENCE_ABI
}  // namespace credence

#endif
