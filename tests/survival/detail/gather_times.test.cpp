// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/detail/gather_times.hpp>
#include <vector>

namespace test_gather_times {

using credence::detail::counting_table;
using credence::detail::survival_state;
using credence::detail::time_run;

struct client {
  int days;
  bool has_left;
};

TEST_CASE("gather_times: a table keeps what was counted while it grows, by times and by groups") {
  counting_table table;
  REQUIRE(table.reserve(4, 1));
  table.data()[2 * 3 + 1] += 7;
  REQUIRE(table.reserve(2, 3));  // not less than it was
  CHECK(table.stride() == 8);
  table.data()[2 * table.stride() + 2 * 1] += 5;
  REQUIRE(table.reserve(65'536, 3));
  table.data()[table.stride() + 2 * 65'535] += 2;
  CHECK_FALSE(table.reserve(65'536, 1'000));  // that would be a gigabyte
  auto const runs_of = [&](std::size_t group) {
    survival_state state;
    table.hand_over(group, state);
    return state.in_order([](auto const& runs, auto const&) { return runs; });
  };
  CHECK(runs_of(0) == std::vector<time_run>{{3, 7, 0}});
  CHECK(runs_of(1) == std::vector<time_run>{{65'535, 0, 2}});
  CHECK(runs_of(2) == std::vector<time_run>{{1, 0, 5}});
  CHECK(runs_of(50).empty());
}

TEST_CASE("gather_times: a block is counted where all its times are below 65,536 and all its events yes or no") {
  auto const times = credence::detail::times_of(&client::days, &client::has_left);
  using rows = std::vector<client>;
  using block_type = credence::detail::times_block<rows, std::remove_const_t<decltype(times)>>;
  static_assert(credence::detail::counts_in_blocks<rows, std::remove_const_t<decltype(times)>>);
  auto const fills = [&](rows const& all, std::size_t size) {
    block_type block;
    auto row = all.begin();
    std::size_t beside = 0;
    bool const counts = block.fill(row, all.end(), times, [&](client const&, std::size_t) { ++beside; });
    CHECK(block.size == size);
    CHECK(beside == size);
    if (counts && size != 0) CHECK(block.limit > static_cast<std::uint64_t>(all[0].days));
    return counts;
  };
  CHECK(fills({}, 0));
  CHECK(fills({{65'535, true}, {0, false}}, 2));
  CHECK_FALSE(fills({{65'536, true}}, 1));
  CHECK_FALSE(fills({{3, true}, {-1, true}}, 2));
  CHECK(fills(rows(1'025, client{9, true}), 1'024));
}

}  // namespace test_gather_times
