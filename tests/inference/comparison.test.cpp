// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/describe.hpp>
#include <credence/inference/comparison.hpp>
#include <string>
#include <vector>

namespace test_comparison {

TEST_CASE("comparison: nothing is known by default") {
  credence::comparison const nothing;
  CHECK_FALSE(nothing);
  CHECK(credence::is_nan(nothing.difference));
  CHECK(credence::is_nan(nothing.z));
  CHECK(credence::is_nan(nothing.p_value));
  CHECK(credence::is_nan(nothing.interval.lower));
  credence::comparison zero;
  zero.difference = 0;
  CHECK(zero);  // no difference is an answer too
}

TEST_CASE("comparison: says how its samples were drawn") {
  CHECK(credence::comparison{}.samples == credence::sample_design::independent);
  CHECK(name_of(credence::sample_design::independent) == "independent samples");
  CHECK(name_of(static_cast<credence::sample_design>(7)).empty());
}

TEST_CASE("comparison: lists all its fields") {
  static_assert(credence::described<credence::comparison>);
  std::vector<std::string> names;
  credence::comparison const nothing;
  credence::comparison::describe(nothing, [&names](char const* name, auto const&) { names.emplace_back(name); });
  CHECK(names == std::vector<std::string>{"difference", "interval", "standard_error", "z", "p_value", "samples"});
}

}  // namespace test_comparison
