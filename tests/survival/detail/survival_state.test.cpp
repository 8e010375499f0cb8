// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/detail/survival_state.hpp>
#include <cstdint>
#include <vector>

namespace test_survival_state {

using credence::detail::marked_time;
using credence::detail::survival_state;
using credence::detail::time_run;

std::vector<time_run> runs_of(survival_state const& state) {
  return state.in_order([](auto const& runs, auto const&) { return runs; });
}

TEST_CASE("survival_state: a run a time, whether it was counted, listed or settled before") {
  survival_state state;
  for (double const time : {3.0, 70'000.0, .5, 3.0, 65'535.0, 65'536.0, .5}) state.add(time, time == 3);
  std::vector<time_run> const expected{{.5, 0, 2}, {3, 2, 0}, {65'535, 0, 1}, {65'536, 0, 1}, {70'000, 0, 1}};
  CHECK(runs_of(state) == expected);
  CHECK(state.count() == 7);
  CHECK(state.left() == 2);
  survival_state settled = state;
  settled.settle();
  CHECK(settled == state);
  settled.add(3, false);
  settled.add(.25, true);
  CHECK_FALSE(settled == state);
  CHECK(settled.count() == 9);
  CHECK(runs_of(settled) ==
        std::vector<time_run>{{.25, 1, 0}, {.5, 0, 2}, {3, 2, 1}, {65'535, 0, 1}, {65'536, 0, 1}, {70'000, 0, 1}});
  CHECK(settled.valid(0));
}

TEST_CASE("survival_state: counts of whole times are added at 2·time + left") {
  survival_state state;
  std::vector<std::uint64_t> const table{1, 0, 0, 5, 2, 3};
  state.add_counted(table.data(), table.size());
  state.add(1, false);
  CHECK(runs_of(state) == std::vector<time_run>{{0, 0, 1}, {1, 5, 1}, {2, 3, 2}});
  CHECK(state.count() == 12);
  CHECK(state.left() == 8);
}

TEST_CASE("survival_state: single customers are held in order of time, entry, weight and cause") {
  survival_state one, other;
  std::vector<marked_time> const all{{1, -1, 2, 0}, {1, 0, 1, 1}, {1, 0, 2, 1}, {1, 0, 2, 2}, {2, -1, 1, 2}};
  for (marked_time const& own : all) one.add(own);
  for (auto own = all.rbegin(); own != all.rend(); ++own) other.add(*own);
  CHECK(one == other);
  CHECK(other.in_order([](auto const&, auto const& marked) { return marked; }) == all);
  CHECK(other.left() == 4);
  other.settle();
  CHECK(one == other);
}

TEST_CASE("survival_state: what no customers lead to is not valid") {
  double const nan = credence::not_a_number();
  for (marked_time const& own : {marked_time{1, 1, 1, 1},
                                 {1, 2, 1, 1},
                                 {-1, -1, 2, 1},
                                 {nan, -1, 2, 1},
                                 {1, nan, 1, 1},
                                 {1, -2, 1, 1},
                                 {1, -1, -1, 1},
                                 {1, -1, nan, 1},
                                 {1, -1, 1, 1},
                                 {1, -1, 1, 0},
                                 {1, -1, 2, credence::detail::most_causes + 1},
                                 {credence::infinite_number(), -1, 2, 1}})
    CHECK_FALSE(own.valid());
  CHECK(marked_time{1, .5, 1, 1}.valid());
  CHECK(marked_time{1, -1, 1, 2}.valid());
  CHECK(marked_time{0, -1, 0, 0}.valid());
  for (time_run const& own : {time_run{1, 0, 0}, {-1, 1, 0}, {nan, 1, 0}, {1, ~std::uint64_t{}, 1}})
    CHECK_FALSE(own.valid());
}

}  // namespace test_survival_state
