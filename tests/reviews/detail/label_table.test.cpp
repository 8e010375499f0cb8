// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/reviews/detail/label_table.hpp>
#include <credence/reviews/detail/read_labels.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace test_label_table {

using credence::detail::label_table;

namespace {

struct row {
  long long item;
  std::optional<std::string> rater;
  bool category;
};
auto read(std::vector<row> const& rows) {
  return credence::detail::read_labels(credence::on_invalid::reject, rows, &row::item, &row::rater, &row::category,
                                       [](row const& own, auto&) { return own.item != 13; });
}

}  // namespace

TEST_CASE("label_table: labels by item, as cells of raters") {
  label_table const table(read({{7, "b", true}, {5, "a", false}, {7, "a", true}, {7, "b", true}, {5, "b", false}}));
  CHECK(table.item_begins == std::vector<std::size_t>{0, 3, 5});
  CHECK(table.category_of == std::vector<std::uint32_t>{0, 1, 0, 1});  // of b, then of a
  CHECK(table.rater_begins == std::vector<std::size_t>{0, 2, 4});
  CHECK(table.cells == std::vector<std::uint32_t>{1, 3, 1, 2, 0});
  CHECK(table.find(1, 0) == 2);
  CHECK(table.compares());
  label_table const lone(read({{7, "b", true}, {5, "a", false}}));
  CHECK(lone.find(0, 0) == label_table::no_cell);
  CHECK(lone.find(1, 1) == label_table::no_cell);
  CHECK(!lone.compares());
}

}  // namespace test_label_table
