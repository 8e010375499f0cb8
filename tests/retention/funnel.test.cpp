// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <credence/retention/funnel.hpp>
#include <string>
#include <vector>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_funnel {

using namespace std::chrono;
using credence::funnel;

namespace {

struct step {
  int who;
  sys_seconds when;
  std::string name;
};
constexpr auto named = [](char const* name) { return [name](step const& each) { return each.name == name; }; };

}  // namespace

TEST_CASE("funnel: in order, within the time, and how long it takes") {
  std::vector<step> const events{{1, on(1), "visit"}, {1, on(2), "basket"}, {1, on(3), "buy"},
                                 {2, on(1), "visit"}, {2, on(3), "buy"},    {3, on(1), "basket"},
                                 {4, on(1), "visit"}, {4, on(9), "basket"}, {5, on(20), "visit"}};
  auto const found = funnel(events, &step::who, &step::when,
                            credence::steps(named("visit"), named("basket"), named("buy")),
                            {.within = days{7}, .observed_until = on(22)});
  REQUIRE(found.size() == 3);
  CHECK(found.customers == 3);
  CHECK(found.never_began == 1);
  CHECK(found.too_recent == 1);
  CHECK(found[1].reached == 1);
  CHECK(found[2].reached == 1);
  CHECK(found[1].from_previous == doctest::Approx(1 / 3.0));
  CHECK(found[2].from_previous == 1);
  CHECK(found[2].from_first == doctest::Approx(1 / 3.0));
  CHECK(found[2].median_since_first == 2 * 86'400);
  CHECK(found[2].mean_since_previous == 86'400);
  CHECK(found[0].median_since_first == 0);
}

TEST_CASE("funnel: a later beginning may do, the same event may be two steps unless it must be later") {
  std::vector<step> const late{{1, on(1), "visit"}, {1, on(8), "visit"}, {1, on(9), "buy"}};
  auto const steps = credence::steps(named("visit"), named("buy"));
  CHECK(funnel(late, &step::who, &step::when, steps, {.within = days{3}, .observed_until = on(30)})[1].reached == 1);
  CHECK(funnel(late, &step::who, &step::when, steps, {.within = hours{23}, .observed_until = on(30)})[1].reached == 0);
  std::vector<step> const once{{1, on(1), "buy"}};
  auto const twice = credence::steps(named("buy"), named("buy"));
  CHECK(funnel(once, &step::who, &step::when, twice)[1].reached == 1);
  CHECK(funnel(once, &step::who, &step::when, twice, {.strictly_later = true})[1].reached == 0);
}

TEST_CASE("funnel: pushed one by one and merged; nobody; wrong calls") {
  credence::funnel_accumulator<int> first({.steps = 2});
  credence::funnel_accumulator<int> second({.steps = 2});
  first(1, on(2), std::uint64_t{2});
  second(1, on(1), std::uint64_t{1});
  second(1, on(1), std::uint64_t{4});  // no step of this funnel
  first += second;
  CHECK(credence::funnel(first)[1].reached == 1);
  CHECK_FALSE(funnel(std::vector<step>{}, &step::who, &step::when, credence::steps(named("visit"))));
  CHECK(error_of([] { credence::funnel_accumulator<int> none({.steps = 0}); }).find("steps is 0") != std::string::npos);
  CHECK(error_of([&] { credence::funnel(first, {.within = -1s}); }).find("within") != std::string::npos);
}

}  // namespace test_funnel
