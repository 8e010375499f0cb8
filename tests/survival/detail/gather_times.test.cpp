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
  CHECK(table.limit() == 4);
  CHECK(table.groups() == 4);
  table.data()[(2U << table.shift()) + 2 * 1] += 5;
  REQUIRE(table.reserve(65'536, 3));
  table.data()[(1U << table.shift()) + 2 * 65'535] += 2;
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

TEST_CASE("gather_times: rows are counted whose time is below 65,536 and whose event is yes or no, others told") {
  using rows = std::vector<client>;
  auto const times = credence::detail::times_of(&client::days, &client::has_left);
  static_assert(credence::detail::counts_whole_times<rows, std::remove_const_t<decltype(times)>>);
  rows const all{{3, true}, {65'535, false}, {65'536, true}, {-1, true}, {3, true}, {0, false}};
  counting_table table;
  std::vector<int> told;
  auto row = all.begin();
  credence::detail::count_rows(
      table, row, all.end(), times.time, times.event,
      [&](client const& own) { return static_cast<std::size_t>(own.days == 0 ? 2 : 0); },
      [&](std::size_t group, int time, bool event) {
        CHECK(group == 0);
        CHECK(event);
        told.push_back(time);
      });
  CHECK(row == all.end());
  CHECK(told == std::vector<int>{65'536, -1});
  survival_state first;
  table.hand_over(0, first);
  first.settle();
  CHECK(first.in_order([](auto const& runs, auto const&) { return runs; }) ==
        std::vector<time_run>{{3, 2, 0}, {65'535, 0, 1}});
  survival_state third;
  table.hand_over(2, third);
  CHECK(third.count() == 1);
}

}  // namespace test_gather_times
