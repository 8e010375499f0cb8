// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/design.hpp>
#include <credence/core/named_arguments.hpp>
#include <string>
#include <type_traits>

namespace test_named_arguments {

namespace detail = credence::detail;
struct customer {
  int plan, country;
  double weight;
};

TEST_CASE("named_arguments: a call finds its own among what it was given, in any order") {
  auto const group = credence::grouped_by(&customer::plan);
  auto const weight = credence::weighted_by(&customer::weight);
  customer const one{3, 7, .5};
  CHECK(one.*detail::picked<detail::group_argument>(group, weight).projection == 3);
  CHECK(one.*detail::picked<detail::group_argument>(&customer::country, weight, group).projection == 3);
  CHECK(one.*detail::picked<detail::weight_argument>(group, weight).weight == .5);
  static_assert(std::is_same_v<decltype(detail::picked<detail::group_argument>(weight)), detail::not_given>);
  static_assert(std::is_same_v<decltype(detail::picked<detail::group_argument>()), detail::not_given>);
}

TEST_CASE("named_arguments: those without a name are any call's, those with one are of calls that say so") {
  using group = decltype(credence::grouped_by(&customer::plan));
  using weight = decltype(credence::weighted_by(&customer::weight));
  using takes_groups = detail::taking<detail::group_argument>;
  static_assert(takes_groups::all<>);
  static_assert(takes_groups::all<int customer::*, group>);
  static_assert(!takes_groups::all<int customer::*, group, weight>);
  static_assert(detail::taking<detail::group_argument, detail::weight_argument>::all<weight, group>);
  static_assert(detail::is_wrapped<detail::group_argument, group>);
  static_assert(!detail::is_wrapped<detail::group_argument, weight>);
  auto const by_length = credence::grouped_by([](std::string const& text) { return text.size(); });
  CHECK(by_length.projection("four") == 4);
}

}  // namespace test_named_arguments
