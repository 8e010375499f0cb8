// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/core/group_by.hpp>
#include <credence/core/tee.hpp>
#include <credence/inference/mean.hpp>
#include <credence/inference/suppressed.hpp>
#include <credence/io.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/nps.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "survey/counted.hpp"

namespace test_suppressed {

using credence::suppressed;
using credence::suppression;

namespace {

using counts = std::vector<std::uint64_t>;

// A grouping of which only the counts matter.
template <class Key>
credence::grouped<Key, credence::nps_accumulator> grouping(std::vector<std::pair<Key, std::uint64_t>> const& cells) {
  credence::grouped<Key, credence::nps_accumulator> groups{credence::nps_accumulator{}};
  for (auto const& [key, count] : cells) {
    std::size_t const at = groups.position_of(key);
    groups.push_times(at, 9, count);
  }
  return groups;
}
credence::grouped<int, credence::nps_accumulator> line(counts const& people) {
  std::vector<std::pair<int, std::uint64_t>> cells;
  for (std::size_t at = 0; at < people.size(); ++at) cells.emplace_back(static_cast<int>(at), people[at]);
  return grouping(cells);
}
using place = std::pair<int, int>;
credence::grouped<place, credence::nps_accumulator> table(std::vector<counts> const& rows) {
  std::vector<std::pair<place, std::uint64_t>> cells;
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t column = 0; column < rows[row].size(); ++column)
      cells.push_back({{static_cast<int>(row), static_cast<int>(column)}, rows[row][column]});
  return grouping(cells);
}

// "shp": shown, hidden for itself (p), hidden for others (c).
template <class Table>
std::string pattern(Table const& shared) {
  std::string marks;
  for (auto const& cell : shared.cells) {
    marks += "spc"[static_cast<int>(cell.suppression)];
    CHECK(cell.result.has_value() == (cell.suppression == suppression::none));
  }
  return marks;
}

std::uint64_t seed = 5;
std::uint64_t next(std::uint64_t below) {
  seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
  return (seed >> 33) % below;
}
std::uint64_t some_count() {
  std::uint64_t const kind = next(10);
  return kind == 0 ? 0 : kind < 4 ? 1 + next(9) : 10 + next(60);
}

}  // namespace

TEST_CASE("suppressed: groups of few are hidden, and the smallest of the others with a lone one") {
  auto const shared = suppressed(line({40, 3, 25, 12, 60}));
  CHECK(pattern(shared) == "spscs");
  CHECK(shared.shown == 3);
  CHECK(shared.suppressed == 2);
  REQUIRE(shared.total);
  CHECK(shared.total->count == 140);
  CHECK(shared.cells[0].key == 0);
  CHECK(shared.cells[0].result == counted_nps(0, 0, 40).result());
  CHECK(shared);
  // Two hidden of 4 people in all: still too few, so a third.
  CHECK(pattern(suppressed(line({40, 3, 1, 12, 60}))) == "sppcs");
  // Two hidden of 10 or more need no other.
  CHECK(pattern(suppressed(line({40, 3, 7, 12, 60}))) == "sppss");
  // Another limit.
  CHECK(pattern(suppressed(line({40, 3, 25, 12, 60}), {.minimum_count = 3})) == "sssss");
  CHECK(pattern(suppressed(line({40, 3, 25, 12, 60}), {.minimum_count = 30})) == "sppps");
  CHECK(pattern(suppressed(line({1, 1}), {.minimum_count = 1})) == "ss");
}

TEST_CASE("suppressed: ties, empty groups, one group, all of one kind") {
  CHECK(pattern(suppressed(line({20, 3, 12, 12}))) == "spcs");
  // Groups with nobody in them are shown, and hide nobody.
  CHECK(pattern(suppressed(line({0, 3, 0, 30, 20}))) == "spssc");
  CHECK(pattern(suppressed(line({0, 0}))) == "ss");
  CHECK(suppressed(line({0, 0})).total);
  auto const lone = suppressed(line({3}));
  CHECK(pattern(lone) == "p");
  CHECK_FALSE(lone.total);
  CHECK_FALSE(lone);
  CHECK(pattern(suppressed(line({3, 0}))) == "ps");
  CHECK(pattern(suppressed(line({10}))) == "s");
  CHECK(pattern(suppressed(line({9, 9, 9}))) == "ppp");
  CHECK(suppressed(line({9, 9, 9})).total);
  CHECK_FALSE(suppressed(line({2, 3, 4})).total);
  CHECK(pattern(suppressed(line({10, 11, 12}))) == "sss");
  auto const none = suppressed(line({}));
  CHECK(none.cells.empty());
  REQUIRE(none.total);
  CHECK(none.total->count == 0);
  // All that is left is hidden, as the total less it would tell.
  CHECK(pattern(suppressed(line({3, 50}))) == "pc");
}

