// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/grouped.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/nps.hpp>

#include "core/tickets.hpp"

namespace test_grouped {

using credence::grouped;
using credence::nps_accumulator;

namespace {

using by_name = grouped<std::string, nps_accumulator>;
using entry = std::pair<char const*, int>;

by_name of(std::initializer_list<entry> entries, nps_accumulator const& like = {}) {
  by_name groups(like);
  for (auto const& [key, score] : entries) groups(key, score);
  return groups;
}
nps_accumulator raising() { return nps_accumulator({.on_invalid = credence::on_invalid::raise}); }

static_assert(credence::accumulator<by_name> && credence::accumulator<grouped<int, by_name>>);
static_assert(std::forward_iterator<by_name::iterator>);
static_assert(std::is_same_v<grouped<std::string_view, nps_accumulator>::key_type, std::string>);
static_assert(by_name::exact<std::string, int> && !by_name::exact<std::string, int, double>);

}  // namespace

TEST_CASE("groups come in the order of their first sample, and are found by anything that says the same") {
  by_name const groups = of({{"web", 9}, {"", 1}, {"shop", 10}, {"web", 3}});
  std::string walked;
  for (auto const& [key, accumulator] : groups) walked += key + '=' + std::to_string(accumulator.result().count) + ' ';
  CHECK(walked == "web=2 =1 shop=1 ");
  CHECK(groups.at("web").result().count == 2);
  CHECK(groups.at(std::string_view("shop")).result().promoters == 1);
  CHECK(groups.at(std::string()).result().detractors == 1);
  CHECK(groups.contains("shop"));
  CHECK_FALSE(groups.contains("sho"));
  CHECK(groups.size() == 3);
  CHECK_FALSE(groups.empty());
  auto const results = groups.result();
  REQUIRE(results.size() == 3);
  CHECK(results[0].first == "web");
  CHECK(results[0].second == groups.at("web").result());
  CHECK(std::ranges::distance(groups.begin(), groups.end()) == 3);
  CHECK(groups.total() == [] {
    nps_accumulator all;
    for (int const score : {9, 1, 10, 3}) all(score);
    return all;
  }());
}

TEST_CASE("a key that is not there is named") {
  by_name const groups = of({{"web", 9}});
  CHECK_THROWS_WITH_AS((void)groups.at("app"), "credence: there is no group \"app\" among 1", credence::error);
  grouped<int, nps_accumulator> numbered;
  CHECK_THROWS_WITH_AS((void)numbered.at(-7), "credence: there is no group -7 among 0", credence::error);
  grouped<std::tuple<int, int>, nps_accumulator> paired;
  CHECK_THROWS_WITH_AS((void)paired.at(std::tuple(1, 2)), "credence: there is no such group among 0", credence::error);
}

TEST_CASE("integer keys of any width find each other, and equal bits do not make equal keys") {
  grouped<std::uint64_t, nps_accumulator> groups;
  groups(std::uint8_t{7}, 9);
  groups(~std::uint64_t{}, 9);
  CHECK(groups.contains(7));
  CHECK(groups.contains(7LL));
  CHECK_FALSE(groups.contains(-1));
  CHECK_FALSE(groups.contains(-7));
}

TEST_CASE("an integer that does not fit the type of the keys is refused, not cut") {
  grouped<std::uint8_t, nps_accumulator> groups;
  groups(44, 9);
  CHECK_THROWS_WITH_AS(groups(300, 9), "credence: key 300 does not fit the type of these groups' keys",
                       credence::error);
  CHECK_THROWS_AS(groups(-1, 9), credence::error);
  CHECK(groups.size() == 1);
  CHECK_FALSE(groups.contains(300));
  groups(255LL, 3);
  CHECK(groups.at(std::uint8_t{255}).result().detractors == 1);
}

TEST_CASE("a sample is taken back from its own group, which stays") {
  by_name groups = of({{"web", 9}, {"shop", 3}});
  groups.retract("web", 9);
  CHECK(groups.size() == 2);
  CHECK(groups.at("web") == nps_accumulator{});
  CHECK_THROWS_AS(groups.retract("web", 9), credence::error);
  CHECK_THROWS_AS(groups.retract("app", 9), credence::error);
  CHECK(groups.at("shop").result().count == 1);
}

TEST_CASE("a first sample that throws leaves no empty group, and a later one leaves its group as it was") {
  by_name groups = of({{"web", 9}}, raising());
  by_name const before = groups;
  CHECK_THROWS_AS(groups("app", 12), credence::invalid_sample);
  CHECK(groups == before);
  CHECK_FALSE(groups.contains("app"));
  CHECK_THROWS_AS(groups("web", 12), credence::invalid_sample);
  CHECK(groups == before);
  by_name counting;
  counting("app", 12);  // counted, so the group is there
  CHECK(counting.at("app").result().rejected == 1);
}

TEST_CASE("equal means the same groups in any order") {
  CHECK(of({{"a", 9}, {"b", 1}}) == of({{"b", 1}, {"a", 9}}));
  CHECK(of({{"a", 9}, {"b", 1}}) != of({{"b", 2}, {"a", 10}, {"c", 1}}));
  CHECK(of({{"a", 9}, {"b", 1}}) != of({{"a", 1}, {"b", 9}}));
  CHECK(of({{"a", 9}}) != of({{"b", 9}}));
  CHECK(of({{"a", 9}}) != of({{"a", 9}}, raising()));
}

TEST_CASE("groupings merge by key; new keys come after the old") {
  by_name left = of({{"a", 9}, {"b", 1}});
  left += of({{"c", 5}, {"b", 10}});
  CHECK(left == of({{"a", 9}, {"b", 1}, {"b", 10}, {"c", 5}}));
  CHECK(left.state().keys == std::vector<std::string>{"a", "b", "c"});
  left += by_name{};
  left += left;
  CHECK(left.total().result().count == 8);
}

TEST_CASE("groupings under unlike options are refused, an empty one adopts") {
  nps_accumulator const five_stars({.passive_from = 4, .promoter_from = 5, .scale_min = 1, .scale_max = 5});
  by_name groups = of({{"a", 5}}, five_stars);
  by_name const before = groups;
  CHECK_THROWS_WITH_AS(
      groups += of({{"a", 5}}),
      "credence: two groupings (credence.grouped(text,credence.nps)) under different options cannot be merged",
      credence::error);
  CHECK(groups == before);
  groups += by_name{};
  CHECK(groups == before);
  by_name adopting;
  adopting += groups;
  CHECK(adopting == groups);
  CHECK(adopting.at("a").result().promoters == 1);
}

TEST_CASE("the accumulator that groups are made after must be empty") {
  nps_accumulator used;
  used(9);
  CHECK_THROWS_WITH_AS(by_name{used}, "credence: group_by takes an empty accumulator; this one already holds samples",
                       credence::error);
}

TEST_CASE("groups of groups, and weights") {
  grouped<std::string, grouped<int, credence::mean_accumulator>> shops;
  shops("web", 2025, 3.5);
  shops("web", 2026, 4.5, 2.0);
  shops("web", 2026, 1.5, 1.0);
  CHECK(shops.at("web").at(2026).result().value == doctest::Approx(3.5));
  CHECK(shops.at("web").at(2025).result().count == 1);
  CHECK(decltype(shops)::type_id() == "credence.grouped(text,credence.grouped(integer,credence.mean))");
  CHECK(shops.valid());
}

TEST_CASE("it is valid when every group is, and its options are") {
  grouped<int, ticket_accumulator> groups;
  groups(1, 30.0);
  CHECK(groups.valid());
  auto state = groups.state();
  state.states[0].late = 9;
  CHECK_FALSE(grouped<int, ticket_accumulator>({}, state).valid());
  CHECK_FALSE(grouped<int, ticket_accumulator>({.limit = -1}, {}).valid());
}

}  // namespace test_grouped
