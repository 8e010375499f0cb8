// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/csat.hpp>
#include <credence/survey/trust_index.hpp>
#include <optional>
#include <vector>

#include "survey/asked.hpp"
#include "survey/counted.hpp"

namespace test_trust_index {

using credence::trust_index;
using credence::trust_index_accumulator;
using credence::trust_index_result;
using credence::trust_measure;

TEST_CASE("trust_index: designs agree with R's survey::svyratio and its covariances, blanks and all") {
  std::vector<asked> const rows = asked_rows();
  check_asked(
      {.573232323232323, .116773986639348, .549422336328626, .129723092483681, .106896829445602, .103448777832359}, 0,
      [&](auto const&... design) { return trust_index(rows, &asked::items, design..., {}); });
  check_asked(
      {.345959595959596, .200003612202286, .343234441116341, .209684350922619, .167520155090164, .151566607555931}, 0,
      [&](auto const&... design) {
        return trust_index(rows, &asked::items, design..., {.measure = trust_measure::net_share});
      });
}

TEST_CASE("trust_index: of complete answers it is the mean of the respondents' own shares") {
  std::vector<asked> rows = asked_rows();
  for (asked& row : rows)
    for (auto& item : row.items) item = item.value_or(3);
  auto const own_share = [](asked const& row) {
    return ((row.items[0] >= 4) + (row.items[1] >= 4) + (row.items[2] >= 4)) / 3.;
  };
  auto const strata = credence::stratified_by(&asked::stratum, [](asked const&) { return 40; });
  auto const held = [](trust_index_result const& found, credence::mean_result const& mean) {
    CHECK(found.value == about(mean.value));
    CHECK(found.standard_error == about(mean.standard_error));
    CHECK(found.effective_count == about(mean.effective_count));
  };
  held(trust_index(rows, &asked::items), credence::mean(rows, own_share));
  held(trust_index(rows, &asked::items, &asked::weight), credence::mean(rows, own_share, &asked::weight));
  trust_index_result const designed = trust_index(rows, &asked::items, &asked::weight, strata);
  credence::mean_result const mean = credence::mean(rows, own_share, &asked::weight, strata);
  held(designed, mean);
  CHECK(designed.design.design_effect == about(mean.design.design_effect));
}

TEST_CASE("trust_index: its items, and one item alone") {
  std::vector<asked> const rows = asked_rows();
  trust_index_result const found = trust_index(rows, &asked::items);
  CHECK(found.count == 13);
  CHECK(found.complete == 9);
  CHECK(found.rejections.missing == 4);
  REQUIRE(found.items.size() == 3);
  double sum = 0;
  for (std::size_t item = 0; item < 3; ++item) {
    credence::csat_result const share = credence::csat(rows, [&](asked const& row) { return row.items[item]; });
    double const size = static_cast<double>(share.count);
    CHECK(found.items[item].value == about(share.value));
    CHECK(found.items[item].top_share == about(share.value));
    CHECK(found.items[item].count == share.count);
    CHECK(found.items[item].standard_error == about(share.standard_error * std::sqrt(size / (size - 1))));
    sum += share.value;
  }
  CHECK(found.value == about(sum / 3));
  std::vector<std::array<int, 1>> alone;
  for (int at = 0; at < 40; ++at) alone.push_back({at % 5 + 1});
  credence::csat_result const share = credence::csat(alone, [](auto const& row) { return row[0]; });
  trust_index_result const single = trust_index(alone);
  CHECK(single.value == about(share.value));
  CHECK(single.interval.lower ==
        about(interval_of(credence::observed_share{.4, 39}, credence::share_interval::wilson, .95).lower));
  // Nine points, as Edelman asks: the top four trust.
  trust_index_result const nine = trust_index(std::vector<std::array<int, 2>>{{9, 6}, {5, 1}, {10, 7}},
                                              {.neutral_from = 5, .trusting_from = 6, .scale_max = 9});
  CHECK(nine.value == about((.5 + 2. / 3) / 2));
  CHECK(nine.items[0].bottom_share == 0);
  CHECK(nine.items[1].bottom_share == about(1. / 3));
  CHECK(nine.rejections.off_scale == 1);
}

TEST_CASE("trust_index: items that say the same, and items that do not") {
  std::vector<std::array<int, 2>> same;
  std::vector<std::array<int, 2>> opposed;
  for (int at = 0; at < 100; ++at) {
    int const answer = at % 2 == 0 ? 5 : 1;
    same.push_back({answer, answer});
    opposed.push_back({answer, 6 - answer});
  }
  double const one = std::sqrt(.25 / 99);
  CHECK(trust_index(same).standard_error == about(one));
  CHECK(trust_index(opposed).standard_error == 0);
  CHECK(trust_index(opposed).value == .5);
  CHECK(trust_index(opposed).interval.lower < .5);
  credence::comparison const found = compare(trust_index(same), trust_index(opposed));
  CHECK(found.difference == 0);
  CHECK(found.standard_error == about(one));
}

TEST_CASE("trust_index: bad input") {
  using rows = std::vector<std::vector<std::optional<double>>>;
  CHECK_FALSE(trust_index(rows{}));
  CHECK_FALSE(trust_index(rows{{}, {}}));
  // An item that nobody answered leaves no answer, and shows which it was.
  trust_index_result const blank = trust_index(rows{{5, {}}, {1, {}}});
  CHECK_FALSE(blank);
  CHECK(blank.items[0].value == .5);
  CHECK(blank.items[1].count == 0);
  CHECK(blank.count == 2);
  CHECK(blank.complete == 0);
  trust_index_result const one = trust_index(rows{{5, 1}});
  CHECK(one.value == .5);
  CHECK(credence::is_nan(one.standard_error));
  trust_index_result const dirty = trust_index(rows{{5, no_number}, {4.5, 7}, {infinity, 2}, {{}, {}}});
  CHECK(dirty.count == 3);
  CHECK(dirty.items[0].value == 1);
  CHECK(dirty.items[1].value == 0);
  CHECK(dirty.rejections.missing == 2);
  CHECK(dirty.rejections.not_a_number == 1);
  CHECK(dirty.rejections.off_scale == 2);
  CHECK(contains(message_of([] {
                   static_cast<void>(trust_index(rows{{1, 2}, {1}}));
                 }),
                 "a respondent has 1 items, and those before 2"));
  trust_index_accumulator strict({.on_invalid = credence::on_invalid::raise});
  strict(std::array{1, 2});
  trust_index_accumulator const before = strict;
  CHECK(contains(message_of([&] { strict(std::array{3, 6}); }), "sample 1 is 6, which is off the scale"));
  CHECK(contains(message_of([&] { strict(std::array{3, 4}, -1); }), "sample 1 has a weight"));
  CHECK(strict == before);
  CHECK(contains(message_of([] { trust_index_accumulator acc({.trusting_from = 2}); }),
                 "trust_index_options::trusting_from is 2"));
}

TEST_CASE("trust_index: merged, stored, and by threads") {
  std::vector<asked> people;
  for (int times = 0; times < 3; ++times)
    for (asked const& row : asked_rows()) people.push_back(row);
  trust_index_accumulator head;
  trust_index_accumulator tail;
  trust_index_accumulator all;
  for (std::size_t at = 0; at < people.size(); ++at) {
    (at < 5 ? head : tail)(people[at].items);
    all(people[at].items);
  }
  head += tail;
  CHECK(head == all);  // counts are exact
  trust_index_accumulator edited = head;
  edited(people[2].items);
  edited.retract(people[2].items);
  CHECK(edited == head);
  for (asked const& row : people) edited.retract(row.items);
  CHECK(edited == trust_index_accumulator{});
  CHECK_THROWS_AS(edited.retract(people[0].items), credence::error);
  trust_index_accumulator weighted;
  weighted(people[0].items, 2.5);
  CHECK_THROWS_AS(weighted.retract(people[0].items), credence::error);
  head += weighted;
  CHECK(credence::from_bytes<trust_index_accumulator>(credence::to_bytes(head)) == head);
  CHECK(head.result().weighted);
  CHECK(trust_index(credence::threads{2}, people, &asked::items) == trust_index(people, &asked::items));
  trust_index_accumulator other;
  other(std::array{1, 2});
  CHECK_THROWS_AS(head += other, credence::error);
}

}  // namespace test_trust_index
