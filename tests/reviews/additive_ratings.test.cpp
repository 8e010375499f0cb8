// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/additive_ratings.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/error_of.hpp"

namespace test_additive_ratings {

struct review {
  std::optional<int> user;
  int product;
  double stars;
  double weight = 1;
};

auto fitted(std::vector<review> const& rows, credence::additive_ratings_options const& options = {}) {
  return credence::fit<credence::additive_ratings>(rows, &review::user, &review::product, &review::stars,
                                                   &review::weight, options);
}

using matrix = std::vector<std::vector<double>>;
/// Gauss, with the greatest pivot.
std::vector<double> solved(matrix rows, std::vector<double> right) {
  std::size_t const size = right.size();
  for (std::size_t column = 0; column < size; ++column) {
    std::size_t best = column;
    for (std::size_t row = column; row < size; ++row)
      if (std::fabs(rows[row][column]) > std::fabs(rows[best][column])) best = row;
    std::swap(rows[best], rows[column]);
    std::swap(right[best], right[column]);
    for (std::size_t row = 0; row < size; ++row) {
      if (row == column) continue;
      double const factor = rows[row][column] / rows[column][column];
      for (std::size_t at = column; at < size; ++at) rows[row][at] -= factor * rows[column][at];
      right[row] -= factor * right[column];
    }
  }
  for (std::size_t row = 0; row < size; ++row) right[row] /= rows[row][row];
  return right;
}

struct oracle {
  double mean = 0;
  std::vector<double> effects;  ///< of the raters 0…, then of the items 0…
};
/// The normal equations of all effects. Without damping Σ w a = 0 is added for each component, of which the raters are
/// those with the same remainder.
oracle oracle_of(std::vector<review> const& rows, std::size_t raters, std::size_t items, double damping,
                 std::size_t components) {
  oracle found;
  double weight = 0;
  for (review const& row : rows) {
    found.mean += row.weight * row.stars;
    weight += row.weight;
  }
  found.mean /= weight;
  matrix normal(raters + items, std::vector<double>(raters + items));
  std::vector<double> right(raters + items);
  std::vector<double> given(raters);
  for (review const& row : rows) {
    auto const user = static_cast<std::size_t>(*row.user);
    std::size_t const item = raters + static_cast<std::size_t>(row.product);
    for (std::size_t const one : {user, item}) {
      for (std::size_t const other : {user, item}) normal[one][other] += row.weight;
      right[one] += row.weight * (row.stars - found.mean);
    }
    given[user] += row.weight;
  }
  for (std::size_t at = 0; at < right.size(); ++at) normal[at][at] += damping;
  for (std::size_t one = 0; damping == 0 && one < raters; ++one)
    for (std::size_t other = one % components; other < raters; other += components)
      normal[one][other] += given[one] * given[other];
  found.effects = solved(normal, right);
  return found;
}

/// In so many components, those of the users and products with the same remainder.
std::vector<review> random_rows(std::size_t count, int components) {
  std::uint32_t state = 11;
  auto const draw = [&](std::uint32_t below) {
    return static_cast<int>(((state = state * 1'664'525 + 1'013'904'223) >> 8) % below);
  };
  std::vector<review> rows;
  for (std::size_t at = 0; at < count; ++at) {
    int const part = draw(static_cast<std::uint32_t>(components));
    rows.push_back({draw(6) * components + part, draw(4) * components + part, 1.0 + draw(5), 0.5 * (1 + draw(4))});
  }
  return rows;
}

TEST_CASE("the effects are those of the dense normal equations, damped or not, in one component or in two") {
  for (std::size_t const components : {1u, 2u}) {
    auto const rows = random_rows(200, static_cast<int>(components));
    std::size_t const raters = 6 * components;
    std::size_t const items = 4 * components;
    for (double const damping : {0.0, 2.5}) {
      oracle const known = oracle_of(rows, raters, items, damping, components);
      auto const report = fitted(rows, {.damping = damping, .tolerance = 1e-13});
      REQUIRE(report);
      CHECK(report.gradient_norm < 1e-12);
      CHECK(report.iterations > 1);
      CHECK(report.iterations <= items);
      auto const& model = report.model();
      CHECK(model.mean == doctest::Approx(known.mean).epsilon(1e-13));
      CHECK(model.components == components);
      REQUIRE(model.raters().size() == raters);
      REQUIRE(model.items().size() == items);
      double squares = 0;
      double weight = 0;
      for (auto const& rater : model.raters())
        CHECK(std::fabs(rater.effect - known.effects[static_cast<std::size_t>(rater.key)]) < 1e-11);
      for (auto const& item : model.items()) {
        double const effect = known.effects[raters + static_cast<std::size_t>(item.key)];
        CHECK(std::fabs(item.effect - effect) < 1e-11);
        CHECK(item.score == doctest::Approx(known.mean + effect).epsilon(1e-11));
        CHECK(model.item(item.key) == item);
      }
      for (review const& row : rows) {
        double const predicted = known.mean + known.effects[static_cast<std::size_t>(*row.user)] +
                                 known.effects[raters + static_cast<std::size_t>(row.product)];
        squares += row.weight * std::pow(row.stars - predicted, 2);
        weight += row.weight;
        CHECK(model.predicted(row.user, row.product) == doctest::Approx(predicted).epsilon(1e-11));
      }
      CHECK(model.squared_residuals == doctest::Approx(squares).epsilon(1e-11));
      double const free = weight - static_cast<double>(raters + items - components);
      if (damping == 0) CHECK(model.residual_variance == doctest::Approx(squares / free).epsilon(1e-11));
      if (damping != 0) CHECK(credence::is_nan(model.residual_variance));
    }
  }
}

TEST_CASE("a harsh rater who got only the good items is told from bad items, where one pass is not enough") {
  // Stars are quality plus leaning, exactly. Rater 3 gives two less, and rated only the best two.
  std::vector<review> const rows{{1, 1, 3}, {1, 2, 4}, {1, 3, 5}, {2, 1, 3}, {2, 3, 5}, {3, 3, 3}, {3, 4, 3.5}};
  auto const report = fitted(rows);
  auto const& model = report.model();
  CHECK(model.squared_residuals < 1e-18);
  CHECK(credence::is_nan(model.item(9).score));
  CHECK(model.rater(3).effect - model.rater(1).effect == doctest::Approx(-2));
  CHECK(model.item(4).score - model.item(3).score == doctest::Approx(0.5));
  CHECK(model.predicted(1, 4) == doctest::Approx(5.5));
}

TEST_CASE("components are not compared") {
  std::vector<review> const rows{{1, 1, 5}, {1, 2, 4}, {2, 3, 1}, {3, 3, 2}, {4, 9, 3, 0}};
  auto const model = fitted(rows).model();
  CHECK(model.components == 2);
  CHECK(model.item(1).component == model.item(2).component);
  CHECK(model.item(1).component != model.item(3).component);
  CHECK(model.rater(2).component == model.item(3).component);
  CHECK(credence::is_nan(model.predicted(1, 3)));
  CHECK(credence::is_nan(model.predicted(7, 1)));
  // Nothing weighs of item 9 and rater 4.
  CHECK(model.item(9).count == 1);
  CHECK(model.item(9).component == 0);
  CHECK(credence::is_nan(model.item(9).score));
  CHECK(model.rater(4).effect == 0);
  CHECK(model.rater_count == 4);
  CHECK_FALSE(model.rater(std::optional<int>()));
  // Two components of three effects each, but for one, and five ratings of which one weighs nothing.
  CHECK(credence::is_nan(model.residual_variance));

  auto const damped = fitted(rows, {.damping = 1}).model();
  CHECK(damped.predicted(7, 8) == damped.mean);
  CHECK(damped.predicted(1, 3) == doctest::Approx(damped.mean + damped.rater(1).effect + damped.item(3).effect));
}

TEST_CASE("no ratings, none that weighs, one, and all alike") {
  for (auto const& rows : {std::vector<review>{}, std::vector<review>{{1, 1, 4, 0}}}) {
    auto const report = fitted(rows);
    CHECK(report.status == credence::fit_status::degenerate_data);
    CHECK(error_of([&] { static_cast<void>(report.model()); }).find("degenerate_data") != std::string::npos);
  }
  auto const one = fitted({{1, 1, 4}});
  CHECK(one.model().item(1).score == 4);
  CHECK(one.iterations == 0);
  CHECK(one.gradient_norm == 0);
  auto const alike = fitted({{1, 1, 4.1}, {1, 2, 4.1}, {2, 1, 4.1}, {2, 2, 4.1}}).model();
  CHECK(alike.rater(2).effect == 0);
  CHECK(alike.item(1).score == doctest::Approx(4.1));
  CHECK(alike.residual_variance == 0);
  // Far from nought, and so far apart that squares would overflow.
  auto const wide = fitted({{1, 1, 1e150}, {1, 2, -1e150}, {2, 1, -1e150}, {2, 2, -1e150}}).model();
  CHECK(wide.item(1).score - wide.item(2).score == doctest::Approx(1e150));
}

TEST_CASE("where raters explain all, what is left is rounding, and no singular system") {
  for (std::size_t const rows_of_each : {2u, 7u, 31u, 2'000u}) {
    std::vector<review> rows;
    for (std::size_t at = 0; at < 5 * rows_of_each; ++at) {
      int const user = static_cast<int>(at % 5);
      rows.push_back({user, static_cast<int>(at * at % 11), 0.1 + 0.7 * user, 0.7 * static_cast<double>(1 + at % 3)});
    }
    auto const report = fitted(rows);
    REQUIRE(report);
    CHECK(report.gradient_norm < 1e-10);
    for (review const& row : rows)
      CHECK(report.model().predicted(*row.user, row.product) == doctest::Approx(row.stars).epsilon(1e-12));
  }
  // Each item by one rater only.
  auto const apart = fitted({{1, 1, 4.1, 0.7}, {1, 2, 3.3, 1.4}, {2, 3, 1.9, 2.1}, {2, 4, 1.7, 0.7}, {3, 5, 1.1, 0.7}});
  REQUIRE(apart);
  CHECK(apart.model().components == 3);
  CHECK(apart.model().squared_residuals < 1e-28);
}

TEST_CASE("a long chain runs into the limit, and is no model until it is given more") {
  std::vector<review> rows;
  for (int at = 0; at < 400; ++at) {
    rows.push_back({at, at, 1.0 + at % 5});
    rows.push_back({at, at + 1, 1.0 + at % 3});
  }
  auto const stopped = fitted(rows, {.max_iterations = 20});
  CHECK(stopped.status == credence::fit_status::iteration_limit);
  CHECK(stopped.iterations == 20);
  CHECK(stopped.gradient_norm > 1e-10);
  CHECK(error_of([&] { static_cast<void>(stopped.model()); }).find("more iterations") != std::string::npos);
  auto const report = fitted(rows);
  CHECK(report.gradient_norm < 1e-9);
  // A tree is fitted exactly.
  CHECK(report.model().squared_residuals < 1e-12);
}

TEST_CASE("dirty rows and wrong options") {
  std::vector<review> const rows{{1, 1, 4}, {{}, 1, 4}, {1, 1, credence::not_a_number()}, {1, 1, 6}, {1, 1, 4, -1}};
  auto const report = fitted(rows, {.scale_min = 1, .scale_max = 5});
  CHECK(report.count == 1);
  CHECK(report.rejected == 4);
  CHECK(report.rejections == credence::rejections{.missing = 1, .not_a_number = 1, .off_scale = 1, .bad_weight = 1});
  auto const complaint = [&](credence::additive_ratings_options const& options) {
    return error_of([&] { static_cast<void>(fitted(rows, options)); });
  };
  CHECK(complaint({.on_invalid = credence::on_invalid::raise}).find("sample 1 ") != std::string::npos);
  CHECK(complaint({.damping = -1}).find("additive_ratings_options::damping is -1") != std::string::npos);
  CHECK(complaint({.tolerance = 1}).find("additive_ratings_options::tolerance is 1") != std::string::npos);
  CHECK(complaint({.max_iterations = 0}).find("additive_ratings_options::max_iterations") != std::string::npos);
  CHECK(complaint({.scale_min = 3, .scale_max = 2}).find("additive_ratings_options::scale_max") != std::string::npos);
}

}  // namespace test_additive_ratings
