// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/refusal.hpp>
#include <type_traits>
#include <vector>

namespace test_refusal {

namespace {

struct options {};
struct doubled
    : credence::detail::refusal<credence::detail::values_call<options, credence::detail::argument_kind::projection>> {
  using refusal::operator();

  template <credence::rows_range Range, credence::projection_of<Range> Value>
  constexpr int operator()(Range&& rows, Value value, options = {}) const {
    int sum = 0;
    for (auto& each : rows) sum += 2 * value(each);
    return sum;
  }
};
constexpr doubled call{};

}  // namespace

TEST_CASE("refusal: it stands behind the overloads that fit, and takes no room") {
  std::vector<int> const rows{1, 2, 3};
  auto const itself = [](int value) { return value; };
  CHECK(call(rows, itself) == 12);
  CHECK(call(rows, itself, {}) == 12);
  CHECK(call(rows, itself, options{}) == 12);
  static_assert(std::is_empty_v<doubled>);
}

}  // namespace test_refusal
