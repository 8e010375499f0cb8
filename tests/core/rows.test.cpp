// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <deque>
#include <forward_list>
#include <iterator>
#include <list>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <credence/core/rows.hpp>

#include "core/counting.hpp"

namespace test_rows {

using credence::rows_range;
using credence::detail::row_of;
using credence::detail::shareable_rows;

namespace {

// Input-only and move-only, with a sentinel: the least that can be folded.
struct ticket_iterator {
  using value_type = int;
  using difference_type = std::ptrdiff_t;
  int left = 0;
  explicit ticket_iterator(int count) : left(count) {}
  ticket_iterator(ticket_iterator&&) = default;
  ticket_iterator& operator=(ticket_iterator&&) = default;
  int operator*() const { return left; }
  ticket_iterator& operator++() {
    --left;
    return *this;
  }
  void operator++(int) { --left; }
  friend bool operator==(ticket_iterator const& at, std::default_sentinel_t) { return at.left == 0; }
};
struct tickets {
  ticket_iterator begin() { return ticket_iterator(3); }
  std::default_sentinel_t end() { return {}; }
};
struct only_output {
  std::vector<int> to{};
  auto begin() { return std::back_inserter(to); }
  std::default_sentinel_t end() { return {}; }
};

// It says what the standard library's concepts say.
template <class Range>
constexpr bool as_the_standard_says = rows_range<Range> ==
                                      std::ranges::input_range<Range>&& credence::detail::iterable<Range> ==
                                      std::ranges::range<Range>&& shareable_rows<Range> ==
                                      (std::ranges::random_access_range<Range> && std::ranges::sized_range<Range>);

}  // namespace

static_assert(as_the_standard_says<std::vector<int>&> && as_the_standard_says<std::vector<int> const> &&
              as_the_standard_says<std::vector<bool>> && as_the_standard_says<std::deque<int>> &&
              as_the_standard_says<std::list<int>> && as_the_standard_says<std::forward_list<int>&> &&
              as_the_standard_says<int (&)[3]> && as_the_standard_says<std::span<int const>> &&
              as_the_standard_says<std::string> && as_the_standard_says<counting> &&
              as_the_standard_says<decltype(counting_with_sentinel(0))> && as_the_standard_says<tickets> &&
              as_the_standard_says<only_output> && as_the_standard_says<int> && as_the_standard_says<int*> &&
              as_the_standard_says<std::unique_ptr<int[]>> && as_the_standard_says<tickets const>);
static_assert(rows_range<tickets> && !shareable_rows<tickets> && !rows_range<tickets const> &&
              !rows_range<only_output>);
static_assert(shareable_rows<std::deque<int> const&> && shareable_rows<int[3]> && !shareable_rows<std::list<int>>);
static_assert(std::is_same_v<row_of<std::vector<int> const&>, int const&> && std::is_same_v<row_of<tickets>, int>);
static_assert(std::is_same_v<row_of<std::array<int, 2>>, int&>);  // an rvalue is read as what it is named by

TEST_CASE("the least range there is can be read") {
  tickets rows;
  int sum = 0;
  auto const end = std::ranges::end(rows);
  for (auto row = std::ranges::begin(rows); row != end; ++row) sum += *row;
  CHECK(sum == 6);
}

}  // namespace test_rows
