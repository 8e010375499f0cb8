// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <credence/core/bytes.hpp>
#include <credence/reviews/rating_catalogue.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_rating_catalogue {

using credence::rating_catalogue;
using credence::rating_catalogue_accumulator;

struct review {
  std::int64_t product;
  int stars;
};

/// By definition: how often each product has each value on the scale.
using counted = std::map<std::int64_t, std::array<std::uint64_t, 16>>;
counted by_definition(std::vector<review> const& rows, int lowest, int highest) {
  counted all;
  for (review const& row : rows)
    if (row.stars >= lowest && row.stars <= highest) ++all[row.product][static_cast<std::size_t>(row.stars)];
  return all;
}
template <class Key>
counted held(rating_catalogue_accumulator<Key> const& catalogue) {
  counted all;
  auto const& counts = catalogue.state().counts;
  auto const& beside = counts.items().keys_beside();
  counts.each_item([&](std::uint32_t item, credence::detail::item_values const& own) {
    all[static_cast<std::int64_t>(counts.items().key_at(item, beside))] = own;
  });
  return all;
}

/// Enough for a window, with strays beside it, values off the scale, and an item so frequent that its counter is full.
std::vector<review> many(std::int64_t spread) {
  std::mt19937_64 random(7);
  std::vector<review> rows;
  for (int at = 0; at < 120'000; ++at) {
    auto const drawn = random();
    std::int64_t const product = drawn % 3 == 0 ? 17 * spread : static_cast<std::int64_t>(drawn / 3 % 900) * spread;
    rows.push_back({at % 9'973 == 0 ? -at : product, static_cast<int>(drawn >> 40 & 7)});
  }
  return rows;
}

TEST_CASE("rating catalogue: items in a window, in a table, and pushed one by one are counted alike") {
  for (std::int64_t const spread : {std::int64_t{1}, std::int64_t{1} << 40}) {
    std::vector<review> const rows = many(spread);
    auto const found = rating_catalogue(rows, &review::product, &review::stars);
    CHECK((found.state().counts.items().window().size != 0) == (spread == 1));
    CHECK(held(found) == by_definition(rows, 1, 5));
    rating_catalogue_accumulator<std::int64_t> pushed;
    for (review const& row : rows) pushed(row.product, row.stars);
    CHECK(found == pushed);
    CHECK(credence::to_bytes(found) == credence::to_bytes(pushed));
    CHECK(credence::from_bytes<rating_catalogue_accumulator<std::int64_t>>(credence::to_bytes(found)) == found);
    auto const result = found.result();
    CHECK(result.items == by_definition(rows, 1, 5).size());
    CHECK(result.count + result.rejected == rows.size());
    CHECK(result.rejections.off_scale == result.rejected);
    auto const tasks = [](std::size_t count, auto const& task) {
      for (std::size_t at = count; at-- != 0;) task(at);
    };
    CHECK(rating_catalogue(tasks, rows, &review::product, &review::stars) == found);
  }
}

TEST_CASE("rating catalogue: values beyond 7 widen it") {
  std::vector<review> rows = many(1);
  for (std::size_t at = 60'000; at < rows.size(); at += 3) rows[at].stars += 8;
  auto const found = rating_catalogue(rows, &review::product, &review::stars, {.scale_min = 0, .scale_max = 15});
  CHECK(held(found) == by_definition(rows, 0, 15));
  CHECK(found.result().rejected == 0);
  auto const high = rating_catalogue(rows, &review::product, &review::stars, {.scale_min = 9, .scale_max = 12});
  CHECK(held(high) == by_definition(rows, 9, 12));
}

TEST_CASE("rating catalogue: merges by addition, and gives back what it holds") {
  std::vector<review> const rows = many(1);
  auto const whole = rating_catalogue(rows, &review::product, &review::stars);
  std::vector<review> const first(rows.begin(), rows.begin() + 70'000);
  std::vector<review> const rest(rows.begin() + 70'000, rows.end());
  auto merged = rating_catalogue(rest, &review::product, &review::stars);
  merged += rating_catalogue(first, &review::product, &review::stars);
  CHECK(merged == whole);
  for (review const& row : rest) merged.retract(row.product, row.stars);
  CHECK(merged == rating_catalogue(first, &review::product, &review::stars));
  auto const before = merged;
  CHECK(error_of([&] { merged.retract(-5, 3); }).find("does not hold") != std::string::npos);
  rating_catalogue_accumulator<std::int64_t> one;
  one(3, 4);
  CHECK(error_of([&] { one.retract(3, 5); }).find("does not hold") != std::string::npos);
  CHECK(error_of([&] { one.retract(3, 9); }).find("does not hold") != std::string::npos);
  CHECK(merged == before);
  CHECK(one.result().count == 1);
  merged += merged;
  CHECK(merged.result().count == 2 * before.result().count);
}

TEST_CASE("rating catalogue: more ratings than a counter holds, also after bytes and merging") {
  credence::detail::value_counts<int> counts;
  auto const item = counts.items().find_or_add(3);
  counts.add(item, 5, std::uint64_t{1} << 31);
  counts.add(item, 5, (std::uint64_t{1} << 33) + 32'767);
  counts.add(item, 5, 1);
  std::uint64_t const all = (std::uint64_t{1} << 31) + (std::uint64_t{1} << 33) + 32'768;
  CHECK(counts.of(item)[5] == all);
  counts.take(item, 5);
  CHECK(counts.times(item, 5) == all - 1);
  counts.add(item, 12, 2);  // widened with what was carried
  CHECK(counts.of(item)[5] == all - 1);
  credence::detail::value_counts<int> other = counts;
  other += counts;
  CHECK(other.of(item)[5] == 2 * (all - 1));
  CHECK(other.of(item)[12] == 4);
}

TEST_CASE("rating catalogue: what would be too many ratings is refused before any is added") {
  rating_catalogue_accumulator<int> many;
  many(7, 5);
  for (int doubled = 0; doubled < 39; ++doubled) many += rating_catalogue_accumulator<int>(many);
  rating_catalogue_accumulator<int> other;
  other(1, 1);
  other += many;
  auto const before = many;
  CHECK(error_of([&] { many += other; }).find("1,099,511,627,775") != std::string::npos);
  CHECK(many == before);
  CHECK(many.valid());
  many.retract(7, 5);
  many += other;
  CHECK(many.result().count == (std::uint64_t{1} << 40));
  CHECK(error_of([&] { many(7, 5); }).find("1,099,511,627,775") != std::string::npos);
  CHECK(many.valid());
}

TEST_CASE("rating catalogue: text, optional keys, reals and what is none of a rating") {
  struct named {
    std::optional<std::string> product;
    std::optional<double> stars;
  };
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<named> const rows{{"tea", 5}, {"tea", 4.5}, {std::nullopt, 5}, {"pot", std::nullopt},
                                {"pot", 1}, {"pot", nan}, {"tea", 5},        {"cup", 1e300}};
  auto const found = rating_catalogue(rows, &named::product, &named::stars);
  CHECK(found.result().items == 2);
  CHECK(found.result().count == 3);
  CHECK(found.result().rejections.missing == 2);
  CHECK(found.result().rejections.not_a_number == 1);
  CHECK(found.result().rejections.off_scale == 2);
  auto const raising = [&] {
    static_cast<void>(
        rating_catalogue(rows, &named::product, &named::stars, {.on_invalid = credence::on_invalid::raise}));
  };
  CHECK(error_of(raising).find("1") != std::string::npos);
  CHECK(!rating_catalogue(std::vector<named>(), &named::product, &named::stars).result());
}

TEST_CASE("rating catalogue: scales that it cannot hold") {
  std::vector<review> const none;
  CHECK(error_of([&] {
          static_cast<void>(rating_catalogue(none, &review::product, &review::stars, {.scale_max = 16}));
        }).find("rating_catalogue_options::scale_max is 16") != std::string::npos);
  CHECK(error_of([&] {
          static_cast<void>(rating_catalogue(none, &review::product, &review::stars, {.scale_min = -1}));
        }).find("rating_catalogue_options::scale_min is -1") != std::string::npos);
  rating_catalogue_accumulator<int> stars;
  stars(1, 5);
  rating_catalogue_accumulator<int> votes({.scale_min = 0, .scale_max = 1});
  votes(1, 1);
  CHECK(error_of([&] { stars += votes; }).find("cannot be merged") != std::string::npos);
}

}  // namespace test_rating_catalogue
