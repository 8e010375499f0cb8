// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <string>

#include <credence/core/interval.hpp>

namespace test_interval {

using credence::interval;
namespace detail = credence::detail;

static_assert(detail::is_confidence(0.95) && detail::is_confidence(1e-300) && !detail::is_confidence(0) &&
              !detail::is_confidence(1) && !detail::is_confidence(-0.5) && !detail::is_confidence(1.5) &&
              !detail::is_confidence(credence::not_a_number()));
static_assert(detail::scaled({-0.25, 0.5, 0.9}, 100) == interval{-25, 50, 0.9});
static_assert(detail::clipped({-0.25, 1.5, 0.9}, 0, 1) == interval{0, 1, 0.9});
static_assert(detail::clipped({0.25, 0.5, 0.9}, 0, 1) == interval{0.25, 0.5, 0.9});

TEST_CASE("an interval of nothing is NaN, and stays so when it is moved or clipped") {
  for (interval const& nothing : {interval{}, detail::scaled({}, 100), detail::clipped({}, 0, 1)}) {
    CHECK(credence::is_nan(nothing.lower));
    CHECK(credence::is_nan(nothing.upper));
    CHECK(credence::is_nan(nothing.confidence));
  }
}

TEST_CASE("a confidence that is none is refused by the name of its option") {
  detail::check_confidence("x_options::confidence", 0.5);
  CHECK_THROWS_WITH_AS(detail::check_confidence("x_options::confidence", 1),
                       "credence: x_options::confidence is 1; it must lie strictly between 0 and 1", credence::error);
  CHECK_THROWS_WITH_AS(detail::check_confidence("x_options::confidence", credence::not_a_number()),
                       "credence: x_options::confidence is nan; it must lie strictly between 0 and 1", credence::error);
}

TEST_CASE("its fields are listed in order") {
  std::string names;
  interval const some{1, 2, 0.9};
  interval::describe(some, [&names](char const* name, double) { names += std::string(name) + ' '; });
  CHECK(names == "lower upper confidence ");
}

}  // namespace test_interval
