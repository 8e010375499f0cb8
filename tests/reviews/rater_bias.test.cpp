// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/rater_bias.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_rater_bias {

struct review {
  std::optional<int> user;
  std::string product;
  std::optional<double> stars;
  double weight = 1;
};

/// From the formulas, with maps and two means.
struct oracle {
  double mean = 0;
  std::map<int, double> rater;
  std::map<std::string, double> item;
  std::map<std::string, double> debiased;
  std::map<int, double> rater_weight;
  std::map<std::string, double> item_weight;

  oracle(std::vector<review> const& rows, double item_damping, double rater_damping) {
    double weight = 0;
    for (review const& row : rows) {
      mean += row.weight * *row.stars;
      weight += row.weight;
      rater_weight[*row.user] += row.weight;
      item_weight[row.product] += row.weight;
    }
    mean /= weight;
    for (review const& row : rows)
      item[row.product] += row.weight * (*row.stars - mean) / (item_damping + item_weight[row.product]);
    for (review const& row : rows)
      rater[*row.user] += row.weight * (*row.stars - mean - item[row.product]) /
                          (rater_damping + rater_weight[*row.user]);
    for (auto const& [name, own] : item_weight) debiased[name] = mean;
    for (review const& row : rows)
      debiased[row.product] += row.weight * (*row.stars - rater[*row.user] - mean) /
                               (item_damping + item_weight[row.product]);
  }
};

