// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/reviews/detail/read_labels.hpp>
#include <optional>
#include <string>
#include <vector>

namespace test_read_labels {

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

TEST_CASE("read_labels: what is there, and categories in an order of their own") {
  auto const labels =
      read({{7, "b", true}, {-1, "a", false}, {7, "b", true}, {13, "c", true}, {9, std::nullopt, true}});
  CHECK(labels.size() == 3);
  CHECK(labels.rejected.missing == 1);
  CHECK(labels.items.keys() == std::vector<long long>{7, -1});
  CHECK(labels.raters.keys() == std::vector<std::string>{"b", "a"});
  CHECK(labels.categories.keys() == std::vector<bool>{false, true});
  CHECK(labels.category(0) == 1);
  CHECK(labels.category(1) == 0);
}

}  // namespace test_read_labels
