// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <credence/reviews/detail/vote_tally.hpp>
#include <cstdint>
#include <vector>

namespace test_vote_tally {

TEST_CASE("vote_tally: who leads") {
  credence::detail::vote_tally tally(2, 3);
  tally.add(0, 2, .1);
  tally.add(0, 2, .2);
  tally.add(0, 1, .3);
  tally.add(1, 0, 0);
  CHECK((tally.leads(0, 1) && tally.leads(0, 2) && !tally.leads(0, 0)));
  CHECK(!tally.leads(1, 0));
  CHECK(tally.decide(true) == 1);
  CHECK(tally.winners == std::vector<std::uint32_t>{1, credence::detail::vote_tally::none});
}

}  // namespace test_vote_tally
