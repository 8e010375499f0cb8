// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <algorithm>
#include <concepts>
#include <credence/core/error.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "laws/accumulators.hpp"

namespace {

using rows_type = std::span<laws::row const>;

// Exactly the same for exact pushes; within 1e-12 for rounded ones.
template <class Recipe, class Accumulator>
bool agree(Accumulator const& left, Accumulator const& right) {
  if constexpr (laws::is_exact<Recipe>()) return left == right;
  return laws::apart(left.result(), right.result()) <= 1e-12;
}

struct dice {
  std::uint64_t word;
  std::size_t below(std::size_t limit) {
    word ^= word << 13;
    word ^= word >> 7;
    word ^= word << 17;
    return static_cast<std::size_t>((word >> 11) % limit);
  }
};

}  // namespace

TEST_CASE_TEMPLATE("law: accumulators are regular, and empty ones say nothing", Recipe, CREDENCE_LAWS_ALL) {
  using accumulator = laws::accumulator_of<Recipe>;
  static_assert(credence::accumulator<accumulator>);
  static_assert(std::regular<accumulator>);
  static_assert(std::is_nothrow_move_constructible_v<accumulator>);
  CHECK(accumulator{} == accumulator{});
  CHECK(Recipe::empty() == Recipe::empty());
  CHECK(accumulator{}.valid());
  CHECK(Recipe::empty().valid());
  std::vector<laws::row> const rows = laws::rows_of(50);
  accumulator const filled = laws::made_of<Recipe>(rows);
  CHECK_FALSE(filled == Recipe::empty());
  CHECK(filled.valid());
  accumulator copy = filled;
  CHECK(copy == filled);
  accumulator const moved = std::move(copy);
  CHECK(moved == filled);
  copy = moved;
  CHECK(copy == filled);
  CHECK(accumulator(filled.options(), filled.state()) == filled);
}

TEST_CASE_TEMPLATE("law: merging is concatenation by row, for any split", Recipe, CREDENCE_LAWS_PUSHED) {
  std::vector<laws::row> const rows = laws::rows_of(400);
  auto const whole = laws::made_of<Recipe>(rows);
  dice chance{99};
  for (int times = 0; times < 60; ++times) {
    // at most nine pieces, some of them empty, cut anywhere
    std::vector<std::size_t> cuts{0, rows.size()};
    for (std::size_t more = chance.below(9); more != 0; --more) cuts.push_back(chance.below(rows.size() + 1));
    std::sort(cuts.begin(), cuts.end());
    auto merged = Recipe::empty();
    for (std::size_t at = 0; at + 1 < cuts.size(); ++at)
      merged += laws::made_of<Recipe>(rows_type(rows).subspan(cuts[at], cuts[at + 1] - cuts[at]));
    CHECK(agree<Recipe>(merged, whole));
    CHECK(merged.valid());
  }
}

TEST_CASE_TEMPLATE("law: what has seen nothing changes nothing, on either side", Recipe, CREDENCE_LAWS_ALL) {
  using accumulator = laws::accumulator_of<Recipe>;
  std::vector<laws::row> const rows = laws::rows_of(60);
  accumulator const filled = laws::made_of<Recipe>(rows);
  for (accumulator const& nothing : {Recipe::empty(), accumulator{}}) {
    accumulator left = nothing;
    left += filled;
    CHECK(left == filled);
    accumulator right = filled;
    right += nothing;
    CHECK(right == filled);
  }
  accumulator untouched;
  untouched += accumulator{};
  CHECK(untouched == accumulator{});
  // its own options are kept by an empty one too, whichever comes first
  accumulator shaped = Recipe::empty();
  shaped += accumulator{};
  CHECK(shaped == Recipe::empty());
  accumulator adopting;
  adopting += Recipe::empty();
  CHECK(adopting == Recipe::empty());
}

TEST_CASE_TEMPLATE("law: merging is associative", Recipe, CREDENCE_LAWS_ALL) {
  std::vector<laws::row> const rows = laws::rows_of(300);
  auto const first = laws::made_of<Recipe>(rows_type(rows).first(17));
  auto const second = laws::made_of<Recipe>(rows_type(rows).subspan(17, 200));
  auto const third = laws::made_of<Recipe>(rows_type(rows).subspan(217));
  auto left = first;
  left += second;
  left += third;
  auto tail = second;
  tail += third;
  auto right = first;
  right += tail;
  CHECK(agree<Recipe>(left, right));
}