TEST_CASE("suppressed: in a table, rows and columns are lines") {
  auto const shared = suppressed(table({{50, 3, 40}, {30, 20, 60}, {45, 70, 80}}));
  // 3 needs another in its row (40) and its column (20); each of those another: 60 serves both.
  CHECK(pattern(shared) ==
        "spc"
        "scc"
        "sss");
  // Two in a row already hide each other, but not in their columns.
  CHECK(pattern(suppressed(table({{5, 6, 40}, {30, 20, 60}, {45, 70, 80}}))) ==
        "pps"
        "ccs"
        "sss");
  // The whole table is a line too: one key part that tells cells apart by itself.
  CHECK(pattern(suppressed(table({{3}, {20}, {30}}))) == "pcs");
  std::vector<std::pair<place, std::uint64_t>> const diagonal{{{0, 0}, 3}, {{1, 1}, 30}, {{2, 2}, 20}};
  CHECK(pattern(suppressed(grouping(diagonal))) == "psc");
  // Three parts.
  using cube = std::tuple<int, std::string, bool>;
  std::vector<std::pair<cube, std::uint64_t>> cells;
  for (int first = 0; first < 3; ++first)
    for (char const* second : {"a", "b"})
      for (bool const third : {false, true}) cells.push_back({{first, second, third}, 50U + cells.size()});
  cells[0].second = 4;
  auto const cubed = suppressed(grouping(cells));
  CHECK(pattern(cubed) == "pcccccccssss");  // a box of eight: two in each line
}

TEST_CASE("suppressed: nobody finds a hidden group by subtraction from margins") {
  for (int round = 0; round < 2000; ++round) {
    std::size_t const height = 1 + next(5);
    std::size_t const width = 1 + next(6);
    std::uint64_t const least = 1 + next(15);
    std::vector<counts> people(height, counts(width));
    for (counts& row : people)
      for (std::uint64_t& count : row) count = some_count();
    auto const shared = suppressed(table(people), {.minimum_count = least});
    REQUIRE(shared.cells.size() == height * width);
    auto const mark = [&](std::size_t row, std::size_t column) {
      return shared.cells[row * width + column].suppression;
    };

    // The lines whose totals are published: all but those of which every cell with people is hidden.
    std::vector<std::vector<place>> lines;
    std::vector<place> all;
    for (std::size_t row = 0; row < height; ++row) {
      lines.emplace_back();
      for (std::size_t column = 0; column < width; ++column) {
        lines.back().emplace_back(row, column);
        all.emplace_back(row, column);
      }
    }
    for (std::size_t column = 0; column < width; ++column) {
      lines.emplace_back();
      for (std::size_t row = 0; row < height; ++row) lines.back().emplace_back(row, column);
    }
    lines.push_back(all);
    auto const count_at = [&](place const& at) {
      return people[static_cast<std::size_t>(at.first)][static_cast<std::size_t>(at.second)];
    };
    auto const hidden_at = [&](place const& at) {
      return mark(static_cast<std::size_t>(at.first), static_cast<std::size_t>(at.second)) != suppression::none;
    };
    std::vector<std::vector<place>> published;
    for (auto const& each : lines) {
      bool any_shown = false;
      for (place const& at : each) any_shown = any_shown || (!hidden_at(at) && count_at(at) != 0);
      if (any_shown) published.push_back(each);
    }

    // The attacker: knows the shown counts and the totals; wherever one cell of a line is unknown, he knows it.
    std::map<place, std::uint64_t> known;
    for (place const& at : all)
      if (!hidden_at(at)) known[at] = count_at(at);
    std::size_t const begin = known.size();
    for (bool learnt = true; learnt;) {
      learnt = false;
      for (auto const& each : published) {
        std::uint64_t rest = 0;
        std::vector<place> unknown;
        for (place const& at : each) {
          rest += count_at(at);  // the published total
          if (known.count(at) == 0) unknown.push_back(at);
        }
        for (place const& at : each)
          if (known.count(at) != 0) rest -= known[at];
        CHECK((unknown.empty() || rest >= least));
        if (unknown.size() == 1) {
          known[unknown[0]] = rest;
          learnt = true;
        }
      }
    }
    CHECK(known.size() == begin);

    for (place const& at : all) {
      std::size_t const row = static_cast<std::size_t>(at.first);
      std::size_t const column = static_cast<std::size_t>(at.second);
      std::uint64_t const count = people[row][column];
      CHECK((mark(row, column) == suppression::primary) == (count != 0 && count < least));
      if (count == 0) CHECK(mark(row, column) == suppression::none);
    }
    bool const clean = shared.suppressed == 0;
    bool any_small = false;
    for (place const& at : all) any_small = any_small || (count_at(at) != 0 && count_at(at) < least);
    CHECK(clean == !any_small);
  }
}

