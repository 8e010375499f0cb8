// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/bytes.hpp>
#include <credence/retention/funnel_accumulator.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "retention/january.hpp"
#include "support/error_of.hpp"

namespace test_funnel_accumulator {

using credence::funnel_accumulator;

TEST_CASE("funnel_accumulator: steps at one time are a set, and what is no step only counts and ends the log") {
  funnel_accumulator<int> seen({.steps = 2});
  seen(1, on(1), std::uint64_t{1});
  seen(1, on(1), std::uint64_t{2});
  seen(1, on(1), std::uint64_t{2});
  seen(2, on(9), std::uint64_t{4});  // of a third step, that there is not
  auto const held = seen.result();
  CHECK(held.count == 4);
  CHECK(held.customers == 1);
  CHECK(held.distinct == 1);
  CHECK(seen.state().settled().steps.at(0) == 3);
  CHECK(seen.state().last == credence::instant(on(9)).micros);
  CHECK(credence::from_bytes<funnel_accumulator<int>>(credence::to_bytes(seen)) == seen);
}

TEST_CASE("funnel_accumulator: of 1 to 64 steps, merged only with as many") {
  CHECK(error_of([] { funnel_accumulator<int> none({.steps = 0}); }).find("steps is 0") != std::string::npos);
  CHECK(error_of([] { funnel_accumulator<int> many({.steps = 65}); }).find("steps is 65") != std::string::npos);
  funnel_accumulator<int> most({.steps = 64});
  most(1, on(1), std::uint64_t{1} << 63);
  CHECK(most.result().distinct == 1);
  funnel_accumulator<int> two({.steps = 2});
  two(1, on(1), std::uint64_t{1});
  CHECK(error_of([&] { two += most; }).find("cannot be merged") != std::string::npos);
  two(std::optional<int>(), on(1), std::uint64_t{1});
  CHECK(two.result().rejections.missing == 1);
}

}  // namespace test_funnel_accumulator
