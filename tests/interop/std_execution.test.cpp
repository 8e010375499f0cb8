// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <cstddef>
#include <execution>
#include <stdexcept>
#include <vector>

#include <credence/core/executor.hpp>
#include <credence/core/group_by.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/std_execution.hpp>

using credence::std_execution;

static_assert(credence::executor<std_execution<std::execution::parallel_policy>>);

TEST_CASE("every task runs once under either policy") {
  std::vector<int> runs(1'000);
  std_execution{std::execution::par}(runs.size(), [&runs](std::size_t index) { ++runs[index]; });
  std_execution{std::execution::seq}(runs.size(), [&runs](std::size_t index) { ++runs[index]; });
  CHECK(runs == std::vector<int>(1'000, 2));
  std_execution{std::execution::par}(0, [](std::size_t) { FAIL("there is no task"); });
}

TEST_CASE("the bits are those of the serial call, and what a row throws comes through") {
  std::vector<double> values(200'000);
  for (std::size_t at = 0; at < values.size(); ++at) values[at] = 0.1 * static_cast<double>(at % 91);
  std_execution const run(std::execution::par);
  CHECK(credence::mean(run, values) == credence::mean(values));
  auto const key = [](double value) { return static_cast<int>(value); };
  CHECK(credence::group_by(run, values, key, credence::mean_accumulator{}) ==
        credence::group_by(values, key, credence::mean_accumulator{}));
  auto const failing = [&values](double const& value) {
    if (&value == &values[150'000]) throw std::length_error("half way");
    return value;
  };
  CHECK_THROWS_WITH_AS(credence::mean(run, values, failing), "half way", std::length_error);
}
