// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/detail/keyed_totals.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test_keyed_totals {

namespace detail = credence::detail;

struct said {
  double weight = 0;
};

TEST_CASE("totals are found by the host's own key, of whatever type, and nobody is not") {
  detail::numbered_keys<std::int16_t> numbers(detail::key_window{.base = 0, .size = 32'768});
  REQUIRE(numbers.number_of(-7) == 32'768);
  std::vector<detail::rating_total> totals(numbers.limit());
  totals[3] = {1.5, 2};
  totals[numbers.find(-7)] = {2.5, 4};
  detail::keyed_totals<std::int16_t> const kept(std::move(numbers), std::move(totals), {});
  CHECK(kept.known() == 2);
  CHECK(kept.total(kept.number_of(3)).sum == 1.5);
  CHECK(kept.count(kept.number_of(std::int64_t{-7})) == 4);
  CHECK(kept.count(kept.number_of(std::optional<int>(3))) == 2);
  CHECK(kept.number_of(std::optional<int>()) == detail::no_number);
  // These do not fit the type of the keys, and are 3 and −7 when they are cut to it.
  CHECK(kept.number_of(65'536 + 3) == detail::no_number);
  CHECK(kept.number_of(std::uint16_t{65'529}) == detail::no_number);
  CHECK(kept.count(kept.number_of(4)) == 0);
  CHECK(kept.count(detail::no_number) == 0);
  CHECK(kept.total(detail::no_number).weight == 0);

  auto const all = kept.walked([&](std::uint32_t number) { return said{kept.total(number).weight}; });
  REQUIRE(all.size() == 2);
  CHECK(all[0].key == 3);
  CHECK(all[0].weight == 2);
  CHECK(all[1].key == -7);
  CHECK(all[1].weight == 4);
}

TEST_CASE("text is looked up as what it is, and counts are told where weights are not all 1") {
  detail::numbered_keys<std::string> numbers;
  static_cast<void>(numbers.number_of(std::string("lamp")));
  static_cast<void>(numbers.number_of("chair"));
  static_cast<void>(numbers.number_of("sofa"));
  detail::keyed_totals<std::string> const kept(std::move(numbers), {{1, 0.5}, {2, 0}, {}}, {3, 1, 0});
  CHECK(kept.known() == 2);
  CHECK(kept.count(kept.number_of("lamp")) == 3);
  CHECK(kept.count(kept.number_of(std::string_view("chair"))) == 1);
  CHECK(kept.number_of("table") == detail::no_number);
  auto const all = kept.walked([&](std::uint32_t number) { return said{kept.total(number).weight}; });
  REQUIRE(all.size() == 2);
  CHECK(all[1].key == "chair");
}

TEST_CASE("nothing by nothing is nothing") {
  CHECK(detail::damped(6, 4) == 1.5);
  CHECK(detail::damped(0, 0) == 0);
}

}  // namespace test_keyed_totals