TEST_CASE_TEMPLATE("law: an exact state knows no order", Recipe, CREDENCE_LAWS_PUSHED) {
  if constexpr (laws::is_exact<Recipe>()) {
    std::vector<laws::row> rows = laws::rows_of(300);
    auto const whole = laws::made_of<Recipe>(rows);
    dice chance{7};
    for (int times = 0; times < 10; ++times) {
      for (std::size_t at = rows.size(); at > 1; --at) std::swap(rows[at - 1], rows[chance.below(at)]);
      CHECK(laws::made_of<Recipe>(rows) == whole);
      auto backwards = laws::made_of<Recipe>(rows_type(rows).subspan(100));
      backwards += laws::made_of<Recipe>(rows_type(rows).first(100));
      CHECK(backwards == whole);
    }
  }
}

TEST_CASE_TEMPLATE("law: an accumulator can be merged with itself", Recipe, CREDENCE_LAWS_PUSHED) {
  std::vector<laws::row> rows = laws::rows_of(40);
  auto twice = laws::made_of<Recipe>(rows);
  auto const copy = twice;
  auto expected = twice;
  expected += copy;
  twice += twice;
  CHECK(twice == expected);
}

TEST_CASE_TEMPLATE("law: unlike states refuse to merge, by name, and stay as they were", Recipe, CREDENCE_LAWS_ALL) {
  if constexpr (requires { Recipe::unlike(); }) {
    std::vector<laws::row> const rows = laws::rows_of(30);
    auto filled = laws::made_of<Recipe>(rows);
    auto const before = filled;
    auto unlike = Recipe::unlike();
    if constexpr (laws::pushed<Recipe>)
      Recipe::with_projections([&](auto... projections) {
        for (laws::row const& each : rows) unlike(credence::detail::project(projections, each)...);
      });
    auto const unlike_before = unlike;
    std::string said;
    try {
      filled += unlike;
    } catch (credence::error const& complaint) {
      said = complaint.what();
    }
    CAPTURE(said);
    CHECK(said.find("credence.") != std::string::npos);
    CHECK(said.find("cannot be merged") != std::string::npos);
    CHECK(filled == before);
    CHECK(unlike == unlike_before);
    CHECK_FALSE(laws::accumulator_of<Recipe>::same_shape(filled.options(), unlike.options()));
    CHECK(laws::accumulator_of<Recipe>::same_shape(filled.options(), filled.options()));
  }
}

namespace {

/// The same samples? A group that all its samples were taken back from stays, and is one that never came.
template <class Accumulator>
bool same_samples(Accumulator const& left, Accumulator const& right) {
  return left == right;
}
template <class Key, class Accumulator>
bool same_samples(credence::grouped<Key, Accumulator> const& left, credence::grouped<Key, Accumulator> const& right) {
  for (auto const& [key, own] : left)
    if (!(right.contains(key) ? own == right.at(key) : own == Accumulator(left.options(), {}))) return false;
  for (auto const& [key, own] : right)
    if (!left.contains(key)) return false;
  return true;
}
template <class Policy, class Accumulator>
bool same_samples(credence::timed<Policy, Accumulator> const& left, credence::timed<Policy, Accumulator> const& right) {
  auto const here = left.result();
  auto const there = right.result();
  if (here.size() != there.size() || left.rejections() != right.rejections()) return false;
  for (std::size_t at = 0; at < here.size(); ++at)
    if (here[at].period != there[at].period || !(here[at].accumulator == there[at].accumulator)) return false;
  return true;
}

}  // namespace

TEST_CASE_TEMPLATE("law: retract undoes a push", Recipe, CREDENCE_LAWS_PUSHED) {
  std::vector<laws::row> const rows = laws::rows_of(200);
  auto acc = laws::made_of<Recipe>(rows_type(rows).first(80));
  auto const before = acc;
  Recipe::with_projections([&](auto... projections) {
    if constexpr (requires { acc.retract(credence::detail::project(projections, rows[0])...); }) {
      static_assert(sizeof...(projections) != 0 && laws::is_exact<Recipe>());  // not looked at before it is reached
      for (std::size_t at = 80; at < rows.size(); ++at) acc(credence::detail::project(projections, rows[at])...);
      CHECK_FALSE(same_samples(acc, before));
      for (std::size_t at = 80; at < rows.size(); ++at)
        acc.retract(credence::detail::project(projections, rows[at])...);
      CHECK(same_samples(acc, before));
      for (std::size_t at = 80; at-- != 0;) acc.retract(credence::detail::project(projections, rows[at])...);
      CHECK(same_samples(acc, Recipe::empty()));
    }
  });
}
