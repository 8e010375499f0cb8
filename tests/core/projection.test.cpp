// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <credence/core/group_by.hpp>
#include <credence/core/projection.hpp>
#include <credence/survey/nps.hpp>

namespace test_projection {

using credence::projection_of;
using credence::detail::project;
using credence::detail::projected;

// A host may have a `project` of its own beside its rows.
namespace geometry {
struct point {
  int across = 5;
};
template <class Plane, class Row>
int project(Plane const&, Row&&) = delete;
}  // namespace geometry

namespace {

struct row {
  int score = 7;
  int const fixed = 8;
  int own() { return score; }
  int seen() const { return score + 1; }
  int calm() const noexcept { return score + 2; }
  int of_lvalue() const& { return score + 3; }
  int of_rvalue() && { return score + 4; }
  int& open() { return score; }
};
struct derived : row {
  int more = 9;
};
int doubled(row const& from) { return 2 * from.score; }
int doubled_copy(row from) { return 2 * from.score; }

template <class Projection, class Row>
constexpr decltype(auto) applied(Projection projection, Row&& from) {
  return project(projection, std::forward<Row>(from));
}
struct constant_row {
  int score = 3;
  constexpr int seen() const { return score; }
};
static_assert(applied(&constant_row::score, constant_row{}) == 3 && applied(&constant_row::seen, constant_row{}) == 3);
static_assert(applied([](constant_row const& from) { return from.score + 1; }, constant_row{}) == 4);
static_assert(applied(credence::detail::identity{}, 5) == 5);

// What can be applied is told by the shape alone, without an error in any body.
using rows = std::vector<row>;
static_assert(projection_of<int row::*, rows> && projection_of<int (row::*)() const, rows const>);
static_assert(projection_of<int row::*, std::vector<derived>> && !projection_of<int derived::*, rows>);
static_assert(!projection_of<int (row::*)(), rows const> && projection_of<int (row::*)(), rows>);
static_assert(!projection_of<int row::*, std::vector<int>> && !projection_of<int, rows>);
static_assert(!projection_of<int (*)(int), rows> && projection_of<int (*)(row const&), rows>);
static_assert(projection_of<int row::*, std::vector<std::unique_ptr<row>>>);
static_assert(std::is_same_v<projected<rows, int row::*>, int&>);
static_assert(std::is_same_v<projected<rows const, int row::*>, int const&>);
static_assert(std::is_same_v<projected<rows, int (row::*)() const noexcept>, int>);

}  // namespace

TEST_CASE("members, member functions and callables answer the same for every kind of row") {
  row object;
  derived child;
  auto const check_all = [](auto&& from) {
    CHECK(project(std::as_const(*std::make_unique<int row::*>(&row::score)), from) == 7);
    CHECK(applied(&row::score, from) == 7);
    CHECK(applied(&row::fixed, from) == 8);
    CHECK(applied(&row::seen, from) == 8);
    CHECK(applied(&row::calm, from) == 9);
    CHECK(applied(&row::of_lvalue, from) == 10);
  };
  check_all(object);
  check_all(std::as_const(object));
  check_all(child);
  check_all(&object);
  check_all(static_cast<derived const*>(&child));
  check_all(std::make_unique<row>());
  check_all(std::make_unique<derived const>());
  check_all(std::make_shared<row>());
  check_all(std::ref(object));
  check_all(std::cref(child));
  check_all(std::optional<row>(std::in_place));
  check_all(std::list<row>(1).begin());
  CHECK(applied(&row::own, object) == 7);
  CHECK(applied(&row::own, std::make_unique<row>()) == 7);
  CHECK(applied(&derived::more, std::make_shared<derived>()) == 9);
  CHECK(applied(&row::of_rvalue, row{}) == 11);
  CHECK(applied(doubled, object) == 14);
  CHECK(applied(&doubled_copy, object) == 14);
  CHECK(applied(std::function<int(row const&)>(doubled), object) == 14);
}

TEST_CASE("a projection answers references, and a row that is moved is not copied") {
  row object;
  CHECK(&applied(&row::score, object) == &object.score);
  CHECK(&applied(&row::open, object) == &object.score);
  CHECK(&applied(&row::score, &object) == &object.score);
  auto owner = std::make_unique<int>(3);
  CHECK(*applied([](std::unique_ptr<int>&& taken) { return std::move(taken); }, std::move(owner)) == 3);
  CHECK(owner == nullptr);
}

TEST_CASE("vector<bool> and other prvalue rows are read as they are") {
  std::vector<bool> const flags{true, false};
  std::vector<bool> open{false, true};
  credence::detail::identity itself;
  CHECK(static_cast<bool>(project(itself, flags[0])));
  CHECK_FALSE(static_cast<bool>(project(itself, open[0])));
  CHECK(static_cast<bool>(applied([](auto&& flag) { return static_cast<bool>(flag); }, open[1])));
}

TEST_CASE("a host's own function called project is not mistaken for ours") {
  std::vector<geometry::point> const points(3);
  CHECK(credence::nps(points, &geometry::point::across).detractors == 3);
  CHECK(credence::group_by(points, &geometry::point::across, credence::nps_accumulator{}, &geometry::point::across)
            .at(5)
            .result()
            .count == 3);
}

}  // namespace test_projection
