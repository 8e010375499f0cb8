// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/detail/numbered_keys.hpp>
#include <credence/reviews/detail/key_places.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/error_of.hpp"

namespace test_key_places {

using credence::detail::key_places;
using credence::detail::numbered_keys;

TEST_CASE("key_places: no gaps, in the order of numbers or of keys") {
  // Of a window from 0 on, 70 and 3 occur, and -1 beside it.
  numbered_keys<long long> numbers(credence::detail::key_window{.base = 0, .size = 128});
  std::vector<std::uint32_t> used;
  for (long long const key : {70, -1, 3, 70}) used.push_back(numbers.find_or_add(key));
  key_places<long long> places(numbers, used);
  CHECK(places.keys() == std::vector<long long>{3, 70, -1});
  CHECK(places.place_of(used[0]) == 1);
  CHECK(places.at(-1, "item") == 2);
  places.order();
  CHECK(places.keys() == std::vector<long long>{-1, 3, 70});
  CHECK(places.place_of(used[0]) == 2);
  CHECK(places.at(-1, "item") == 0);
  CHECK(!places.contains(4));  // within the window, but nobody's
  // A key of another type is what it is, not what is left of it.
  CHECK(!places.contains(18'446'744'073'709'551'615U));
  CHECK(error_of([&] { (void)places.at(4, "item"); }) == "credence: there is no item 4 among the 3 labelled");
  // What a projection may return may be asked for.
  CHECK(places.at(std::optional<int>(70), "item") == 2);
  CHECK(!places.contains(std::optional<int>()));
  CHECK(error_of([&] { (void)places.at(std::optional<int>(4), "item"); }) ==
        "credence: there is no item 4 among the 3 labelled");
  CHECK(error_of([&] { (void)places.at(std::optional<int>(), "item"); }) ==
        "credence: there is no item among the 3 labelled");
}

TEST_CASE("key_places: text") {
  numbered_keys<std::string> numbers;
  std::vector<std::uint32_t> const used{numbers.find_or_add("b"), numbers.find_or_add("a")};
  key_places<std::string> places(numbers, used);
  CHECK(places.at("a", "rater") == 1);
  places.order();
  CHECK(places.at("a", "rater") == 0);
  CHECK(error_of([&] { (void)places.at("c", "rater"); }) == "credence: there is no rater \"c\" among the 2 labelled");
}

}  // namespace test_key_places
