// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <credence/core/bytes.hpp>
#include <credence/inference/mean.hpp>
#include <credence/interop/threads.hpp>
#include <credence/survey/item_nonresponse.hpp>
#include <optional>
#include <vector>

#include "survey/asked.hpp"
#include "survey/counted.hpp"

namespace test_item_nonresponse {

using credence::item_nonresponse;
using credence::item_nonresponse_accumulator;
using credence::item_nonresponse_result;

TEST_CASE("item_nonresponse: blanks by item and in all") {
  std::vector<asked> const rows = asked_rows();
  item_nonresponse_result const found = item_nonresponse(rows, &asked::items);
  REQUIRE(found);
  CHECK(found.count == 13);
  CHECK(found.complete == 9);
  CHECK(found.missing == 4);
  CHECK(found.value == about(4. / 39));
  REQUIRE(found.items.size() == 3);
  std::array<std::uint64_t, 3> const blanks{1, 1, 2};
  for (std::size_t item = 0; item < 3; ++item) {
    credence::share_result const share = counted_share(blanks[item], 13).result();
    CHECK(found.items[item].missing == blanks[item]);
    CHECK(found.items[item].value == share.value);
    CHECK(found.items[item].interval == share.interval);
    CHECK(found.items[item].standard_error == share.standard_error);
  }
  CHECK(found.interval.lower > 0);
  CHECK(found.interval.upper < .3);
  item_nonresponse_result const weighted = item_nonresponse(rows, &asked::items, &asked::weight);
  CHECK(weighted.items[2].value == about(3.5 / 21.5));
}

TEST_CASE("item_nonresponse: designs agree with R's survey::svymean of each respondent's share") {
  std::vector<asked> const rows = asked_rows();
  check_asked(
      {.102564102564103, .0444115591684327, .108527131782946, .0504759114421355, .0494315315572239, .0329188132635602},
      0, [&](auto const&... design) { return item_nonresponse(rows, &asked::items, design..., {}); });
}

TEST_CASE("item_nonresponse: one item is a share, and respondents who leave all or nothing out are one answer each") {
  std::vector<std::array<double, 1>> one;
  std::vector<std::array<double, 4>> four;
  for (int at = 0; at < 50; ++at) {
    double const answer = at % 5 == 0 ? no_number : 3;
    one.push_back({answer});
    four.push_back({answer, answer, answer, answer});
  }
  credence::share_result const share = counted_share(10, 50).result();
  item_nonresponse_result const single = item_nonresponse(one);
  CHECK(single.value == about(share.value));
  CHECK(single.standard_error == about(share.standard_error * std::sqrt(50. / 49)));
  item_nonresponse_result const same = item_nonresponse(four);
  CHECK(same.standard_error == about(single.standard_error));
  CHECK(same.interval.lower ==
        about(interval_of(credence::observed_share{.2, 49}, credence::share_interval::wilson, .95).lower));
}

TEST_CASE("item_nonresponse: bad input, merged and stored") {
  using rows = std::vector<std::vector<std::optional<double>>>;
  CHECK_FALSE(item_nonresponse(rows{}));
  CHECK(item_nonresponse(rows{{}, {}}).rejections.missing == 2);
  item_nonresponse_result const none = item_nonresponse(rows{{1, 2}, {3, 4}});
  CHECK(none.value == 0);
  CHECK(none.interval.lower == 0);
  CHECK(none.interval.upper == about(counted_share(0, 2).result().interval.upper));
  CHECK(item_nonresponse(rows{{{}, {}}}).value == 1);
  CHECK(credence::is_nan(item_nonresponse(rows{{{}, 1}}).standard_error));
  // An infinity is an answer, if a strange one.
  CHECK(item_nonresponse(rows{{infinity}}).value == 0);
  CHECK(contains(message_of([] {
                   static_cast<void>(item_nonresponse(rows{{1, 2}, {1}}));
                 }),
                 "a respondent has 1 items, and those before 2"));
  item_nonresponse_accumulator head;
  item_nonresponse_accumulator tail;
  item_nonresponse_accumulator all;
  std::vector<asked> const people = asked_rows();
  for (std::size_t at = 0; at < people.size(); ++at) {
    (at < 5 ? head : tail)(people[at].items, people[at].weight);
    all(people[at].items, people[at].weight);
  }
  tail(people[0].items, -1);
  CHECK(tail.result().rejections.bad_weight == 1);
  head += tail;
  CHECK(head.result().value == about(all.result().value));
  CHECK(head.result().standard_error == about(all.result().standard_error));
  CHECK(head.result().items == all.result().items);
  CHECK(credence::from_bytes<item_nonresponse_accumulator>(credence::to_bytes(head)) == head);
  item_nonresponse_accumulator other;
  other(std::array{1, 2});
  CHECK_THROWS_AS(head += other, credence::error);
  CHECK(item_nonresponse(credence::threads{2}, people, &asked::items) == item_nonresponse(people, &asked::items));
}

}  // namespace test_item_nonresponse
