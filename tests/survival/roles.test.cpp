// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/named_arguments.hpp>
#include <credence/survival/roles.hpp>
#include <type_traits>
#include <vector>

namespace test_roles {

namespace detail = credence::detail;
struct customer {
  double months, weight, since;
  bool has_left;
  int plan;
};

TEST_CASE("roles: a weight first or by name, and an entry, are found in any order") {
  customer const one{9, 2.5, 4, true, 1};
  auto const entry = credence::entering_at(&customer::since);
  auto const by_name = credence::weighted_by(&customer::weight);
  CHECK(one.*detail::weight_among(&customer::weight, entry) == 2.5);
  CHECK(one.*detail::weight_among(entry, by_name) == 2.5);
  static_assert(std::is_same_v<decltype(detail::weight_among(entry)), detail::not_given>);
  auto const times = detail::times_of<detail::group_argument>(&customer::months, &customer::has_left, entry,
                                                              credence::grouped_by(&customer::plan), by_name);
  CHECK(one.*times.time == 9);
  CHECK(one.*times.event);
  CHECK(one.*times.weight == 2.5);
  CHECK(one.*times.entry == 4);
  static_assert(decltype(times)::fit<std::vector<customer>>());
}

}  // namespace test_roles
