// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/sums.hpp>
#include <credence/core/wide_integer.hpp>
#include <credence/history/detail/activity_page.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

namespace test_activity_page {

using credence::detail::activity_page;

TEST_CASE("activity_page: few customers with many entries, and many with a place each, have the sums they were given") {
  for (std::uint32_t const customers : {1U, 40U, 1'500U, 9'000U, credence::detail::page_keys}) {
    CAPTURE(customers);
    activity_page<credence::compensated_sum> page;
    std::map<std::uint32_t, std::pair<std::uint64_t, credence::compensated_sum>> known;
    std::uint64_t word = 88'172'645'463'325'252U;
    for (int at = 0; at < 60'000; ++at) {
      word ^= word << 13;
      word ^= word >> 7;
      word ^= word << 17;
      std::uint32_t const who = credence::detail::page_keys - 1 - static_cast<std::uint32_t>(word >> 33) % customers;
      // Of very different sizes: their rounding tells in which order they were added.
      credence::compensated_sum const sum{(word & 1) == 0 ? 1e16 : static_cast<double>(word % 1'000) / 7, 0};
      page.add(who, 1 + word % 3, sum);
      known[who].first += 1 + word % 3;
      known[who].second += sum;
    }
    page.settle();
    std::size_t found = 0;
    bool equal = true;
    page.walk([&](std::uint32_t who, std::uint64_t times, credence::compensated_sum const& sum) {
      ++found;
      equal = equal && known[who] == std::pair(times, sum);
    });
    CHECK(equal);
    CHECK(found == known.size());
  }
}

TEST_CASE("activity_page: whoever says it is settled has one entry a customer") {
  activity_page<credence::wide_integer<2>> page;
  CHECK(page.is_settled());
  page.add(7, 1, credence::wide_integer<2>(5));
  CHECK(page.is_settled());
  page.add(7, 1, credence::wide_integer<2>(6));
  CHECK_FALSE(page.is_settled());
  for (std::uint32_t who = 0; who < 20'000; ++who) page.add(who % 10'000, 1, credence::wide_integer<2>(1));
  CHECK(page.is_settled());
  std::size_t entries = 0;
  page.walk([&](std::uint32_t, std::uint64_t, auto const&) { ++entries; });
  CHECK(entries == 10'000);
}

TEST_CASE("activity_page: what another is assigned to forgets the tables it had") {
  using sum = credence::wide_integer<2>;
  activity_page<sum> sums;
  activity_page<sum> bits;
  for (std::uint32_t who = 0; who < credence::detail::page_keys; ++who) {
    sums.add(who, 1, sum(7));
    bits.add(who);
  }
  activity_page<sum> few;
  few.add(1, 1, sum(5));
  sums = few;
  sums.add(30'000, 1, sum(2));
  few = {};
  few.add(1);
  bits = few;
  bits.add(30'000);
  std::map<std::uint32_t, sum> found;
  sums.walk([&](std::uint32_t who, std::uint64_t, sum const& own) { found[who] += own; });
  CHECK(found == std::map<std::uint32_t, sum>{{1, sum(5)}, {30'000, sum(2)}});
  found.clear();
  bits.walk([&](std::uint32_t who, std::uint64_t, sum const&) { found[who] += sum(1); });
  CHECK(found == std::map<std::uint32_t, sum>{{1, sum(1)}, {30'000, sum(1)}});
}

}  // namespace test_activity_page
