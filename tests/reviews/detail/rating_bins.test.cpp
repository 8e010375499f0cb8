// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors

#include <credence/reviews/detail/rating_bins.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace test_rating_bins {

namespace detail = credence::detail;

TEST_CASE("a rating is read as it was written, packed or not, weighted or not") {
  std::uint32_t const rater = 3 * detail::bin_raters + 8'191;
  std::uint32_t const item = ~std::uint32_t{} - 1;
  auto const stars = detail::binned_rating<std::int8_t, false>::of(rater, item, -128, 1);
  static_assert(sizeof stars == 8);
  CHECK(stars.item() == item);
  CHECK(stars.rater() == 8'191);
  CHECK(stars.value() == -128);
  CHECK(stars.weight() == 1);
  CHECK(detail::binned_rating<std::int16_t, false>::of(1, 2, -32'768, 1).value() == -32'768);
  CHECK(detail::binned_rating<std::uint16_t, false>::of(1, 2, 65'535, 1).value() == 65'535);
  CHECK(detail::binned_rating<std::uint16_t, false>::of(1, 2, 65'535, 1).rater() == 1);

  auto const wide = detail::binned_rating<int, false>::of(rater, item, -70'000, 1);
  CHECK(wide.item() == item);
  CHECK(wide.rater() == 8'191);
  CHECK(wide.value() == -70'000);
  auto const weighted = detail::binned_rating<std::int8_t, true>::of(rater, item, 5, 0.25);
  CHECK(weighted.item() == item);
  CHECK(weighted.rater() == 8'191);
  CHECK(weighted.value() == 5);
  CHECK(weighted.weight() == 0.25);
}

TEST_CASE("every group gives back what was put into it, in its order") {
  using rating = detail::binned_rating<std::int8_t, false>;
  detail::rating_bins<rating> bins;
  CHECK(bins.groups() == 0);
  std::vector<std::uint64_t> words[3];
  std::uint32_t state = 1;
  // More than a chunk of the last size for one, some for another, and none for the third.
  for (std::uint32_t at = 0; at < 40'000; ++at) {
    state = state * 1'664'525 + 1'013'904'223;
    std::uint32_t const group = state >> 28 == 0 ? 2 : 0;
    std::uint32_t const rater = group * detail::bin_raters + (state >> 8) % detail::bin_raters;
    bins.reach(3 * detail::bin_raters);
    rating const own = rating::of(rater, at, static_cast<std::int8_t>(at % 5), 1);
    bins.put(rater, own);
    words[group].push_back(own.word);
  }
  REQUIRE(bins.groups() == 3);
  for (std::size_t group = 0; group < 3; ++group) {
    std::vector<std::uint64_t> found;
    bins.each_of(group, [&](rating const& own) { found.push_back(own.word); });
    CHECK(found == words[group]);
  }
}

}  // namespace test_rating_bins