TEST_CASE("suppressed: one line, against its definition") {
  for (int round = 0; round < 2000; ++round) {
    counts people(1 + next(12));
    for (std::uint64_t& count : people) count = some_count();
    auto const shared = suppressed(line(people));
    // The smallest first: primary ones, then others in order of size, as few as will do.
    std::string known(people.size(), 's');
    std::uint64_t hidden = 0;
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < people.size(); ++at) {
      if (people[at] == 0 || people[at] >= 10) continue;
      known[at] = 'p';
      ++hidden;
      sum += people[at];
    }
    for (std::uint64_t size = 10; size < 80; ++size)
      for (std::size_t at = 0; at < people.size(); ++at) {
        bool const holds = hidden == 0 || (hidden > 1 && sum >= 10);
        if (holds || people[at] != size) continue;
        known[at] = 'c';
        ++hidden;
        sum += size;
      }
    CHECK(pattern(shared) == known);
    std::uint64_t total = 0;
    for (std::uint64_t const count : people) total += count;
    CHECK(shared.total.has_value() == (total == 0 || total >= 10));
  }
}

TEST_CASE("suppressed: a tee hides all its parts together") {
  struct answer {
    std::string team;
    std::optional<int> score;
    std::optional<int> stars;
  };
  std::vector<answer> rows;
  auto const add = [&](char const* team, int both, int scores, int stars) {
    for (int at = 0; at < both; ++at) rows.push_back({team, 9, 4});
    for (int at = 0; at < scores; ++at) rows.push_back({team, 9, {}});
    for (int at = 0; at < stars; ++at) rows.push_back({team, {}, 5});
  };
  add("red", 20, 0, 0);
  add("green", 4, 30, 0);  // 34 scores, 4 stars
  add("blue", 0, 12, 0);   // no stars at all
  add("grey", 15, 0, 40);
  auto const groups = credence::group_by(rows, &answer::team,
                                         credence::tee(credence::nps_accumulator{}, credence::csat_accumulator{}),
                                         credence::each(&answer::score, &answer::stars));
  auto const shared = suppressed(groups);
  // Green has too few stars. Of the scores the smallest other is blue, which has no stars and so hides none: red.
  CHECK(pattern(shared) == "cpcs");
  REQUIRE(shared.cells[3].result);
  CHECK(std::get<0>(*shared.cells[3].result).count == 15);
  CHECK(std::get<1>(*shared.cells[3].result).count == 55);
  REQUIRE(shared.total);
  CHECK(std::get<1>(*shared.total).count == 79);
}

TEST_CASE("suppressed: the rejected go with their group; any accumulator; wrong calls; printing") {
  std::vector<std::pair<std::string, int>> rows;
  for (int at = 0; at < 30; ++at) {
    rows.emplace_back("a", at % 12);  // 11 is off the scale
    rows.emplace_back("b", at % 11);
    if (at < 6) rows.emplace_back("c", at * 3);
  }
  auto const team = [](auto const& row) { return row.first; };
  auto const score = [](auto const& row) { return row.second; };
  auto const groups = credence::group_by(rows, team, credence::nps_accumulator{}, score);
  auto const shared = suppressed(groups);
  CHECK(pattern(shared) == "csp");  // 28 used, 30 used, 4 used
  REQUIRE(shared.total);
  CHECK(shared.total->rejected == 4);
  CHECK(shared.cells[1].result->rejected == 0);
  CHECK(shared == suppressed(groups));
  CHECK_FALSE(shared == suppressed(groups, {.minimum_count = 1}));

  auto const means = suppressed(credence::group_by(rows, team, credence::mean_accumulator{}, score));
  CHECK(pattern(means) == "csp");
  CHECK(means.cells[1].result->value == doctest::Approx(4.6));

  CHECK(contains(message_of([&] { static_cast<void>(suppressed(groups, {.minimum_count = 0})); }),
                 "suppressed_options::minimum_count is 0; it must be at least 1"));
  CHECK_THROWS_AS(static_cast<void>(suppressed(groups, {.minimum_count = -5})), credence::error);
  CHECK(name_of(suppression::none) == "none");
  CHECK(name_of(suppression::primary) == "primary");
  CHECK(name_of(suppression::complementary) == "complementary");
  std::ostringstream out;
  out << shared.cells[2];
  CHECK(out.str() == "{key: c, suppression: primary, result: unset}");
}

TEST_CASE("suppressed: many groups") {
  std::vector<std::pair<place, std::uint64_t>> cells;
  for (int row = 0; row < 300; ++row)
    for (int column = 0; column < 300; ++column) cells.push_back({{row, column}, some_count()});
  auto const shared = suppressed(grouping(cells));
  CHECK(shared.shown + shared.suppressed == 90'000);
  CHECK(shared.shown > 40'000);
  REQUIRE(shared.total);
}

}  // namespace test_suppressed
