// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cmath>
#include <credence/survival/log_rank.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace test_survival_test_result {

TEST_CASE("log_rank_result: without an answer it is false; a group's ratio is what it lost over what was expected") {
  credence::log_rank_result<std::string> result;
  CHECK_FALSE(result);
  CHECK(std::isnan(result.p_value));
  result.chi_squared = 0;
  CHECK(result);
  credence::log_rank_group<int> group;
  CHECK(std::isnan(group.ratio()));
  group.observed = 3;
  group.expected = 2;
  CHECK(group.ratio() == 1.5);
}

TEST_CASE("log_rank_result: weights have names, and fields are told once each") {
  using enum credence::log_rank_weight;
  for (auto const& [weight, name] : {std::pair(log_rank, "log_rank"),
                                     {gehan, "gehan"},
                                     {tarone_ware, "tarone_ware"},
                                     {peto, "peto"},
                                     {fleming_harrington, "fleming_harrington"}})
    CHECK(name_of(weight) == std::string_view(name));
  std::vector<std::string> fields;
  credence::log_rank_result<int> const result;
  result.describe(result, [&](char const* name, auto const&) { fields.emplace_back(name); });
  CHECK(fields == std::vector<std::string>{"chi_squared", "degrees_of_freedom", "p_value", "groups", "covariance",
                                           "strata", "count", "rejected", "rejections"});
}

}  // namespace test_survival_test_result
