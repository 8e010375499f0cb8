// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/rater_z_scores.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_rater_z_scores {

struct review {
  std::optional<int> user;
  int product;
  double stars;
  double weight = 1;
};

auto scores_of(std::vector<review> const& rows, credence::rater_z_scores_options const& options = {}) {
  return credence::rater_z_scores(rows, &review::user, &review::product, &review::stars, &review::weight, options);
}

struct moments {
  double weight = 0;
  double mean = 0;
  double variance = 0;
};
/// In three passes, from the formula.
template <class Belongs>
moments moments_of(std::vector<review> const& rows, Belongs const& belongs) {
  moments found;
  for (review const& row : rows)
    if (belongs(row)) found.weight += row.weight;
  for (review const& row : rows)
    if (belongs(row)) found.mean += row.weight * row.stars / found.weight;
  for (review const& row : rows)
    if (belongs(row)) found.variance += row.weight * std::pow(row.stars - found.mean, 2) / found.weight;
  return found;
}

TEST_CASE("random ratings, against the formula") {
  std::uint32_t state = 5;
  auto const draw = [&](std::uint32_t below) { return ((state = state * 1'664'525 + 1'013'904'223) >> 8) % below; };
  std::vector<review> rows;
  for (int at = 0; at < 500; ++at) {
    int const user = static_cast<int>(draw(25));
    double const stars = user == 7 ? 4.3 : 1.0 + draw(5);
    rows.push_back({user, static_cast<int>(draw(11)), stars, 0.5 * (1 + draw(4))});
  }
  auto const found = scores_of(rows);
  moments const all = moments_of(rows, [](review const&) { return true; });
  std::map<int, moments> raters;
  for (int user = 0; user < 25; ++user)
    raters[user] = moments_of(rows, [&](review const& row) { return row.user == user; });
  CHECK(found.mean == doctest::Approx(all.mean).epsilon(1e-13));
  CHECK(found.standard_deviation == doctest::Approx(std::sqrt(all.variance)).epsilon(1e-12));
  CHECK(found.rater_count == 25);
  CHECK(found.item_count == 11);
  CHECK(found.level_raters == 1);
  CHECK(found.rater(7).standard_deviation == 0);
  for (auto const& rater : found.raters()) {
    CHECK(rater.mean == doctest::Approx(raters[rater.key].mean).epsilon(1e-13));
    if (rater.key != 7)
      CHECK(rater.standard_deviation == doctest::Approx(std::sqrt(raters[rater.key].variance)).epsilon(1e-12));
    CHECK(rater.weight == doctest::Approx(raters[rater.key].weight));
  }
  std::uint64_t ratings = 0;
  for (auto const& item : found.items()) {
    double sum = 0;
    double weight = 0;
    for (review const& row : rows) {
      if (row.product != item.key) continue;
      moments const& own = raters[*row.user];
      if (row.user != 7) sum += row.weight * (row.stars - own.mean) / std::sqrt(own.variance);
      weight += row.weight;
    }
    CHECK(std::fabs(item.z - sum / weight) < 1e-12);
    CHECK(item.score == doctest::Approx(all.mean + std::sqrt(all.variance) * sum / weight).epsilon(1e-12));
    CHECK(found.item(item.key) == item);
    ratings += item.count;
  }
  CHECK(ratings == rows.size());
}

TEST_CASE("nothing, nobody, and raters who always say the same") {
  auto const nothing = scores_of({});
  CHECK_FALSE(nothing);
  CHECK(credence::is_nan(nothing.standard_deviation));
  CHECK_FALSE(nothing.rater(1));

  auto const level = scores_of({{1, 1, 4.1}, {1, 2, 4.1}, {2, 2, 3.3}});
  CHECK(level.level_raters == 2);
  CHECK(level.item(1).z == 0);
  CHECK(level.item(2).score == level.mean);
  CHECK(credence::is_nan(level.item(3).z));
  CHECK(credence::is_nan(level.item(3).score));
  CHECK(credence::is_nan(level.rater(9).mean));

  auto const weightless = scores_of({{1, 1, 4, 0}, {2, 2, 3, 0}});
  CHECK_FALSE(weightless);
  CHECK(weightless.count == 2);
  CHECK(weightless.item(1).count == 1);
  CHECK(credence::is_nan(weightless.item(1).z));
  CHECK(credence::is_nan(weightless.rater(1).mean));
}

TEST_CASE("dirty rows and wrong options") {
  std::vector<review> const rows{{1, 1, 4}, {{}, 1, 4}, {1, 1, credence::not_a_number()}, {1, 1, 6}, {1, 1, 4, -1}};
  auto const found = scores_of(rows, {.scale_min = 1, .scale_max = 5});
  CHECK(found.count == 1);
  CHECK(found.rejected == 4);
  CHECK(found.rejections == credence::rejections{.missing = 1, .not_a_number = 1, .off_scale = 1, .bad_weight = 1});
  CHECK(error_of([&] {
          static_cast<void>(scores_of(rows, {.on_invalid = credence::on_invalid::raise}));
        }).find("sample 1 ") != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(scores_of(rows, {.scale_min = 5, .scale_max = 1}));
        }).find("rater_z_scores_options::scale_max is 1") != std::string::npos);
}

}  // namespace test_rater_z_scores
