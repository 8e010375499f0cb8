// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include <credence/core/bytes.hpp>
#include <credence/core/sharded.hpp>
#include <credence/inference/mean.hpp>
#include <credence/survey/nps.hpp>

namespace test_sharded {

using credence::nps_accumulator;
using credence::sharded;

namespace {

nps_accumulator of(std::initializer_list<int> scores, credence::nps_options const& options = {}) {
  nps_accumulator acc(options);
  for (int const score : scores) acc(score);
  return acc;
}
using labels = std::vector<std::string>;

static_assert(credence::accumulator<sharded<nps_accumulator>>);

}  // namespace

TEST_CASE("shards merge in any order and keep their labels in order") {
  sharded const monday("monday", of({9, 1}));
  sharded const tuesday("tuesday", of({10, 8}));
  sharded<nps_accumulator> forward;
  forward += monday;
  forward += tuesday;
  sharded<nps_accumulator> backward = tuesday;
  backward += monday;
  CHECK(forward == backward);
  CHECK(forward.labels() == labels{"monday", "tuesday"});
  CHECK(forward.accumulator() == of({9, 1, 10, 8}));
  CHECK(forward.result() == of({9, 1, 10, 8}).result());
  CHECK(forward.valid());
}

TEST_CASE("a shard that is there already is refused by its label, and nothing is merged") {
  sharded held("b", of({9}));
  held += sharded("d", of({9}));
  sharded<nps_accumulator> const before = held;
  sharded other("c", of({1}));
  other += sharded("d", of({1}));
  CHECK_THROWS_WITH_AS(held += other, "credence: shard \"d\" was merged before; merging it again would count it twice",
                       credence::error);
  CHECK(held == before);
  CHECK_THROWS_AS(held += before, credence::error);
  held += sharded<nps_accumulator>();
  CHECK(held == before);
}

TEST_CASE("shards under unlike options are refused, and nothing is merged") {
  sharded held("a", of({9}));
  sharded<nps_accumulator> const before = held;
  CHECK_THROWS_AS(held += sharded("b", of({5}, {.passive_from = 4, .promoter_from = 5})), credence::error);
  CHECK(held == before);
  sharded<nps_accumulator> adopting;
  adopting += sharded("b", of({5}, {.passive_from = 4, .promoter_from = 5}));
  CHECK(adopting.result().promoters == 1);
}

TEST_CASE("a label that is empty is refused, and one with a NUL is a label like any other") {
  CHECK_THROWS_WITH_AS(sharded("", of({9})), "credence: a shard needs a label that is not empty", credence::error);
  sharded held(std::string("a\0b", 3), of({9}));
  held += sharded("a", of({1}));
  CHECK(held.labels() == labels{"a", std::string("a\0b", 3)});
}

TEST_CASE("they travel as bytes with their labels") {
  sharded held("monday", of({9, 1}));
  held += sharded("tuesday", of({12}));
  auto const read = credence::from_bytes<sharded<nps_accumulator>>(credence::to_bytes(held));
  CHECK(read == held);
  CHECK(sharded<nps_accumulator>::type_id() == "credence.sharded(credence.nps)");
  using means = sharded<credence::mean_accumulator>;
  CHECK(credence::try_from_bytes<means>(credence::to_bytes(held)).reason() == credence::bytes_error::other_type);
}

TEST_CASE("labels that are unordered, twice there, empty or without samples' place are not valid") {
  auto const valid = [](labels const& all, nps_accumulator const& acc) {
    return sharded<nps_accumulator>(acc.options(), {all, acc.state()}).valid();
  };
  CHECK(valid({}, {}));
  CHECK(valid({"a", "b"}, of({9})));
  CHECK(valid({"a"}, {}));  // a shard may be empty
  CHECK_FALSE(valid({"b", "a"}, of({9})));
  CHECK_FALSE(valid({"a", "a"}, of({9})));
  CHECK_FALSE(valid({"", "a"}, of({9})));
  CHECK_FALSE(valid({}, of({9})));
}

}  // namespace test_sharded
