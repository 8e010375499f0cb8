// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/detail/numbered_ratings.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <forward_list>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_numbered_ratings {

namespace detail = credence::detail;

struct review {
  std::optional<std::int64_t> user;
  std::string product;
  int stars;
};

/// Takes stars of 1…5.
struct enter_stars {
  credence::on_invalid policy;
  std::vector<int>& stars;

  bool operator()(review const& row, credence::rejections& rejected) const {
    if (!detail::accepts_between(row.stars, 1, 5, policy, rejected, 0)) return false;
    stars.push_back(row.stars);
    return true;
  }
};

template <class Rows>
auto read(Rows const& rows, std::vector<int>& stars, credence::on_invalid policy = credence::on_invalid::reject) {
  return detail::read_ratings(policy, rows, &review::user, &review::product, enter_stars{policy, stars});
}

/// Every rating taken stands where its row does, under the numbers of its keys.
template <class Ratings, class Rows>
void check_numbers(Ratings const& ratings, Rows const& rows, std::vector<int> const& stars) {
  std::size_t at = 0;
  auto const users = ratings.raters.keys_beside();
  auto const products = ratings.items.keys_beside();
  for (review const& row : rows) {
    if (!row.user || row.stars < 1 || row.stars > 5) continue;
    bool const right = at < ratings.size() && ratings.raters.key_at(ratings.rater_of[at], users) == *row.user &&
                       ratings.items.key_at(ratings.item_of[at], products) == row.product &&
                       ratings.raters.find(*row.user) == ratings.rater_of[at] && stars[at] == row.stars &&
                       ratings.rater_of[at] < ratings.raters.limit() && ratings.item_of[at] < ratings.items.limit();
    if (!right) REQUIRE(right);
    ++at;
  }
  CHECK(at == ratings.size());
  CHECK(ratings.item_of.size() == at);
  CHECK(stars.size() == at);
}

TEST_CASE("ratings are numbered in the order of their rows, and rows without a key are counted") {
  std::vector<review> const rows{{7, "a", 5}, {{}, "b", 4}, {-1, "a", 3}, {7, "c", 9}, {8, "b", 1}};
  std::vector<int> stars;
  auto const ratings = read(rows, stars);
  check_numbers(ratings, rows, stars);
  CHECK(ratings.rater_of == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(ratings.item_of == std::vector<std::uint32_t>{0, 0, 1});
  CHECK(ratings.rejected == credence::rejections{.missing = 1, .off_scale = 1});
  // What was only ever seen in a row that was turned away is not known.
  CHECK(ratings.items.find(std::string("c")) == detail::no_number);
}

TEST_CASE("dense integer keys get a window, strays a number beside it, and lists are read as vectors are") {
  std::vector<review> rows;
  for (std::uint32_t at = 0; at < 40'000; ++at) {
    std::int64_t const user = 1'000 + at * 7'919 % 9'973;
    rows.push_back({user, std::to_string(at % 101), static_cast<int>(1 + at % 5)});
    if (at % 1'000 == 3) rows.back().user = -5 - std::int64_t{at};
    if (at % 1'000 == 4) rows.back().user.reset();
    if (at % 1'000 == 5) rows.back().stars = 0;
  }
  std::vector<int> stars;
  auto const windowed = read(rows, stars);
  check_numbers(windowed, rows, stars);
  CHECK(windowed.raters.window().size != 0);
  CHECK(windowed.raters.beside() == 40);
  CHECK(windowed.items.limit() == 101);
  CHECK(windowed.rejected == credence::rejections{.missing = 40, .off_scale = 40});

  std::forward_list<review> const list(rows.begin(), rows.end());
  std::vector<int> of_list;
  auto const hashed = read(list, of_list);
  check_numbers(hashed, list, of_list);
  CHECK(hashed.raters.window().size == 0);
  CHECK(hashed.rejected == windowed.rejected);
}

TEST_CASE("no rows are no ratings, and a complaint names its row") {
  std::vector<review> rows;
  std::vector<int> stars;
  CHECK(read(rows, stars).size() == 0);
  for (int at = 0; at < 300; ++at) rows.push_back({at, "a", 3});
  rows[270].user.reset();
  CHECK(error_of([&] { static_cast<void>(read(rows, stars, credence::on_invalid::raise)); }).find("270") !=
        std::string::npos);
  rows[269].stars = 6;
  CHECK(error_of([&] { static_cast<void>(read(rows, stars, credence::on_invalid::raise)); }).find("269") !=
        std::string::npos);
}

}  // namespace test_numbered_ratings
