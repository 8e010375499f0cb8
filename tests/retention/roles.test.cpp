// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/calendar.hpp>
#include <credence/retention/cohort_retention.hpp>
#include <credence/retention/roles.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"

namespace test_roles {

namespace {

struct visit : event {
  bool is_signup;
  std::string plan;

  [[nodiscard]] bool pays() const { return plan != "free"; }
};
std::vector<visit> const visits{{{1, on(1)}, true, "free"}, {{1, on(2)}, false, "pro"}, {{2, on(2)}, false, "pro"}};

}  // namespace

TEST_CASE("roles: members, member functions and callables, in any order, each given or not") {
  auto const by = [](auto const&... roles) {
    return credence::cohort_retention(visits, &visit::who, &visit::when, credence::calendar_day{}, roles...,
                                      {.observed_until = on(5)});
  };
  CHECK(by().customers == 2);
  CHECK(by(credence::starts_if(&visit::is_signup)).customers == 1);
  CHECK(by(credence::returns_if(&visit::pays))[0][0].retained == 0);
  auto const one =
      by(credence::cohort_of(&visit::plan), credence::returns_if(&visit::pays), credence::starts_if(&visit::is_signup));
  auto const other = by(credence::starts_if([](visit const& each) { return each.is_signup; }),
                        credence::cohort_of([](visit const& each) { return each.plan; }),
                        credence::returns_if([](visit const& each) { return each.pays(); }));
  REQUIRE(one.size() == 1);
  REQUIRE(other.size() == 1);
  CHECK(one[0].key == "free");
  CHECK(one[0][1].retained == 1);
  CHECK(other[0][1].retained == one[0][1].retained);
}

}  // namespace test_roles