std::uint32_t draw(std::uint32_t& state) { return (state = state * 1'664'525 + 1'013'904'223) >> 8; }

std::vector<review> random_rows(std::size_t count, bool weighted) {
  std::uint32_t state = 7;
  std::vector<review> rows;
  for (std::size_t at = 0; at < count; ++at) {
    int const user = static_cast<int>(draw(state) % 40) - 5;
    rows.push_back(
        {user, "p" + std::to_string(draw(state) % 13), 1.0 + draw(state) % 5, weighted ? (draw(state) % 4) / 2.0 : 1});
  }
  return rows;
}

auto bias_of(std::vector<review> const& rows, credence::rater_bias_options const& options = {}) {
  return credence::rater_bias(rows, &review::user, &review::product, &review::stars, &review::weight, options);
}

TEST_CASE("the biases are those of the formulas, with weights and without") {
  for (bool const weighted : {false, true}) {
    auto const rows = random_rows(600, weighted);
    oracle const known(rows, 25, 10);
    auto const found = bias_of(rows);
    CHECK(found.mean == doctest::Approx(known.mean).epsilon(1e-13));
    CHECK(found.count == rows.size());
    CHECK(found.rater_count == known.rater.size());
    CHECK(found.item_count == known.item.size());
    REQUIRE(found.raters().size() == known.rater.size());
    REQUIRE(found.items().size() == known.item.size());
    std::uint64_t ratings = 0;
    for (auto const& rater : found.raters()) {
      CHECK(std::fabs(rater.bias - known.rater.at(rater.key)) < 1e-13);
      CHECK(rater.weight == known.rater_weight.at(rater.key));
      CHECK(found.rater(rater.key) == rater);
      ratings += rater.count;
    }
    CHECK(ratings == rows.size());
    ratings = 0;
    for (auto const& item : found.items()) {
      CHECK(std::fabs(item.bias - known.item.at(item.key)) < 1e-13);
      CHECK(std::fabs(item.debiased - known.debiased.at(item.key)) < 1e-12);
      CHECK(item.weight == known.item_weight.at(item.key));
      CHECK(found.item(item.key) == item);
      ratings += item.count;
    }
    CHECK(ratings == rows.size());
    CHECK(found.predicted(3, "p2") == doctest::Approx(known.mean + known.rater.at(3) + known.item.at("p2")));
  }
}

TEST_CASE("without a weight each rating weighs 1, and so it does by name") {
  auto const rows = random_rows(300, false);
  auto const plain = credence::rater_bias(rows, &review::user, &review::product, &review::stars, {.item_damping = 3});
  auto const named = credence::rater_bias(rows, &review::user, &review::product, &review::stars,
                                          credence::weighted_by(&review::weight), {.item_damping = 3});
  oracle const known(rows, 3, 10);
  for (auto const& item : plain.items()) {
    CHECK(named.item(item.key) == item);
    CHECK(std::fabs(item.debiased - known.debiased.at(item.key)) < 1e-12);
    CHECK(item.count == static_cast<std::uint64_t>(known.item_weight.at(item.key)));
  }
  for (auto const& rater : plain.raters()) CHECK(named.rater(rater.key) == rater);
}

struct compact_review {
  std::int32_t user;
  std::uint32_t product;
  std::int8_t stars;
};

TEST_CASE("more raters than one group holds, numbered as they lie, with strays beside them") {
  std::uint32_t state = 23;
  std::vector<compact_review> rows;
  std::vector<review> same;
  for (int at = 0; at < 40'000; ++at) {
    auto const user =
        static_cast<std::int32_t>(at % 500 == 9 ? -1 - at : 1'000 + static_cast<int>(draw(state) % 20'000));
    auto const product = draw(state) % 50;
    auto const stars = static_cast<std::int8_t>(1 + draw(state) % 5);
    rows.push_back({user, product, stars});
    same.push_back({user, "p" + std::to_string(product), static_cast<double>(stars)});
  }
  oracle const known(same, 25, 10);
  auto const found =
      credence::rater_bias(rows, &compact_review::user, &compact_review::product, &compact_review::stars);
  CHECK(found.count == rows.size());
  CHECK(found.rater_count == known.rater.size());
  double furthest = 0;
  std::uint64_t ratings = 0;
  for (auto const& rater : found.raters()) {
    furthest = std::fmax(furthest, std::fabs(rater.bias - known.rater.at(rater.key)));
    ratings += rater.count;
  }
  for (auto const& item : found.items())
    furthest = std::fmax(furthest, std::fabs(item.debiased - known.debiased.at("p" + std::to_string(item.key))));
  CHECK(furthest < 1e-12);
  CHECK(ratings == rows.size());
  CHECK(found.rater(-10).count == 1);
}

TEST_CASE("a harsh rater is told from a bad item") {
  // All rate a and b alike, but 9, who rated only b, gives 2 less than the others.
  std::vector<review> const rows{{1, "a", 4}, {1, "b", 4}, {2, "a", 4}, {2, "b", 4}, {9, "b", 2}, {9, "c", 2}};
  auto const found = bias_of(rows, {.item_damping = 0, .rater_damping = 0});
  CHECK(found.mean == doctest::Approx(20.0 / 6));
  CHECK(found.item("b").bias == doctest::Approx(0));
  CHECK(found.rater(9).bias == doctest::Approx((2 - 20.0 / 6) / 2));
  CHECK(found.item("c").debiased == doctest::Approx(2 - found.rater(9).bias));
  CHECK(found.rater(9).count == 2);
}

TEST_CASE("what nobody rated, and who rated nothing") {
  std::vector<review> const rows{{1, "a", 4}, {2, "b", 1}};
  auto const found = bias_of(rows);
  CHECK(found.rater(3) == credence::biased_rater{});
  CHECK(found.rater(std::optional<int>()) == credence::biased_rater{});
  CHECK(found.rater(std::int64_t{1} << 32 | 1) ==
        credence::biased_rater{});  // does not fit an int, where it would be 1
  CHECK(found.item("z") == credence::debiased_item{.debiased = 2.5});
  CHECK(found.predicted(3, "z") == 2.5);
  CHECK(found.predicted(3, "a") == doctest::Approx(2.5 + 1.5 / 26));
  CHECK_FALSE(found.item("z"));

  auto const nothing = bias_of({});
  CHECK_FALSE(nothing);
  CHECK(credence::is_nan(nothing.mean));
  CHECK(credence::is_nan(nothing.item("a").debiased));
  CHECK(nothing.rater(1).bias == 0);
  CHECK(nothing.items().empty());
}

TEST_CASE("one rating, all equal, and nothing that weighs") {
  auto const one = bias_of({{1, "a", 4}}, {.item_damping = 0, .rater_damping = 0});
  CHECK(one);
  CHECK(one.mean == 4);
  CHECK(one.rater(1) == credence::biased_rater{0, 1, 1});
  CHECK(one.item("a") == credence::debiased_item{0, 4, 1, 1});

  auto const far_from_nought = bias_of({{1, "a", 1e9 + 0.1}, {1, "b", 1e9 + 0.1}, {2, "a", 1e9 + 0.1}});
  CHECK(far_from_nought.item("a").bias == 0);
  CHECK(far_from_nought.rater(2).bias == 0);

  auto const weightless = bias_of({{1, "a", 4, 0}, {2, "b", 1, 0}}, {.item_damping = 0, .rater_damping = 0});
  CHECK_FALSE(weightless);
  CHECK(weightless.count == 2);
  CHECK(weightless.item("a").count == 1);
  CHECK(weightless.item("a").bias == 0);
  CHECK(weightless.rater(2).bias == 0);
  // An item of which no rating weighs is at the mean of the others.
  auto const partly = bias_of({{1, "a", 4}, {2, "b", 1, 0}}, {.item_damping = 0, .rater_damping = 0});
  CHECK(partly.item("b").debiased == 4);
  // Nor does it take digits from those that weigh.
  auto const strange = bias_of({{9, "z", 1e20, 0}, {1, "a", 4, 0.5}, {1, "b", 1, 0.5}}, {.item_damping = 0});
  CHECK(strange.mean == 2.5);
  CHECK(strange.item("a").bias == 1.5);
}

TEST_CASE("what is left out is counted by reason, or complained about with its row") {
  double const infinity = std::numeric_limits<double>::infinity();
  double const nan = credence::not_a_number();
  std::vector<review> rows{{1, "a", 4},        {{}, "a", 4},        {1, "a", {}},   {1, "a", nan},
                           {1, "a", infinity}, {1, "a", 6},         {1, "a", 0.5},  {1, "a", 4, -1},
                           {1, "a", 4, nan},   {1, "a", 4, 1e-200}, {7, "q", -1e9}, {2, "a", 2}};
  auto const found = bias_of(rows, {.scale_min = 1, .scale_max = 5});
  CHECK(found.count == 2);
  CHECK(found.rejected == 10);
  CHECK(found.rejections == credence::rejections{.missing = 2, .not_a_number = 1, .off_scale = 4, .bad_weight = 3});
  CHECK(found.item("q").count == 0);
  CHECK(found.mean == 3);
  auto const complaint = [&](std::vector<review> const& dirty) {
    return error_of([&] { static_cast<void>(bias_of(dirty, {.on_invalid = credence::on_invalid::raise})); });
  };
  CHECK(complaint({{1, "a", 4}, {{}, "a", 4}}).find("sample 1") != std::string::npos);
  CHECK(complaint({{1, "a", 4}, {1, "b", 4}, {2, "a", nan}}).find("sample 2") != std::string::npos);
  CHECK(complaint({{1, "a", 4, -1}}).find("weight") != std::string::npos);
}

TEST_CASE("wrong options are named") {
  auto const complaint = [](credence::rater_bias_options const& options) {
    return error_of([&] { static_cast<void>(bias_of({}, options)); });
  };
  double const nan = credence::not_a_number();
  CHECK(complaint({.item_damping = -1}).find("rater_bias_options::item_damping is -1") != std::string::npos);
  CHECK(complaint({.rater_damping = nan}).find("rater_bias_options::rater_damping") != std::string::npos);
  CHECK(complaint({.scale_min = nan}).find("rater_bias_options::scale_min") != std::string::npos);
  CHECK(complaint({.scale_max = 1e200}).find("rater_bias_options::scale_max") != std::string::npos);
  CHECK(complaint({.scale_min = 5, .scale_max = 1}).find("rater_bias_options::scale_max is 1") != std::string::npos);
}

}  // namespace test_rater_bias
