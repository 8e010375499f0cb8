// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/detail/rated_values.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "support/error_of.hpp"

namespace test_rated_values {

namespace detail = credence::detail;

struct review {
  int user;
  int product;
  std::optional<std::int8_t> stars;
  double weight;
};

static_assert(std::is_same_v<detail::kept_value<std::int8_t>, std::int8_t>);
static_assert(std::is_same_v<detail::kept_value<float>, float>);
static_assert(std::is_same_v<detail::kept_value<bool>, double>);
static_assert(std::is_same_v<detail::kept_value<std::int64_t>, double>);

TEST_CASE("values and weights stand beside their raters and items, and rows turned away leave no trace") {
  std::vector<review> const rows{{1, 9, 5, 0.5}, {1, 8, {}, 1}, {2, 9, 7, 1}, {3, 7, 4, -1}, {2, 9, 1, 2}};
  auto const rated = detail::read_rated(credence::on_invalid::reject, {1, 5}, rows, &review::user, &review::product,
                                        &review::stars, detail::plan_of(credence::weighted_by(&review::weight)));
  static_assert(std::is_same_v<decltype(rated.values), std::vector<std::int8_t>>);
  CHECK(rated.values == std::vector<std::int8_t>{5, 1});
  CHECK(rated.weights == std::vector<double>{0.5, 2});
  CHECK(rated.value(1) == 1);
  CHECK(rated.weight(0) == 0.5);
  CHECK(rated.who.rater_of == std::vector<std::uint32_t>{0, 1});
  CHECK(rated.counts_of(rated.who.item_of, rated.who.items.limit()) == std::vector<std::uint64_t>{2});
  CHECK(rated.who.rejected == credence::rejections{.missing = 1, .off_scale = 1, .bad_weight = 1});
}

TEST_CASE("a scale may have either end") {
  auto const bounds = [](std::optional<credence::number> lowest, std::optional<credence::number> highest) {
    return detail::bounds_of_scale(lowest, "the least", highest, "the greatest");
  };
  CHECK(bounds({}, {}).lowest == -1e150);
  CHECK(bounds(1, {}).lowest == 1);
  CHECK(bounds({}, 5).highest == 5);
  CHECK(bounds(5, 5).highest == 5);
  CHECK(error_of([&] { static_cast<void>(bounds(5, 4)); }).find("the greatest is 4") != std::string::npos);
  CHECK(error_of([&] { static_cast<void>(bounds(-1e151, {})); }).find("the least") != std::string::npos);
}

}  // namespace test_rated_values
