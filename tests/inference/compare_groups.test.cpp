// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/group_by.hpp>
#include <credence/inference/compare_groups.hpp>
#include <credence/inference/mean_comparison.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <limits>
#include <string>
#include <vector>

namespace test_compare_groups {

using credence::adjusted;
using credence::compare_groups;
using credence::p_adjustment;

namespace {

struct survey {
  std::string channel;
  int score;
};

std::vector<survey> answers() {
  std::vector<survey> rows;
  for (int at = 0; at < 300; ++at) {
    rows.push_back({"web", at % 11});
    rows.push_back({"store", 6 + at % 5});
    rows.push_back({"app", at % 9 + at % 3});
  }
  rows.push_back({"phone", 10});
  rows.push_back({"mail", 99});
  return rows;
}

}  // namespace

TEST_CASE("compare_groups: each against all the others") {
  std::vector<survey> const rows = answers();
  auto const groups = credence::group_by(rows, &survey::channel, credence::nps_accumulator{}, &survey::score);
  auto const found = compare_groups(groups, {.minimum_count = 10});
  REQUIRE(found.size() == 5);
  std::vector<double> p_values;
  for (auto const& group : found) {
    if (group.result) CHECK(group.result == groups.at(group.key).result());
    std::vector<survey> rest;
    for (survey const& each : rows)
      if (each.channel != group.key) rest.push_back(each);
    credence::comparison const known = credence::compare(group.result, credence::nps(rest, &survey::score));
    CHECK(group.compared == (group.key != "phone" && group.key != "mail"));
    if (group.compared) {
      CHECK(group.against == known);
      p_values.push_back(known.p_value);
    } else {
      CHECK_FALSE(group.against);
      CHECK_FALSE(group.differs);
      CHECK(credence::is_nan(group.adjusted_p_value));
    }
  }
  std::vector<double> const known = adjusted(p_values, p_adjustment::holm);
  for (std::size_t at = 0; at < 3; ++at) CHECK(found[at].adjusted_p_value == known[at]);
  CHECK(found[1].key == "store");
  CHECK(found[1].differs);
  // Without a minimum, one answer is compared; none is not.
  auto const all = compare_groups(groups);
  CHECK(all[3].compared);
  CHECK_FALSE(all[4].compared);
}

TEST_CASE("compare_groups: against a base, by another method, of means and shares") {
  std::vector<survey> const rows = answers();
  auto const groups = credence::group_by(rows, &survey::channel, credence::mean_accumulator{}, &survey::score);
  auto const found = compare_groups(groups, "web", {.adjustment = p_adjustment::benjamini_hochberg, .confidence = .9});
  REQUIRE(found.size() == 5);
  CHECK_FALSE(found[0].compared);
  CHECK(found[1].against ==
        credence::compare(groups.at("store").result(), groups.at("web").result(), {.confidence = .9}));
  CHECK_FALSE(found[3].compared);  // one answer has no error
  CHECK_THROWS_AS(static_cast<void>(compare_groups(groups, "fax")), credence::error);
  CHECK_THROWS_AS(static_cast<void>(compare_groups(groups, {.confidence = 1.5})), credence::error);
  CHECK_THROWS_AS(static_cast<void>(compare_groups(groups, {.minimum_count = -1})), credence::error);
  auto const shares = credence::group_by(
      rows, [](survey const& each) { return each.score % 2; },
      credence::csat_accumulator{credence::csat_options{.satisfied_from = 8, .scale_min = 0, .scale_max = 10}},
      &survey::score);
  auto const two = compare_groups(shares);
  REQUIRE(two.size() == 2);
  CHECK(two[0].against.difference == -two[1].against.difference);
  CHECK(compare_groups(credence::grouped<int, credence::nps_accumulator>{}).empty());
  auto const one = compare_groups(credence::group_by(std::vector<survey>{{"web", 9}}, &survey::channel,
                                                     credence::nps_accumulator{}, &survey::score));
  CHECK_FALSE(one[0].compared);
}

}  // namespace test_compare_groups
