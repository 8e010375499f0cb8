// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/survival/detail/grouped_times.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace test_grouped_times {

using credence::detail::group_numbers;
using credence::detail::grouped_times;

TEST_CASE("grouped_times: groups are numbered as they come, whole keys that share a place among the last too") {
  group_numbers<int> numbers;
  for (int const key : {5, -3, 5, 69, 5, 69, -3, 133, 0, 64, 0}) CHECK(numbers.keys().at(numbers(key)) == key);
  CHECK(numbers.keys() == std::vector<int>{5, -3, 69, 133, 0, 64});
  group_numbers<std::string> names;
  for (char const* const key : {"b", "a", "b"}) CHECK(names.keys().at(names(key)) == key);
  CHECK(names.size() == 2);
}

TEST_CASE("grouped_times: states by stratum and group, and what all of them hold") {
  grouped_times<int> all;
  all.state_of(2, 1).add(3, true);
  all.state_of(0, 0).add(4, false);
  all.state_of(0, 0).rejected += credence::rejections{};
  CHECK(all.strata.size() == 3);
  CHECK(all.strata[2].size() == 2);
  CHECK(all.strata[1].empty());
  struct {
    std::uint64_t count = 0, rejected = 0;
    credence::rejections rejections;
  } told;
  all.tell(told);
  CHECK(told.count == 2);
  CHECK(told.rejected == 0);
}

}  // namespace test_grouped_times
